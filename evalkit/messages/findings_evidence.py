"""EK326 to EK328: the proof that questions ask for."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK326": Finding(
        "warning", "{question} 要求提供佐证材料,没有填写", "{question} asks for evidence and none is given",
        "请补填:{wanted_zh}", "please give it: {wanted_en}",
    ),
    "EK327": Finding(
        "warning", "{question} 填了佐证材料,却没有答案", "{question} has evidence but no answer",
        "可能漏填了答案,请核对", "the answer may have been forgotten; check it",
    ),
    "EK328": Finding(
        "warning", "工作簿没有“佐证材料”列,要求佐证的题目无从核对", "the workbook has no column “Evidence”, though questions ask for it",
        "请发回现用的问卷重填,或另行收取佐证材料", "send the present form again, or collect the evidence by other means",
    ),
}  # fmt: skip
