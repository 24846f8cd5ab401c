"""Words about returned workbooks, their marked copies and corrections: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

RETURNED_WORDS: Mapping[str, tuple[str, str]] = {
    "sheet_corrections": ("更正", "Corrections"),
    "correction_read": ("原填", "As read"),
    "correction_counted": ("更正后", "Corrected to"),
    "correction_by": ("更正人", "By"),
    "correction_date": ("日期", "Date"),
    "note_corrections": (
        "原件未改动;这里列出按更正台账改动的每一格,原填与更正后并列",
        "the originals were left as they are; here is each cell that the ledger of corrections changed, both values side by side",
    ),
}
