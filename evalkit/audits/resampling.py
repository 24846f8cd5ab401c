"""Intervals of coefficients by resampling calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import IntArray

FEWEST_CALLS = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """``low`` and ``high`` of a coefficient; ``undefined`` is the share of replicates in which it had no value."""

    low: float
    high: float
    undefined: float


def resampled_interval(
    coefficient: Callable[[IntArray], float], calls: int, *, replicates: int, seed: int, level: float
) -> Interval:
    """Return the percentile interval of a coefficient over replicates in which whole calls are drawn with replacement.

    ``coefficient`` gets the rows drawn, shape (calls,), and returns its value on them; NaN counts as undefined and is
    left out of the percentiles. Calls are drawn, not ratings, since two ratings of one call belong together. The same
    seed gives the same interval on every machine. Fewer than two calls, or no replicate with a value: NaN.
    Raises ValueError unless replicates ≥ 1 and 0 < level < 1. Efron and Tibshirani, *An Introduction to the Bootstrap*
    (1993), chapter 13.
    """
    if replicates < 1 or not 0 < level < 1:
        raise ValueError(f"an interval needs replicates and a level between 0 and 1, not {replicates} and {level}")
    if calls < FEWEST_CALLS:
        return Interval(np.nan, np.nan, 1.0)
    draws = np.random.Generator(np.random.PCG64(seed))
    values = np.array([coefficient(draws.integers(0, calls, calls)) for _ in range(replicates)])
    known = values[~np.isnan(values)]
    if not len(known):
        return Interval(np.nan, np.nan, 1.0)
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), 1 - len(known) / replicates)
