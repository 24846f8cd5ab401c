"""Groups of units whose order the rank intervals leave open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Groups:
    """``count`` groups, the best ranks first; each unit is in those from ``first`` to ``last``, counted from 0.

    A unit without an interval has −1 for both.
    """

    count: int
    first: tuple[int, ...]
    last: tuple[int, ...]


def open_groups(low: FloatArray, high: FloatArray) -> Groups:
    """Return the largest sets of units whose rank intervals ``low`` to ``high`` (units,) all overlap one another.

    Two units share a group exactly where their intervals overlap; where they share none, the order of the two is sure
    at the level of the intervals. The sets are the maximal cliques of the interval graph: going up the ranks, one ends
    wherever an interval ends after another has begun since the last end (Gilmore and Hoffman, *Canadian Journal of
    Mathematics* 16, 1964, 539-548). NaN is in none.
    """
    known = ~(np.isnan(low) | np.isnan(high))
    begins, ends = np.sort(low[known]), np.sort(high[known])
    stops: list[float] = []
    begun = 0
    for end in ends.tolist():
        before = int(np.searchsorted(begins, end, side="right"))
        if before > begun:
            stops.append(end)
            begun = before
    # the group that stops at s holds the intervals with low <= s <= high
    first = np.where(known, np.searchsorted(stops, np.where(known, low, 0), side="left"), -1)
    last = np.where(known, np.searchsorted(stops, np.where(known, high, 0), side="right") - 1, -1)
    return Groups(len(stops), tuple(first.tolist()), tuple(last.tolist()))
