from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_selection import (
    Closed,
    Rounding,
    TiesAtCut,
    broken_ties,
    in_band,
    places_of_percent,
    select_top,
)

NAN, INF = math.nan, math.inf
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)  # down, up, nearest
law = settings(deadline=None)

close_values = st.one_of(st.integers(0, 8).map(lambda n: n / 4), st.just(NAN))
fields = st.lists(st.tuples(close_values, st.booleans()), max_size=12).map(
    lambda rows: (
        np.array([score for score, _ in rows], dtype=np.float64),
        np.array([eligible for _, eligible in rows], dtype=np.bool_),
    )
)
tolerances = st.sampled_from([0.0, 0.25, 0.5])


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


def everybody(scores: FloatArray) -> BoolArray:
    return np.ones(scores.shape, dtype=np.bool_)


# Bands


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ("left", [False, True, True, False, False, False]),
        ("right", [False, False, True, True, False, False]),
        ("both", [False, True, True, True, False, False]),
        ("neither", [False, False, True, False, False, False]),
    ],
)
def test_each_kind_of_band(closed: Closed, expected: list[bool]) -> None:
    assert in_band(array(79.9, 80, 85, 90, 90.1, NAN), 80, 90, closed).tolist() == expected


@pytest.mark.parametrize("closed", ["left", "right", "both", "neither"])
def test_open_ends_have_no_bound(closed: Closed) -> None:
    scores = array(-INF, -1, 50, 1000, INF, NAN)
    assert in_band(scores, None, None, closed).tolist() == [True] * 5 + [False]
    assert in_band(scores, 60, None, closed).tolist() == [False, False, False, True, True, False]
    assert in_band(scores, None, 60, closed).tolist() == [True, True, True, False, False, False]


def test_a_band_of_one_point() -> None:
    assert in_band(array(1, 2, 3), 2, 2, "both").tolist() == [False, True, False]
    assert not in_band(array(1, 2, 3), 2, 2, "left").any()


def test_a_score_short_of_the_bound_by_float_sums_alone() -> None:
    scores = array(89.99999999999999)
    assert in_band(scores, 90, None, "left").tolist() == [False]
    assert in_band(scores, 90, None, "left", tolerance=1e-9).tolist() == [True]
    assert in_band(scores, 80, 90, "left", tolerance=1e-9).tolist() == [False]


@given(
    scores=st.lists(st.floats(width=64), max_size=10).map(lambda items: np.array(items, dtype=np.float64)),
    bounds=st.lists(st.integers(-3, 3), min_size=1, max_size=4, unique=True).map(sorted),
    closed=st.sampled_from(["left", "right"]),
    tolerance=st.sampled_from([0.0, 0.25]),
)
@law
def test_bands_side_by_side_hold_each_score_once(
    scores: FloatArray, bounds: list[int], closed: Closed, tolerance: float
) -> None:
    ends = [None, *bounds, None]
    bands = [in_band(scores, low, high, closed, tolerance=tolerance) for low, high in pairwise(ends)]
    assert np.array_equal(np.sum(bands, axis=0), (~np.isnan(scores)).astype(int))


@pytest.mark.parametrize(("low", "high"), [(2, 1), (NAN, None), (None, NAN)])
def test_a_band_that_is_none_is_refused(low: float | None, high: float | None) -> None:
    with pytest.raises(ValueError, match="band"):
        in_band(array(1), low, high, "both")


def test_nobody_in_a_band() -> None:
    assert in_band(array(), 0, 1, "both").shape == (0,)


# Places


def test_places_are_exact_in_decimals() -> None:
    assert math.ceil(3.5 / 100 * 200) == 8
    assert math.floor(18.4 * 375 / 100) == 68
    for rounding in ROUNDINGS:
        assert places_of_percent(10, 70, rounding) == 7
        assert places_of_percent(3.5, 200, rounding) == 7
        assert places_of_percent(18.4, 375, rounding) == 69
        assert places_of_percent(0.7, 1000, rounding) == 7
        assert places_of_percent(1e-5, 10**7, rounding) == 1
        assert places_of_percent(np.float64(0.1), 1000, rounding) == 1


