"""Labels and sentences about mystery calls: key -> (Chinese, English)."""

from __future__ import annotations

AUDIT_WORDS = {
    "needs_call_scores": ("至少要有一个 role: scored 的评分项", "at least one item must have role: scored"),
    "needs_call_rate": (
        "只写一个评分项,类型为 yesno、scale 或 outcome,role: scored",
        "name one item, of type yesno, scale or outcome and role: scored",
    ),
    "needs_call_quantile": ("只写一个评分项,类型为 count 或 seconds", "name one item of type count or seconds"),
}
