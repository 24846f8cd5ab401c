"""Resampling calls: the bootstrap of Rao and Wu for small strata, and leaving out one group at a time.

The items of one call share its errors, so the call is what is drawn, never the item: item rows are first added up by
call, after which nothing depends on how many items there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray

CHUNK = 64
"""Replicates at a time: their indices stay in the cache."""
_PAIR = 2


def sums_by_call(values: FloatArray, calls: IntArray, count: int) -> FloatArray:
    """Add up item rows (rows, k) by call (rows,), numbered from 0, to (count, k).

    A NaN counts as nothing: give the number of items, or the points that could be had, as a column beside the points.
    """
    values = np.nan_to_num(np.asarray(values, dtype=np.float64), nan=0.0)
    columns = [np.bincount(calls, weights=column, minlength=count) for column in np.ascontiguousarray(values.T)]
    return np.column_stack(columns)


def collapse_single(strata: IntArray, units: IntArray) -> IntArray:
    """Return strata (calls,) in which none has one call alone, as far as its unit has others.

    A stratum of one call tells nothing of its spread, so it joins the next stratum of its unit, or the one before for
    the last. The numbers are new, from 0, in the order of units and strata. A unit of one call keeps it by itself.
    """
    keys, found = np.unique(np.column_stack([units, strata]), axis=0, return_inverse=True)
    found = found.ravel()
    sizes = np.bincount(found, minlength=len(keys))
    joined = np.arange(len(keys))
    for unit in np.unique(keys[:, 0]).tolist():
        own = np.flatnonzero(keys[:, 0] == unit)
        pending: list[int] = []
        last = None
        for stratum in own.tolist():
            pending.append(stratum)
            if sizes[pending].sum() >= _PAIR:
                joined[pending], last, pending = pending[0], pending[0], []
        if pending and last is not None:
            joined[pending] = last
    return np.unique(joined[found], return_inverse=True)[1].astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Strata:
    """Calls sorted by unit and stratum: where each stratum begins, how many calls it has, which strata a unit has."""

    order: IntArray
    starts: IntArray
    sizes: IntArray
    unit_starts: IntArray
    units: IntArray

    @classmethod
    def of(cls, strata: IntArray, units: IntArray) -> _Strata:
        order = np.lexsort((strata, units))
        labels = np.column_stack([units[order], strata[order]])
        starts = np.flatnonzero(np.append(True, (labels[1:] != labels[:-1]).any(axis=1)))
        of_stratum = labels[starts, 0]
        unit_starts = np.flatnonzero(np.append(True, of_stratum[1:] != of_stratum[:-1]))
        sizes = np.diff(np.append(starts, len(order)))
        return cls(order, starts, sizes, unit_starts, of_stratum[unit_starts])


def bootstrap_totals(
    sums: FloatArray, strata: IntArray, units: IntArray, *, count: int, replicates: int, rng: np.random.Generator
) -> FloatArray:
    """Return totals by unit under resampled calls, shape (replicates, count, k).

    ``sums`` (calls, k), ``strata`` and ``units`` (calls,), units numbered from 0 to ``count`` - 1. Of the n calls of a
    stratum n - 1 are drawn with replacement, each weighing n / (n - 1): Rao and Wu, *Journal of the American
    Statistical Association* 83 (1988), 231-241. The variance of a total is then that of the usual formula for strata,
    which drawing n of n understates by the factor (n - 1) / n. A stratum of one call stays as it is (see
    :func:`collapse_single`). A unit without calls has totals of 0. Raises ValueError for arrays that do not fit.
    """
    sums = np.asarray(sums, dtype=np.float64)
    if sums.ndim != _PAIR or not len(sums) == len(strata) == len(units) or (len(units) and max(units) >= count):
        raise ValueError("sums must be (calls, k), strata and units (calls,), and units below the count")
    totals = np.zeros((replicates, count, sums.shape[1]))
    if not len(sums):
        return totals
    layout = _Strata.of(strata, units)
    ordered = np.ascontiguousarray(sums[layout.order].T)
    done = 0
    for chunk in _draws(layout, replicates, rng):
        for column, values in enumerate(ordered):
            strata_totals = np.add.reduceat(values.take(chunk), _slots(layout)[0], axis=1)
            strata_totals *= layout.sizes / np.maximum(layout.sizes - 1, 1)
            of_units = np.add.reduceat(strata_totals, layout.unit_starts, axis=1)
            totals[done : done + len(chunk), layout.units, column] = of_units
        done += len(chunk)
    return totals


def _slots(layout: _Strata) -> tuple[IntArray, IntArray]:
    """Return where the draws of each stratum begin, and the stratum of each draw: n - 1 draws, at least one."""
    drawn = np.maximum(layout.sizes - 1, 1)
    return np.cumsum(drawn) - drawn, np.repeat(np.arange(len(drawn)), drawn)


def _draws(layout: _Strata, replicates: int, rng: np.random.Generator) -> Iterator[IntArray]:
    """Yield the calls drawn, (replicates, draws), as places in the sorted calls."""
    _, stratum = _slots(layout)
    first = layout.starts[stratum].astype(np.int32)
    size = layout.sizes[stratum].astype(np.float32)
    last = (layout.sizes[stratum] - 1).astype(np.int32)
    for start in range(0, replicates, CHUNK):
        uniform = rng.random((min(CHUNK, replicates - start), len(stratum)), dtype=np.float32)
        uniform *= size
        picked = uniform.astype(np.int32)
        np.minimum(picked, last, out=picked)  # a product may round up to the size itself
        picked += first
        yield picked.astype(np.int64)


def totals_without(sums: FloatArray, groups: IntArray, units: IntArray, *, count: int, group_count: int) -> FloatArray:
    """Return totals by unit with one group left out at a time, (group_count, count, k).

    A group may be an auditor, a scenario, a week: whoever a result must not hang on alone. ``groups`` and ``units``
    (calls,) are numbered from 0.
    """
    cells = groups * count + units
    by_group = sums_by_call(sums, cells, group_count * count).reshape(group_count, count, -1)
    without: FloatArray = by_group.sum(axis=0) - by_group
    return without
