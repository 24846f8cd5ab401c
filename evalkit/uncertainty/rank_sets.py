"""Confidence sets for ranks.

After Mogstad, Romano, Shaikh and Wilhelm, "Inference for Ranks with Applications to Mobility across Neighbourhoods and
Academic Achievement across Countries", *Review of Economic Studies* 91 (2024), 476-518. For each ordered pair (j, k)
the hypothesis that unit j is no better than unit k, theta_j <= theta_k, is tested by

    T_jk = (theta_j - theta_k) / sigma_jk,    sigma_jk ** 2 = S_jj + S_kk - 2 * S_jk,

and rejected where T_jk exceeds the 1 - alpha quantile of the maximum of (Z_j - Z_k) / sigma_jk over the family of
pairs, Z ~ N(0, S). A unit's set runs from 1 + the number of units that are surely above it to p - the number that are
surely below it. Resampled ranks themselves give no confidence set (the same paper, section 3.5): near ties they
promise too much.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from evalkit.definitions.uncertainty import quantile_place
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.uncertainty.extreme_units import Extremes, own_errors
from evalkit.uncertainty.normal_draws import check_estimates, variances

Family = Literal["simultaneous", "marginal"]
Side = Literal["both", "lower", "upper"]

CHUNK = 500  # draws at a time: rows of all units then stay in the cache of one core
EXACT = 1e-12  # a variance of a difference below this share of both variances is rounding: the difference is known


@dataclass(frozen=True, slots=True, eq=False)
class RankSets:
    """Lowest and highest rank (units,), 1 the best, and the critical values of the last step.

    ``critical`` is the same for all units where the sets are simultaneous.
    """

    low: IntArray
    high: IntArray
    critical: FloatArray


def rank_sets(
    estimates: FloatArray,
    covariance: FloatArray,
    draws: FloatArray,
    *,
    level: float,
    family: Family = "simultaneous",
    side: Side = "both",
    stepdown: bool = True,
    tolerance: float = 0.0,
) -> RankSets:
    """Return a confidence set for the rank of each unit, the highest estimate ranking first.

    ``estimates`` (units,); ``covariance`` (units, units), or (units,) where the estimates are independent; ``draws``
    (units, draws) of N(0, covariance), as of :func:`~evalkit.uncertainty.normal_draws.normal_draws`. With the same
    draws all critical values are monotone: those of a smaller family are no greater.

    ``simultaneous`` sets hold all true ranks at once with probability ``level``, ``marginal`` ones each unit's own.
    ``side``: ``lower`` only bounds the rank number from below (how good the unit may be), ``upper`` only from above.
    Of simultaneous sets one side is as wide as both, since the family of pairs is the same. ``stepdown`` takes the
    rejected pairs out of the family and tests the others again until nothing new is rejected.

    Units whose difference is known (its standard error is no greater than ``tolerance``, or is rounding) are told apart
    where it exceeds ``tolerance``. A unit tied with others has a set no smaller than the places that they share. Raises
    ValueError for arrays that do not fit, a level outside (0, 1), or fewer draws than the level needs.
    """
    estimates, covariance = check_estimates(estimates, covariance)
    if draws.ndim != 2 or draws.shape[0] != estimates.size:  # noqa: PLR2004 - units and draws
        raise ValueError(f"draws must be (units, draws), not of shape {draws.shape}")
    if not 0 < level < 1:
        raise ValueError(f"the level must be in (0, 1), not {level}")
    pairs = _Pairs.of(estimates, covariance, np.ascontiguousarray(draws), level, tolerance)
    if family == "simultaneous":
        above, critical = _simultaneous(pairs, stepdown=stepdown)
        better, worse = above.T.sum(axis=1), above.sum(axis=1)
    else:
        better, worse, critical = _marginal(pairs, side, stepdown=stepdown)
    units = estimates.size
    low = 1 + better if side != "upper" else np.ones(units, dtype=np.int64)
    high = units - worse if side != "lower" else np.full(units, units)
    return RankSets(low.astype(np.int64), high.astype(np.int64), critical)


def best(sets: RankSets, places: int) -> tuple[BoolArray, BoolArray]:
    """Tell who could be among the best ``places``, and who surely is, both (units,).

    With simultaneous sets both hold for all units at once: the first holds every unit that truly belongs there, the
    second none that does not. Raises ValueError for fewer than one place.
    """
    if places < 1:
        raise ValueError(f"there must be at least one place, not {places}")
    return sets.low <= places, sets.high <= places


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """All ordered pairs; ``known`` are those whose difference has no error: they need no test.

    ``statistics`` and ``inverse`` (units, units): T_jk and 1 / sigma_jk, 0 where the pair is known; ``sure`` which of
    the known are above.
    """

    statistics: FloatArray
    inverse: FloatArray
    known: BoolArray
    sure: BoolArray
    draws: FloatArray
    extremes: Extremes
    level: float

    @classmethod
    def of(
        cls, estimates: FloatArray, covariance: FloatArray, draws: FloatArray, level: float, tolerance: float
    ) -> _Pairs:
        own = variances(covariance)
        both = own[:, np.newaxis] + own
        squared = both if covariance.ndim == 1 else both - 2 * covariance
        known = squared <= np.maximum(EXACT * both, tolerance**2)
        np.fill_diagonal(known, val=True)
        inverse = np.where(known, 0.0, 1 / np.sqrt(np.where(known, 1.0, squared)))
        difference = estimates[:, np.newaxis] - estimates
        sure = known & (difference > tolerance)
        if covariance.ndim == 1:
            extremes = Extremes.of(draws, own, np.zeros(draws.shape[1]))
        else:
            extremes = Extremes.of(draws, own_errors(squared, known), np.median(draws, axis=0))
        return cls(difference * inverse, inverse, known, sure, draws, extremes, level)

    def critical(self, bounds: tuple[FloatArray, FloatArray], maxima: Callable[[FloatArray], FloatArray]) -> float:
        """Return the quantile of the maxima: the smallest that a further draw exceeds with at most 1 - ``level``.

        ``bounds`` (draws,) of the maxima from below and above; ``maxima`` gives those of some draws (units, some). Only
        draws whose maximum is open and may be among the largest are looked at.
        """
        least, most = bounds
        position = quantile_place(self.level, least.size)
        if position > least.size:
            raise ValueError(f"{least.size} draws are too few for a level of {self.level}")
        open_ = np.flatnonzero((most > least) & (most >= np.partition(least, position - 1)[position - 1]))
        for start in range(0, open_.size, CHUNK):
            chunk = open_[start : start + CHUNK]
            most[chunk] = maxima(self.draws[:, chunk])
        return float(np.partition(most, position - 1)[position - 1])


def _simultaneous(pairs: _Pairs, *, stepdown: bool) -> tuple[BoolArray, FloatArray]:
    """Return which units are surely above which (units, units), and the critical value by unit."""
    family, above = ~pairs.known, pairs.sure.copy()
    critical = math.inf
    while family.any():
        bounds = pairs.extremes.bounds(pairs.inverse, family)
        critical = pairs.critical(bounds, partial(_maxima_of_all, pairs.inverse, family))
        rejected = family & (pairs.statistics > critical)
        above |= rejected
        family &= ~rejected
        if not (stepdown and rejected.any()):
            break
    return above, np.full(len(above), critical)


def _marginal(pairs: _Pairs, side: Side, *, stepdown: bool) -> tuple[IntArray, IntArray, FloatArray]:
    """Return for each unit how many others are surely better, how many surely worse, and its critical value."""
    units = len(pairs.known)
    better, worse, critical = np.zeros(units, np.int64), np.zeros(units, np.int64), np.full(units, math.inf)
    for unit in range(units):
        ahead = ~pairs.known[unit] & (side != "lower")  # this unit against the others
        behind = ~pairs.known[unit] & (side != "upper")  # the others against this unit
        better[unit], worse[unit] = pairs.sure[:, unit].sum(), pairs.sure[unit].sum()
        while ahead.any() or behind.any():
            tested = (pairs.inverse[unit], unit, ahead, behind)
            bounds = pairs.extremes.bounds_of(*tested)
            critical[unit] = pairs.critical(bounds, partial(_maxima_of_one, *tested))
            passed = ahead & (pairs.statistics[unit] > critical[unit])
            beaten = behind & (-pairs.statistics[unit] > critical[unit])
            worse[unit] += passed.sum()
            better[unit] += beaten.sum()
            ahead, behind = ahead & ~passed, behind & ~beaten
            if not (stepdown and (passed.any() or beaten.any())):
                break
    return better, worse, critical


def _maxima_of_all(inverse: FloatArray, family: BoolArray, drawn: FloatArray) -> FloatArray:
    """Return the maximum of (Z_j - Z_k) / sigma_jk over the pairs of the family, for some draws (units, some)."""
    units = len(family)
    maxima = np.full(drawn.shape[1], -np.inf)
    for unit in range(units - 1):
        later = slice(unit + 1, units)
        others = (drawn[later], inverse[unit, later])
        _raise(maxima, drawn[unit], others, family[unit, later], family[later, unit])
    return maxima


def _maxima_of_one(
    inverse: FloatArray, unit: int, ahead: BoolArray, behind: BoolArray, drawn: FloatArray
) -> FloatArray:
    """Return the maximum over the pairs of one unit, in the directions that are still open, for some draws."""
    maxima = np.full(drawn.shape[1], -np.inf)
    _raise(maxima, drawn[unit], (drawn, inverse), ahead, behind)
    return maxima


def _raise(
    most: FloatArray, own: FloatArray, others: tuple[FloatArray, FloatArray], ahead: BoolArray, behind: BoolArray
) -> None:
    """Raise ``most`` (draws,) to (own - other) * inverse over ``ahead`` and to its negative over ``behind``."""
    drawn, inverse = others
    used = ahead | behind
    if not used.any():
        return
    if not used.all():
        drawn, inverse, ahead, behind = drawn[used], inverse[used], ahead[used], behind[used]
    scaled = own - drawn
    scaled *= inverse[:, np.newaxis]
    if ahead.any():
        np.maximum(most, (scaled if ahead.all() else scaled[ahead]).max(axis=0), out=most)
    if behind.any():
        np.maximum(most, -(scaled if behind.all() else scaled[behind]).min(axis=0), out=most)
