"""Distances to the cut of an award."""

from __future__ import annotations

import numpy as np
import pytest

from evalkit.scoring.award_blocks import NO_BLOCK
from evalkit.scoring.award_cuts import from_blocks, from_bound, from_places

NAN = float("nan")
SCORES = np.array([90.0, 70.0, 50.0, NAN])
WINNERS = np.array([True, True, False, False])
ALL = np.ones(4, dtype=bool)


def test_from_a_bound_both_sides_are_measured() -> None:
    found = from_bound(SCORES, 60, WINNERS, ALL)
    np.testing.assert_array_equal(found.over, [30, 10, NAN, NAN])
    np.testing.assert_array_equal(found.short, [NAN, NAN, 10, NAN])


def test_without_a_lower_end_nobody_can_fall() -> None:
    found = from_bound(SCORES, None, WINNERS, ALL)
    assert np.isnan(found.over).all()
    assert np.isnan(found.short).all()


def test_who_is_above_the_band_is_not_short_of_it() -> None:
    found = from_bound(SCORES, 60, np.array([False, True, False, False]), ALL)
    np.testing.assert_array_equal(found.short, [NAN, NAN, 10, NAN])


def test_from_places_the_neighbours_at_the_cut_count() -> None:
    found = from_places(SCORES, WINNERS, ALL)
    np.testing.assert_array_equal(found.over, [40, 20, NAN, NAN])
    np.testing.assert_array_equal(found.short, [NAN, NAN, 20, NAN])


def test_units_that_do_not_compete_are_no_neighbours() -> None:
    found = from_places(SCORES, WINNERS, WINNERS)
    assert np.isnan(found.over).all()
    assert np.isnan(found.short).all()


def test_where_nobody_won_there_is_no_cut() -> None:
    assert np.isnan(from_places(SCORES, ~ALL, ALL).short).all()


@pytest.mark.parametrize(
    ("lows", "over", "short"),
    [([80.0, 60.0, None], [10, 10, NAN, NAN], [NAN, 10, 10, NAN]), (None, [20, 20, NAN, NAN], [NAN, 20, 20, NAN])],
)
def test_from_blocks_the_ends_or_the_neighbours_count(
    lows: list[float | None] | None, over: list[float], short: list[float]
) -> None:
    found = from_blocks(SCORES, np.array([0, 1, 2, NO_BLOCK]), lows)
    np.testing.assert_array_equal(found.over, over)
    np.testing.assert_array_equal(found.short, short)


def test_empty_blocks_between_are_passed_over() -> None:
    found = from_blocks(SCORES, np.array([0, 3, NO_BLOCK, NO_BLOCK]))
    np.testing.assert_array_equal(found.over, [20, NAN, NAN, NAN])
    np.testing.assert_array_equal(found.short, [NAN, 20, NAN, NAN])
