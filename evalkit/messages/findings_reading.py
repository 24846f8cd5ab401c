"""EK21x and EK237: what reading a file took away or could not keep."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK216": Finding(
        "note", "“{read}” 中有看不见的字符({characters}),读取时已去掉", "characters that are not seen ({characters}) were taken away from “{read}”",
    ),
    "EK217": Finding(
        "note", "{count} 格中有看不见的字符({characters}),读取时已去掉;这是第一处", "characters that are not seen ({characters}) were taken away from cells, {count} in all; this is the first",
    ),
    "EK218": Finding(
        "note", "是旧版工作簿(.xls 或 .et),已读取", "an old workbook (.xls or .et); it was read",
        "建议今后另存为 .xlsx", "better save it as .xlsx in future",
    ),
    "EK219": Finding(
        "error", "旧版工作簿(.xls 或 .et)不能加批注", "an old workbook (.xls or .et) cannot be marked",
        "请另存为 .xlsx", "save it as .xlsx",
    ),
}  # fmt: skip
