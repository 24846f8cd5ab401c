from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalkit.audits.rates import BANDS, Method, connection_band, rate, rate_interval
from evalkit.scoring.arrays import IntArray

METHODS: tuple[Method, ...] = ("wilson", "exact")


def counts(*values: int) -> IntArray:
    return np.array(values, np.int64)


@pytest.mark.parametrize(
    ("successes", "trials", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_newcombe_1998_table_1(
    successes: int, trials: int, wilson: tuple[float, float], exact: tuple[float, float]
) -> None:
    for method, expected in zip(METHODS, (wilson, exact), strict=True):
        low, high = rate_interval(counts(successes), counts(trials), 0.95, method)
        assert (round(low[0], 4), round(high[0], 4)) == expected


def test_eleven_of_eleven_calls_answered_may_still_be_a_warm_line() -> None:
    low, high = rate_interval(counts(11), counts(11), 0.95)
    assert round(low[0], 2) == 0.74
    assert high[0] == 1
    assert BANDS[connection_band(low)[0]] == "warm"
    assert BANDS[connection_band(rate(counts(10), counts(11)))[0]] == "warm", "one call missed is under 95 %"


def test_limits_belong_to_the_better_band() -> None:
    rates = np.array([1.0, 0.95, 0.9499, 0.30, 0.2999, 1e-9, 0.0])
    bands = [BANDS[band] for band in connection_band(rates)]
    assert bands == ["hot", "hot", "warm", "warm", "cold", "cold", "dead"]


def test_without_a_call_there_is_no_rate_and_no_band() -> None:
    assert np.isnan(rate(counts(0), counts(0))).all()
    assert connection_band(np.array([np.nan])).tolist() == [-1]
    for method in METHODS:
        assert np.isnan(rate_interval(counts(0), counts(0), 0.95, method)).all()


pairs = st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@given(pairs, st.sampled_from(METHODS), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
@settings(deadline=None)
def test_an_interval_holds_its_rate_and_mirrors_when_failures_are_counted(
    pair: tuple[int, int], method: Method, level: float
) -> None:
    successes, trials = pair
    low, high = rate_interval(counts(successes), counts(trials), level, method)
    assert 0 <= low[0] <= successes / trials <= high[0] <= 1
    mirrored = rate_interval(counts(trials - successes), counts(trials), level, method)
    assert (1 - mirrored[1][0], 1 - mirrored[0][0]) == pytest.approx((low[0], high[0]), abs=1e-9)


@pytest.mark.parametrize("true", [0.05, 0.5, 0.95])
def test_the_exact_interval_never_covers_less_than_its_level_and_wilson_does_on_the_average(true: float) -> None:
    successes = np.arange(51)
    chance = stats.binom.pmf(successes, 50, true)
    covered = {}
    for method in METHODS:
        low, high = rate_interval(successes, np.full(51, 50), 0.95, method)
        covered[method] = chance[(low <= true) & (true <= high)].sum()
    assert covered["exact"] >= 0.95
    assert covered["wilson"] == pytest.approx(0.95, abs=0.03)


def test_impossible_counts_and_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="successes"):
        rate(counts(3), counts(2))
    with pytest.raises(ValueError, match="level"):
        rate_interval(counts(1), counts(2), 1.0)
