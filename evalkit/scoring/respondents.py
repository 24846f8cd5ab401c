"""Several respondents of a unit become one value: arrays over respondents in, arrays over units out. NaN is no value.

``weights`` are above zero everywhere; with weights of 1 every result is the ordinary one. What the kernels are given is
grouped by ``units``, the position of each respondent's unit, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray

_ROUNDING = 1e-12
_SAME_POINTS = 1e-9


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Values over units, NaN where no respondent has one; how many have (``n``), and what that is worth (``n_eff``)."""

    values: FloatArray
    n: IntArray
    n_eff: FloatArray


def effective_n(weights: FloatArray, units: IntArray, count: int) -> FloatArray:
    """Return Kish's effective sample size ``(Σ w)² ÷ Σ w²`` of each unit (count,), 0 where it has no respondent.

    Kish (1965), *Survey Sampling*, 11.2: n divided by 1 + the squared coefficient of variation of the weights. It is at
    most the number of respondents, and that where all weights of the unit are equal.
    """
    top = np.zeros(count)
    np.maximum.at(top, units, weights)
    scaled = weights / top[units]  # so that no square leaves the range of floats
    total = np.bincount(units, scaled, count)
    squares = np.bincount(units, scaled * scaled, count)
    result: FloatArray = np.divide(total * total, squares, out=np.zeros(count), where=squares > 0)
    return result


def mean(values: FloatArray, weights: FloatArray, units: IntArray, count: int) -> Aggregated:
    """Return the weighted means ``Σ w x ÷ Σ w`` over the respondents who have a value."""
    known = ~np.isnan(values)
    x, w, at = values[known], weights[known], units[known]
    total = np.bincount(at, w, count)
    # around the first value, so that equal values have just that mean whatever the weights
    origin = np.zeros(count)
    origin[at[::-1]] = x[::-1]
    with np.errstate(over="ignore", invalid="ignore"):  # what is past the largest float is infinite
        moved = np.bincount(at, w * (x - origin[at]), count)
        means = origin + np.divide(moved, total, out=np.full(count, np.nan), where=total > 0)
    return _aggregated(means, w, at, count)


def median(values: FloatArray, weights: FloatArray, units: IntArray, count: int) -> Aggregated:
    """Return the weighted medians: the least value up to which half of the weight lies.

    Where exactly half (to 1e-12 of it) lies up to a value, the mean of it and the next one, as in an ordinary median.
    """
    result = np.full(count, np.nan)
    for unit, members in by_unit(values, units, count):
        result[unit] = medians(values[members], weights[np.newaxis, members])[0]
    order = _in_order(values, units)
    return _aggregated(result, weights[order], units[order], count)


def by_unit(values: FloatArray, units: IntArray, count: int) -> Iterator[tuple[int, IntArray]]:
    """Yield each unit of which anybody has a value, and the places of those who have, the smallest value first."""
    order = _in_order(values, units)
    ends = np.cumsum(np.bincount(units[order], minlength=count))
    for unit, members in enumerate(np.split(order, ends[:-1])):
        if members.size:
            yield unit, members


def _in_order(values: FloatArray, units: IntArray) -> IntArray:
    """Return the places of those who have a value, by unit, then by value."""
    known = np.flatnonzero(~np.isnan(values))
    return known[np.lexsort((values[known], units[known]))]


def medians(ordered: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the medians (draws,) of the values ``ordered`` (n,), the smallest first, each by other ``weights``.

    ``weights`` (draws, n) may be 0; NaN where all are. The definition is that of :func:`median`.
    """
    up_to = np.cumsum(weights, axis=1)
    total = up_to[:, -1:]
    half, slack = total / 2, total * _ROUNDING
    last = len(ordered) - 1
    reached_at = np.minimum((up_to < half - slack).sum(axis=1), last)
    passed_at = np.minimum((up_to <= half + slack).sum(axis=1), last)
    halves = np.abs(np.take_along_axis(up_to, reached_at[:, np.newaxis], axis=1) - half) <= slack
    low, high = ordered[reached_at], ordered[passed_at]
    found = np.where(halves[:, 0], low + (high - low) / 2, low)
    return np.where(total[:, 0] > 0, found, np.nan)


def share(values: FloatArray, weights: FloatArray, units: IntArray, count: int, *, at_least: float) -> Aggregated:
    """Return 100 × the weight of those with at least ``at_least`` (to within 1e-9) ÷ that of all who have a value."""
    found = mean(reached(values, at_least), weights, units, count)
    return Aggregated(np.clip(found.values, 0.0, 100.0), found.n, found.n_eff)


def reached(values: FloatArray, at_least: float) -> FloatArray:
    """Return 100 for a value of at least ``at_least`` (to within 1e-9), 0 for a smaller one, NaN for none."""
    return np.where(np.isnan(values), np.nan, np.where(values >= at_least - _SAME_POINTS, 100.0, 0.0))


def last(values: FloatArray, weights: FloatArray, units: IntArray, count: int, *, order: IntArray) -> Aggregated:
    """Return the value of the respondent with the greatest ``order`` among those of a unit who have one; n is 1."""
    known = np.flatnonzero(~np.isnan(values))
    known = known[np.argsort(order[known], kind="stable")]
    chosen = np.full(count, -1, np.int64)
    chosen[units[known]] = known
    picked = chosen[chosen >= 0]
    result = np.full(count, np.nan)
    result[units[picked]] = values[picked]
    return _aggregated(result, weights[picked], units[picked], count)


def commonest(statuses: IntArray, units: IntArray, count: int, kinds: int) -> IntArray:
    """Return the status (from 0, below ``kinds``) that most respondents of each unit have, -1 where there are none.

    Of equally common ones the highest.
    """
    counts = np.bincount(units * kinds + statuses, minlength=count * kinds).reshape(count, kinds)
    highest: IntArray = kinds - 1 - np.argmax(counts[:, ::-1], axis=1)
    return np.where(counts.any(axis=1), highest, -1)


def _aggregated(values: FloatArray, weights: FloatArray, units: IntArray, count: int) -> Aggregated:
    return Aggregated(values, np.bincount(units, minlength=count), effective_n(weights, units, count))
