"""From columns of coded text to the answer columns of a questionnaire, with a finding for each text that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.questionnaire import Question
from evalkit.observations import BLANK, INVALID, OK
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Answer
from evalkit.sources.export_parsing import Forms
from evalkit.sources.respondents import AnswerColumn

MOST_SHOWN = 20
"""Different texts of a column that get a finding each; the others are counted."""

At = Callable[[int, int], Place]
"""Returns the place of a line and a column."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where the answers to a question, or to a part of it, stand: texts coded over respondents, code 0 is ``""``."""

    codes: NDArray[np.int32]
    texts: tuple[str, ...]
    lines: NDArray[np.int64]
    column: int
    doubled: NDArray[np.bool_] | None = None
    """whose answer stands in two places, so that neither counts"""


def no_piece(respondents: int) -> Piece:
    """Return what stands for a column that the file does not have."""
    return Piece(np.zeros(respondents, np.int32), ("",), np.zeros(respondents, np.int64), -1)


def answer_columns(
    question: Question, pieces: Mapping[str, Piece], forms: Forms, respondents: int, at: At
) -> tuple[list[AnswerColumn], list[Problem]]:
    """Return the answer columns of a question; ``pieces`` are by its keys, or by its code for all options in one cell.

    The columns of the single options come before the one cell. An empty tick beside one that is given means "not
    chosen"; where none is given, the question is blank, as in a workbook.
    """
    if question.type == "multiple" and not any(key in pieces for key in question.keys) and question.code in pieces:
        return _joined(question, pieces[question.code], forms, at)
    columns: list[AnswerColumn] = []
    problems: list[Problem] = []
    read = forms.tick if question.type == "multiple" else forms.answers
    for key in question.keys:
        piece = pieces.get(key) or no_piece(respondents)
        answers = read(question, key, piece.texts)
        columns.append(_column(key, piece, answers, ticks=question.type == "multiple"))
        problems += _findings(piece, question.code, [answer.finding for answer in answers], at)
    if question.type == "multiple":
        untick(columns)
    return columns, problems


def _column(key: str, piece: Piece, answers: Sequence[Answer], *, ticks: bool) -> AnswerColumn:
    statuses = np.array([answer.status for answer in answers], dtype=np.int8)[piece.codes]
    numbers = np.array([answer.number for answer in answers], dtype=np.float64)[piece.codes]
    if piece.doubled is not None:
        statuses[piece.doubled] = INVALID
    numbers[statuses != OK] = np.nan
    values = tuple(answer.value for answer in answers)
    return AnswerColumn(key, ticks, piece.codes, piece.texts, values, numbers, statuses, piece.lines, piece.column)


def _joined(question: Question, piece: Piece, forms: Forms, at: At) -> tuple[list[AnswerColumn], list[Problem]]:
    cells = forms.joined(question, piece.texts)
    columns = []
    for index, key in enumerate(question.keys):
        answers = [
            Answer(cell.status, "", number=float(index in cell.ticked) if cell.status == OK else float("nan"))
            for cell in cells
        ]
        columns.append(_column(key, piece, answers, ticks=True))
    return columns, _findings(piece, question.code, [cell.finding for cell in cells], at)


def untick(columns: Sequence[AnswerColumn], rows: NDArray[np.int64] | None = None) -> None:
    """Let empty ticks mean "not chosen" where one beside them is given; ``rows``: of these respondents only."""
    chosen = np.arange(len(columns[0].statuses)) if rows is None else rows
    given = np.logical_or.reduce([column.statuses[chosen] == OK for column in columns])
    for column in columns:
        if column.column >= 0:
            empty = chosen[given & (column.statuses[chosen] == BLANK) & (column.lines[chosen] > 0)]
            column.statuses[empty], column.numbers[empty] = OK, 0.0


def _findings(piece: Piece, question: str, found: Iterable[Problem | None], at: At) -> list[Problem]:
    """Return a finding for each of the first texts that are wrong, at its first cell, and the count of all cells."""
    wrong = {code: each for code, each in enumerate(found) if each is not None}
    if not wrong:
        return []
    codes, first, counts = np.unique(piece.codes, return_index=True, return_counts=True)
    places = {int(code): (int(row), int(count)) for code, row, count in zip(codes, first, counts, strict=True)}
    by_row = sorted((places[code], each) for code, each in wrong.items() if code in places)
    problems = [
        replace(each, place=at(int(piece.lines[row]), piece.column).at(question=question))
        for (row, _), each in by_row[:MOST_SHOWN]
    ]
    refused = [count for (_, count), each in by_row if each.severity == "error"]
    shown = sum(each.severity == "error" for each in problems)
    if sum(refused) > shown:
        place = replace(problems[0].place, cell=None, line=None)
        problems.append(problem("EK284", place, count=sum(refused), texts=len(refused)))
    return problems
