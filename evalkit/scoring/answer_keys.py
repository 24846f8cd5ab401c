"""Which answer cells a scoring rule reads, and what happened to the worst of them."""

from __future__ import annotations

import numpy as np

from evalkit.definitions.expression import Name, names, parse
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.definitions.rules import CountRule, FormulaRule, NumberRule, RatioRule, Rule, SumRule
from evalkit.observations import ABSENT, BLANK, ERROR, INVALID, NOT_APPLICABLE, OK, SKIPPED
from evalkit.scoring.arrays import StatusArray

_WORST_FIRST = (ERROR, INVALID, NOT_APPLICABLE, SKIPPED, BLANK, ABSENT)


def answer_keys(question: Question | None, rule: Rule, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the keys of the answer cells that a rule reads; a computed quotient leads to the two cells behind it."""
    if isinstance(rule, FormulaRule):
        named = [name for each in names(parse(rule.formula)) for name in _read_keys(each, questionnaire)]
        return tuple(dict.fromkeys(named))
    if question is None:
        return ()
    return tuple(dict.fromkeys(key for each in picked_keys(question, rule) for key in _behind(question, each)))


def picked_keys(question: Question, rule: Rule) -> tuple[str, ...]:
    """Return the keys of the parts or options that a rule names; of all where it names none."""
    wanted: tuple[str, ...] = ()
    if isinstance(rule, RatioRule):
        wanted = (rule.numerator, rule.denominator)
    elif isinstance(rule, NumberRule) and rule.part is not None:
        wanted = (rule.part,)
    elif isinstance(rule, SumRule):
        wanted = rule.parts
    elif isinstance(rule, CountRule):
        wanted = rule.options
    return tuple(f"{question.code}.{name}" for name in wanted) or question.keys


def _read_keys(name: Name, questionnaire: Questionnaire) -> tuple[str, ...]:
    question = questionnaire.questions[name.question]
    return _behind(question, name.key) if name.part or not question.items else question.keys


def _behind(question: Question, key: str) -> tuple[str, ...]:
    if question.type != "ratio":
        return (key,)
    part = question.parts[question.keys.index(key)]
    return (part.numerator or "", part.denominator or "")


def worst(cells: StatusArray) -> StatusArray:
    """Return the worst status among a unit's ``cells`` (units, keys); OK where all are answered."""
    result = np.full(len(cells), OK, np.int8)
    for status in reversed(_WORST_FIRST):
        result[(cells == status).any(axis=1)] = status
    return result
