"""The checks across questions, judged on the answers: a finding for each unit for which one does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from evalkit.definitions.checks import WAVE, Check, year_of
from evalkit.definitions.condition_words import condition_words
from evalkit.definitions.crosscheck.checks import faults_of
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import CHOICE_TYPES, Questionnaire
from evalkit.evaluate.read_cells import ReadCells
from evalkit.messages.nearest import listed
from evalkit.observations import OK, Answers
from evalkit.problems import NOWHERE, Place, Problem, problem
from evalkit.scoring.arrays import BoolArray
from evalkit.scoring.cross_checks import fails
from evalkit.scoring.measures import with_quotients
from evalkit.sources.cell_text import as_text


def check_answers(questionnaire: Questionnaire, answers: Answers, cells: ReadCells, wave: str) -> Iterator[Problem]:
    """Yield ``EK270`` or ``EK271`` for each unit that answered all a check names and does not satisfy it.

    A check with a fault of its own, or that speaks of a wave without a year, is left out: the definitions have a
    finding for it. The place is the cell of the answer named last.
    """
    for check, keys, last, rows, known in _failures(questionnaire, answers, wave):
        for row in rows:
            read = listed(f"{key} = {_read(known, cells, row, key)}" for key in keys)
            yield _finding(check, questionnaire, cells.place(int(known.observations[row, last])), read)


def check_respondents(
    questionnaire: Questionnaire, answers: Answers, wave: str, place: Callable[[int], Place]
) -> Iterator[Problem]:
    """Yield ``EK270`` or ``EK271`` for each check that is not satisfied, at the first respondent, with their number.

    ``answers`` are of respondents; ``place`` returns where a row id of the table ``observations`` stands.
    """
    for check, keys, last, rows, known in _failures(questionnaire, answers, wave):
        if rows:
            numbers = {key: float(known.number(key)[rows[0]]) for key in keys}
            read = listed(f"{key} = {_shown(questionnaire, key, number)}" for key, number in numbers.items())
            where = place(int(known.observations[rows[0], last]))
            yield _finding(check, questionnaire, where, f"{read} (×{len(rows)})" if len(rows) > 1 else read)


def _shown(questionnaire: Questionnaire, key: str, number: float) -> str:
    question = questionnaire.questions[key.partition(".")[0]]
    return question.choices[int(number)].code if question.type in CHOICE_TYPES else as_text(round(number, 6))


def _failures(
    questionnaire: Questionnaire, answers: Answers, wave: str
) -> Iterator[tuple[Check, list[str], int, list[int], Answers]]:
    """Yield each check that can be judged, its keys, the column of the last answer, the rows that fail, the answers."""
    if not questionnaire.checks:
        return
    behind = _cells_behind(questionnaire)
    if all(key in answers.keys for keys in behind.values() for key in keys):
        answers = with_quotients(answers, questionnaire)
    year = year_of(wave)
    for check in questionnaire.checks:
        if not can_be_judged(check, questionnaire, answers, year):
            continue
        keys = [name.key for name in check.answers(questionnaire.questions)]
        last = answers.keys[behind.get(keys[-1], keys)[-1]]
        rows = np.flatnonzero(broken(check, questionnaire, answers, year)).tolist()
        yield check, keys, last, rows, answers


def broken(check: Check, questionnaire: Questionnaire, answers: Answers, year: int | None) -> BoolArray:
    """Tell for which units (units,) a check that can be judged does not hold."""
    keys = [name.key for name in check.answers(questionnaire.questions)]
    answered = (answers.statuses[:, answers.columns(keys)] == OK).all(axis=1)
    values = {key: answers.number(key) for key in keys}
    if year is not None:
        values.setdefault(WAVE, np.full(len(answers.units), float(year)))
    return fails(check, values, answered, option_position(questionnaire))


def _cells_behind(questionnaire: Questionnaire) -> dict[str, tuple[str, str]]:
    """Return the keys of the two answer cells behind each computed quotient."""
    return {
        key: (part.numerator or "", part.denominator or "")
        for question in questionnaire.questions.values()
        if question.type == "ratio"
        for key, part in zip(question.keys, question.parts, strict=True)
    }


def can_be_judged(check: Check, questionnaire: Questionnaire, answers: Answers, year: int | None) -> bool:
    """Tell whether a check has no fault of its own, and its answers and the year it speaks of are there."""
    questions = questionnaire.questions
    if year is None and check.names_wave(questions):
        return False
    known = all(name.key in answers.keys for name in check.answers(questions))
    return known and not any(faults_of(check, questions, NOWHERE))


def _read(answers: Answers, cells: ReadCells, row: int, key: str) -> str:
    """Return an answer as it was read: a number, the code of an option, a date; a quotient as it was computed."""
    column = answers.keys[key]
    observation = int(answers.observations[row, column])
    return cells.find(observation)[1].value if observation else as_text(round(float(answers.numbers[row, column]), 6))


def _finding(check: Check, questionnaire: Questionnaire, place: Place, read: str) -> Problem:
    that_zh, that_en = (condition_words(check.condition, questionnaire, language) for language in ("zh", "en"))
    zh, en = (that_zh, that_en) if check.message is None else (check.message.say("zh"), check.message.say("en"))
    about = {"check": check.id, "message_zh": zh, "message_en": en, "that_zh": that_zh, "that_en": that_en}
    return problem("EK270" if check.severity == "error" else "EK271", place, **about, values=read)
