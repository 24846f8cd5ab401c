"""Counts over draws: which ranks a unit holds, who beats whom, and the weights that make a unit the first.

Lahdelma and Salminen, "SMAA-2", *Operations Research* 49 (2001), 444-454; pairwise winning indices after Leskinen et
al., *Environmental Modeling & Assessment* 11 (2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.ranking import DEFAULT_TOLERANCE, rank


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What many draws add up to; counts of blocks of draws may be added.

    ``places`` (units, units): how often a unit holds a place; tied units share their places in equal parts, so each row
    sums to the draws in which the unit has a score. ``beats`` (units, units): how often the row's unit ranks before the
    column's; ties count half. ``first_weights`` (units, indicators): the sum of the weights that make the unit the
    first, in its part. ``draws``: how many.
    """

    places: FloatArray
    beats: FloatArray
    first_weights: FloatArray
    draws: int

    def __add__(self, other: Counts) -> Counts:
        """Return the counts of both."""
        return Counts(
            self.places + other.places,
            self.beats + other.beats,
            self.first_weights + other.first_weights,
            self.draws + other.draws,
        )

    @property
    def acceptability(self) -> FloatArray:
        """The share of draws in which a unit holds a place, (units, places)."""
        return self.places / self.draws

    @property
    def winning(self) -> FloatArray:
        """The share of draws in which the row's unit ranks before the column's, (units, units)."""
        return self.beats / self.draws

    @property
    def central_weights(self) -> FloatArray:
        """The mean of the weights that make a unit the first, (units, indicators); NaN for units that never are."""
        first = self.places[:, :1]
        return np.where(first > 0, self.first_weights / np.where(first > 0, first, 1.0), np.nan)


def count_ranks(
    scores: FloatArray, weights: FloatArray, *, tolerance: float = DEFAULT_TOLERANCE, pairs: bool = True
) -> tuple[Counts, FloatArray]:
    """Count the ranks of ``scores`` (draws, units) under ``weights`` (draws, indicators); NaN scores hold no place.

    Also returns the ranks (draws, units), the best place of tied units, NaN for none. ``pairs=False`` leaves ``beats``
    at 0, which is most of the work.
    """
    draws, units = scores.shape
    has_score = ~np.isnan(scores)
    known = None if has_score.all() else has_score.sum(axis=1)
    order, near = _ordered(scores, tolerance)
    unclear = np.flatnonzero(near)
    exact = {draw: rank(scores[draw], ties="min", tolerance=tolerance) for draw in unclear.tolist()}
    for draw, of_units in exact.items():
        order[draw] = np.argsort(of_units, kind="stable")
    places = _places(order, known, units)
    first = np.zeros((units, weights.shape[1]))
    scored = np.full(draws, fill_value=True) if known is None else known > 0
    _add_first(first, order[:, 0], weights, scored)
    ranks = _scattered(order)
    if known is not None:
        ranks[~has_score] = np.nan
    for draw, of_units in exact.items():
        ranks[draw] = of_units
        _share_places(places, first, order[draw], of_units, weights[draw])
    beats = _beats(ranks) if pairs else np.zeros((units, units))
    return Counts(places, beats, first, draws), ranks


def _ordered(scores: FloatArray, tolerance: float) -> tuple[IntArray, BoolArray]:
    """Return the units in the order of their scores (draws, units), and in which draws two may be tied.

    The number of the unit is written into the last bits of its distance from the top, so that one fast sort of whole
    numbers gives the order; scores closer than those bits are told apart elsewhere.
    """
    units = scores.shape[1]
    bits = max(units - 1, 1).bit_length()
    top = scores.max(initial=-np.inf)
    complete = bool(np.isfinite(top))  # a NaN or an infinite score shows in the maximum
    if np.isnan(top):
        top = np.nanmax(scores, initial=-np.inf)
    distance = top - scores if np.isfinite(top) else np.full_like(scores, np.inf)
    if not complete:
        distance[np.isnan(distance)] = np.inf
    furthest = distance.max(initial=0.0) if complete else np.max(distance, where=np.isfinite(distance), initial=0.0)
    keys = distance.view(np.int64)
    keys &= ~np.int64((1 << bits) - 1)
    keys |= np.arange(units)
    keys.sort(axis=1)
    order = keys & ((1 << bits) - 1)
    keys &= ~np.int64((1 << bits) - 1)
    reached = keys.view(np.float64)
    blurred = tolerance + 2.0 ** (bits - 51) * furthest
    with np.errstate(invalid="ignore"):  # inf - inf: no score, no tie
        near = reached[:, 1:] - reached[:, :-1] <= blurred
    # a look at all at once is much cheaper than by row, and mostly finds nothing
    return order, near.any(axis=1) if near.any() else np.zeros(len(scores), dtype=bool)


def _scattered(order: IntArray) -> FloatArray:
    """Return the place of each unit, (draws, units)."""
    draws, units = order.shape
    ranks = np.empty((draws, units))
    np.put(ranks, order + (np.arange(draws) * units)[:, np.newaxis], np.arange(1.0, units + 1))  # over and over again
    return ranks


def _places(order: IntArray, known: IntArray | None, units: int) -> FloatArray:
    cells = order * units + np.arange(units)
    taken = cells.ravel() if known is None else cells[np.arange(units) < known[:, np.newaxis]]
    return np.bincount(taken, minlength=units * units).reshape(units, units).astype(np.float64)


def _add_first(first: FloatArray, winners: IntArray, weights: FloatArray, scored: BoolArray) -> None:
    if not scored.any():
        return
    by_winner = np.argsort(winners[scored], kind="stable")
    units, starts = np.unique(winners[scored][by_winner], return_index=True)
    first[units] += np.add.reduceat(weights[scored][by_winner], starts, axis=0)


def _share_places(
    places: FloatArray, first: FloatArray, order: IntArray, ranks: FloatArray, weights: FloatArray
) -> None:
    """Give the places of tied units, counted for one of them each, to all of them in equal parts."""
    best = ranks[order]
    held = best[~np.isnan(best)].astype(np.int64)
    starts = np.flatnonzero(np.append(True, held[1:] != held[:-1]))
    sizes = np.diff(np.append(starts, held.size))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        tied = order[start : start + size]
        places[tied, np.arange(start, start + size)] -= 1
        places[np.ix_(tied, np.arange(start, start + size))] += 1 / size
        if start == 0:
            first[tied[0]] -= weights
            first[tied] += weights / size


def _beats(ranks: FloatArray) -> FloatArray:
    """Count for each pair how often the first ranks before the second; a tie is half, no score is no comparison."""
    draws, units = ranks.shape
    # places as small whole numbers: comparisons of two bytes each are the fastest there are
    kind = np.int16 if units < np.iinfo(np.int16).max else np.int32
    small: NDArray[np.signedinteger] = np.ascontiguousarray(np.where(np.isnan(ranks), 0, ranks).astype(kind).T)
    scored = small > 0
    together = np.full((units, units), float(draws)) if scored.all() else scored.astype(float) @ scored.T.astype(float)
    before = np.empty((units, units))
    for unit in range(units):
        before[unit] = np.count_nonzero((small[unit] < small) & scored[unit], axis=1)
    ties = together - before - before.T
    found: FloatArray = before + ties / 2
    np.fill_diagonal(found, 0.0)
    return found
