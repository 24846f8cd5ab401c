"""All returned questionnaires of a study: one a unit, skip rules applied, every file and cell accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.condition_words import condition_words
from evalkit.definitions.expression import Expression, Name, Option, names
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.messages import word
from evalkit.messages.nearest import listed
from evalkit.observations import BLANK, ERROR, INVALID, OK, SKIPPED, STATUSES, Batch, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import shortened
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.evidence import check_evidence
from evalkit.sources.reading import ONE_BY_ONE, Reading, read_workbooks
from evalkit.sources.register import Register
from evalkit.sources.survey_corrections import correct_returned
from evalkit.sources.survey_workbook import Returned

Told = Callable[[str], tuple[str, str]]
"""A question's condition in words, Chinese and English, by its code."""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of a file.

    ``state``: read; unreadable (or of another questionnaire, or without a table of answers); unassigned (no known
    unit); duplicate (the unit sent several).

    ``counts`` has one number a status, in the order of ``STATUSES``; for a file that was read they add up to
    ``expected``, the answer cells of the form.
    """

    file: str
    unit: str
    state: str
    expected: int = 0
    counts: tuple[int, ...] = (0,) * len(STATUSES)
    rows_missing: int = 0
    rows_unknown: int = 0
    sha256: str = ""


def read_survey(
    questionnaire: Questionnaire,
    register: Register,
    files: Sequence[tuple[Path, str]],
    ledger: Ledger = NO_CORRECTIONS,
    reading: Reading = ONE_BY_ONE,
) -> tuple[tuple[list[Batch], list[FileAccount]], list[Problem]]:
    """Read the workbooks ``files`` (path, name in findings); batches come in the order of the register.

    The corrections of ``ledger`` are applied before the skip rules, so that these judge the corrected answers.
    """
    problems: list[Problem] = []
    returned: list[Returned] = []
    for each, more in read_workbooks(questionnaire, register, files, reading):
        returned.append(each)
        problems += more
    used, more = _one_a_unit(returned)
    problems = correct_returned(questionnaire, used, ledger, [*problems, *more])
    problems += apply_skip_rules(questionnaire, used)
    problems += check_evidence(questionnaire, used)
    order = {unit: index for index, unit in enumerate(register.units)}
    batches = [
        Batch(each.unit, questionnaire.id, each.file, tuple(each.cells.values()))
        for each in sorted(used, key=lambda each: order[each.unit])
        if each.cells is not None
    ]
    accepted = {each.file for each in used}
    return (batches, [_account(each, each.file in accepted) for each in returned]), problems


def _one_a_unit(returned: Iterable[Returned]) -> tuple[list[Returned], list[Problem]]:
    by_unit: dict[str, list[Returned]] = {}
    for each in returned:
        if each.cells is not None:
            by_unit.setdefault(each.unit, []).append(each)
    problems = []
    for unit, several in by_unit.items():
        for other in several[1:]:
            about = {"unit": unit, "first": several[0].file, "second": other.file}
            zh, en = _differences(several[0], other)
            place = Place(file=other.file, unit=unit)
            problems.append(problem("EK228", place, **about, differences_zh=zh, differences_en=en))
    return [several[0] for several in by_unit.values() if len(several) == 1], problems


def _differences(one: Returned, other: Returned) -> tuple[str, str]:
    """Return in words, Chinese and English, which answers differ between two workbooks of a unit."""
    cells, others = one.cells or {}, other.cells or {}
    differing = [key for key, cell in cells.items() if _said(cell) != _said(others[key])]
    if not differing:
        return word("answers_equal", "zh"), word("answers_equal", "en")
    about = {"count": len(differing), "codes": listed(differing)}
    return word("answers_differ", "zh", **about), word("answers_differ", "en", **about)


def _said(cell: Cell) -> tuple[int, str]:
    return cell.status, cell.value or cell.raw


def apply_skip_rules(questionnaire: Questionnaire, returned: Sequence[Returned]) -> list[Problem]:
    """Mark the cells of questions that a unit was not asked as skipped, in place; report answers given all the same.

    A question that was asked and left empty is reported too, where it is required (``EK213``) or where its condition
    holds (``EK268``); a row that the workbook does not have is passed over there, since ``EK233`` lists it. Questions
    are taken in the order of the form, so that a skipped question counts as unanswered in the conditions of later ones.
    """
    problems: list[Problem] = []
    books = [(each, each.cells) for each in returned if each.cells is not None]
    position, told = option_position(questionnaire), _conditions(questionnaire)
    for question in questionnaire.questions.values():
        if not question.is_asked:
            continue
        asked = np.ones(len(books), dtype=bool)
        if question.condition is not None:
            asked = _holds(question.condition, [cells for _, cells in books], position)
        for index in np.flatnonzero(~asked).tolist():
            each, cells = books[index]
            own = [cells[key] for key in question.keys]
            problems += _skip(told, question, own, Place(file=each.file, unit=each.unit))
        if not question.required and question.condition is None:
            continue
        for index in np.flatnonzero(asked).tolist():
            each, cells = books[index]
            if all(cells[key].status == BLANK for key in question.keys):
                place = _at(cells[question.keys[0]], question, Place(file=each.file, unit=each.unit))
                problems += _unanswered(told, question, place)
    return problems


def _unanswered(told: Told, question: Question, place: Place) -> list[Problem]:
    """Report a question that had to be answered and is not."""
    if question.required:
        return [problem("EK213", place, question=question.code)]
    if place.cell is None:
        return []
    zh, en = told(question.code)
    return [problem("EK268", place, question=question.code, condition_zh=zh, condition_en=en)]


def _holds(
    condition: Expression, books: list[dict[str, Cell]], position: Callable[[Name, Option], float]
) -> NDArray[np.bool_]:
    """Tell for each workbook whether a condition holds; a question that has no answer cell has no answer."""
    values = {name.key: np.array([_number(cells.get(name.key)) for cells in books], float) for name in names(condition)}
    return np.broadcast_to(evaluate(condition, values, position).values > 0, len(books))


def _number(cell: Cell | None) -> float:
    return float("nan") if cell is None else cell.number


def _skip(told: Told, question: Question, cells: list[Cell], place: Place) -> list[Problem]:
    """Mark the cells of a question as skipped; report what was answered all the same (an empty tick is no answer)."""
    problems = []
    for cell in cells:
        unticked = question.type == "multiple" and cell.number == 0
        if cell.status in {INVALID, ERROR} or (cell.status == OK and not unticked):
            where, value = _at(cell, question, place), shortened(cell.value if cell.correction else cell.raw)
            zh, en = told(question.code)
            problems.append(problem("EK209", where, value=value, condition_zh=zh, condition_en=en))
        cell.status, cell.number, cell.value = SKIPPED, float("nan"), ""
    return problems


def _conditions(questionnaire: Questionnaire) -> Told:
    """Return how a question's condition is told; each is put into words once, for the many units that break it."""

    @cache
    def told(code: str) -> tuple[str, str]:
        condition = questionnaire.questions[code].condition
        if condition is None:
            return "", ""
        return condition_words(condition, questionnaire, "zh"), condition_words(condition, questionnaire, "en")

    return told


def _at(cell: Cell, question: Question, place: Place) -> Place:
    return place.at(sheet=cell.sheet or None, cell=cell.cell or None, question=question.code)


def _account(each: Returned, accepted: bool) -> FileAccount:
    if each.cells is None or not accepted:
        state = "duplicate" if each.cells is not None else "unreadable" if each.unit else "unassigned"
        return FileAccount(each.file, each.unit, state, sha256=each.sha256)
    statuses = [cell.status for cell in each.cells.values()]
    counts = tuple(map(statuses.count, range(len(STATUSES))))
    return FileAccount(
        each.file, each.unit, "read", len(statuses), counts, each.rows_missing, each.rows_unknown, each.sha256
    )
