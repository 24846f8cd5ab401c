from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.smallest_change import smallest_changes

INFEASIBLE = 2


def smallest_change(shares: FloatArray, gains: FloatArray) -> tuple[float, FloatArray]:
    found = smallest_changes(shares, gains[np.newaxis])
    return float(found.moved[0]), found.weights[0]


def test_the_two_dimensions_of_a_worked_case() -> None:
    # 0.6 * 80 + 0.4 * 50 = 68 against 0.6 * 70 + 0.4 * 60 = 66; they are level at equal weights
    moved, weights = smallest_change(np.array([0.6, 0.4]), np.array([70.0, 60]) - np.array([80.0, 50]))
    assert moved == pytest.approx(0.1)
    assert weights == pytest.approx([0.5, 0.5])


def test_a_cut_is_reached_by_taking_weight_from_the_worst() -> None:
    # 55 with equal weights; each hundredth from the worst to the best adds 0.9: 5 / 90
    moved, weights = smallest_change(np.full(3, 1 / 3), np.array([100.0, 55, 10]) - 60)
    assert moved == pytest.approx(5 / 90)
    assert weights == pytest.approx([1 / 3 + 5 / 90, 1 / 3, 1 / 3 - 5 / 90])


def test_what_is_so_already_needs_no_change() -> None:
    moved, weights = smallest_change(np.array([2.0, 2.0]), np.array([1.0, -1.0]))
    assert (moved, weights.tolist()) == (0.0, [0.5, 0.5])


@given(st.floats(0.01, 100), st.floats(0.01, 0.99))
def test_who_lags_by_rounding_alone_is_level(gain: float, share: float) -> None:
    moved, _ = smallest_change(np.array([share, 1 - share]), np.array([gain, -gain * share / (1 - share)]))
    assert moved == 0


def test_a_unit_that_is_behind_everywhere_is_never_first() -> None:
    moved, weights = smallest_change(np.array([0.5, 0.5]), np.array([-1.0, -2.0]))
    assert np.isnan([moved, *weights]).all()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(-20, 20)), min_size=2, max_size=4))
def test_no_smaller_change_does_by_brute_force(children: list[tuple[int, int]]) -> None:
    shares = np.array([weight for weight, _ in children], dtype=float)
    shares /= shares.sum()
    gains = np.array([gain for _, gain in children], dtype=float)
    assume(gains.max() >= 0)
    moved, weights = smallest_change(shares, gains)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= -1e-12).all()
    assert gains @ weights >= -1e-9 * max(abs(gains))
    assert np.abs(weights - shares).sum() / 2 == pytest.approx(moved)
    steps = 12
    for grid in itertools.product(range(steps + 1), repeat=len(shares) - 1):
        if sum(grid) <= steps:
            other = np.array([*grid, steps - sum(grid)]) / steps
            assert gains @ other < -1e-12 or np.abs(other - shares).sum() / 2 >= moved - 1e-9


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-20, 20)), min_size=2, max_size=12))
def test_the_change_is_the_solution_of_the_linear_programme(terms: list[tuple[int, int]]) -> None:
    shares, gains = np.array([[weight for weight, _ in terms], [gain for _, gain in terms]], dtype=float)
    assume(shares.sum() > 0)
    shares /= shares.sum()
    found = linprog(
        c=np.repeat([1.0, 0.0], shares.size),
        A_ub=np.concatenate([-gains, gains])[np.newaxis],
        b_ub=[gains @ shares],
        A_eq=np.repeat([1.0, -1.0], shares.size)[np.newaxis],
        b_eq=[0.0],
        bounds=[*((0, 1) for _ in shares), *((0, share) for share in shares)],
        method="highs",
    )
    moved, _ = smallest_change(shares, gains)
    assert np.isnan(moved) == (found.status == INFEASIBLE)
    assert np.isnan(moved) or moved == pytest.approx(found.fun, abs=1e-7)


@pytest.mark.parametrize(
    ("shares", "gains"), [([0, 0], [1, 1]), ([-1, 2], [1, 1]), ([1, 1], [1, np.inf]), ([1], [1, 2])]
)
def test_what_is_no_problem_of_weights_is_refused(shares: list[float], gains: list[float]) -> None:
    with pytest.raises(ValueError, match="shares"):
        smallest_change(np.array(shares, dtype=float), np.array(gains, dtype=float))
