"""EK255 to EK269, beside those of findings_data: versions of the form, earlier data, and marked copies."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK267": Finding(
        "warning", "批注副本 “{path}” 不含原件中的图片和图形", "the annotated copy “{path}” lacks the pictures and drawings of the original",
        "请告知该单位在原件上改正,或随信附上原件", "tell the unit to correct its original, or send the original along",
    ),
}  # fmt: skip
