"""Words on the evidence that questions ask for: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

EVIDENCE_WORDS: Mapping[str, tuple[str, str]] = {
    "evidence": ("佐证", "evidence"),
    "answer": ("答案", "Answer"),
    "sheet_evidence": ("佐证材料", "Evidence"),
    "note_evidence": (
        "单位填写的佐证材料，原样照录，供核验；是否属实不影响得分",
        "what the units gave as proof, as it stood, to be verified; whether it holds changes no score",
    ),
    "form_evidence": ("须附佐证：{wanted}", "evidence: {wanted}"),
    "form_type_evidence": ("佐证材料", "Evidence"),
    "form_explain_evidence": (
        "在右侧“佐证材料”一列按要求填写；答“否”、未选或不适用时不填",
        "what the note asks for, in the column “Evidence” on the right; nothing for No, for what is not ticked, for N/A",
    ),
    "xlsform_evidence": ("{question} 佐证材料", "{question} evidence"),
}
