"""Who gets an award: units in a band of scores, and the top units by places or percent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.ranking import DEFAULT_TOLERANCE, tie_groups

Closed = Literal["left", "right", "both", "neither"]
Rounding = Literal["down", "up", "nearest"]
TiesAtCut = Literal["share", "leave"]

WHOLE = 100  # percent


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """Who won, and who is tied across the cut, both (units,).

    ``tied_at_cut`` is true only where the tie straddles the cut: at least one of the tied has a place, at least one
    has none.
    """

    winners: BoolArray
    tied_at_cut: BoolArray


def in_band(
    scores: FloatArray, low: float | None, high: float | None, closed: Closed, *, tolerance: float = 0.0
) -> BoolArray:
    """Tell which scores lie between ``low`` and ``high``; None is an open end without bound. NaN lies in no band.

    ``closed`` names the ends that belong to the band: ``left`` is [low, high), ``right`` (low, high], ``both``
    [low, high], ``neither`` (low, high). A score within ``tolerance`` of a bound counts as equal to it, so two bands
    that share a bound, one closed and one open there, still hold each score exactly once.
    Raises ValueError if low > high or a bound is NaN.
    """
    if any(bound is not None and math.isnan(bound) for bound in (low, high)):
        raise ValueError("a bound of a band must be a number, or None")
    if low is not None and high is not None and low > high:
        raise ValueError(f"the lower bound of a band, {low}, is above the upper, {high}")
    inside = ~np.isnan(scores)
    if low is not None:
        inside &= _at_least(scores, low, tolerance) if closed in ("left", "both") else _above(scores, low, tolerance)
    if high is not None:
        inside &= ~(
            _above(scores, high, tolerance) if closed in ("right", "both") else _at_least(scores, high, tolerance)
        )
    return inside


def places_of_percent(percent: float, units: int, rounding: Rounding) -> int:
    """Return how many places ``percent`` of ``units`` are, rounded ``down``, ``up`` or to the ``nearest`` (half up).

    The percentage is taken as it is written in decimals, so 10 % of 70 is exactly 7 and 18.4 % of 375 exactly 69.
    Raises ValueError for a percentage outside [0, 100] or a negative number of units.
    """
    if not 0 <= percent <= WHOLE:
        raise ValueError(f"a percentage of places must be in [0, 100], not {percent}")
    if units < 0:
        raise ValueError(f"the number of units must not be negative, not {units}")
    places = Fraction(str(float(percent))) * int(units) / WHOLE
    if rounding == "down":
        return math.floor(places)
    if rounding == "up":
        return math.ceil(places)
    return math.floor(places + Fraction(1, 2))


def select_top(
    scores: FloatArray,
    eligible: BoolArray,
    places: int,
    *,
    ties: TiesAtCut,
    tolerance: float = DEFAULT_TOLERANCE,
) -> Selected:
    """Give the ``places`` to the highest scores (units,) among the ``eligible`` (units,).

    Units tied across the cut (:func:`evalkit.scoring.ranking.tie_groups` among the eligible) all win with ``share``,
    so that there may be more winners than places, and none wins with ``leave``, so that there may be fewer. A NaN score
    never wins. With as many places as eligible units or more, all the eligible with a score win.
    Raises ValueError for a negative number of places.
    """
    if places < 0:
        raise ValueError(f"the number of places must not be negative, not {places}")
    groups = tie_groups(np.where(eligible, scores, np.nan), tolerance)
    known = groups >= 0
    sizes = np.bincount(groups[known])
    last = np.cumsum(sizes)
    reached = last - sizes < places
    exhausted = last <= places
    winners = np.zeros(groups.shape, dtype=np.bool_)
    tied_at_cut = np.zeros(groups.shape, dtype=np.bool_)
    winners[known] = (reached if ties == "share" else exhausted)[groups[known]]
    tied_at_cut[known] = (reached & ~exhausted)[groups[known]]
    return Selected(winners, tied_at_cut)


def broken_ties(scores: FloatArray, keys: Sequence[FloatArray], *, tolerance: float = DEFAULT_TOLERANCE) -> FloatArray:
    """Return whole numbers (units,), higher is better, that order the units by ``scores``, tied ones by the ``keys``.

    The first key decides, among units tied there the second, and so on; who has no score at a key comes after those
    who have. Units tied in the scores (:func:`evalkit.scoring.ranking.tie_groups`) and in every key stay equal. NaN
    where there is no score.
    """
    order = tie_groups(scores, tolerance)
    for key in keys:
        within = tie_groups(key, tolerance)
        within = np.where(within < 0, within.max(initial=0) + 1, within)
        order = np.where(order < 0, -1, order * (within.max(initial=0) + 1) + within)
        known = order >= 0
        order[known] = np.unique(order[known], return_inverse=True)[1]
    return np.where(order < 0, np.nan, -order.astype(np.float64))


def _above(scores: FloatArray, bound: float, tolerance: float) -> BoolArray:
    """Above the bound by more than the tolerance."""
    return np.asarray((scores > bound) & ~_equals(scores, bound, tolerance))


def _at_least(scores: FloatArray, bound: float, tolerance: float) -> BoolArray:
    """Above the bound, or equal to it within the tolerance."""
    return np.asarray((scores > bound) | _equals(scores, bound, tolerance))


def _equals(scores: FloatArray, bound: float, tolerance: float) -> BoolArray:
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray((scores == bound) | (np.abs(scores - bound) <= tolerance))
