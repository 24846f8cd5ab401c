"""From answers to the raw value of each indicator: looks up what the definitions name and calls the rule kernels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evalkit.definitions.indicators import Measure, Part
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.rules import FormulaRule
from evalkit.observations import ABSENT, INVALID, OK, Answers
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring import rules
from evalkit.scoring.answer_keys import worst
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray, StatusArray
from evalkit.scoring.audit_measures import MeasuredCalls
from evalkit.scoring.measured_part import MeasuredPart, column_part, measure_part
from evalkit.scoring.record_measures import MeasuredRecords


@dataclass(frozen=True, slots=True)
class Measured:
    """The raw values of one indicator, arrays over units; NaN and a status other than OK where there is none.

    An infinite value is none: it is INVALID and marked in ``infinite``. ``n`` is how many respondents are behind each
    value; None where units answer for themselves.
    """

    raw: FloatArray
    statuses: StatusArray
    parts: tuple[MeasuredPart, ...]
    infinite: BoolArray
    calls: MeasuredCalls | None = None
    """what each rating gave, for an indicator measured by mystery calls"""
    records: MeasuredRecords | None = None
    """the account of the records, for an indicator measured by work orders or call records"""
    n: IntArray | None = None


def with_quotients(answers: Answers, questionnaire: Questionnaire) -> Answers:
    """Return the answers with the computed ``ratio`` questions added, as 100 × numerator ÷ denominator.

    A quotient that is not finite (the denominator is zero, or the result too large) is INVALID.
    """
    extra: list[tuple[str, FloatArray, StatusArray]] = []
    keys = dict(answers.keys)
    for question in questionnaire.questions.values():
        if question.type != "ratio":
            continue
        for key, part in zip(question.keys, question.parts, strict=True):
            over, under = answers.number(part.numerator or ""), answers.number(part.denominator or "")
            values, _ = rules.ratio(over, under, scale=100)
            values = np.where(np.isfinite(values), values, np.nan)
            statuses = worst(answers.statuses[:, answers.columns((part.numerator or "", part.denominator or ""))])
            extra.append((key, values, np.where((statuses == OK) & np.isnan(values), INVALID, statuses)))
            keys[key] = len(keys)
    if not extra:
        return answers
    return Answers(
        answers.units,
        keys,
        np.column_stack([answers.numbers, *(values for _, values, _ in extra)]),
        np.column_stack([answers.statuses, *(statuses for _, _, statuses in extra)]).astype(np.int8),
        np.column_stack([answers.observations, np.zeros((len(answers.units), len(extra)), np.int64)]),
    )


def measure(
    definition: Measure, answers: Answers, questionnaire: Questionnaire | None, plug_ins: Registry = NO_PLUG_INS
) -> Measured:
    """Return the raw values of an indicator over the units of ``answers``."""
    if definition.column is not None:
        key = f"column:{definition.column}"
        if key not in answers.keys:
            count = len(answers.units)
            return Measured(np.full(count, np.nan), np.full(count, ABSENT, np.int8), (), np.zeros(count, dtype=bool))
        return combine_parts([column_part(answers, key)], ())
    if questionnaire is None:
        raise ValueError("an indicator measured by questions needs a questionnaire")
    return combine_parts(measured_parts(definition, answers, questionnaire, plug_ins), definition.scored_parts)


def measured_parts(
    definition: Measure, answers: Answers, questionnaire: Questionnaire, plug_ins: Registry = NO_PLUG_INS
) -> list[MeasuredPart]:
    """Return the parts of an indicator that is measured by questions or by a formula over them."""
    if definition.formula is not None:
        rule = FormulaRule(method="formula", formula=definition.formula)
        return [measure_part(None, rule, answers, questionnaire)]
    return [
        measure_part(each.question, each.rule, answers, questionnaire, plug_ins) for each in definition.scored_parts
    ]


def combine_parts(parts: list[MeasuredPart], declared: tuple[Part, ...]) -> Measured:
    """Return the weighted mean of the parts by the weights ``declared``; a single part is the value itself."""
    if len(parts) == 1:
        return Measured(parts[0].points, parts[0].statuses, tuple(parts), parts[0].infinite)
    values, used = rules.weighted_mean(
        np.column_stack([part.points for part in parts]), np.array([each.weight for each in declared], dtype=float)
    )
    too_large = np.isinf(values)
    values = np.where(too_large, np.nan, values)
    reason = worst(np.column_stack([part.statuses for part in parts]))
    reason = np.where(too_large | (reason == OK), INVALID, reason)
    statuses = np.where(np.isnan(values), reason, OK).astype(np.int8)
    weighted = tuple(replace(part, weights=used[:, index]) for index, part in enumerate(parts))
    infinite = np.logical_or.reduce([too_large, *(part.infinite for part in parts)])
    return Measured(values, statuses, weighted, infinite)
