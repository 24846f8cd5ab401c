"""The least changes of answers by which a unit reaches its aim, a row for each question that changes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.advised_changes import AdvisedChanges, Row
from evalkit.reports.outline.names import unit_names
from evalkit.reports.outline.sheet import Column, Marked, Sheet, notice


def solutions(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the changes of all units in the order of the register; figures of the unit stand in its first row.

    A unit without changes has one row that says why. Without rows, as where all answers come from calls, a note says
    so; no unit without an index is among them.
    """
    names, advised = unit_names(evaluation), AdvisedChanges(evaluation, language)
    change, after = word("solution_change", language), word("solution_after", language)
    columns = (
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 18),
        Column(word("solution_aim", language), "long", 16),
        Column(word("solution_needed", language), "long", 20),
        Column(word("solution_result", language), "long", 14),
        Column(word("solution_question", language), "long", 40, change),
        Column(word("solution_from", language), "long", 16, change),
        Column(word("solution_to", language), "long", 26, change),
        Column(word("solution_cost", language), "number", 9, change),
        Column(word("solution_total_cost", language), "number", 11, after),
        Column(word("solution_index_before", language), "printed", 12, after),
        Column(word("solution_index_after", language), "printed", 12, after),
        Column(word("solution_ranks", language), "text", 13, after),
    )
    rows = [
        [unit, names[unit], *cells] for unit, own in advised.of_unit.items() for cells in _rows(advised, own, language)
    ]
    notes = advised.notes() if rows else (word("solution_none", language),)
    return Sheet(word("sheet_solutions", language), columns, rows, notice(evaluation, language), notes, frozen=2)


def _rows(advised: AdvisedChanges, rows: list[Row], language: Language) -> list[list[Any]]:
    first = rows[0]
    about = [advised.aim(first), _needed(advised, first), _result(first, language)]
    ranks = ["" if pd.isna(first[key]) else f"{first[key]:g}" for key in ("rank_before", "rank_after")]
    figures = [first["total_cost"], first["index_before"], first["index_after"], " → ".join(filter(None, ranks))]
    changes = [
        [f"{each.question} {each.text}".rstrip(), each.before, each.after, each.cost] for each in advised.changes(rows)
    ] or [["", "", "", None]]
    rest = [""] * len(figures)
    return [[*about, *cells, *(figures if number == 0 else rest)] for number, cells in enumerate(changes)]


def _needed(advised: AdvisedChanges, row: Row) -> str:
    """Return which node must reach which score, the hardest where there are several."""
    return "" if pd.isna(row["floor"]) else f"{advised.nodes[row['node']]} ≥ {row['floor']:.2f}"


def _result(row: Row, language: Language) -> str | Marked:
    if row["verdict"] == "found":
        missed = Marked(word("solution_result_missed", language), "warning")
        return word("solution_result_found", language) if row["verified"] == 1 else missed
    return word(f"solution_result_{row['verdict']}", language)
