"""The descriptive table of a survey report: counts, bases, shares and means, question by question."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from evalkit.definitions.questionnaire import CHOICE_TYPES, Question, Questionnaire
from evalkit.definitions.study import Percentages
from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK, SKIPPED, Answers
from evalkit.scoring.arrays import FloatArray, StatusArray
from evalkit.scoring.percentages import half_up, largest_remainder

SHARE_COLUMNS = (
    "question", "option", "n", "base", "share", "percent", "cumulative_n", "cumulative_share",
    "mean", "median", "minimum", "maximum", "total",
    "blank", "skipped", "not_applicable", "rejected", "label_zh", "label_en",
)  # fmt: skip
"""n: units that chose the option (or gave a number); base: units whose answer counts; share: n ÷ base, in a ratio the
quotient of the sums; percent: the share as printed; cumulative_*: this option and those before it (top boxes);
mean … total: of numbers, in a ratio of the units' quotients; blank … rejected: returned units left out of the base."""


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
                row = _row(question, part.code if part else "", statuses[:, index])
                row["n"] = row["base"]
                if question.type in {"number", "numbers"}:
                    row |= _moments(numbers[:, index])
                yield row | _labels(part or question)


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
        row = _row(question, option.code, statuses)
        row |= {"n": counts[index], "share": _share(counts[index], base), "percent": printed[index]}
        row |= {"cumulative_n": cumulative[index], "cumulative_share": _share(cumulative[index], base)}
        yield row | _labels(option)


def _tick_rows(
    question: Question, ticks: FloatArray, statuses: StatusArray, percentages: Percentages
) -> Iterator[dict[str, Any]]:
    for index, option in enumerate(question.options):
        count, base = int(np.nansum(ticks[:, index])), int(np.sum(statuses[:, index] == OK))
        row = _row(question, option.code, statuses[:, index])
        printed = half_up(np.array([count]), base, percentages.decimals)[0]
        yield row | {"n": count, "share": _share(count, base), "percent": printed} | _labels(option)


def _ratio_rows(question: Question, answers: Answers, percentages: Percentages) -> Iterator[dict[str, Any]]:
    for key, part in zip(question.keys, question.parts, strict=True):
        values = answers.number(key)
        both = ~np.isnan(values)
        over = math.fsum(answers.number(part.numerator or "")[both])
        under = math.fsum(answers.number(part.denominator or "")[both])
        row = _row(question, part.code, answers.statuses[:, answers.keys[key]])
        share = _share(over, under)
        percent = math.nan if math.isnan(share) else round(share * 100, percentages.decimals)
        row |= {"n": row["base"], "share": share, "percent": percent}
        yield row | _moments(values) | {"total": math.nan} | _labels(part)


def _row(question: Question, option: str, statuses: StatusArray) -> dict[str, Any]:
    return {
        "question": question.code,
        "option": option,
        "base": int(np.sum(statuses == OK)),
        "blank": int(np.sum(statuses == BLANK)),
        "skipped": int(np.sum(statuses == SKIPPED)),
        "not_applicable": int(np.sum(statuses == NOT_APPLICABLE)),
        "rejected": int(np.sum((statuses == INVALID) | (statuses == ERROR))),
    }


def _labels(item: Any) -> dict[str, str]:  # noqa: ANN401 - an option, a part or a question
    text = item.text if isinstance(item, Question) else item.name
    return {"label_zh": text.zh, "label_en": text.en}


def _share(count: float, base: float) -> float:
    return count / base if base else math.nan


def _moments(numbers: FloatArray) -> dict[str, float]:
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return {}
    total = math.fsum(known)
    return {
        "mean": total / len(known),
        "median": float(np.median(known)),
        "minimum": float(known.min()),
        "maximum": float(known.max()),
        "total": total,
    }
