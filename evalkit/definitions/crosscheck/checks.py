"""The checks across questions of a questionnaire: what they name, and what can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.definitions.checks import Check, year_of
from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.crosscheck.names import Names
from evalkit.definitions.expression import Binary, Expression, Name, walk
from evalkit.definitions.expression_tree import COMPARISON, POWERS
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.definitions.yaml_source import Document
from evalkit.problems import Place, Problem, problem


def check_checks(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Find ids that stand twice, and what is wrong with each check."""
    seen: dict[str, int | None] = {}
    for index, check in enumerate(questionnaire.checks):
        place = document.place(("checks", index, "id"))
        if check.id in seen:
            yield problem("EK305", place, id=check.id, first=seen[check.id])
        seen.setdefault(check.id, place.line)
        yield from faults_of(check, questionnaire.questions, document.place(("checks", index, "that")))


def faults_of(check: Check, questions: Mapping[str, Question], place: Place) -> Iterator[Problem]:
    """Find names that do not exist, a check of no answer at all, and answers that cannot be compared as it does."""
    answers = check.answers(questions)
    if not answers:
        yield problem("EK323", place, check=check.id)
    wave = ("wave",) if check.names_wave(questions) else ()
    yield from Names(questions, place, check.id).check(check.condition, also=wave)
    dates = _compared_dates(check.condition, questions)
    for code in dict.fromkeys(name.question for name in answers if name not in dates):
        if code in questions and questions[code].type in {"date", "text"}:
            yield problem("EK324", place, check=check.id, question=code, type=questions[code].type)


def _compared_dates(condition: Expression, questions: Mapping[str, Question]) -> set[Name]:
    """Return the date questions that are compared with date questions and nothing else."""
    good: set[int] = set()
    dates = [node for node in walk(condition) if isinstance(node, Name) and _is_date(node, questions)]
    for node in walk(condition):
        if isinstance(node, Binary) and POWERS[node.operator] == COMPARISON:
            sides = (node.left, node.right)
            if all(any(side is date for date in dates) for side in sides):
                good |= {id(side) for side in sides}
    return {date for date in dates if id(date) in good} - {date for date in dates if id(date) not in good}


def _is_date(name: Name, questions: Mapping[str, Question]) -> bool:
    return name.question in questions and questions[name.question].type == "date"


def check_wave(context: Context) -> Iterator[Problem]:
    """Find checks that speak of the wave in a study whose wave names no year."""
    if context.study is None or context.questionnaire is None or year_of(context.study[0].wave) is not None:
        return
    questionnaire, document = context.questionnaire
    for index, check in enumerate(questionnaire.checks):
        if check.names_wave(questionnaire.questions):
            place = document.place(("checks", index, "that"))
            yield problem("EK325", place, check=check.id, wave=context.study[0].wave)
