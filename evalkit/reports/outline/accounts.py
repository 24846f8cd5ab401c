"""What became of the data: the findings, and the account of every file."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.observations import STATUSES
from evalkit.problems import SEVERITIES, cell_name
from evalkit.reports.outline.columns import place_columns, unit_columns
from evalkit.reports.outline.names import unit_names
from evalkit.reports.outline.sheet import Column, Marked, Sheet, in_language, notice, records


def findings(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the findings, errors first."""
    table = evaluation["problems"]
    order = {severity: number for number, severity in enumerate(SEVERITIES)}
    ordered = table.assign(order=table["severity"].map(order)).sort_values("order", kind="stable")
    columns = (
        Column(word("severity", language), "text", 14),
        Column(word("code", language), "text", 9),
        Column(word("message", language), "long", 60),
        *place_columns(language),
        Column(word("unit", language), "text", 14),
        Column(word("question", language), "text", 12),
        Column(word("hint", language), "long", 50),
    )
    rows = [
        [
            _severity(row["severity"], language),
            row["code"],
            in_language(row["message"], language),
            row["file"],
            _spot(row),
            row["unit"],
            row["question"],
            in_language(row["hint"], language),
        ]
        for row in records(ordered)
    ]
    notes = () if rows else (word("nothing_found", language),)
    return Sheet(word("sheet_findings", language), columns, rows, notice(evaluation, language), notes, frozen=2)


def _severity(severity: str, language: Language) -> str | Marked:
    text = word(f"severity_{severity}", language)
    if severity == "error":
        return Marked(text, "error")
    return Marked(text, "warning") if severity == "warning" else text


def _spot(row: Mapping[Hashable, Any]) -> str:
    if not pd.isna(row["line"]):
        return f"{row['line']}" + ("" if pd.isna(row["column"]) else f":{row['column']}")
    return cell_name(row["sheet"], row["cell"])


def files(evaluation: Evaluation, language: Language) -> Sheet:
    """Return what became of every workbook and of its cells."""
    names = unit_names(evaluation)
    columns = (
        Column(word("file", language), "text", 40),
        *unit_columns(language),
        Column(word("state", language), "text", 18),
        Column(word("cells", language), "integer", 12),
        *(Column(word(f"status_{status}", language), "integer", 12) for status in STATUSES),
    )
    rows = [
        [row["file"], row["unit"], names.get(row["unit"], ""), word(f"state_{row['state']}", language), row["expected"]]
        + [row[status] for status in STATUSES]
        for row in records(evaluation["files"])
    ]
    notes = (word("note_files", language),)
    return Sheet(word("sheet_files", language), columns, rows, notice(evaluation, language), notes, frozen=1)
