from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.screens import (
    NORMAL_MAD,
    SMALLEST_GROUP,
    changed_since,
    compare_with_peers,
    modified_z,
    over_whole,
    same_answers,
    straight_lines,
)

NAN = float("nan")
URANIUM = np.array([199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57])
"""Tietjen and Moore (1972), Technometrics 14, 583-597: eight mass spectrometer measurements, the largest an outlier."""

small = st.sampled_from([NAN, 0.0, 1.0, 2.0])
tables = arrays.arrays(float, st.tuples(st.integers(0, 8), st.integers(0, 5)), elements=small)
numbers = arrays.arrays(float, st.integers(1, 30), elements=st.integers(-50, 50).map(float) | st.just(NAN))


def one_group(values: FloatArray) -> FloatArray:
    return compare_with_peers(values, np.zeros(len(values), np.int64)).z


def test_straight_lines() -> None:
    positions = np.array([[1, 1, 1], [1, 1, 2], [1, NAN, 1], [NAN, NAN, 1], [0, 0, 0], [NAN, NAN, NAN]])
    assert straight_lines(positions, 3).tolist() == [True, False, False, False, True, False]
    assert straight_lines(positions, 2).tolist() == [True, False, True, False, True, False]


def test_straight_lines_where_there_is_no_scale_question() -> None:
    assert straight_lines(np.empty((3, 0)), 2).tolist() == [False, False, False]


@given(tables, st.integers(2, 5))
def test_a_straight_line_is_one_position_often_enough(positions: FloatArray, least: int) -> None:
    given_by_unit = [[each for each in row if each == each] for row in positions.tolist()]  # noqa: PLR0124 - NaN
    expected = [len(row) >= least and len(set(row)) == 1 for row in given_by_unit]
    assert straight_lines(positions, least).tolist() == expected


def test_same_answers() -> None:
    values = np.array([[1, 2, NAN], [1, 2, 3], [1, 2, NAN], [1, 2, 3], [NAN, NAN, 1], [NAN, NAN, 1], [1, 2, NAN]])
    assert same_answers(values, 2).tolist() == [0, 1, 0, 1, -1, -1, 0]
    assert same_answers(values, 3).tolist() == [-1, 1, -1, 1, -1, -1, -1]


def test_zero_is_zero_with_either_sign_and_every_nan_is_no_answer() -> None:
    other_nan = np.array([0x7FF8000000000001], np.uint64).view(np.float64)[0]
    assert same_answers(np.array([[0.0, NAN], [-0.0, other_nan]]), 1).tolist() == [0, 0]


@given(tables, st.integers(1, 4))
def test_same_answers_are_those_that_a_comparison_of_all_pairs_finds(values: FloatArray, least: int) -> None:
    enough = (~np.isnan(values)).sum(axis=1) >= least
    expected = []
    for row in range(len(values)):
        twins = [
            other
            for other in range(len(values))
            if enough[row] and np.array_equal(values[row], values[other], equal_nan=True)
        ]
        expected.append(twins[0] if len(twins) > 1 else -1)
    assert same_answers(values, least).tolist() == expected


def test_the_outlier_of_tietjen_and_moore_and_no_other() -> None:
    z = modified_z(URANIUM)
    assert (np.abs(z) > 3.5).tolist() == [False] * 7 + [True]
    assert z[-1] == pytest.approx(0.6745 * 44.2 / 0.995)  # median 201.37, MAD 0.995


def test_the_ends_of_the_modified_z() -> None:
    assert modified_z(np.array([1.0, 2, 3, 4, 5])).tolist() == pytest.approx([-1.349, -0.6745, 0, 0.6745, 1.349])
    assert np.isnan(modified_z(np.array([10.0] * 7 + [100]))).all()  # MAD is zero
    assert np.isnan(modified_z(np.array([NAN, NAN]))).all()
    assert np.isnan(modified_z(np.array([NAN, 1, 2, 3]))).tolist() == [True, False, False, False]
    assert modified_z(np.array([])).tolist() == []


@given(numbers)
def test_modified_z_equals_that_of_scipy(values: FloatArray) -> None:
    known = values[~np.isnan(values)]
    spread = stats.median_abs_deviation(known) if len(known) else 0.0
    z = modified_z(values)
    if spread == 0:
        assert np.isnan(z).all()
        return
    expected = NORMAL_MAD * (known - np.median(known)) / spread
    np.testing.assert_allclose(z[~np.isnan(values)], expected, rtol=1e-12)
    assert (np.isnan(z) == np.isnan(values)).all()


@given(numbers, st.integers(1, 9), st.integers(-100, 100))
def test_modified_z_does_not_depend_on_unit_and_origin(values: FloatArray, factor: int, shift: int) -> None:
    np.testing.assert_allclose(modified_z(factor * values + shift), modified_z(values), atol=1e-9)


def test_amounts_are_compared_by_factors() -> None:
    amounts = np.array([80.0, 90, 100, 100, 110, 120, 130, 140, 10_000, 1])
    z = one_group(amounts)
    np.testing.assert_allclose(z, modified_z(np.log1p(amounts)))
    assert np.flatnonzero(np.abs(z) > 3.5).tolist() == [8, 9]


def test_numbers_below_zero_are_compared_as_they_are() -> None:
    changes = np.array([-3.0, -2, -1, 0, 0, 1, 2, 3, 60])
    np.testing.assert_allclose(one_group(changes), modified_z(changes))


def test_a_zero_is_no_small_amount() -> None:
    amounts = np.array([100.0, 110, 120, 130, 140, 150, 160, 170])
    with_zeros = np.concatenate([amounts, [0, 0, 0, NAN]])
    compared = compare_with_peers(with_zeros, np.zeros(12, np.int64))
    assert np.isnan(compared.z[8:]).all()
    np.testing.assert_array_equal(compared.z[:8], one_group(amounts))
    assert compared.counts.tolist() == [8] * 8 + [0] * 4
    assert compared.medians[:8].tolist() == [135] * 8


