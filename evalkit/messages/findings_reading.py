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
}  # fmt: skip
