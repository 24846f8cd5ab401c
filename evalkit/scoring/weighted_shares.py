"""The descriptive table over respondents: counts, and shares and means by weight with their effective sample size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from evalkit.definitions.questionnaire import CHOICE_TYPES, Question, Questionnaire
from evalkit.definitions.study import Percentages
from evalkit.observations import OK, Answers
from evalkit.scoring import respondents
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.percentages import half_up, largest_remainder
from evalkit.scoring.shares import SHARE_COLUMNS, base_row, labels_of, printed_percent

WEIGHTED_SHARE_COLUMNS = (*SHARE_COLUMNS, "weighted_n", "weighted_base", "n_eff")
"""As ``SHARE_COLUMNS``, of respondents: n and base count them; weighted_n and weighted_base are sums of their weights,
whose quotient the share is; mean, median and total are weighted; n_eff: effective sample size of the base (Kish)."""


def weighted_share_rows(
    questionnaire: Questionnaire, answers: Answers, weights: FloatArray, percentages: Percentages
) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table, in the order of the questionnaire; ``weights`` (respondents,) are above zero."""
    for question in questionnaire.questions.values():
        for index, key in enumerate(question.keys):
            row = base_row(question, "", answers.statuses[:, answers.keys[key]])
            counts = answers.statuses[:, answers.keys[key]] == OK
            numbers = answers.number(key)
            row |= {"weighted_base": _sum(weights[counts]), "n_eff": _effective(weights[counts])}
            if question.type in CHOICE_TYPES:
                yield from _choices(question, row, numbers, weights, percentages)
            elif question.type == "multiple":
                ticked = numbers == 1
                total = Fraction(row["weighted_base"])
                row |= _of_options([ticked], weights, total, percentages.decimals, largest=False)[0]
                yield row | {"option": question.options[index].code} | labels_of(question.options[index])
            else:
                part = question.parts[index] if question.parts else None
                row |= {"option": part.code if part else "", "n": row["base"], "weighted_n": row["weighted_base"]}
                if question.type in {"number", "numbers", "ratio"}:
                    row |= _moments(numbers[counts], weights[counts])
                if question.type == "ratio":
                    names = (question.parts[index].numerator or "", question.parts[index].denominator or "")
                    row |= _ratio(answers, names, counts, weights, percentages.decimals)
                yield row | labels_of(part)


def _choices(
    question: Question, row: dict[str, Any], numbers: FloatArray, weights: FloatArray, percentages: Percentages
) -> Iterator[dict[str, Any]]:
    chosen = [numbers == index for index in range(len(question.choices))]
    total = sum((Fraction(_sum(weights[each])) for each in chosen), Fraction())
    largest = percentages.rounding == "largest_remainder"
    n, weighted = 0, Fraction()
    for option, found in zip(
        question.choices, _of_options(chosen, weights, total, percentages.decimals, largest=largest), strict=True
    ):
        n, weighted = n + found["n"], weighted + Fraction(found["weighted_n"])
        cumulative = {"cumulative_n": n, "cumulative_share": float(weighted / total) if total else math.nan}
        yield row | found | cumulative | {"option": option.code} | labels_of(option)


def _of_options(
    chosen: list[BoolArray], weights: FloatArray, total: Fraction, decimals: int, *, largest: bool
) -> list[dict[str, Any]]:
    """Return n, weighted n, share and percent of options; percentages are exact from the sums of weights."""
    sums = [_sum(weights[each]) for each in chosen]
    exact = [*map(Fraction, sums), total]
    scale = math.lcm(*(each.denominator for each in exact))
    whole = [int(each * scale) for each in exact]
    printed = (largest_remainder if largest else half_up)(whole[:-1], whole[-1], decimals)
    return [
        {
            "n": int(each.sum()),
            "weighted_n": weight,
            "share": float(Fraction(weight) / total) if total else math.nan,
            "percent": float(percent),
        }
        for each, weight, percent in zip(chosen, sums, printed, strict=True)
    ]


def _ratio(
    answers: Answers, names: tuple[str, str], counts: BoolArray, weights: FloatArray, decimals: int
) -> dict[str, Any]:
    """Return the quotient of the weighted sums."""
    with np.errstate(over="ignore"):
        over, under = (_sum(weights[counts] * answers.number(name)[counts]) for name in names)
    share = over / under if under else math.nan
    return {"share": share, "percent": printed_percent(share, decimals), "total": math.nan}


def _moments(numbers: FloatArray, weights: FloatArray) -> dict[str, float]:
    if not len(numbers):
        return {}
    one = np.zeros(len(numbers), np.int64)
    with np.errstate(over="ignore"):
        weighted = numbers * weights
    return {
        "mean": float(respondents.mean(numbers, weights, one, 1).values[0]),
        "median": float(respondents.median(numbers, weights, one, 1).values[0]),
        "minimum": float(numbers.min()),
        "maximum": float(numbers.max()),
        "total": _sum(weighted),
    }


def _sum(numbers: FloatArray) -> float:
    """Return the exact sum, rounded once; NaN where it is past the largest float."""
    try:
        total = math.fsum(numbers.tolist())
    except (OverflowError, ValueError):
        return math.nan
    return total if math.isfinite(total) else math.nan


def _effective(weights: FloatArray) -> float:
    return float(respondents.effective_n(weights, np.zeros(len(weights), np.int64), 1)[0])
