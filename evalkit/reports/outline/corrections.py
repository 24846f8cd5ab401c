"""What the ledger of corrections changed: the value read and the one counted, side by side."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.observations import CorrectionNote
from evalkit.problems import cell_name
from evalkit.reports.outline.columns import place_columns, unit_columns
from evalkit.reports.outline.names import unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def corrections(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the corrected cells in the order of the observations; left out of a report where there are none."""
    names = unit_names(evaluation)
    table = evaluation["observations"]
    corrected = table[table["correction"] != ""]
    of_people = bool((corrected["respondent"] != "").any())
    columns = (
        *unit_columns(language),
        *([Column(word("correction_rating", language), "text", 16)] if of_people else []),
        Column(word("question", language), "text", 16),
        Column(word("option", language), "text", 16),
        Column(word("correction_read", language), "long", 28),
        Column(word("correction_counted", language), "long", 28),
        Column(word("reason", language), "long", 40),
        Column(word("correction_by", language), "text", 16),
        Column(word("correction_date", language), "text", 14),
        *place_columns(language),
    )
    rows = [
        [
            row["unit"],
            names.get(row["unit"], ""),
            *([row["respondent"]] if of_people else []),
            row["question"],
            row["item"],
            row["raw"],
            _counted(row, language),
            *CorrectionNote.parse(row["correction"])[1:],
            row["file"],
            cell_name(row["sheet"], row["cell"]),
        ]
        for row in records(corrected)
    ]
    notes = (word("note_corrections", language),)
    title = word("sheet_corrections", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=2, optional=True)


def _counted(row: Mapping[Hashable, Any], language: Language) -> str:
    """Return the value that counts, or why none does."""
    return str(row["value"]) if row["status"] == "ok" else word(f"status_{row['status']}", language)