def test_each_group_has_its_own_median_and_a_small_one_that_of_the_field() -> None:
    values = np.array([*range(10, 18), *range(1010, 1018), 50, 51], dtype=float)
    groups = np.array([0] * 8 + [1] * 8 + [2] * 2)
    compared = compare_with_peers(values, groups)
    assert compared.medians.tolist() == [13.5] * 8 + [1013.5] * 8 + [np.median(values)] * 2
    assert compared.counts.tolist() == [8] * 16 + [18] * 2
    assert compared.in_group.tolist() == [True] * 16 + [False] * 2
    np.testing.assert_allclose(compared.z[8:16], modified_z(np.log1p(values[8:16])))
    np.testing.assert_allclose(compared.z[16:], modified_z(np.log1p(values))[16:])


def test_a_field_that_is_too_small_is_not_screened() -> None:
    assert np.isnan(one_group(np.array([1.0, 2, 3, 4, 5, 6, 10_000]))).all()
    assert not np.isnan(one_group(np.array([1.0, 2, 3, 4, 5, 6, 7, 10_000]))).any()
    assert np.isnan(one_group(np.full(30, NAN))).all()


def test_a_group_without_spread_is_not_screened() -> None:
    groups = np.array([0] * SMALLEST_GROUP + [1] * SMALLEST_GROUP)
    values = np.array([5.0] * 7 + [500, *range(1, 9)])
    compared = compare_with_peers(values, groups)
    assert np.isnan(compared.z[:8]).all()
    assert not np.isnan(compared.z[8:]).any()


@given(numbers, st.integers(0, 1000))
def test_the_order_of_units_does_not_matter(values: FloatArray, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(values))
    groups = np.arange(len(values)) % 2
    z = compare_with_peers(values, groups).z
    np.testing.assert_array_equal(compare_with_peers(values[order], groups[order]).z, z[order])


def test_shares_over_a_hundred() -> None:
    parts = np.array(
        [[60, 40, NAN], [60, 40.5, NAN], [60, 41, NAN], [NAN, NAN, NAN], [NAN, NAN, 120], [33.5, 33.5, 33.5]]
    )
    over, sums = over_whole(parts, 0.5)
    assert over.tolist() == [False, False, True, False, True, False]
    np.testing.assert_array_equal(sums, [100, 100.5, 101, NAN, 120, 100.5])


def test_rounded_shares_are_not_over_a_hundred() -> None:
    assert not over_whole(np.array([[0.1] * 5 + [100.0]]), 0.5)[0].any()
    assert not over_whole(np.array([[16.7] * 6]), 0.5)[0].any()


def test_rates_of_different_things_are_no_shares() -> None:
    rates = np.array([[95.0, 90.0]] * 5 + [[50.0, 40.0]] * 4)
    assert not over_whole(rates, 0.5)[0].any()
    assert over_whole(rates[1:], 0.5)[0].sum() == 4  # four of eight may be four mistakes
    assert over_whole(rates[:5], 0.5)[0].all()  # five units tell nothing about the question


def test_shares_of_nobody() -> None:
    over, sums = over_whole(np.empty((2, 0)), 0.5)
    assert over.tolist() == [False, False]
    assert np.isnan(sums).all()


def test_a_factor_over_the_limit_is_told_up_and_down() -> None:
    previous = np.array([10.0, 10, 10, 10, 10])
    found, median, count = changed_since(np.array([50.0, 50.1, 2, 1.9, 10]), previous, 5)
    assert found.tolist() == [False, True, False, True, False]
    assert (median, count) == (1, 5)


def test_the_change_of_the_field_is_taken_out() -> None:
    previous = np.full(SMALLEST_GROUP, 100.0)
    values = previous * 6
    found, median, count = changed_since(values, previous, 5)
    assert (found.tolist(), median, count) == ([False] * SMALLEST_GROUP, 6, SMALLEST_GROUP)
    values[0] = 100
    assert changed_since(values, previous, 5)[0].tolist() == [True] + [False] * (SMALLEST_GROUP - 1)
    few = SMALLEST_GROUP - 1
    assert changed_since(previous[:few] * 6, previous[:few], 5)[0].all(), "too few to know the change of the field"


@pytest.mark.parametrize(("now", "then"), [(NAN, 1), (1, NAN), (0, 100), (100, 0), (-5, 5), (5, -5), (0, 0)])
def test_without_two_positive_numbers_there_is_no_ratio(now: float, then: float) -> None:
    found, median, count = changed_since(np.array([now]), np.array([then]), 5)
    assert (found.tolist(), median, count) == ([False], 1, 0)


positive = arrays.arrays(float, st.integers(1, 30), elements=st.floats(1e-3, 1e6))


@given(positive, st.data())
def test_another_unit_of_measurement_for_all_changes_nothing(values: FloatArray, data: st.DataObject) -> None:
    previous = data.draw(arrays.arrays(float, len(values), elements=st.floats(1e-3, 1e6)))
    limit = data.draw(st.floats(1.5, 100))
    found, median, count = changed_since(values, previous, limit)
    assert found.dtype == bool
    if count >= SMALLEST_GROUP:
        rescaled = changed_since(values * 1024, previous, limit)
        assert rescaled[0].tolist() == found.tolist()
        assert rescaled[1] == median * 1024


@given(positive)
def test_what_did_not_change_is_never_told(values: FloatArray) -> None:
    assert not changed_since(values, values, 1.001)[0].any()
