"""Corrections of exports: applied to the answers of single respondents, before the skip rules judge them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.observations import BLANK, ERROR, INVALID, OK, Cell
from evalkit.problems import Problem, problem
from evalkit.sources.corrections import Correction, Ledger, apply_corrections
from evalkit.sources.export_answers import At, Piece, untick
from evalkit.sources.respondents import AnswerColumn

Whose = Sequence[tuple[str, str] | None]
"""Unit and id of each respondent, None of those who do not count."""


def without_corrected(
    question: Question, pieces: Mapping[str, Piece], columns: Mapping[str, AnswerColumn]
) -> dict[str, Piece]:
    """Return the pieces of a question without the texts whose answers were corrected, so that nothing is found in them.

    A text that names all options stays as long as any of them has no answer.
    """
    found: dict[str, Piece] = {}
    for name in {*question.keys, question.code} & {*pieces}:
        own = [columns[name]] if name in columns else [columns[key] for key in question.keys]
        rows = {row for column in own for row in column.corrections}
        settled = [row for row in rows if all(column.statuses[row] not in {INVALID, ERROR} for column in own)]
        codes = pieces[name].codes.copy()
        codes[settled] = 0
        found[name] = replace(pieces[name], codes=codes)
    return found


@dataclass(slots=True)
class RespondentCorrections:
    """The lines of the ledger that correct respondents, each to be used once."""

    ledger: Ledger
    waiting: dict[tuple[str, str], list[Correction]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the lines by respondent."""
        self.waiting = {}
        for each in self.ledger.respondents:
            self.waiting.setdefault((each.unit, each.respondent), []).append(each)

    def correct(
        self, questionnaire: Questionnaire, whose: Whose, columns: Mapping[str, AnswerColumn], at: At
    ) -> list[Problem]:
        """Correct the answers of a file in place; findings are those of :func:`apply_corrections`.

        As in a workbook, an empty tick means "not chosen" only beside an answered one.
        """
        meant = [(row, who) for row, who in enumerate(whose) if who is not None and who in self.waiting]
        file, found = at(0, 0).file or "", list[Problem]()
        for row, who in meant:
            lines = tuple(self.waiting.pop(who))
            cells = {line.key: _cell(columns[line.key], row, at) for line in lines}
            found += apply_corrections(Ledger(lines, self.ledger.parsers), [(who[0], file, cells)], ())
            for cell in cells.values():
                if cell.correction:
                    _put(columns[cell.key], row, cell)
            _tick_again(questionnaire, columns, row)
        return found

    def left(self) -> list[Problem]:
        """Return a finding (EK648) for each line whose respondent was not read."""
        return [
            problem("EK648", each.place, unit=each.unit, respondent=each.respondent)
            for lines in self.waiting.values()
            for each in lines
        ]


def _cell(column: AnswerColumn, row: int, at: At) -> Cell:
    code, place = int(column.codes[row]), at(int(column.lines[row]), column.column)
    tick = str(int(column.numbers[row])) if column.ticks and column.statuses[row] == OK else ""
    value = tick if column.ticks else column.values[code]
    number = float(column.numbers[row])
    status = int(column.statuses[row])
    return Cell(column.key, status, column.raws[code], value, number, place.sheet or "", place.cell or "")


def _put(column: AnswerColumn, row: int, cell: Cell) -> None:
    """Give one respondent an answer of his own; what stood in the file stays."""
    column.codes = column.codes.copy()  # other columns may share them
    column.codes[row] = len(column.raws)
    column.raws, column.values = (*column.raws, cell.raw), (*column.values, cell.value)
    column.statuses[row], column.numbers[row] = cell.status, cell.number
    column.corrections[row] = cell.correction


def _tick_again(questionnaire: Questionnaire, columns: Mapping[str, AnswerColumn], row: int) -> None:
    """Judge the empty ticks of a respondent anew, in questions where one was corrected."""
    for question in questionnaire.questions.values():
        own = [columns[key] for key in question.keys if key in columns] if question.type == "multiple" else []
        if any(row in column.corrections for column in own):
            for column in own:
                if row not in column.corrections and column.statuses[row] == OK and not column.raws[column.codes[row]]:
                    column.statuses[row], column.numbers[row] = BLANK, np.nan
            untick(own, np.array([row]))
