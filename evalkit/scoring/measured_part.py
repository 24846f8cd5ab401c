"""One question's answers become the points of an indicator, or of a part of it, by the rule that is declared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.expression import names, parse
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.definitions.rules import (
    PLUG_IN,
    CountRule,
    FormulaRule,
    NumberRule,
    PlugInRule,
    PointsRule,
    RatioRule,
    Rule,
    ScaleRule,
    ShareRule,
    SumRule,
)
from evalkit.observations import INVALID, NOT_APPLICABLE, OK, SKIPPED, Answers
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring import rules
from evalkit.scoring.answer_keys import answer_keys, picked_keys, worst
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray, StatusArray
from evalkit.scoring.plug_ins import call, named


@dataclass(frozen=True, slots=True)
class Behind:
    """The respondents behind a part: the rule that puts them together, and arrays over units.

    ``n`` have points, of ``base``; ``n_eff`` is the effective sample size of those.
    """

    rule: str
    n: IntArray
    base: IntArray
    n_eff: FloatArray


@dataclass(frozen=True, slots=True)
class MeasuredPart:
    """One question's share of an indicator, arrays over units. ``keys`` are the answer cells it was computed from.

    ``points`` are finite, or NaN with a status other than OK; ``divided_by_zero`` and ``infinite`` say for which
    units the arithmetic, not the answers, is why there is none.
    """

    question: str
    method: str
    points: FloatArray
    weights: FloatArray
    statuses: StatusArray
    keys: tuple[str, ...]
    divided_by_zero: BoolArray
    infinite: BoolArray
    behind: Behind | None = None


def measure_part(
    code: str | None,
    rule: Rule,
    answers: Answers,
    questionnaire: Questionnaire,
    plug_ins: Registry = NO_PLUG_INS,
) -> MeasuredPart:
    """Return the points that ``rule`` gives for the answers to the question ``code``; a formula goes without one.

    Raises PlugInError where the rule is a plug-in that fails.
    """
    question = questionnaire.questions[code] if code is not None else None
    keys = answer_keys(question, rule, questionnaire)
    cells = answers.statuses[:, answers.columns(keys)]
    by_zero = np.zeros(len(answers.units), dtype=bool)
    answered = (cells == OK).all(axis=1)
    if isinstance(rule, FormulaRule):
        points, by_zero = _formula(rule, answers, cells, questionnaire)
    elif question is None:
        raise ValueError("only a formula goes without a question")
    elif isinstance(rule, RatioRule):
        over, under = (answers.number(f"{question.code}.{part}") for part in (rule.numerator, rule.denominator))
        points, by_zero = rules.ratio(over, under, scale=rule.scale)
        by_zero &= answered
    elif isinstance(rule, PlugInRule):
        cells_of = answers.numbers[:, answers.columns(question.keys)]
        points = call(named(plug_ins, "rules", rule.name), (cells_of,), rule.settings)
        points = np.where((cells == OK).any(axis=1), points, np.nan)  # no answer earns no points
    else:
        with np.errstate(over="ignore"):  # an infinite value is marked below
            points = _points(rule, question, answers)
        if question.type == "ratio":
            by_zero = np.isnan(points) & answered & (answers.number(keys[-1]) == 0)
    if rule.skipped is not None:
        points = np.where(np.isnan(points) & (worst(cells) == SKIPPED), rule.skipped, points)
    method = f"{PLUG_IN}{rule.name}" if isinstance(rule, PlugInRule) else rule.method
    return _part(code or "", method, points, cells, keys, by_zero=by_zero)


def column_part(answers: Answers, key: str) -> MeasuredPart:
    """Return the ready-made values under ``key`` as they are."""
    never = np.zeros(len(answers.units), dtype=bool)
    statuses = answers.statuses[:, [answers.keys[key]]]
    return _part(key.removeprefix("column:"), "column", answers.number(key), statuses, (key,), by_zero=never)


def _part(
    question: str, method: str, values: FloatArray, cells: StatusArray, keys: tuple[str, ...], *, by_zero: BoolArray
) -> MeasuredPart:
    """Give every unit without a finite value the worst status among its ``cells`` (units, keys).

    INVALID where all cells are answered and the arithmetic has no finite result all the same.
    """
    infinite = np.isinf(values)
    values = np.where(infinite, np.nan, values)
    reason = worst(cells)
    reason = np.where(infinite | by_zero | (reason == OK), INVALID, reason)
    statuses = np.where(np.isnan(values), reason, OK).astype(np.int8)
    return MeasuredPart(question, method, values, np.ones(len(values)), statuses, keys, by_zero, infinite)


def _formula(
    rule: FormulaRule, answers: Answers, cells: StatusArray, questionnaire: Questionnaire
) -> tuple[FloatArray, BoolArray]:
    """Return the values of a formula, and for which units a division by zero is why there is none.

    A blank, invalid or absent answer leaves the unit without a value, even within ``if`` or a comparison, where it
    would count as false: nothing is imputed. A skipped or not applicable one is passed over as the formula says, as
    long as another answer of it is given.
    """
    expression = parse(rule.formula)
    values = {name.key: answers.number(name.key) for name in names(expression)}
    evaluated = evaluate(expression, values, option_position(questionnaire))
    known = (cells == OK).any(axis=1) & np.isin(cells, (OK, SKIPPED, NOT_APPLICABLE)).all(axis=1)
    points = np.where(known, evaluated.values, np.nan)
    return points, known & np.isnan(points) & evaluated.divided_by_zero


def _points(rule: Rule, question: Question, answers: Answers) -> FloatArray:
    """Look up the answers that a rule reads, and call its kernel."""
    chosen = answers.numbers[:, answers.columns(question.keys)]
    if isinstance(rule, PointsRule):
        points = np.array([rule.points.get(option.code, np.nan) for option in question.choices], dtype=float)
        return rules.points_by_option(chosen[:, 0], points)
    if isinstance(rule, ShareRule):
        weights = np.array([rule.weights.get(option.code, 1.0) for option in question.options], dtype=float)
        return rules.share_of_options(chosen, weights, full=rule.full)
    if isinstance(rule, ScaleRule):
        return rules.position_on_scale(chosen[:, 0], len(question.options), best_first=question.best_first)
    if isinstance(rule, NumberRule):
        return answers.number(question.code if rule.part is None else f"{question.code}.{rule.part}")
    if isinstance(rule, SumRule | CountRule):
        values = answers.numbers[:, answers.columns(picked_keys(question, rule))]
        return rules.total(values) if isinstance(rule, SumRule) else rules.count(values)
    raise TypeError(f"no kernel for the rule {rule.method}")
