"""Whether calls can have been made as they were entered: two at once, attempts too near, slots, copied remarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray

NOBODY = -1
"""Stands for no call."""


def at_once(caller: IntArray, start: IntArray, end: FloatArray) -> IntArray:
    """Return for each call one that the same caller had not ended when it began, :data:`NOBODY` for none, shape (n,).

    ``caller`` are numbers from 0, ``start`` and ``end`` seconds on one clock. Of several calls that were still going on
    the one that ended last is named; a call that begins as another ends is in order. O(n log n).
    """
    found = np.full(len(caller), NOBODY, dtype=np.int64)
    if len(caller) < 2:  # noqa: PLR2004 - two calls
        return found
    order = np.lexsort((start, caller))
    who, begin, over = caller[order], start[order], end[order]
    floor = float(min(over.min(), begin.min()))
    span = float(over.max()) - floor + 1
    lifted = over - floor + who * span  # ends of one caller all lie above those of the caller before
    latest = np.maximum.accumulate(lifted)
    which = np.maximum.accumulate(np.where(lifted == latest, np.arange(len(order)), 0))
    before = which[:-1]
    late = (who[before] == who[1:]) & (over[before] > begin[1:])
    found[order[1:][late]] = order[before[late]]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """``before`` (n,): the attempt before, :data:`NOBODY` for the first; ``seconds`` (n,) since it began, NaN then."""

    before: IntArray
    seconds: FloatArray


def gaps(call: IntArray, attempt: IntArray, start: IntArray) -> Gaps:
    """Return how long after the attempt before each attempt at a call began; negative where their order is reversed.

    ``call`` and ``attempt`` are numbers, ``start`` seconds on one clock, all of shape (n,). O(n log n).
    """
    before = np.full(len(call), NOBODY, dtype=np.int64)
    seconds = np.full(len(call), np.nan)
    order = np.lexsort((attempt, call))
    again = np.flatnonzero(call[order][1:] == call[order][:-1])
    later, earlier = order[again + 1], order[again]
    before[later] = earlier
    seconds[later] = start[later] - start[earlier]
    return Gaps(before, seconds)


def outside(minute: IntArray, first: IntArray, last: IntArray) -> BoolArray:
    """Tell which minutes of the day lie outside ``first`` to ``last``, both included; a span may cross midnight."""
    inside = (minute >= first) & (minute <= last)
    across = (minute >= first) | (minute <= last)
    return np.asarray(~np.where(first <= last, inside, across))


@dataclass(frozen=True, slots=True, eq=False)
class Repeated:
    """One entry a remark that a writer repeated: ``first`` and ``last`` row with it, and in how many rows and units."""

    first: IntArray
    last: IntArray
    rows: IntArray
    units: IntArray


def repeated(writer: IntArray, text: IntArray, unit: IntArray, least: int) -> Repeated:
    """Return the texts that one writer used for at least ``least`` different units, in the order of their first row.

    ``writer``, ``text`` and ``unit`` are numbers from 0, one entry a remark, shape (n,). O(n log n).
    """
    texts, units = _count(text), _count(unit)
    _, first, group, rows = np.unique(writer * texts + text, return_index=True, return_inverse=True, return_counts=True)
    of_group = np.unique(group * units + unit) // units
    several = np.bincount(of_group, minlength=len(first))
    last = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(last, group, np.arange(len(writer)))
    kept = np.flatnonzero(several >= least)
    kept = kept[np.argsort(first[kept], kind="stable")]
    return Repeated(first[kept], last[kept], rows[kept], several[kept])


def _count(codes: IntArray) -> int:
    return int(codes.max()) + 1 if len(codes) else 1
