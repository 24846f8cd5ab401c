"""Rates of calls with their intervals, and the bands of connection rates.

``successes`` and ``trials`` are counts, shape (k,), 0 ≤ successes ≤ trials. Without a trial there is neither a rate
nor an interval: NaN.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy import special

from evalkit.scoring.arrays import FloatArray, IntArray

Method = Literal["wilson", "exact"]
BANDS = ("hot", "warm", "cold", "dead")
"""热线, 温线, 冷线, 死线: connection of at least 95 %; at least 30 %; above 0; 0 (national monitoring of 2020)."""
HOT, WARM = 0.95, 0.30
NO_BAND = -1


def rate(successes: IntArray, trials: IntArray) -> FloatArray:
    """Return successes ÷ trials, between 0 and 1."""
    _check(successes, trials)
    return np.asarray(np.divide(successes, trials, out=np.full(len(trials), np.nan), where=trials > 0))


def rate_interval(
    successes: IntArray, trials: IntArray, level: float, method: Method = "wilson"
) -> tuple[FloatArray, FloatArray]:
    """Return the lower and upper end of an interval for each rate; 0 ≤ low ≤ rate ≤ high ≤ 1.

    wilson: the rates p with (x ÷ n − p)² ≤ z² p (1 − p) ÷ n; covers at its level on the average, sometimes less.
    exact: the rates under which neither so few nor so many successes are rarer than (1 − level) ÷ 2, ends of beta
    distributions; never covers less than its level, so it is wider. Raises ValueError unless 0 < level < 1.
    Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the American
    Statistical Association* 22 (1927); Clopper and Pearson, *Biometrika* 26 (1934); Newcombe, *Statistics in
    Medicine* 17 (1998).
    """
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    found = rate(successes, trials)
    low, high = (_wilson if method == "wilson" else _exact)(successes, trials, level)
    none = trials == 0
    low = np.where(none, np.nan, np.where(successes == 0, 0.0, np.minimum(low, found)))
    return low, np.where(none, np.nan, np.where(successes == trials, 1.0, np.maximum(high, found)))


def connection_band(rates: FloatArray) -> IntArray:
    """Return the position in :data:`BANDS` of each rate, −1 for NaN; a rate on the limit is in the better band."""
    band = np.select([rates >= HOT, rates >= WARM, rates > 0], [0, 1, 2], 3)
    return np.where(np.isnan(rates), NO_BAND, band).astype(np.int64)


def _wilson(successes: IntArray, trials: IntArray, level: float) -> tuple[FloatArray, FloatArray]:
    z = special.ndtri((1 + level) / 2)
    n = np.maximum(trials, 1)
    share = successes / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return middle - half, middle + half


def _exact(successes: IntArray, trials: IntArray, level: float) -> tuple[FloatArray, FloatArray]:
    tail, failures = (1 - level) / 2, trials - successes
    low = special.betaincinv(np.maximum(successes, 1), failures + 1, tail)
    high = special.betaincinv(successes + 1, np.maximum(failures, 1), 1 - tail)
    return low, high


def _check(successes: IntArray, trials: IntArray) -> None:
    if ((successes < 0) | (successes > trials)).any():
        raise ValueError("successes lie between zero and the trials")
