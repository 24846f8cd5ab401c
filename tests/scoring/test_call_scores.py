from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scoring.call_scores import rating_scores, rating_weights, unit_sums

NAN = float("nan")


def scores(points: list[list[float]], deduct: list[float], veto: list[bool]) -> list[float]:
    weights = np.array([3.0, 1.0])
    found: list[float] = rating_scores(np.array(points), weights, np.array(deduct), np.array(veto)).tolist()
    return found


def test_points_are_weighted_deducted_from_and_vetoed() -> None:
    points: list[list[float]] = [[100, 0], [100, 50], [20, 20], [100, 100]]
    assert scores(points, [0, 10, 30, 0], [False, False, False, True]) == [75, 77.5, 0, 0]


def test_an_item_that_does_not_apply_rescales_the_others() -> None:
    points: list[list[float]] = [[NAN, 40.0], [80.0, NAN], [NAN, NAN]]
    np.testing.assert_array_equal(scores(points, [0, 0, 5], [False] * 3), [40, 80, NAN])


def test_a_vetoed_rating_without_points_is_zero() -> None:
    assert scores([[NAN, NAN]], [0], [True]) == [0]


def test_calls_share_their_scenario_and_ratings_their_call() -> None:
    """Unit 0: scenario 0 (weight 3) with a call rated twice and a call rated once, scenario 1 (weight 1) with one."""
    call, scenario = np.array([0, 0, 1, 2]), np.array([0, 0, 0, 1])
    weights = rating_weights(np.ones(4, bool), np.zeros(4, np.int64), call, scenario, np.array([3.0, 1.0, 9.0]))
    np.testing.assert_allclose(weights, [3 / 16, 3 / 16, 3 / 8, 1 / 4])


def test_ratings_that_are_not_known_leave_their_weight_to_the_others() -> None:
    call, scenario = np.array([0, 0, 1, 2]), np.array([0, 0, 0, 1])
    known = np.array([True, False, True, False])
    weights = rating_weights(known, np.zeros(4, np.int64), call, scenario, np.array([3.0, 1.0]))
    np.testing.assert_allclose(weights, [0.5, 0, 0.5, 0])
    assert rating_weights(np.zeros(4, bool), call, call, scenario, np.array([3.0, 1.0])).tolist() == [0] * 4


cases = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 1), st.booleans()), max_size=25)


@given(cases)
@settings(deadline=None)
def test_the_weights_of_a_unit_sum_to_one(rows: list[tuple[int, int, int, bool]]) -> None:
    unit, scenario = (np.array([row[i] for row in rows], np.int64) for i in (0, 1))
    call = (unit * 3 + scenario) * 2 + np.array([row[2] for row in rows], np.int64)
    known = np.array([row[3] for row in rows], bool)
    weights = rating_weights(known, unit, call, scenario, np.array([1.0, 2.0, 0.5]))
    for each in set(unit[known].tolist()):
        assert weights[unit == each].sum() == pytest.approx(1)
    assert (weights[~known] == 0).all()


def test_units_without_weight_have_no_value() -> None:
    found = unit_sums(np.array([80.0, 60, NAN]), np.array([0.5, 0.5, 0]), np.array([0, 0, 2]), 3)
    np.testing.assert_array_equal(found, [70, NAN, NAN])
