"""The raw value of an indicator where respondents answer: each is scored, then they are put together unit by unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.exports import RespondentRule, RespondentRules
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.observations import ABSENT, INVALID, OK, STATUSES, Answers
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray, IntArray, StatusArray
from evalkit.scoring.measured_part import Behind, MeasuredPart
from evalkit.scoring.measures import Measured, combine_parts, measured_parts
from evalkit.scoring.respondents import Aggregated


@dataclass(frozen=True, slots=True)
class Pool:
    """The answers of all respondents who count, rows instead of units; arrays over them.

    ``owners`` is the position of each one's unit among ``units`` units; ``weights`` are above zero; ``order`` says who
    answered later.
    """

    answers: Answers
    owners: IntArray
    weights: FloatArray
    order: IntArray
    units: int

    def grouped(self, members: IntArray, groups: IntArray, count: int) -> Pool:
        """Return the respondents in the places ``members``, one in several groups more than once, by ``groups``.

        ``groups`` (members,) is the group of each, below ``count``, which takes the place of the unit.
        """
        return Pool(self.answers.rows(members), groups, self.weights[members], self.order[members], count)


def measure_respondents(
    definition: Measure,
    pool: Pool,
    questionnaire: Questionnaire,
    rules: RespondentRules,
    plug_ins: Registry = NO_PLUG_INS,
) -> Measured:
    """Return the raw values over the units.

    A rule gives every respondent points; those of a unit become one value by the rule for respondents of the question.
    A respondent without points (blank, skipped, invalid …) counts for nothing. A unit where nobody has points has the
    commonest status of its respondents. ``n`` counts the respondents with points in any part of the indicator.
    """
    rows = measured_parts(definition, pool.answers, questionnaire, plug_ins)
    parts = [_part(part, pool, rules.of(part.question)) for part in rows]
    combined = combine_parts(parts, definition.scored_parts)
    answered = np.logical_or.reduce([~np.isnan(part.points) for part in rows])
    n = np.bincount(pool.owners[answered], minlength=pool.units)
    return Measured(combined.raw, combined.statuses, combined.parts, combined.infinite, n=n)


def _part(part: MeasuredPart, pool: Pool, rule: RespondentRule) -> MeasuredPart:
    found = _aggregate(part.points, pool, rule)
    infinite = np.isinf(found.values)
    values = np.where(infinite, np.nan, found.values)
    none = np.isnan(values)
    base = np.bincount(pool.owners, minlength=pool.units)
    return MeasuredPart(
        part.question,
        part.method,
        values,
        np.ones(pool.units),
        np.where(infinite, INVALID, np.where(none, _reasons(part.statuses, pool), OK)).astype(np.int8),
        part.keys,
        none & (np.bincount(pool.owners[part.divided_by_zero], minlength=pool.units) > 0),
        infinite | (none & (np.bincount(pool.owners[part.infinite], minlength=pool.units) > 0)),
        Behind(str(rule), found.n, base, found.n_eff),
    )


def _reasons(statuses: StatusArray, pool: Pool) -> IntArray:
    """Return the commonest status that is not OK; ABSENT where no respondent says why."""
    failed = statuses != OK
    # an absent answer, which only a workbook can have, counts as one more kind
    kinds = np.where(statuses == ABSENT, len(STATUSES), statuses)[failed].astype(np.int64)
    found = respondents.commonest(kinds, pool.owners[failed], pool.units, len(STATUSES) + 1)
    return np.where((found < 0) | (found == len(STATUSES)), ABSENT, found)


def _aggregate(points: FloatArray, pool: Pool, rule: RespondentRule) -> Aggregated:
    values, weights, owners, count = points, pool.weights, pool.owners, pool.units
    if rule.method == "median":
        return respondents.median(values, weights, owners, count)
    if rule.method == "last":
        return respondents.last(values, weights, owners, count, order=pool.order)
    if rule.at_least is not None:
        return respondents.share(values, weights, owners, count, at_least=rule.at_least)
    return respondents.mean(values, weights, owners, count)
