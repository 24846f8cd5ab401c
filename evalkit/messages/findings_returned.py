"""EK255 to EK269, beside those of findings_data: versions of the form, earlier data, and marked copies."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK255": Finding(
        "warning", "问卷版本是 {found},研究用的是 {expected};题目不同:{changes_zh}", "the form is version {found}, the study uses {expected}; questions that differ: {changes_en}",
        "已按题目代码读取,新增的题目按未填计;选项有改动的题目请逐题核对", "it was read by question code, and questions added count as blank; check the answers where the options differ",
    ),
    "EK256": Finding(
        "note", "问卷版本是 {found},研究用的是 {expected};单位看到的题目没有变化", "the form is version {found}, the study uses {expected}; no question differs as the unit saw it",
    ),
    "EK257": Finding(
        "note", "{key} 填了 {value},上一期{wave_zh}是 {previous},为其 {ratio} 倍(可比的 {count} 个单位,中位数 {median} 倍)", "{key} is {value}; in the last wave{wave_en} it was {previous}, ×{ratio} (units compared: {count}, median ×{median})",
        "变化可能属实;请看一看计量单位、位数和统计期间", "it may well be right; look at the unit of measurement, the digits and the period",
    ),
    "EK267": Finding(
        "warning", "批注副本 “{path}” 不含原件中的图片和图形", "the annotated copy “{path}” lacks the pictures and drawings of the original",
        "请告知该单位在原件上改正,或随信附上原件", "tell the unit to correct its original, or send the original along",
    ),
    "EK268": Finding(
        "note", "{question} 按跳转规则应回答,没有填写", "the skip rule asks for {question}, which has no answer",
        "因为 {condition_zh};请补填,不适用时填“不适用”", "since {condition_en}; answer it, or enter N/A if it does not apply",
    ),
}  # fmt: skip
