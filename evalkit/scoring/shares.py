"""The descriptive table of a survey report: counts, bases, shares and means, question by question."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from evalkit.definitions.questionnaire import CHOICE_TYPES, NumberPart, Option, Question, Questionnaire
from evalkit.definitions.study import Percentages
from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK, SKIPPED, Answers
from evalkit.scoring.arrays import FloatArray, StatusArray
from evalkit.scoring.percentages import half_up, largest_remainder

SHARE_COLUMNS = (
    "question", "option", "n", "base", "share", "percent", "cumulative_n", "cumulative_share",
    "mean", "median", "minimum", "maximum", "total",
    "blank", "skipped", "not_applicable", "rejected", "label_zh", "label_en", "text_zh", "text_en",
)  # fmt: skip
"""n: units that chose the option (or gave a number); base: units whose answer counts; share: n ÷ base, in a ratio the
quotient of the sums; percent: the share as printed; cumulative_*: this option and those before it (top boxes);
mean … total: of numbers, in a ratio of the units' quotients; blank … rejected: returned units left out of the base;
label_*: of the option or part; text_*: the question as asked."""


def share_rows(questionnaire: Questionnaire, answers: Answers, percentages: Percentages) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table, in the order of the questionnaire."""
    for question in questionnaire.questions.values():
        columns = answers.columns(question.keys)
        numbers, statuses = answers.numbers[:, columns], answers.statuses[:, columns]
        if question.type in CHOICE_TYPES:
            yield from _choice_rows(question, numbers[:, 0], statuses[:, 0], percentages)
        elif question.type == "multiple":
            yield from _tick_rows(question, numbers, statuses, percentages)
        elif question.type == "ratio":
            yield from _ratio_rows(question, answers, percentages)
        else:
            parts = question.parts or (None,)
            for index, part in enumerate(parts):
                row = base_row(question, part.code if part else "", statuses[:, index])
                row["n"] = row["base"]
                if question.type in {"number", "numbers"}:
                    row |= _moments(numbers[:, index])
                yield row | labels_of(part)


def _choice_rows(
    question: Question, numbers: FloatArray, statuses: StatusArray, percentages: Percentages
) -> Iterator[dict[str, Any]]:
    counts = [int(np.sum(numbers == index)) for index in range(len(question.choices))]
    base = int(np.sum(statuses == OK))
    printed = {"half_up": half_up, "largest_remainder": largest_remainder}[percentages.rounding](
        np.array(counts), base, percentages.decimals
    )
    cumulative = np.cumsum(counts).tolist()
    for index, option in enumerate(question.choices):
        row = base_row(question, option.code, statuses)
        row |= {"n": counts[index], "share": _share(counts[index], base), "percent": printed[index]}
        row |= {"cumulative_n": cumulative[index], "cumulative_share": _share(cumulative[index], base)}
        yield row | labels_of(option)


def _tick_rows(
    question: Question, ticks: FloatArray, statuses: StatusArray, percentages: Percentages
) -> Iterator[dict[str, Any]]:
    for index, option in enumerate(question.options):
        count, base = int(np.nansum(ticks[:, index])), int(np.sum(statuses[:, index] == OK))
        row = base_row(question, option.code, statuses[:, index])
        printed = half_up(np.array([count]), base, percentages.decimals)[0]
        yield row | {"n": count, "share": _share(count, base), "percent": printed} | labels_of(option)


def _ratio_rows(question: Question, answers: Answers, percentages: Percentages) -> Iterator[dict[str, Any]]:
    for key, part in zip(question.keys, question.parts, strict=True):
        values = answers.number(key)
        both = ~np.isnan(values)
        over, under = (_exact_sum(answers.number(name or "")[both]) for name in (part.numerator, part.denominator))
        row = base_row(question, part.code, answers.statuses[:, answers.keys[key]])
        row |= {"n": row["base"], "share": math.nan, "percent": math.nan}
        if under:
            row |= {"share": _as_float(over / under), "percent": _printed(over / under, percentages.decimals)}
        yield row | _moments(values) | {"total": math.nan} | labels_of(part)


def base_row(question: Question, option: str, statuses: StatusArray) -> dict[str, Any]:
    """Return what every row of the table has: names, and how many have each status."""
    return {
        "question": question.code,
        "text_zh": question.text.zh,
        "text_en": question.text.en,
        "option": option,
        "base": int(np.sum(statuses == OK)),
        "blank": int(np.sum(statuses == BLANK)),
        "skipped": int(np.sum(statuses == SKIPPED)),
        "not_applicable": int(np.sum(statuses == NOT_APPLICABLE)),
        "rejected": int(np.sum((statuses == INVALID) | (statuses == ERROR))),
    }


def labels_of(item: Option | NumberPart | None) -> dict[str, str]:
    """Return the labels of an option or part."""
    return {"label_zh": "", "label_en": ""} if item is None else {"label_zh": item.name.zh, "label_en": item.name.en}


def _share(count: int, base: int) -> float:
    return count / base if base else math.nan


def _exact_sum(numbers: FloatArray) -> Fraction:
    # a sum past the largest float is no error, as that of floats would be
    return sum(map(Fraction, numbers.tolist()), Fraction())


def _as_float(value: Fraction) -> float:
    return float(value) if abs(value) <= sys.float_info.max else math.nan


def printed_percent(share: float, decimals: int) -> float:
    """Return a share in percent, rounded half away from zero; NaN for one that is not finite."""
    return _printed(Fraction(share), decimals) if math.isfinite(share) else math.nan


def _printed(share: Fraction, decimals: int) -> float:
    """Percent, rounded half away from zero, from the exact quotient."""
    digits = math.floor(abs(share) * 100 * 10**decimals + Fraction(1, 2))
    return _as_float(Fraction(digits if share > 0 else -digits, 10**decimals))


def _moments(numbers: FloatArray) -> dict[str, float]:
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return {}
    total = _exact_sum(known)
    return {
        "mean": _as_float(total / len(known)),
        "median": _as_float(statistics.median(map(Fraction, known.tolist()))),
        "minimum": float(known.min()),
        "maximum": float(known.max()),
        "total": _as_float(total),
    }
