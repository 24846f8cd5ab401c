"""Sampling errors of an indicator that several respondents of a unit answer, by linearisation of weighted means."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from evalkit.definitions.exports import RespondentRules
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.influence import Influence
from evalkit.scoring.measured_respondents import Pool
from evalkit.scoring.measures import Measured, measured_parts

LINEAR = frozenset({"mean", "share"})
"""Rules for respondents whose result has a variance by formula."""


def respondent_influence(  # noqa: PLR0917 - what measured the indicator, and its result
    definition: Measure,
    pool: Pool,
    questionnaire: Questionnaire,
    rules: RespondentRules,
    measured: Measured,
    plug_ins: Registry = NO_PLUG_INS,
) -> Influence | None:
    """Return the errors of the raw values ``measured``; its clusters are the respondents of ``pool``.

    A respondent adds √(n ÷ (n − 1)) × Σ over the parts of the part's weight × w (x − x̄) ÷ Σ w, with w his weight and n
    the respondents of the unit who have points in any part. No correction for a finite population is made. A unit with
    one respondent has the variance within all other units, divided by its effective number of respondents. None where
    a part is a median or the last answer, and where no unit has two respondents. Wolter, *Introduction to Variance
    Estimation*, 2nd ed. (2007), chapter 6.
    """
    rows = measured_parts(definition, pool.answers, questionnaire, plug_ins)
    if any(rules.of(part.question).method not in LINEAR for part in rows):
        return None
    people = len(pool.owners)
    added, answered = np.zeros(people), np.zeros(people, dtype=bool)
    for row, part in zip(rows, measured.parts, strict=True):
        at_least = rules.of(row.question).at_least
        points = row.points if at_least is None else respondents.reached(row.points, at_least)
        deviations = _deviations(points, pool)
        added += np.nan_to_num(deviations) * part.weights[pool.owners]
        answered |= ~np.isnan(deviations)
    n = np.bincount(pool.owners[answered], minlength=pool.units)
    several = n > 1
    if not several.any():
        return None
    added *= np.sqrt(np.divide(n, n - 1, out=np.zeros(pool.units), where=several))[pool.owners]
    own = sparse.csr_array((added, (pool.owners, np.arange(people))), shape=(pool.units, people))
    influence = Influence.of("respondents", own)
    variance = influence.variances()
    worth = respondents.effective_n(pool.weights[answered], pool.owners[answered], pool.units)
    within = float(((n - 1) * variance * worth)[several].sum() / (n - 1)[several].sum())
    single = np.divide(within, worth, out=np.zeros(pool.units), where=n == 1)
    return influence.with_variances(np.where(several, variance, single))


def _deviations(points: FloatArray, pool: Pool) -> FloatArray:
    """Return w (x − x̄) ÷ Σ w of every respondent within his unit, NaN for one without points."""
    known = ~np.isnan(points)
    total = np.bincount(pool.owners[known], pool.weights[known], minlength=pool.units)
    mean = respondents.mean(points, pool.weights, pool.owners, pool.units).values
    share = np.divide(pool.weights, total[pool.owners], out=np.zeros(len(points)), where=total[pool.owners] > 0)
    return np.where(known, share * (points - mean[pool.owners]), np.nan)
