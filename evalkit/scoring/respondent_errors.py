"""Sampling errors of an indicator that several respondents of a unit answer.

Those of weighted means and shares by linearisation, of medians by resampling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evalkit.scoring import respondents
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.influence import How, Influence
from evalkit.scoring.measured_respondents import Pool
from evalkit.scoring.median_errors import median_errors
from evalkit.scoring.respondent_points import PartPoints, answered


@dataclass(frozen=True, slots=True, eq=False)
class RespondentErrors:
    """The errors of an indicator; ``steps`` (units,): where a median moves in steps, so that they are not normal."""

    influence: Influence
    steps: BoolArray


def respondent_errors(parts: tuple[PartPoints, ...], pool: Pool, *, seed: int) -> RespondentErrors | None:
    """Return the errors of the raw values that ``parts`` give; its clusters are the respondents of ``pool``.

    Of means, a respondent adds √(n ÷ (n − 1)) × Σ over the parts of the part's weight × w (x − x̄) ÷ Σ w, with w his
    weight and n the respondents of the unit who have points in any part. No correction for a finite population is
    made. Wolter, *Introduction to Variance Estimation*, 2nd ed. (2007), chapter 6. Of a part that is a median he adds
    the part's weight × what :func:`~evalkit.scoring.median_errors.median_errors` says.

    A unit with one respondent, whose value is his own whatever the rule, has the variance of the points within all
    other units, divided by its effective number of respondents. None where a part is the last answer, and where no
    unit has two respondents.
    """
    if any(part.together == "last" for part in parts):
        return None
    n = np.bincount(pool.owners[answered(parts)], minlength=pool.units)
    several = n > 1
    if not several.any():
        return None
    factor = np.sqrt(np.divide(n, n - 1, out=np.zeros(pool.units), where=several))[pool.owners]
    of_means = factor * _summed(parts, [_deviations(part.points, pool) for part in parts], pool)
    influence = _influence(of_means, pool, "linearised")
    within = _within(influence, parts, pool)
    steps = np.zeros(pool.units, dtype=bool)
    if any(part.together == "median" for part in parts):
        found = [_part_errors(part, pool, factor, seed) for part in parts]
        influence = _influence(_summed(parts, [each for each, _ in found], pool), pool, "resampled")
        steps = np.logical_or.reduce([each for _, each in found])
    single = np.divide(within, _worth(parts, pool), out=np.zeros(pool.units), where=n == 1)
    return RespondentErrors(influence.with_variances(np.where(several, influence.variances(), single)), steps)


def _part_errors(part: PartPoints, pool: Pool, factor: FloatArray, seed: int) -> tuple[FloatArray, BoolArray]:
    if part.together == "median":
        found = median_errors(part.points, pool.weights, pool.owners, pool.units, seed=seed)
        return found.deviations, found.steps
    return factor * _deviations(part.points, pool), np.zeros(pool.units, dtype=bool)


def _summed(parts: tuple[PartPoints, ...], errors: list[FloatArray], pool: Pool) -> FloatArray:
    """Return what each respondent adds in all parts together, (respondents,)."""
    added = np.zeros(len(pool.owners))
    for part, own in zip(parts, errors, strict=True):
        added += np.nan_to_num(own) * part.weights[pool.owners]
    return added


def _influence(added: FloatArray, pool: Pool, how: How) -> Influence:
    people = len(added)
    own = sparse.csr_array((added, (pool.owners, np.arange(people))), shape=(pool.units, people))
    return Influence.of("respondents", own, how)


def _within(of_means: Influence, parts: tuple[PartPoints, ...], pool: Pool) -> float:
    """Return the variance of a respondent's points within units, pooled over those with several by n − 1."""
    n = np.bincount(pool.owners[answered(parts)], minlength=pool.units)
    several = n > 1
    of_one = (n - 1) * of_means.variances() * _worth(parts, pool)
    return float(of_one[several].sum() / (n - 1)[several].sum())


def _worth(parts: tuple[PartPoints, ...], pool: Pool) -> FloatArray:
    """Return the effective number of respondents of each unit, (units,)."""
    counted = answered(parts)
    return respondents.effective_n(pool.weights[counted], pool.owners[counted], pool.units)


def _deviations(points: FloatArray, pool: Pool) -> FloatArray:
    """Return w (x − x̄) ÷ Σ w of every respondent within his unit, NaN for one without points."""
    known = ~np.isnan(points)
    total = np.bincount(pool.owners[known], pool.weights[known], minlength=pool.units)
    mean = respondents.mean(points, pool.weights, pool.owners, pool.units).values
    share = np.divide(pool.weights, total[pool.owners], out=np.zeros(len(points)), where=total[pool.owners] > 0)
    return np.where(known, share * (points - mean[pool.owners]), np.nan)
