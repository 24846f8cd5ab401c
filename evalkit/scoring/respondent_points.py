"""What every respondent gives to an indicator, part by part, and how those of a unit are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalkit.definitions.exports import RespondentRules
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring import respondents
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.measured_respondents import Pool
from evalkit.scoring.measures import Measured, measured_parts

Together = Literal["mean", "median", "last"]


@dataclass(frozen=True, slots=True, eq=False)
class PartPoints:
    """One part of an indicator: ``points`` (respondents,), NaN for none, which are 0 or 100 where a share is asked for.

    ``together``: how those of a unit become its value; a share is a mean. ``weights`` (units,): the part's weight.
    """

    points: FloatArray
    together: Together
    weights: FloatArray


def part_points(  # noqa: PLR0917 - what measured the indicator, and its result
    definition: Measure,
    pool: Pool,
    questionnaire: Questionnaire,
    rules: RespondentRules,
    measured: Measured,
    plug_ins: Registry = NO_PLUG_INS,
) -> tuple[PartPoints, ...]:
    """Return the parts of the indicator whose raw values are ``measured``."""
    found = []
    rows = measured_parts(definition, pool.answers, questionnaire, plug_ins)
    for row, part in zip(rows, measured.parts, strict=True):
        rule = rules.of(row.question)
        points = row.points if rule.at_least is None else respondents.reached(row.points, rule.at_least)
        together: Together = "mean" if rule.method == "share" else rule.method
        found.append(PartPoints(points, together, part.weights))
    return tuple(found)


def answered(parts: tuple[PartPoints, ...]) -> BoolArray:
    """Tell which respondents have points in any part."""
    counted: BoolArray = np.logical_or.reduce([~np.isnan(part.points) for part in parts])
    return counted
