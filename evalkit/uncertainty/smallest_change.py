"""The smallest change of weights that turns a result round: two units change places, or one crosses a cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray

ROUNDING = 1e-13
"""A lag below this share of the gains that make it is rounding: the two are level."""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """By question: ``moved`` (questions,), the weight taken from some and given to others, a share of one.

    ``weights`` (questions, terms): the weights afterwards. NaN where no weights do.
    """

    moved: FloatArray
    weights: FloatArray


def smallest_changes(shares: FloatArray, gains: FloatArray) -> Changes:
    """Return the weights nearest to ``shares`` (terms,) with ``gains @ weights >= 0``, for each row of gains.

    ``gains`` (questions, terms) are the scores of a unit minus those of the unit that it is to catch up with, or minus
    a cut; for the opposite, their negatives. At equality the two are level. Nearest is by the linear programme:
    minimise the sum of u, where weights = shares + u - v, u >= 0, 0 <= v <= shares and sum u = sum v. Its solution is
    that of a continuous knapsack (Dantzig, *Operations Research* 5, 1957, 266-277): weight goes to the term of the
    greatest gain, taken from the term of the least gain until nothing is left of it, then from the next.
    Raises ValueError for shares that are negative or sum to zero, or gains that are not finite.
    """
    shares, gains = np.asarray(shares, dtype=np.float64), np.asarray(gains, dtype=np.float64)
    fits = gains.ndim == 2 and gains.shape[1:] == shares.shape  # noqa: PLR2004 - questions and terms
    if not fits or (shares < 0).any() or not shares.sum() > 0 or not np.isfinite(gains).all():
        raise ValueError("shares must be (terms,), positive in sum, and gains finite, (questions, terms)")
    shares = shares / shares.sum()
    order = np.argsort(gains, axis=1, kind="stable")
    rows = np.arange(len(gains))
    held = shares[order]
    earned = np.take_along_axis(gains.max(axis=1, keepdims=True) - gains, order, axis=1)  # by a unit of weight
    needed = np.maximum(-(gains @ shares), 0.0)
    needed[needed <= ROUNDING * (np.abs(gains) @ shares)] = 0.0
    gathered = np.cumsum(held * earned, axis=1)
    last = np.minimum((gathered < needed[:, np.newaxis]).sum(axis=1), shares.size - 1)
    before = np.where(last > 0, gathered[rows, last - 1], 0.0)
    rate = earned[rows, last]
    part = np.divide(needed - before, rate, out=np.zeros(len(gains)), where=rate > 0)
    taken = np.where(np.arange(shares.size) < last[:, np.newaxis], held, 0.0)
    taken[rows, last] = np.clip(part, 0.0, held[rows, last])
    taken[needed == 0] = 0.0
    moved = taken.sum(axis=1)
    weights = np.tile(shares, (len(gains), 1))
    np.put_along_axis(weights, order, held - taken, axis=1)
    weights[rows, np.argmax(gains, axis=1)] += moved
    never = gains.max(axis=1) < 0
    moved[never], weights[never] = np.nan, np.nan
    return Changes(moved, weights)
