"""Dividing units into blocks from the best down: by fixed scores, and by numbers of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.award_selection import Closed, in_band
from evalkit.scoring.ranking import DEFAULT_TOLERANCE, tie_groups

NO_BLOCK = -1


@dataclass(frozen=True, slots=True)
class Cut:
    """The lower end of a block, and whether it belongs to the block."""

    low: float
    closed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Divided:
    """The number of each unit's block from 0, ``NO_BLOCK`` for none, and which units are tied across a cut."""

    blocks: IntArray
    tied_at_cut: BoolArray


def divide_by_score(scores: FloatArray, cuts: Sequence[Cut | None], *, tolerance: float = DEFAULT_TOLERANCE) -> Divided:
    """Divide at fixed scores: a unit (units,) is in the first block whose lower end it reaches.

    The last block takes the rest, whatever its cut. Where the cut of another block is None, not set, nobody can tell
    the units between the cut above it and the next cut that is set: they get no block. NaN is in none. A score within
    ``tolerance`` of a cut is on it.
    """
    blocks = np.full(scores.shape, NO_BLOCK, dtype=np.int64)
    open_still = ~np.isnan(scores)
    unset = False
    for number, cut in enumerate(cuts):
        if number == len(cuts) - 1:
            reached = open_still
        elif cut is None:
            unset = True
            continue
        else:
            closed: Closed = "left" if cut.closed else "neither"
            reached = open_still & in_band(scores, cut.low, None, closed, tolerance=tolerance)
        if not unset:
            blocks[reached] = number
        unset = False
        open_still = open_still & ~reached
    return Divided(blocks, np.zeros(scores.shape, dtype=np.bool_))


def divide_by_places(
    scores: FloatArray, sizes: Sequence[int | None], *, ties_up: bool, tolerance: float = DEFAULT_TOLERANCE
) -> Divided:
    """Divide so that the first block has ``sizes[0]`` units (units,), the second ``sizes[1]``, and the last the rest.

    Units tied across a cut (:func:`evalkit.scoring.ranking.tie_groups`) go to the block above it together with
    ``ties_up``, else to the block below, so that blocks may be larger or smaller than their size. From a block without
    a size, unless it is the last, down, units get no block. NaN is in none. Raises ValueError for a negative size.
    """
    if any(size is not None and size < 0 for size in sizes):
        raise ValueError(f"the size of a block must not be negative: {list(sizes)}")
    known_sizes = [0 if size is None else size for size in sizes[:-1]]
    stop = next((number for number, size in enumerate(sizes[:-1]) if size is None), None)
    ends = np.cumsum(known_sizes if stop is None else known_sizes[:stop], dtype=np.int64)
    groups = tie_groups(scores, tolerance)
    known = groups >= 0
    counts = np.bincount(groups[known])
    last = np.cumsum(counts)
    from_best = np.searchsorted(ends, last - counts, side="right")
    from_worst = np.searchsorted(ends, last - 1, side="right")
    block = from_best if ties_up else from_worst
    blocks = np.full(scores.shape, NO_BLOCK, dtype=np.int64)
    blocks[known] = (block if stop is None else np.where(block >= stop, NO_BLOCK, block))[groups[known]]
    tied = np.zeros(scores.shape, dtype=np.bool_)
    tied[known] = (from_best != from_worst)[groups[known]]
    return Divided(blocks, tied)


def sizes_from_cumulated(ends: Sequence[int]) -> list[int]:
    """Return the sizes of blocks that end at these places."""
    return [after - before for before, after in pairwise([0, *ends])]
