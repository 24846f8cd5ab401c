"""Standard errors of medians; wider simulations are in ``tests/benchmarks/median_errors_coverage.py``."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.median_errors import MedianErrors, median_errors

SAMPLES = 1000
SCALE = np.array([0.0, 25, 50, 75, 100])


def errors_of(points: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray, MedianErrors]:
    """Return medians, standard errors and all that is found of samples (samples, respondents), a unit each."""
    units, size = points.shape
    owners = np.repeat(np.arange(units), size)
    found = median_errors(points.ravel(), weights.ravel(), owners, units, seed=1)
    medians = respondents.median(points.ravel(), weights.ravel(), owners, units).values
    return medians, np.sqrt(np.bincount(owners, found.deviations**2)), found


def test_the_variance_is_that_of_the_bootstrap_of_rao_and_wu() -> None:
    points, weights = np.array([10.0, 20.0, 60.0, 100.0]), np.array([1.0, 2.0, 2.0, 1.0])
    drawn = []
    for picked in itertools.product(range(4), repeat=3):  # three of four, each as likely
        counts = np.bincount(picked, minlength=4)
        drawn.append(respondents.medians(points, (counts * weights)[np.newaxis])[0])
    _, errors, _ = errors_of(points[np.newaxis], weights[np.newaxis])
    assert errors[0] == pytest.approx(np.std(drawn), rel=0.1)


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_intervals_of_continuous_answers_hold_the_true_median(spread: float) -> None:
    rng = np.random.default_rng(7)
    points = np.exp(rng.normal(size=(SAMPLES, 60))) - 1
    medians, errors, found = errors_of(points, np.exp(spread * rng.normal(size=points.shape)))
    assert 0.93 <= (np.abs(medians) <= 1.96 * errors).mean() <= 0.97
    assert not found.steps.any()


@pytest.mark.parametrize("shares", [(0.1, 0.15, 0.2, 0.35, 0.2), (0.05, 0.1, 0.35, 0.3, 0.2)])
def test_on_a_scale_of_five_points_the_error_is_of_the_right_size(shares: tuple[float, ...]) -> None:
    rng = np.random.default_rng(8)
    points = rng.choice(SCALE, p=shares, size=(SAMPLES, 30))
    medians, errors, _ = errors_of(points, np.ones(points.shape))
    assert 0.85 <= np.sqrt((errors**2).mean()) / medians.std() <= 1.15


@pytest.mark.parametrize("size", [30, 300])
def test_on_a_scale_medians_move_in_steps(size: int) -> None:
    rng = np.random.default_rng(9)
    points = rng.choice(SCALE, p=(0.1, 0.1, 0.1, 0.5, 0.2), size=(50, size))
    _, _, found = errors_of(points, np.ones(points.shape))
    assert found.steps.mean() > 0.8


def test_nothing_moves_where_all_say_the_same_or_one_is_alone() -> None:
    points, owners = np.array([50.0, 50.0, 50.0, 10.0, np.nan]), np.array([0, 0, 0, 1, 2])
    found = median_errors(points, np.ones(5), owners, 4, seed=1)
    assert found.deviations.tolist() == [0, 0, 0, 0, 0]
    assert found.steps.tolist() == [True, False, False, False]


ROWS = st.lists(st.tuples(st.integers(0, 4), st.floats(0.1, 10), st.integers(0, 2)), min_size=1, max_size=25)


@given(ROWS)
def test_deviations_sum_to_nothing_and_go_with_the_points(rows: list[tuple[int, float, int]]) -> None:
    points, weights, owners = (np.array([row[at] for row in rows], dtype=float) for at in range(3))
    units = owners.astype(np.int64)
    found = median_errors(points, weights, units, 3, seed=1).deviations
    assert np.bincount(units, found, 3) == pytest.approx(0, abs=1e-9)
    for unit in range(3):
        order = np.argsort(points[units == unit], kind="stable")
        pull = (found / weights)[units == unit][order]
        assert (np.diff(pull) >= -1e-9).all()


@given(ROWS, st.integers(0, 2**32))
def test_units_and_respondents_in_another_order_have_the_same_errors(
    rows: list[tuple[int, float, int]], seed: int
) -> None:
    points, owners = (np.array([row[at] for row in rows], dtype=float) for at in (0, 2))
    order = np.random.default_rng(seed).permutation(len(rows))
    squares = [
        np.bincount(units, median_errors(x, np.ones(len(x)), units, 3, seed=1).deviations ** 2, 3)
        for x, units in ((points, owners.astype(np.int64)), (points[order], 2 - owners[order].astype(np.int64)))
    ]
    assert squares[0] == pytest.approx(squares[1][::-1])
