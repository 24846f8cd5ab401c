"""Variance of a unit's mean score from its own calls: strata of scenarios or slots, calls as clusters of ratings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class UnitMeans:
    """One entry a unit, shape (units,): weighted ``mean`` of the ratings, its ``variance``, and what it rests on.

    ``variance`` is NaN for a unit with fewer than two calls, and ``mean`` for one without ratings. ``calls`` counts
    calls; ``strata`` those left after ``collapsed`` strata of a single call were put together with others;
    ``degrees`` = calls − strata, for Student's t.
    """

    mean: FloatArray
    variance: FloatArray
    calls: IntArray
    strata: IntArray
    collapsed: IntArray
    degrees: IntArray


def unit_means(  # noqa: PLR0917 - one array for each thing known of a rating
    score: FloatArray, weight: FloatArray, unit: IntArray, stratum: IntArray, call: IntArray, units: int
) -> UnitMeans:
    """Return each unit's weighted mean of ratings with its variance by linearisation.

    Arguments have one entry a rating, shape (n,): finite scores, weights above zero, and numbers from 0 of its unit,
    stratum and call; a call lies in one unit and one stratum. With z = weight × (score − mean) ÷ Σ weights summed
    over the ratings of a call, the variance is Σ over strata of m ÷ (m − 1) × Σ (z − z̄)² over the stratum's m calls.

    A stratum of one call has no variance of its own: within the unit, in the order of their numbers, strata are put
    together with the next until each has two calls, and a single last one joins the one before. That counts the
    difference between the strata as chance, so it errs on the side of too large. No correction for a finite population
    is made. Wolter, *Introduction to Variance Estimation*, 2nd ed. (2007), chapters 2.5 and 6.
    """
    found = call_deviations(score, weight, unit, stratum, call, units)
    calls = np.bincount(found.unit, minlength=units).astype(np.int64)
    variance = np.bincount(found.unit, found.deviation**2, minlength=units)
    enough = calls > 1
    return UnitMeans(
        found.mean, np.where(enough, variance, np.nan), calls, found.strata, found.collapsed, calls - found.strata
    )


@dataclass(frozen=True, slots=True, eq=False)
class CallDeviations:
    """What each call adds to the error of its unit's mean, so that the squares add up to the variance.

    ``call``, ``unit`` and ``deviation`` (calls,); ``mean``, ``strata`` and ``collapsed`` (units,) as in
    :class:`UnitMeans`.
    """

    call: IntArray
    unit: IntArray
    deviation: FloatArray
    mean: FloatArray
    strata: IntArray
    collapsed: IntArray


def call_deviations(  # noqa: PLR0917 - as for unit_means
    score: FloatArray, weight: FloatArray, unit: IntArray, stratum: IntArray, call: IntArray, units: int
) -> CallDeviations:
    """Return √(m ÷ (m − 1)) × (z − z̄) of every call, with z, m and z̄ as for :func:`unit_means`."""
    totals = np.bincount(unit, weight, minlength=units)
    sums = np.bincount(unit, weight * score, minlength=units)
    mean = np.divide(sums, totals, out=np.full(units, np.nan), where=totals > 0)
    influence = weight * (score - mean[unit]) / totals[unit]
    calls, first, of_call = np.unique(call, return_index=True, return_inverse=True)
    z = np.bincount(of_call, influence)
    unit_of, stratum_of = unit[first], stratum[first]
    group, found, collapsed = collapse_strata(unit_of, stratum_of, units)
    size = np.bincount(group, minlength=found)
    deviation = z - (np.bincount(group, z, minlength=found) / np.maximum(size, 1))[group]
    unit_of_group = np.zeros(found, np.int64)
    unit_of_group[group] = unit_of
    strata = np.bincount(unit_of_group, minlength=units).astype(np.int64)
    scaled = deviation * np.sqrt(size / np.maximum(size - 1, 1))[group]
    return CallDeviations(calls.astype(np.int64), unit_of, scaled, mean, strata, collapsed)


def collapse_strata(unit: IntArray, stratum: IntArray, units: int) -> tuple[IntArray, int, IntArray]:
    """Return the group of each call after collapsing, how many groups there are, and strata collapsed by unit.

    ``unit`` and ``stratum`` (calls,) are numbers from 0; strata of one call are put together as :func:`unit_means`
    says. Groups are numbered from 0 in the order of units and strata.
    """
    order = np.lexsort((stratum, unit))
    cells, at, sizes = np.unique(
        np.stack([unit[order], stratum[order]]), axis=1, return_inverse=True, return_counts=True
    )
    groups = np.zeros(len(sizes), np.int64)
    collapsed = np.zeros(units, np.int64)
    current, held, last_unit = -1, 0, -1
    for cell, (owner, size) in enumerate(zip(cells[0].tolist(), sizes.tolist(), strict=True)):
        ends = cell + 1 == len(sizes) or cells[0][cell + 1] != owner
        begins = owner != last_unit
        if begins or (held > 1 and not (ends and size == 1)):
            current, held = current + 1, 0
        groups[cell], held, last_unit = current, held + size, owner
        collapsed[owner] += size == 1
    group = np.zeros(len(unit), np.int64)
    group[order] = groups[at]
    return group, current + 1, collapsed
