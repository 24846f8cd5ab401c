"""The portraits of respondents by department, policy or what else their file says: the field, then unit by unit."""

from __future__ import annotations

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.sheet import Column, Kind, Sheet, notice, records
from evalkit.scoring.portraits import SMALLEST_SHOWN

NUMBERS: tuple[tuple[str, Kind], ...] = (
    ("n", "integer"), ("base", "integer"), ("mean", "printed"), ("standard_error", "printed"), ("overall", "printed"),
    ("difference", "printed"),
)  # fmt: skip
"""The columns with numbers, the difference being that of mean and overall."""


def portraits(evaluation: Evaluation, language: Language) -> Sheet:
    """Return a row for each kind of respondents, unit and indicator; none where no export says ``about:``."""
    names, nodes = unit_names(evaluation), node_names(evaluation, language)
    columns = (
        Column(word("portrait_about", language), "text", 14),
        Column(word("portrait_value", language), "text", 26),
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 22),
        Column(word("page_indicator", language), "text", 34),
        *(Column(word(f"portrait_{name}", language), kind, 12) for name, kind in NUMBERS),
    )
    rows = [
        [
            row["about"],
            row["value"],
            row["unit"],
            names.get(row["unit"], word("portrait_field", language)),
            nodes[row["indicator"]],
            *(row[name] for name, _ in NUMBERS),
        ]
        for row in records(with_differences(evaluation))
    ]
    notes = [word("portrait_note", language), word("portrait_note_small", language, smallest=SMALLEST_SHOWN)]
    if "records" in evaluation.tables:
        notes.append(word("portrait_note_records", language))
    return Sheet(
        word("sheet_portraits", language),
        columns,
        rows,
        notice(evaluation, language),
        tuple(notes),
        frozen=2,
        optional=True,
    )


def with_differences(evaluation: Evaluation) -> pd.DataFrame:
    """Return the table ``portraits`` with the column ``difference``; without rows where the run has no such table."""
    table = evaluation.tables.get("portraits", pd.DataFrame({"unit": [], "mean": [], "overall": []}))
    return table.assign(difference=table["mean"] - table["overall"])
