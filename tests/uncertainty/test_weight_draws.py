from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.weight_draws import NarrowSpaceError, around, between, constrained, scaled, uniform

DRAWS = 20_000
SHARES = np.array([0.5, 0.3, 0.2])


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def is_weights(drawn: FloatArray) -> bool:
    return bool(np.all(drawn >= -1e-12) and np.allclose(drawn.sum(axis=1), 1))


def test_uniform_weights_are_beta_one_by_one() -> None:
    drawn = uniform(rng(), DRAWS, 4)
    assert is_weights(drawn)
    assert stats.kstest(drawn[:, 2], stats.beta(1, 3).cdf).pvalue > 0.001


def test_weights_around_the_official_ones_have_their_mean_and_the_stated_spread() -> None:
    drawn = around(rng(), DRAWS, SHARES, 50)
    assert is_weights(drawn)
    assert drawn.mean(axis=0) == pytest.approx(SHARES, abs=0.002)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt(SHARES * (1 - SHARES) / 51), rel=0.03)


def test_weights_of_nothing_stay_nothing() -> None:
    shares = np.array([0.7, 0.0, 0.3])
    assert np.all(around(rng(), 50, shares, 5)[:, 1] == 0)
    assert np.all(scaled(rng(), 50, shares, 0.5)[:, 1] == 0)
    assert is_weights(around(rng(), 50, shares, 1e-300))


def test_scaled_weights_stay_within_their_share() -> None:
    drawn = scaled(rng(), DRAWS, SHARES, 0.25)
    assert is_weights(drawn)
    ratio = (drawn / SHARES) / (drawn[:, :1] / SHARES[0])
    assert ratio.min() >= 0.75 / 1.25
    assert ratio.max() <= 1.25 / 0.75


def test_weights_between_the_experts_lie_between_them() -> None:
    experts = np.array([[1.0, 1, 2], [3, 1, 0]])
    drawn = between(rng(), DRAWS, experts)
    assert is_weights(drawn)
    assert drawn[:, 0].min() >= 0.25
    assert drawn[:, 0].max() <= 0.75
    assert drawn[:, 1] == pytest.approx(0.25)
    assert stats.kstest(drawn[:, 0], stats.uniform(0.25, 0.5).cdf).pvalue > 0.001


def test_an_order_keeps_the_draws_uniform_over_its_part_of_the_space() -> None:
    free, none, all_of_it = uniform(rng(2), 6 * DRAWS, 3), np.zeros(3), np.ones(3)
    kept = free[(free[:, 0] >= free[:, 1]) & (free[:, 1] >= free[:, 2])]
    drawn = constrained(rng(), DRAWS, none, all_of_it, [(0, 1, 2)])
    assert is_weights(drawn)
    assert drawn.mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.005)  # rank order centroid weights
    for child in range(3):
        assert stats.ks_2samp(drawn[:, child], kept[:, child]).pvalue > 0.001


def test_bounds_keep_the_draws_uniform_over_their_part_of_the_space() -> None:
    low, high = np.array([0.2, 0.1, 0.0]), np.array([0.6, 0.5, 0.4])
    free = uniform(rng(2), 6 * DRAWS, 3)
    kept = free[np.all((free >= low) & (free <= high), axis=1)]
    drawn = constrained(rng(), DRAWS, low, high)
    assert is_weights(drawn)
    for child in range(3):
        assert stats.ks_2samp(drawn[:, child], kept[:, child]).pvalue > 0.001


def test_bounds_and_several_orders_hold_together() -> None:
    low, high = np.full(4, 0.1), np.full(4, 0.5)
    drawn = constrained(rng(), 500, low, high, [(0, 1), (2, 3)])
    assert is_weights(drawn)
    assert np.all((drawn >= low - 1e-9) & (drawn <= high + 1e-9))
    assert np.all((drawn[:, 0] >= drawn[:, 1] - 1e-9) & (drawn[:, 2] >= drawn[:, 3] - 1e-9))


@pytest.mark.parametrize(
    ("low", "high"),
    [([0.6, 0.6], [1, 1]), ([0, 0], [0.4, 0.4]), ([0.5, 0.2], [0.4, 0.9]), ([0.3, 0.3, 0.1], [0.3, 0.3, 0.3])],
)
def test_a_space_without_weights_is_said_to_be_so(low: list[float], high: list[float]) -> None:
    with pytest.raises(NarrowSpaceError):
        constrained(rng(), 50, np.array(low), np.array(high))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_the_same_seed_gives_the_same_weights(seed: int, children: int) -> None:
    assert np.array_equal(uniform(rng(seed), 9, children), uniform(rng(seed), 9, children))


@pytest.mark.parametrize("draw", [lambda: around(rng(), 5, SHARES, 0), lambda: scaled(rng(), 5, SHARES, 1.0)])
def test_impossible_spreads_are_refused(draw: object) -> None:
    with pytest.raises(ValueError, match=r"concentration|share"):
        draw()  # type: ignore[operator]
