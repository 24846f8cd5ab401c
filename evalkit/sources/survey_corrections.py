"""Corrections of returned questionnaires: applied to their cells, the tick rows beside them judged anew."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.observations import BLANK, OK, Cell
from evalkit.problems import Problem
from evalkit.sources.cell_text import normalise
from evalkit.sources.corrections import Ledger, apply_corrections
from evalkit.sources.survey_workbook import Returned, untick


def correct_returned(
    questionnaire: Questionnaire, returned: Sequence[Returned], ledger: Ledger, problems: list[Problem]
) -> list[Problem]:
    """Apply the ledger to the cells in place and return the findings that stand then.

    An empty tick row means "not chosen" only beside an answered one, so the other rows of a multiple choice are judged
    again where one of them was corrected. Findings are those of :func:`evalkit.sources.corrections.apply_corrections`.
    """
    if not ledger.corrections:
        return problems
    books = [(each.unit, each.file, each.cells) for each in returned if each.cells is not None]
    problems = apply_corrections(ledger, books, problems)
    for question in questionnaire.questions.values():
        if question.type == "multiple":
            for _, _, cells in books:
                _tick_again([cells[key] for key in question.keys])
    return problems


def _tick_again(cells: list[Cell]) -> None:
    if not any(cell.correction for cell in cells):
        return
    for cell in cells:
        if cell.status == OK and not cell.correction and not normalise(cell.raw):
            cell.status, cell.number, cell.value = BLANK, float("nan"), ""
    untick(cells)
