from __future__ import annotations

import numpy as np
import pytest

from evalkit.uncertainty.normal_draws import normal_draws, variances

FULL = np.array([[4.0, 1.0, 0.0], [1.0, 1.0, 0.5], [0.0, 0.5, 2.0]])


def test_draws_have_the_covariance_asked_for() -> None:
    drawn = normal_draws(np.arange(3.0), FULL, draws=100_000, seed=1)
    assert np.cov(drawn) == pytest.approx(FULL, abs=0.05)
    alone = normal_draws(np.arange(3.0), variances(FULL), draws=100_000, seed=1)
    assert np.cov(alone) == pytest.approx(np.diag([4.0, 1.0, 2.0]), abs=0.05)


def test_a_singular_covariance_is_drawn_from_too() -> None:
    drawn = normal_draws(np.arange(2.0), np.full((2, 2), 9.0), draws=50, seed=1)
    assert drawn[0] == pytest.approx(drawn[1], abs=1e-6)


def test_the_same_seed_gives_the_same_draws() -> None:
    first, again, other = (normal_draws(np.arange(3.0), FULL, draws=9, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_draws_of_a_unit_do_not_depend_on_the_order_of_the_list() -> None:
    estimates = np.array([3.0, 1.0, 2.0])
    here = normal_draws(estimates, variances(FULL), draws=9, seed=1)
    there = normal_draws(estimates[::-1], variances(FULL)[::-1], draws=9, seed=1)
    assert np.array_equal(here, there[::-1])


def test_an_impossible_covariance_is_refused() -> None:
    with pytest.raises(ValueError, match="negative eigenvalue"):
        normal_draws(np.arange(2.0), np.array([[1.0, 2.0], [2.0, 1.0]]), draws=9, seed=1)