def test_roundings_of_places() -> None:
    assert [places_of_percent(10, 79, rounding) for rounding in ROUNDINGS] == [7, 8, 8]
    assert [places_of_percent(10, 74, rounding) for rounding in ROUNDINGS] == [7, 8, 7]
    assert [places_of_percent(10, 75, rounding) for rounding in ROUNDINGS] == [7, 8, 8]
    assert [places_of_percent(10, 65, rounding) for rounding in ROUNDINGS] == [6, 7, 7]


@given(hundredths=st.integers(0, 10_000), units=st.integers(0, 5000))
@law
def test_places_equal_whole_number_arithmetic(hundredths: int, units: int) -> None:
    percent = hundredths / 100
    assert places_of_percent(percent, units, "down") == hundredths * units // 10_000
    assert places_of_percent(percent, units, "up") == -(-hundredths * units // 10_000)
    assert places_of_percent(percent, units, "nearest") == math.floor(
        Fraction(hundredths * units, 10_000) + Fraction(1, 2)
    )


def test_none_and_all() -> None:
    assert places_of_percent(0, 79, "up") == 0
    assert places_of_percent(100, 79, "down") == 79
    assert places_of_percent(50, 0, "up") == 0


@pytest.mark.parametrize(("percent", "units"), [(-1, 5), (100.1, 5), (NAN, 5), (INF, 5), (10, -1)])
def test_places_of_nothing_sensible_are_refused(percent: float, units: int) -> None:
    with pytest.raises(ValueError, match="must"):
        places_of_percent(percent, units, "down")


# The top


def test_the_highest_get_the_places() -> None:
    result = select_top(array(70, 90, NAN, 80), np.ones(4, dtype=np.bool_), 2, ties="share")
    assert result.winners.tolist() == [False, True, False, True]
    assert not result.tied_at_cut.any()


@pytest.mark.parametrize(("ties", "winners"), [("share", [1, 1, 1, 1, 0]), ("leave", [1, 0, 0, 0, 0])])
def test_a_tie_across_the_cut(ties: TiesAtCut, winners: list[int]) -> None:
    scores = array(90, 80, 80, 80, 70)
    result = select_top(scores, everybody(scores), 2, ties=ties)
    assert result.winners.astype(int).tolist() == winners
    assert result.tied_at_cut.astype(int).tolist() == [0, 1, 1, 1, 0]


@pytest.mark.parametrize("ties", ["share", "leave"])
def test_a_tie_that_ends_at_the_cut_is_none_across_it(ties: TiesAtCut) -> None:
    scores = array(90, 80, 80, 70)
    result = select_top(scores, everybody(scores), 3, ties=ties)
    assert result.winners.tolist() == [True, True, True, False]
    assert not result.tied_at_cut.any()


def test_only_the_eligible_take_part_and_tie() -> None:
    scores = array(90, 80, 80, 70)
    result = select_top(scores, np.array([False, True, False, True]), 1, ties="leave")
    assert result.winners.tolist() == [False, True, False, False]
    assert not result.tied_at_cut.any()


def test_ties_within_the_tolerance() -> None:
    scores = array(0.1 + 0.2, 0.3)
    assert select_top(scores, everybody(scores), 1, ties="share").winners.all()
    assert select_top(scores, everybody(scores), 1, ties="share", tolerance=0).winners.tolist() == [True, False]


@pytest.mark.parametrize("ties", ["share", "leave"])
def test_no_places_and_nobody(ties: TiesAtCut) -> None:
    scores = array(90, 90)
    assert not select_top(scores, everybody(scores), 0, ties=ties).winners.any()
    assert not select_top(scores, everybody(scores), 0, ties=ties).tied_at_cut.any()
    assert select_top(array(), everybody(array()), 3, ties=ties).winners.shape == (0,)
    assert not select_top(array(NAN, NAN), everybody(scores), 3, ties=ties).winners.any()


def test_negative_places_are_refused() -> None:
    with pytest.raises(ValueError, match="places"):
        select_top(array(1), everybody(array(1)), -1, ties="share")


@given(field=fields, places=st.integers(0, 14), tolerance=tolerances)
@law
def test_sharing_and_leaving_differ_by_the_tied_at_the_cut(
    field: tuple[FloatArray, BoolArray], places: int, tolerance: float
) -> None:
    scores, eligible = field
    share = select_top(scores, eligible, places, ties="share", tolerance=tolerance)
    leave = select_top(scores, eligible, places, ties="leave", tolerance=tolerance)
    known = np.count_nonzero(eligible & ~np.isnan(scores))
    assert np.array_equal(share.tied_at_cut, leave.tied_at_cut)
    assert np.array_equal(share.winners & ~leave.winners, share.tied_at_cut)
    assert np.all(share.winners >= leave.winners)
    filled = min(places, int(known))
    assert leave.winners.sum() <= filled <= share.winners.sum()
    assert not np.any(share.winners & (~eligible | np.isnan(scores)))


@given(field=fields, places=st.integers(0, 14), ties=st.sampled_from(["share", "leave"]))
@law
def test_no_loser_is_above_a_winner(field: tuple[FloatArray, BoolArray], places: int, ties: TiesAtCut) -> None:
    scores, eligible = field
    winners = select_top(scores, eligible, places, ties=ties).winners
    losers = eligible & ~winners & ~np.isnan(scores)
    assert scores[winners].min(initial=INF) > scores[losers].max(initial=-INF) or not (winners.any() and losers.any())


@given(field=fields, more=st.integers(0, 3), ties=st.sampled_from(["share", "leave"]))
@law
def test_places_for_all_go_to_all(field: tuple[FloatArray, BoolArray], more: int, ties: TiesAtCut) -> None:
    scores, eligible = field
    result = select_top(scores, eligible, int(eligible.sum()) + more, ties=ties)
    assert np.array_equal(result.winners, eligible & ~np.isnan(scores))
    assert not result.tied_at_cut.any()


@given(field=fields, places=st.integers(0, 14), ties=st.sampled_from(["share", "leave"]), data=st.data())
@law
def test_permuting_the_units_permutes_the_winners(
    field: tuple[FloatArray, BoolArray], places: int, ties: TiesAtCut, data: st.DataObject
) -> None:
    scores, eligible = field
    order = np.array(data.draw(st.permutations(range(scores.size))), dtype=np.int64)
    straight = select_top(scores, eligible, places, ties=ties)
    turned = select_top(scores[order], eligible[order], places, ties=ties)
    assert np.array_equal(turned.winners, straight.winners[order])
    assert np.array_equal(turned.tied_at_cut, straight.tied_at_cut[order])


@given(st.lists(st.tuples(*[st.one_of(st.just(float("nan")), st.integers(0, 3).map(float))] * 3), max_size=8))
def test_broken_ties_are_the_order_of_the_tuples(rows: list[tuple[float, float, float]]) -> None:
    columns = [np.array(column) for column in zip(*rows, strict=True)] or [np.empty(0)] * 3
    found = broken_ties(columns[0], columns[1:])

    def key(row: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(-np.inf if np.isnan(each) else each for each in row)

    for first, mine in zip(rows, found, strict=True):
        assert np.isnan(mine) == np.isnan(first[0])
        for second, other in zip(rows, found, strict=True):
            if not np.isnan([first[0], second[0]]).any():
                assert (mine > other) == (key(first) > key(second))
                assert (mine == other) == (key(first) == key(second))
