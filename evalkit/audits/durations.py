"""Distributions of response times: how many seconds until the line answered, by slot or any other group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """One entry a group, shape (groups,): ``count`` of times, ``median``, ``p90``, and the share ``within`` the norm.

    A group without a time has a count of 0 and NaN elsewhere.
    """

    count: IntArray
    median: FloatArray
    p90: FloatArray
    within: FloatArray


def durations(group: IntArray, seconds: FloatArray, *, groups: int, norm: float) -> Durations:
    """Return the distribution of ``seconds`` in each of ``groups`` groups numbered from 0; NaN is no time.

    A quantile between two times is interpolated linearly (definition 7 of Hyndman and Fan, *The American Statistician*
    50 (1996)). ``norm`` is the longest time that is in order, itself included. A call that was never answered has no
    time here: it counts in the connection rate. Raises ValueError for a negative or infinite time.
    """
    timed = ~np.isnan(seconds)
    if not (np.isfinite(seconds[timed]) & (seconds[timed] >= 0)).all():
        raise ValueError("a time is finite and not negative")
    group, seconds = group[timed], seconds[timed]
    order = np.lexsort((seconds, group))
    count = np.bincount(group, minlength=groups).astype(np.int64)
    sorted_seconds, start = seconds[order], np.cumsum(count) - count
    within = np.bincount(group, seconds <= norm, minlength=groups)
    return Durations(
        count,
        _quantile(sorted_seconds, start, count, 0.5),
        _quantile(sorted_seconds, start, count, 0.9),
        np.divide(within, count, out=np.full(groups, np.nan), where=count > 0),
    )


def _quantile(values: FloatArray, start: IntArray, count: IntArray, share: float) -> FloatArray:
    found = np.full(len(count), np.nan)
    some = count > 0
    place = (count[some] - 1) * share
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, count[some] - 1)
    low, high = values[start[some] + below], values[start[some] + above]
    found[some] = low + (place - below) * (high - low)
    return found
