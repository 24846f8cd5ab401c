"""The proof that units gave, a line each, for whoever verifies it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.problems import cell_name
from evalkit.reports.outline.columns import place_columns, unit_columns
from evalkit.reports.outline.names import unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def evidence(evaluation: Evaluation, language: Language) -> Sheet:
    """Return every proof as it stood, with the answer that it stands for and the cell that it was read from."""
    cells = evaluation["observations"]
    names, asked = unit_names(evaluation), _questions(evaluation, language)
    given = cells[cells["evidence"] != ""]
    proved = cells.set_index(["unit", "question"]).index.isin(given.set_index(["unit", "question"]).index)
    answers: dict[tuple[str, str], list[str]] = {}
    for row in records(cells[proved]):
        answers.setdefault((row["unit"], row["question"]), []).extend(_answer(row))
    columns = (
        *unit_columns(language),
        Column(word("code", language), "text", 9),
        Column(word("question", language), "long", 44),
        Column(word("answer", language), "long", 30),
        Column(word("evidence", language), "long", 50),
        *place_columns(language),
    )
    rows = [
        [
            row["unit"],
            names.get(row["unit"], ""),
            row["question"],
            asked.get(row["question"], ""),
            "; ".join(answers[row["unit"], row["question"]]),
            row["evidence"],
            row["file"],
            cell_name(row["sheet"], row["evidence_cell"]),
        ]
        for row in records(given)
    ]
    notes = (word("note_evidence", language),)
    return Sheet(
        word("sheet_evidence", language), columns, rows, notice(evaluation, language), notes, frozen=2, optional=True
    )


def _questions(evaluation: Evaluation, language: Language) -> dict[str, str]:
    return {row["question"]: choose(language, row["text_zh"], row["text_en"]) for row in records(evaluation["shares"])}


def _answer(row: Mapping[Hashable, Any]) -> list[str]:
    """Return a cell's answer as it counts, after the code of its option or part; nothing for what is not ticked."""
    value, item = row["value"], row["item"]
    if value == "" or (item and value == "0"):
        return []
    return [f"{item} = {value}" if item else value]
