"""How far units stand from the cut of an award: in points up for those without it, in points down for those with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.award_blocks import NO_BLOCK


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Points (units,) by which a winner is ``over`` the cut and by which another unit falls ``short`` of it; else NaN.

    Both are zero on the cut, and where only a tie-break parts two units.
    """

    over: FloatArray
    short: FloatArray


def from_bound(scores: FloatArray, low: float | None, winners: BoolArray, competing: BoolArray) -> Distances:
    """Measure from a fixed lower end; without one nothing can be lost downwards, and nobody is short of it.

    ``winners`` and ``competing`` (units,): who has the award, and who else took part for it.
    """
    nothing = np.full(scores.shape, np.nan)
    if low is None:
        return Distances(nothing, nothing)
    below = competing & ~winners & (scores < low)
    return Distances(np.where(winners, np.maximum(scores - low, 0), np.nan), np.where(below, low - scores, np.nan))


def from_places(scores: FloatArray, winners: BoolArray, competing: BoolArray) -> Distances:
    """Measure from the neighbours at the cut: winners from the best unit outside, the others from the last winner.

    A winner whom nobody competed with has no distance, nor have units where nobody won.
    """
    outside = competing & ~winners & ~np.isnan(scores)
    last = scores[winners].min(initial=np.inf)
    first_outside = scores[outside].max(initial=-np.inf)
    over = np.where(winners & np.isfinite(first_outside), np.maximum(scores - first_outside, 0), np.nan)
    return Distances(over, np.where(outside & np.isfinite(last), np.maximum(last - scores, 0), np.nan))


def from_blocks(scores: FloatArray, blocks: IntArray, lows: list[float | None] | None = None) -> Distances:
    """Measure from the ends of each unit's block (units,), ``NO_BLOCK`` for none.

    ``lows`` are the lower ends of the blocks, None for one that has no fixed end; without them the neighbours are
    measured from: the best unit of all lower blocks, the last unit of all higher ones.
    """
    over, short = np.full((2, *scores.shape), np.nan)
    for number in np.unique(blocks[blocks != NO_BLOCK]).tolist():
        mine = blocks == number
        if lows is None:
            below = scores[blocks > number].max(initial=-np.inf)
            above = scores[(blocks < number) & (blocks != NO_BLOCK)].min(initial=np.inf)
        else:
            low, high = lows[number], lows[number - 1] if number else None
            below, above = -np.inf if low is None else low, np.inf if high is None else high
        if np.isfinite(below):
            over[mine] = np.maximum(scores[mine] - below, 0)
        if np.isfinite(above):
            short[mine] = np.maximum(above - scores[mine], 0)
    return Distances(over, short)
