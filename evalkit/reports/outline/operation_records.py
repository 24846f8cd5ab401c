"""The sheet of work orders and call records: how many stand behind each value, and why others do not."""

from __future__ import annotations

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.record_tables import REASONS
from evalkit.messages import Language, word
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def operation_records(evaluation: Evaluation, language: Language) -> Sheet:
    """Return a row a unit and indicator measured by records; none where no indicator is."""
    names, nodes = unit_names(evaluation), node_names(evaluation, language)
    columns = (
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 22),
        Column(word("page_indicator", language), "text", 34),
        Column(word("records_value", language), "printed", 12),
        Column(word("records_n", language), "integer", 12),
        Column(word("records_base", language), "integer", 12),
        Column(word("records_total", language), "integer", 12),
        Column(word("records_outside", language), "integer", 12),
        *(Column(word(f"status_{reason}", language), "integer", 10) for reason in REASONS),
        Column(word("file", language), "long", 40),
    )
    table = evaluation.tables.get("records", pd.DataFrame({"unit": []}))
    rows = [
        [
            row["unit"],
            names[row["unit"]],
            nodes[row["indicator"]],
            *(row[name] for name in ("value", "n", "base", "total", "outside", *REASONS)),
            row["files"].replace("|", "; "),
        ]
        for row in records(table)
    ]
    notes = (word("records_note", language),)
    return Sheet(
        word("sheet_records", language), columns, rows, notice(evaluation, language), notes, frozen=2, optional=True
    )
