"""Normalisation: measures in their own units become scores on a common scale.

Axis 0 holds the units; ``values`` is (units,) or (units, k), and each of the k columns is normalised for itself.
Only finite values take part: NaN stays NaN, and an infinite value gives a NaN score, which the caller reports.
``higher_is_better=False`` gives exactly the scores of the negated values. No numpy warning is raised.

Methods after OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray, TextArray

State = Literal["ok", "constant", "single", "empty"]

MOST_DIMENSIONS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """Scores in the shape of the input, and what there was to compare.

    ``state`` is ``"ok"`` (at least two distinct finite values), ``"constant"`` (several, all equal), ``"single"``
    (one unit has a value) or ``"empty"`` (none has); for a two-dimensional input, an array of these, shape (k,).
    """

    scores: FloatArray
    state: State | TextArray


def minmax(values: FloatArray, *, higher_is_better: bool, low: float = 0.0, high: float = 100.0) -> Normalised:
    """Map the worst value to ``low`` and the best to ``high``: low + (x - min) / (max - min) * (high - low).

    A constant or single value scores the midpoint of the range: it tells no unit from another, so it may move no
    rank, and the midpoint (unlike dropping the indicator) keeps the weight of its node as published. Constant means
    max == min exactly. Every score lies in [low, high], however small or large the spread of the values.
    Raises ValueError unless low < high.
    """
    _check_range(low, high)
    columns = _columns(values, higher_is_better=higher_is_better)
    return columns.normalised(_onto_range(_position(columns), low, high))


def goalposts(
    values: FloatArray,
    *,
    higher_is_better: bool,
    floor: float,
    ceiling: float,
    clip: bool,
    low: float = 0.0,
    high: float = 100.0,
) -> Normalised:
    """Map fixed reference points to the range: low + (x - floor) / (ceiling - floor) * (high - low).

    With ``higher_is_better=False`` the ``ceiling`` maps to ``low`` and the ``floor`` to ``high``. A unit's score
    depends on its own value alone, so constant and single values are no special case: the state is ``"ok"``, or
    ``"empty"``. With ``clip``, values beyond a goalpost count as the goalpost; without it they score beyond the
    range, and a score too large for a float is NaN. Raises ValueError unless floor < ceiling and low < high.
    Goalposts as in UNDP, *Human Development Report*, technical note 1.
    """
    _check_range(low, high)
    _check_range(floor, ceiling)
    columns = _columns(values, higher_is_better=higher_is_better)
    worst, best = (floor, ceiling) if higher_is_better else (-ceiling, -floor)
    reached = np.clip(columns.values, worst, best) if clip else columns.values
    with np.errstate(over="ignore", invalid="ignore"):
        scores = _onto_range((reached - worst) / (best - worst), low, high)
    scores = np.where(np.isfinite(scores), scores, np.nan)
    return columns.normalised(scores, np.where(columns.count > 0, "ok", "empty"))


def zscore(values: FloatArray, *, higher_is_better: bool, mean: float = 50.0, sd: float = 10.0) -> Normalised:
    """Give the scores the stated mean and sample standard deviation (n - 1): mean + sd * (x - m) / s.

    A constant or single value scores ``mean``, for the reason given in :func:`minmax`. The scores have no bounds but
    those of a sample: |x - m| / s is at most (n - 1) / sqrt(n). Raises ValueError unless both are finite and sd > 0.
    """
    if not (math.isfinite(mean) and math.isfinite(sd) and sd > 0):
        raise ValueError(f"a z-score needs a finite mean and a positive standard deviation, not {mean} and {sd}")
    columns = _columns(values, higher_is_better=higher_is_better)
    # z-scores do not change with location and scale; positions in [0, 1] keep the squares from under- and overflowing
    position = _position(columns)
    deviation = position - _column_sums(position) / np.maximum(columns.count, 1)
    spread = np.sqrt(_column_sums(deviation * deviation) / np.maximum(columns.count - 1, 1))
    return columns.normalised(mean + sd * (deviation / np.where(columns.varies, spread, 1.0)))


def rank(values: FloatArray, *, higher_is_better: bool, low: float = 0.0, high: float = 100.0) -> Normalised:
    """Score by rank: low + (r - 1) / (n - 1) * (high - low), r = 1 for the worst to n for the best, ties averaged.

    Equal means exactly equal. A constant or single value scores the midpoint, for the reason given in
    :func:`minmax`. Every score lies in [low, high]. Raises ValueError unless low < high.
    """
    _check_range(low, high)
    columns = _columns(values, higher_is_better=higher_is_better)
    below, up_to = _order_counts(columns)
    position = (below + up_to - 1) / (2 * np.maximum(columns.count - 1, 1))
    return columns.normalised(_onto_range(np.where(columns.count > 1, position, below + 0.5), low, high))


def percentile_rank(values: FloatArray, *, higher_is_better: bool, low: float = 0.0, high: float = 100.0) -> Normalised:
    """Score by the share of units outdone: low + (below + equal / 2) / n * (high - low).

    The unit itself is among the equal. The scores of a column average to the midpoint; a constant or single value
    scores it by the formula itself. Every score lies in [low, high], and the best is below ``high`` by half a unit's
    share. On 0 to 100 the same as ``scipy.stats.percentileofscore(kind="mean")``.
    Raises ValueError unless low < high.
    """
    _check_range(low, high)
    columns = _columns(values, higher_is_better=higher_is_better)
    below, up_to = _order_counts(columns)
    return columns.normalised(_onto_range((below + up_to) / (2 * np.maximum(columns.count, 1)), low, high))


def target_ratio(values: FloatArray, *, higher_is_better: bool, target: float, cap: float | None = None) -> Normalised:
    """Score by what was reached of a target: 100 x / target, or 100 target / x where lower is better.

    With ``cap`` no ratio counts for more. Where lower is better, a value of 0 or below scores the cap, and has no score
    without one. The state is ``"ok"``, or ``"empty"``. Raises ValueError unless target > 0 and cap >= 1.
    As in Boston's *CityScore* (actual ÷ target; a cap of 1.25 by one account).
    """
    if not (0 < target < math.inf) or (cap is not None and not 1 <= cap < math.inf):
        raise ValueError(f"a target must be above 0 and a cap at least 1, not {target} and {cap}")
    columns = _columns(values, higher_is_better=True)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = columns.values / target if higher_is_better else target / columns.values
    if not higher_is_better:
        best = columns.values <= 0
        ratio = np.where(best, np.nan if cap is None else cap, ratio)
    scores = 100 * (ratio if cap is None else np.minimum(ratio, cap))
    scores = np.where(np.isfinite(scores), scores, np.nan)
    return columns.normalised(scores, np.where(columns.count > 0, "ok", "empty"))


def unchanged(values: FloatArray) -> Normalised:
    """Take the values as scores as they are; infinite values become NaN."""
    columns = _columns(values, higher_is_better=True)
    return columns.normalised(columns.values)


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The input as (units, k), negated where lower is better, NaN for all that is not finite."""

    values: FloatArray
    count: IntArray
    lowest: FloatArray
    highest: FloatArray
    shape: tuple[int, ...]

    @property
    def varies(self) -> BoolArray:
        """Whether a column has two distinct values, shape (k,)."""
        return self.highest > self.lowest

    def normalised(self, scores: FloatArray, state: TextArray | None = None) -> Normalised:
        """Return scores and states in the shape of the input."""
        if state is None:
            state = np.select(
                [self.count == 0, self.count == 1, ~self.varies], ["empty", "single", "constant"], default="ok"
            )
        one_column = len(self.shape) == 1
        return Normalised(scores.reshape(self.shape), cast("State", str(state[0])) if one_column else state)


