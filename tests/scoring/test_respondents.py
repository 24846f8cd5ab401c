"""Several respondents become one value: laws, and what each method does with weights and gaps."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray, IntArray

NAN = math.nan
VALUES = st.integers(-1000, 1000).map(float)
WEIGHTS = st.floats(0.01, 100)
ROWS = st.lists(st.tuples(st.one_of(VALUES, st.just(NAN)), WEIGHTS, st.integers(0, 3)), max_size=30)


def columns(rows: list[tuple[float, float, int]]) -> tuple[FloatArray, FloatArray, IntArray]:
    values, weights, units = (np.array([row[index] for row in rows]) for index in range(3))
    return values.astype(float), weights.astype(float), units.astype(np.int64)


def of_unit(rows: list[tuple[float, float, int]], unit: int) -> list[tuple[float, float]]:
    return [(value, weight) for value, weight, own in rows if own == unit and not math.isnan(value)]


@given(ROWS)
def test_the_mean_is_that_of_the_definition(rows: list[tuple[float, float, int]]) -> None:
    found = respondents.mean(*columns(rows), 4)
    for unit in range(4):
        known = of_unit(rows, unit)
        total = math.fsum(weight for _, weight in known)
        expected = math.fsum(weight * value for value, weight in known) / total if known else NAN
        assert found.values[unit] == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)
        assert found.n[unit] == len(known)


@given(ROWS)
def test_with_equal_weights_the_median_is_the_ordinary_one(rows: list[tuple[float, float, int]]) -> None:
    values, _, units = columns(rows)
    found = respondents.median(values, np.full(len(values), 0.7), units, 4)
    for unit in range(4):
        known = [value for value, _ in of_unit(rows, unit)]
        assert np.array_equal(found.values[unit], statistics.median(known) if known else NAN, equal_nan=True)


@given(ROWS)
def test_half_of_the_weight_lies_on_either_side_of_the_median(rows: list[tuple[float, float, int]]) -> None:
    found = respondents.median(*columns(rows), 4)
    for unit in range(4):
        known = of_unit(rows, unit)
        total = math.fsum(weight for _, weight in known)
        below = math.fsum(weight for value, weight in known if value < found.values[unit])
        above = math.fsum(weight for value, weight in known if value > found.values[unit])
        assert max(below, above, 0) <= total / 2 + 1e-9 * (total or 1)


def test_whole_weights_are_as_good_as_repeated_respondents() -> None:
    values, weights, units = np.array([10.0, 20.0, 30.0]), np.array([1.0, 3.0, 2.0]), np.zeros(3, np.int64)
    repeated = np.repeat(values, weights.astype(int))
    ones, zeros = np.ones(6), np.zeros(6, np.int64)
    for method in (respondents.mean, respondents.median):
        assert method(values, weights, units, 1).values[0] == method(repeated, ones, zeros, 1).values[0]
    share = respondents.share(values, weights, units, 1, at_least=20)
    assert share.values[0] == respondents.share(repeated, ones, zeros, 1, at_least=20).values[0] == 500 / 6


@given(VALUES, st.lists(WEIGHTS, min_size=1, max_size=20))
def test_equal_values_have_that_value_whatever_the_weights(value: float, weights: list[float]) -> None:
    some, units = np.array(weights), np.zeros(len(weights), np.int64)
    values = np.full(len(weights), value)
    assert respondents.mean(values, some, units, 1).values[0] == value
    assert respondents.median(values, some, units, 1).values[0] == value
    assert respondents.share(values, some, units, 1, at_least=value).values[0] == 100


@given(st.lists(WEIGHTS, min_size=1, max_size=20), st.floats(1e-150, 1e150))
def test_effective_n_is_between_one_and_n_and_knows_no_scale(weights: list[float], scale: float) -> None:
    some, units = np.array(weights), np.zeros(len(weights), np.int64)
    found = respondents.effective_n(some, units, 1)[0]
    assert 1 - 1e-9 <= found <= len(weights) + 1e-9
    assert respondents.effective_n(some * scale, units, 1)[0] == pytest.approx(found, rel=1e-9)


def test_effective_n_of_equal_weights_is_n_and_of_none_zero() -> None:
    assert respondents.effective_n(np.full(7, 0.3), np.ones(7, np.int64), 2).tolist() == [0.0, pytest.approx(7)]


def test_effective_n_after_kish_1965() -> None:
    # n ÷ (1 + cv²): weights 1 and 3 in equal numbers have mean 2 and cv² = 1/4
    weights = np.array([1.0, 3.0] * 50)
    assert respondents.effective_n(weights, np.zeros(100, np.int64), 1)[0] == pytest.approx(100 / 1.25)


def test_a_share_reaches_its_limit_in_spite_of_the_arithmetic() -> None:
    third = 100 * 2 / 3
    found = respondents.share(np.array([third, 0.1 + 0.2]), np.ones(2), np.array([0, 1]), 2, at_least=third)
    assert found.values.tolist() == [100.0, 0.0]


def test_the_last_is_that_of_those_who_answered() -> None:
    values, units = np.array([1.0, 2.0, NAN, 4.0]), np.array([0, 0, 0, 1])
    order = np.array([5, 9, 12, 1])
    found = respondents.last(values, np.array([1.0, 2.0, 1.0, 1.0]), units, 3, order=order)
    assert np.array_equal(found.values, [2.0, 4.0, NAN], equal_nan=True)
    assert found.n.tolist() == [1, 1, 0]
    assert found.n_eff.tolist() == [1.0, 1.0, 0.0]


def test_the_commonest_status_and_of_equally_common_ones_the_highest() -> None:
    statuses, units = np.array([1, 1, 2, 3, 2]), np.array([0, 0, 0, 1, 1])
    assert respondents.commonest(statuses, units, 3, 6).tolist() == [1, 3, -1]


def test_what_is_past_the_largest_float_is_infinite() -> None:
    found = respondents.mean(np.array([1e308, -1e308, 1e308]), np.full(3, 3.0), np.zeros(3, np.int64), 1)
    assert not np.isfinite(found.values[0])


def test_no_respondents_give_no_value() -> None:
    nobody = np.zeros(0), np.zeros(0), np.zeros(0, np.int64), 2
    for found in (respondents.mean(*nobody), respondents.median(*nobody)):
        assert np.isnan(found.values).all()
        assert found.n.tolist() == [0, 0]
