"""Scoring rules: worked cases, laws, and answers that are missing."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from evalkit.scoring.rules import (
    count,
    points_by_option,
    position_on_scale,
    ratio,
    share_of_options,
    total,
    weighted_mean,
)

Array = NDArray[np.float64]
NAN = math.nan


def array(*values: object) -> Array:
    return np.array(values, dtype=np.float64)


def test_points_of_the_option_chosen() -> None:
    assert_array_equal(points_by_option(array(0, 2, NAN, 1), array(100, NAN, 30)), [100, 30, NAN, NAN])


def test_points_for_no_units_and_for_no_answers() -> None:
    assert points_by_option(array(), array(1, 2)).shape == (0,)
    assert_array_equal(points_by_option(array(NAN), array()), [NAN])


@pytest.mark.parametrize("wrong", [-1, 3, 0.5, math.inf])
def test_an_option_that_does_not_exist_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 2"):
        points_by_option(array(0, wrong), array(1, 2, 3))
    with pytest.raises(ValueError, match="from 0 to 2"):
        position_on_scale(array(0, wrong), 3, best_first=True)


def test_position_on_a_scale_of_five() -> None:
    choice = array(0, 1, 2, 3, 4, NAN)
    assert_array_equal(position_on_scale(choice, 5, best_first=True), [100, 75, 50, 25, 0, NAN])
    assert_array_equal(position_on_scale(choice, 5, best_first=False), [0, 25, 50, 75, 100, NAN])


def test_a_scale_of_one_option_is_refused() -> None:
    with pytest.raises(ValueError, match="two options"):
        position_on_scale(array(0), 1, best_first=True)


@given(st.integers(2, 12))
def test_a_scale_read_from_either_end_is_the_same_scale(options: int) -> None:
    choice = np.arange(options, dtype=np.float64)
    best_first = position_on_scale(choice, options, best_first=True)
    assert_array_equal(best_first, position_on_scale(choice[::-1], options, best_first=False))
    assert_array_equal(best_first, points_by_option(choice, best_first))
    assert (np.diff(best_first) < 0).all()
    assert (best_first[0], best_first[-1]) == (100, 0)


TICKS = array([1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0], [NAN, NAN, NAN, NAN], [1, NAN, NAN, 0])


def test_share_of_options_ticked() -> None:
    assert_array_equal(share_of_options(TICKS, array(1, 1, 1, 1), full=None), [50, 100, 0, NAN, 50])
    assert_array_equal(share_of_options(TICKS, array(3, 1, 1, 0), full=None), [80, 100, 0, NAN, 100])


def test_share_with_a_cap() -> None:
    assert_array_equal(share_of_options(TICKS, array(1, 1, 1, 1), full=2), [100, 100, 0, NAN, 50])


@pytest.mark.parametrize("full", [None, 2.0])
def test_no_share_where_no_option_that_counts_applies(full: float | None) -> None:
    assert_array_equal(share_of_options(array([1, NAN], [NAN, 1]), array(0, 1), full=full)[0], NAN)
    assert_array_equal(share_of_options(array([1, 0]), array(0, 0), full=full), [NAN])
    assert_array_equal(share_of_options(np.empty((2, 0)), array(), full=full), [NAN, NAN])


def test_count_of_options_ticked() -> None:
    assert_array_equal(count(TICKS), [2, 4, 0, NAN, 1])
    assert_array_equal(count(np.empty((1, 0))), [NAN])


def test_ticks_weights_and_caps_that_cannot_be_are_refused() -> None:
    for kernel in (count, lambda ticks: share_of_options(ticks, array(1), full=None)):
        with pytest.raises(ValueError, match="a tick must be"):
            kernel(array([2]))
    for weights in (array(-1), array(NAN), array(math.inf)):
        with pytest.raises(ValueError, match="weights must be"):
            share_of_options(array([1]), weights, full=None)
    for full in (0.0, -1.0, NAN, math.inf):
        with pytest.raises(ValueError, match="full must be"):
            share_of_options(array([1]), array(1), full=full)
    with pytest.raises(ValueError, match="expected 1 weights"):
        share_of_options(array([1]), array(1, 1), full=None)


@st.composite
def ticked(draw: st.DrawFn) -> tuple[Array, Array]:
    options = draw(st.integers(1, 8))
    ticks = draw(arrays(np.float64, (draw(st.integers(1, 5)), options), elements=st.sampled_from([0.0, 1.0, NAN])))
    return ticks, draw(arrays(np.float64, options, elements=st.integers(0, 20).map(lambda tenths: tenths / 10)))


@given(ticked(), st.none() | st.floats(0.1, 20))
def test_a_share_is_within_its_bounds_and_one_more_tick_never_lowers_it(
    case: tuple[Array, Array], full: float | None
) -> None:
    ticks, weights = case
    score = share_of_options(ticks, weights, full=full)
    assert_array_equal(np.isnan(score), ~(~np.isnan(ticks) & (weights > 0)).any(axis=1))
    present = score[~np.isnan(score)]
    assert ((present >= 0) & (present <= 100)).all()
    for option in range(ticks.shape[1]):
        more = ticks.copy()
        more[ticks[:, option] == 0, option] = 1
        assert_array_equal(np.fmax(share_of_options(more, weights, full=full), score),
                           share_of_options(more, weights, full=full))  # fmt: skip


@given(ticked())
def test_everything_ticked_earns_exactly_100(case: tuple[Array, Array]) -> None:
    ticks, weights = case
    score = share_of_options(np.where(ticks == 0, 1.0, ticks), weights, full=None)
    assert (score[~np.isnan(score)] == 100).all()


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_share_of_equal_options_is_the_exact_fraction(ticked_options: int, options: int) -> None:
    ticks = (np.arange(options) < ticked_options).astype(np.float64)[np.newaxis]
    expected = float(Fraction(100 * min(ticked_options, options), options))
    assert share_of_options(ticks, np.ones(options), full=None)[0] == expected


def test_ratio_tells_who_divided_by_zero() -> None:
    quotient, by_zero = ratio(array(57, 1, 0, NAN, NAN, 3), array(100, 0, 0, 0, 5, NAN), scale=100)
    assert_array_equal(quotient, [57, NAN, NAN, NAN, NAN, NAN])
    assert_array_equal(by_zero, [False, True, True, True, False, False])


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_of_whole_numbers_is_the_exact_fraction(part: int, whole: int) -> None:
    quotient, by_zero = ratio(array(part), array(whole), scale=100)
    assert quotient[0] == float(Fraction(100 * part, whole))
    assert not by_zero.any()


def test_total_of_the_parts_that_are_given() -> None:
    assert_array_equal(total(array([1, 2, NAN], [NAN, NAN, NAN], [0, -1, 1])), [3, NAN, 0])
    assert_array_equal(total(np.empty((2, 0))), [NAN, NAN])


NUMBERS = st.floats(-1e6, 1e6).map(lambda value: round(value, 3)) | st.just(NAN)


@st.composite
def weighted(draw: st.DrawFn) -> tuple[Array, Array]:
    parts = draw(st.integers(1, 10))
    values = draw(arrays(np.float64, (draw(st.integers(1, 5)), parts), elements=NUMBERS))
    return values, draw(arrays(np.float64, parts, elements=st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0, 1e6])))


def test_weighted_mean_rescales_the_weights_of_what_is_given() -> None:
    values = array([60, 90, 30], [60, NAN, 30], [NAN, NAN, NAN], [NAN, 80, NAN], [NAN, NAN, 80])
    mean, used = weighted_mean(values, array(1, 2, 0))
    assert_array_equal(mean, [80, 60, NAN, 80, NAN])
    assert_array_equal(used, [[1 / 3, 2 / 3, 0], [1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0]])


def test_an_infinite_value_of_weight_zero_does_not_reach_the_mean() -> None:
    mean, _ = weighted_mean(array([50, math.inf], [50, NAN]), array(1, 0))
    assert_array_equal(mean, [50, 50])


def test_weights_of_a_mean_are_checked() -> None:
    with pytest.raises(ValueError, match="expected 2 weights"):
        weighted_mean(array([1, 2]), array(1))
    with pytest.raises(ValueError, match="not negative"):
        weighted_mean(array([1, 2]), array(1, -1))


@given(weighted())
def test_the_weights_used_account_for_the_mean(case: tuple[Array, Array]) -> None:
    values, weights = case
    mean, used = weighted_mean(values, weights)
    given_parts = ~np.isnan(values) & (weights > 0)
    assert_array_equal(np.isnan(mean), ~given_parts.any(axis=1))
    assert (used[~given_parts] == 0).all()
    for row in range(len(values)):
        if math.isnan(mean[row]):
            assert not used[row].any()
            continue
        held = values[row, given_parts[row]]
        tolerance = 1e-12 * np.abs(held).max()
        assert math.isclose(math.fsum(used[row]), 1, rel_tol=1e-12)
        assert math.isclose(math.fsum(used[row, given_parts[row]] * held), mean[row], rel_tol=0, abs_tol=tolerance)
        assert held.min() - tolerance <= mean[row] <= held.max() + tolerance
        exact = np.average(held, weights=weights[given_parts[row]])
        assert math.isclose(exact, mean[row], rel_tol=0, abs_tol=tolerance)


@given(weighted())
def test_a_unit_alone_gets_to_the_last_bit_what_it_gets_among_others(case: tuple[Array, Array]) -> None:
    values, weights = case
    many = np.asfortranarray(np.tile(values, (40, 1)))
    mean, used = weighted_mean(many, weights)
    sums = total(many)
    for row in range(len(values)):
        alone, alone_used = weighted_mean(values[row : row + 1], weights)
        assert alone.tobytes() == mean[row : row + 1].tobytes()
        assert alone_used[0].tobytes() == used[row].tobytes()
        assert total(values[row : row + 1]).tobytes() == sums[row : row + 1].tobytes()


@given(weighted())
def test_kernels_leave_their_arguments_alone(case: tuple[Array, Array]) -> None:
    values, weights = case
    before = values.tobytes(), weights.tobytes()
    weighted_mean(values, weights)
    total(values)
    ratio(values[:, 0], values[:, -1], scale=1)
    assert (values.tobytes(), weights.tobytes()) == before
