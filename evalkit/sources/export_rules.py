"""The skip rules of a questionnaire on the answers of many respondents, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.expression import names, text
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.observations import BLANK, ERROR, INVALID, OK, SKIPPED
from evalkit.problems import Place, Problem, problem
from evalkit.sources.export_answers import At
from evalkit.sources.respondents import AnswerColumn

Mask = NDArray[np.bool_]


def apply_rules(
    questionnaire: Questionnaire, columns: Mapping[str, AnswerColumn], respondents: int, at: At
) -> Iterator[Problem]:
    """Mark, in place, what a respondent was not asked as skipped; yield findings with the number of respondents.

    ``EK293`` answered all the same (not counted); ``EK295`` skipped by the platform, but asked by the questionnaire;
    ``EK294`` required and left open. Questions are taken in the order of the form, as for workbooks.
    """
    position = option_position(questionnaire)
    for question in questionnaire.questions.values():
        if not question.is_asked:
            continue
        own = [columns[key] for key in question.keys]
        asked = np.ones(respondents, dtype=bool)
        if question.condition is not None:
            none = np.full(respondents, np.nan)
            values = {
                name.key: columns[name.key].numbers if name.key in columns else none
                for name in names(question.condition)
            }
            asked = np.broadcast_to(evaluate(question.condition, values, position).values > 0, respondents)
            yield from _skip(question, own, ~asked, at)
        all_skipped = np.logical_and.reduce([each.statuses == SKIPPED for each in own])
        if (rows := asked & all_skipped).any():
            place = _first(question, own[0], rows, at)
            yield problem("EK295", place, question=question.code, count=int(rows.sum()))
        if question.required:
            rows = asked & np.logical_and.reduce([each.statuses == BLANK for each in own])
            if rows.any():
                place = _first(question, own[0], rows, at)
                yield problem("EK294", place, question=question.code, count=int(rows.sum()))


def _skip(question: Question, own: list[AnswerColumn], spared: Mask, at: At) -> Iterator[Problem]:
    """Mark the cells of a question as skipped; report what was answered all the same (an empty tick is no answer)."""
    condition = "" if question.condition is None else text(question.condition)
    answered = np.zeros(len(spared), dtype=bool)
    for column in own:
        given = (column.statuses == OK) & ((column.numbers != 0) | (not column.ticks))
        answered |= spared & (given | (column.statuses == INVALID) | (column.statuses == ERROR))
        column.statuses[spared], column.numbers[spared] = SKIPPED, np.nan
    if answered.any():
        place = _first(question, own[0], answered, at)
        yield problem("EK293", place, question=question.code, count=int(answered.sum()), condition=condition)


def _first(question: Question, column: AnswerColumn, rows: Mask, at: At) -> Place:
    """Return the place of the first of the rows."""
    return at(int(column.lines[np.flatnonzero(rows)[0]]), column.column).at(question=question.code)
