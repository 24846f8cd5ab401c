"""Quantiles of weighted values by unit."""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray


def weighted_quantiles(values: FloatArray, weights: FloatArray, unit: IntArray, units: int, share: float) -> FloatArray:
    """Return the quantile ``share`` of each unit's known values, (units,); NaN for one without.

    ``values`` (n,), NaN for none; values of weight 0 do not count. The k-th of a unit's values in their order stands at
    (W_k − w_k) ÷ (W − w_last), with W_k the weight up to it and W all of it, and between two values it is interpolated:
    with equal weights the ordinary (k − 1) ÷ (n − 1), definition 7 of Hyndman and Fan, *The American Statistician* 50
    (1996), 361-365.
    """
    used = np.flatnonzero(~np.isnan(values) & (weights > 0))
    found = np.full(units, np.nan)
    if not used.size:
        return found
    order = used[np.lexsort((values[used], unit[used]))]
    owner, value, weight = unit[order], values[order], weights[order]
    present, first, count = np.unique(owner, return_index=True, return_counts=True)
    last = first + count - 1
    of = np.repeat(np.arange(present.size), count)
    before = np.cumsum(weight) - weight
    span = before[last] - before[first]
    place = np.divide(before - before[first][of], span[of], out=np.zeros(order.size), where=span[of] > 0)
    place[last[count > 1]] = 1.0
    # units one after the other: the places of a unit lie between twice its number and that plus one
    low = np.searchsorted(2.0 * of + place, 2.0 * np.arange(present.size) + share, side="right") - 1
    low = np.clip(low, first, last)
    high = np.minimum(low + 1, last)
    gap = place[high] - place[low]
    part = np.divide(share - place[low], gap, out=np.zeros(present.size), where=gap > 0)
    found[present] = value[low] + part * (value[high] - value[low])
    return found
