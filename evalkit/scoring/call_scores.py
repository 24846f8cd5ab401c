"""From the points of items to the score of a rating, and from ratings to the raw value of a unit."""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray


def rating_scores(points: FloatArray, weights: FloatArray, deductions: FloatArray, vetoed: BoolArray) -> FloatArray:
    """Return the score of each rating, 0 to 100, shape (n,).

    ``points`` (n, k): NaN where an item does not apply or was not answered, so that the others' ``weights`` (k,) are
    rescaled; the weighted mean less ``deductions`` (n,), but not below 0; 0 where ``vetoed`` (n,). NaN where no item
    has points, unless vetoed.
    """
    known = ~np.isnan(points)
    used = known * weights
    total = used.sum(axis=1)
    sums = np.where(known, points, 0.0) * weights
    mean = np.divide(sums.sum(axis=1), total, out=np.full(len(points), np.nan), where=total > 0)
    return np.where(vetoed, 0.0, np.clip(mean - deductions, 0.0, 100.0))


def rating_weights(
    known: BoolArray, unit: IntArray, call: IntArray, scenario: IntArray, value: FloatArray
) -> FloatArray:
    """Return each rating's weight in its unit, shape (n,); the weights of a unit sum to one, or are all 0.

    ``unit``, ``call`` and ``scenario`` are numbers from 0, ``value`` (scenarios,) the scenarios' weights; only ratings
    that are ``known`` (n,) count. Two ratings of a call share its weight, the calls of a scenario share the scenario's,
    and the scenarios that a unit was called with share the whole in proportion to their weights.
    """
    weights = np.zeros(len(known))
    if not known.any():
        return weights
    u, c, s = unit[known], call[known], scenario[known]
    scenarios = len(value)
    _, first, of_call, ratings = np.unique(c, return_index=True, return_inverse=True, return_counts=True)
    cell = u * scenarios + s
    calls_a_cell = np.bincount(cell[first], minlength=int(cell.max()) + 1)
    present = np.flatnonzero(calls_a_cell)
    whole = np.bincount(present // scenarios, value[present % scenarios], minlength=int(u.max()) + 1)
    share = np.divide(value[s], whole[u], out=np.zeros(len(s)), where=whole[u] > 0)
    weights[known] = share / calls_a_cell[cell] / ratings[of_call]
    return weights


def unit_sums(values: FloatArray, weights: FloatArray, unit: IntArray, units: int) -> FloatArray:
    """Return the weighted mean of ``values`` by unit, shape (units,); NaN where no weight is above 0."""
    used = weights > 0
    total = np.bincount(unit[used], weights[used], minlength=units)
    sums = np.bincount(unit[used], weights[used] * values[used], minlength=units)
    return np.asarray(np.divide(sums, total, out=np.full(units, np.nan), where=total > 0))
