"""A long table, a row an answer, brought into the shape of a wide one: pieces of text over respondents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.exports import Export
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages.nearest import listed
from evalkit.problems import Problem, problem
from evalkit.sources.cell_text import fold, shortened
from evalkit.sources.export_answers import Piece
from evalkit.sources.export_columns import Columns
from evalkit.sources.export_grid import Coded, Grid
from evalkit.sources.export_headings import Headings, Meant, key_of_item

Rows = NDArray[np.int64]


@dataclass(slots=True)
class LongTable:
    """Pieces by key over respondents, in the order in which these come, and the rows of the table by respondent.

    ``first`` (respondents,) is the first row of each; ``of_row`` (rows,) the respondent of each row.
    """

    first: Rows
    of_row: Rows
    pieces: dict[str, Piece] = field(default_factory=dict)
    unknown: int = 0
    problems: list[Problem] = field(default_factory=list)

    def agrees(self, column: Coded) -> NDArray[np.bool_]:
        """Tell of which respondents (respondents,) all rows have the same text in a column."""
        same = np.ones(len(self.first), dtype=bool)
        same[self.of_row[column.codes != column.codes[self.first][self.of_row]]] = False
        return same


def read_long(
    grid: Grid, columns: Columns, profile: Platform, export: Export, questionnaire: Questionnaire
) -> tuple[LongTable | None, list[Problem]]:
    """Bring the rows of each respondent together; None where a column that is needed is not there.

    ``EK280``: the column of respondents, of questions or of answers is not there. ``EK281``, ``EK283``: a question of
    the table means nothing (at its first row). ``EK297``: respondents with several answers to one question, of which
    none counts.
    """
    if profile.long is None:
        raise ValueError("a long table needs the names of its columns")
    where = {name: _column(grid, getattr(profile.long, name)) for name in ("question", "item", "answer")}
    where["respondent"] = columns.roles.get("respondent")
    wanted = {"respondent": profile.meta.respondent, "question": profile.long.question, "answer": profile.long.answer}
    problems = []
    for role, names in wanted.items():
        if where[role] is None and not (role == "respondent" and export.respondent is not None):
            allowed = listed(filter(None, grid.headers[0] if grid.headers else ()))
            about = {"column": next(iter(names), role), "allowed": allowed}
            problems.append(problem("EK280", grid.at(1, 0), **about, suggestion_zh="", suggestion_en=""))
    respondent, question, answer = where["respondent"], where["question"], where["answer"]
    if respondent is None or question is None or answer is None:
        return None, problems
    _, first, of_row = np.unique(grid.columns[respondent].codes, return_index=True, return_inverse=True)
    place = np.argsort(np.argsort(first))
    table = LongTable(np.sort(first), place[of_row].astype(np.int64))
    finder = _QuestionFinder(Headings(questionnaire, profile), export)
    numbers = _numbers(grid, question, where["item"], finder, table)
    for index, key in enumerate(finder.keys):
        _add_piece(table, key, grid, np.flatnonzero(numbers == index), answer)
    return table, [*problems, *table.problems]


def _column(grid: Grid, names: Sequence[str]) -> int | None:
    headers = [fold(name) for name in grid.headers[0]] if grid.headers else []
    return next((headers.index(fold(name)) for name in names if fold(name) in headers), None)


@dataclass(frozen=True, slots=True)
class _QuestionFinder:
    """Finds the key that the text of a question, with that of an option, means; ``keys`` are those found."""

    headings: Headings
    export: Export
    keys: list[str] = field(default_factory=list)

    def number(self, question: str, item: str) -> int:
        """Return the position of the key, -1 for none."""
        whole = f"{question}.{item}" if item else question
        own = next((key for key, name in self.export.questions.items() if fold(name) == fold(whole)), None)
        meant = None if own is not None else self._meant(question, item)
        key = own or (None if meant is None else meant.key or meant.question.code)
        if key is None:
            return -1
        if key not in self.keys:
            self.keys.append(key)
        return self.keys.index(key)

    def _meant(self, question: str, item: str) -> Meant | None:
        meant = self.headings.find([question], item)
        if not isinstance(meant, Meant):
            return None
        if item and meant.key is None and meant.question.items:
            key = key_of_item(meant.question, item)
            return None if key is None else Meant(meant.question, key)
        return None if meant.key is None and meant.question.type == "numbers" else meant


def _numbers(grid: Grid, question: int, item: int | None, finder: _QuestionFinder, table: LongTable) -> Rows:
    """Return the position of the key of each row; report the questions that mean nothing."""
    asked = grid.columns[question]
    parts = Coded(np.zeros(len(grid.lines), np.int32), ("",)) if item is None else grid.columns[item]
    pairs = asked.codes.astype(np.int64) * len(parts.texts) + parts.codes
    distinct, first, of_row = np.unique(pairs, return_index=True, return_inverse=True)
    numbers = np.full(len(distinct), -1, np.int64)
    for index, pair in enumerate(distinct.tolist()):
        texts = asked.texts[pair // len(parts.texts)], parts.texts[pair % len(parts.texts)]
        if fold(texts[0]) not in map(fold, finder.export.ignore):
            numbers[index] = finder.number(*texts)
            if numbers[index] < 0:
                place = grid.at(int(grid.lines[first[index]]), question)
                table.problems.append(problem("EK281", place, heading=shortened(".".join(filter(None, texts)))))
                table.unknown += 1
    result: Rows = numbers[of_row]
    return result


def _add_piece(table: LongTable, key: str, grid: Grid, rows: Rows, answer: int) -> None:
    column, respondents = grid.columns[answer], table.of_row[rows]
    distinct, of_row = np.unique(column.codes[rows], return_inverse=True)
    codes = np.zeros(len(table.first), np.int32)
    lines = np.zeros(len(table.first), np.int64)
    codes[respondents[::-1]] = (of_row + 1)[::-1]
    lines[respondents[::-1]] = grid.lines[rows][::-1]
    several = np.bincount(respondents, minlength=len(table.first)) > 1
    if several.any():
        place = grid.at(int(lines[np.flatnonzero(several)[0]]), answer)
        table.problems.append(problem("EK297", place.at(question=key), key=key, count=int(several.sum())))
    texts = ("", *(column.texts[code] for code in distinct.tolist()))
    table.pieces[key] = Piece(codes, texts, lines, answer, several)