def _columns(values: FloatArray, *, higher_is_better: bool) -> _Columns:
    given = np.asarray(values, dtype=np.float64)
    if not 1 <= given.ndim <= MOST_DIMENSIONS:
        raise ValueError(f"values must be (units,) or (units, k), not of shape {given.shape}")
    table = given[:, np.newaxis] if given.ndim == 1 else given
    finite = np.isfinite(table)
    count = finite.sum(axis=0)
    signed = np.where(finite, table if higher_is_better else -table, np.nan)
    lowest = np.min(signed, axis=0, where=finite, initial=np.inf)
    highest = np.max(signed, axis=0, where=finite, initial=-np.inf)
    known = count > 0
    return _Columns(signed, count, np.where(known, lowest, 0.0), np.where(known, highest, 0.0), given.shape)


def _check_range(low: float, high: float) -> None:
    if not (low < high and math.isfinite(high - low)):
        raise ValueError(f"a range needs a finite lower and a greater finite upper end, not {low} and {high}")


def _position(columns: _Columns) -> FloatArray:
    """(x - min) / (max - min) in [0, 1]; 0.5 where nothing varies."""
    # powers of two scale without rounding: a spread beyond the largest float cannot overflow, and results stay the same
    exponent = np.frexp(np.maximum(np.abs(columns.lowest), np.abs(columns.highest)))[1]
    worst = np.ldexp(columns.lowest, -exponent)
    spread = np.ldexp(columns.highest, -exponent) - worst
    position = (np.ldexp(columns.values, -exponent) - worst) / np.where(columns.varies, spread, 1.0)
    return np.where(columns.varies, position, position + 0.5)


def _onto_range(position: FloatArray, low: float, high: float) -> FloatArray:
    """Carry [0, 1] to [low, high], ends exact: rounding must neither leave the range nor turn the order round."""
    line = low + position * (high - low)
    bounded = np.where(position > 1, np.maximum(line, high), np.minimum(line, high))
    return np.where(position == 1, high, bounded)


def _column_sums(terms: FloatArray) -> FloatArray:
    """Sum each column without its NaN, the same to the last bit in any order of the units and beside any columns."""
    ordered = np.ascontiguousarray(np.sort(terms, axis=0).T)
    sums: FloatArray = np.add.reduce(np.where(np.isnan(ordered), 0.0, ordered), axis=1)
    return sums


def _order_counts(columns: _Columns) -> tuple[FloatArray, FloatArray]:
    """For each value, how many of its column are less, and how many are less or equal; NaN for NaN."""
    below = np.full_like(columns.values, np.nan)
    up_to = np.full_like(columns.values, np.nan)
    for column in range(columns.values.shape[1]):
        known = np.flatnonzero(~np.isnan(columns.values[:, column]))
        values = columns.values[known, column]
        ordered = np.sort(values)
        below[known, column] = np.searchsorted(ordered, values, side="left")
        up_to[known, column] = np.searchsorted(ordered, values, side="right")
    return below, up_to
