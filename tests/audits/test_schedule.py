"""Laws of dated plans: capacity is kept, slots are on their days, calls are spread, the seed decides."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.calendar import Calendar
from evalkit.audits.calling_numbers import repeated
from evalkit.audits.schedule import schedule
from evalkit.audits.seats import Seats
from evalkit.scoring.arrays import IntArray

WEEK = np.array([True] * 5 + [False] * 2)
KINDS = np.array([WEEK, ~WEEK, np.ones(7, dtype=bool)])
"""Three slots: on workdays, at weekends, on any day."""

seeds = st.integers(0, 10_000)


def calls(seed: int, count: int, units: int, auditors: int) -> tuple[IntArray, IntArray, IntArray]:
    draws = np.random.default_rng(seed)
    unit, slot, auditor = (draws.integers(0, high, count) for high in (units, len(KINDS), auditors))
    return unit, slot, auditor


def counts(*keys: IntArray) -> IntArray:
    return np.unique(np.column_stack(keys), axis=0, return_counts=True)[1]


@settings(max_examples=60)
@given(seed=seeds, count=st.integers(1, 60), daily=st.integers(0, 4), off=st.integers(0, 6))
def test_calls_fit_if_and_only_if_there_is_room(seed: int, count: int, daily: int, off: int) -> None:
    """Seats that can be had one after the other are as good as looking for a schedule, which the kernel then finds."""
    unit, slot, auditor = calls(seed, count, 5, 3)
    capacity = np.full((3, 7), daily)
    capacity[0, off] = 0
    calendar = Calendar(KINDS, capacity)
    seats = Seats(calendar, np.full(3, 60), slot)
    may = np.eye(3, dtype=bool)[auditor]
    if not all(seats.make_room(call, lambda each: may[each], last=True) for call in range(count)):
        with pytest.raises(ValueError, match="more calls"):
            schedule(unit, slot, auditor, calendar, seed)
        return
    day = schedule(unit, slot, auditor, calendar, seed)
    assert KINDS[slot, day].all()
    load = np.zeros_like(capacity)
    np.add.at(load, (auditor, day), 1)
    assert (load <= capacity).all()


@settings(max_examples=30)
@given(seed=seeds)
def test_with_days_to_spare_a_unit_is_called_once_a_day_at_most(seed: int) -> None:
    """Ten units with seven calls each in a slot of all days, ten auditors: a Latin square is possible."""
    unit, auditor = (np.array(each) for each in zip(*product(range(10), range(7)), strict=True))
    calendar = Calendar(np.ones((1, 7), dtype=bool), np.full((10, 7), 7))
    day = schedule(unit, np.zeros(70, np.int64), (unit + auditor) % 10, calendar, seed)
    assert counts(unit, day).max() == 1
    load = np.zeros((10, 7), np.int64)
    np.add.at(load, ((unit + auditor) % 10, day), 1)
    assert load.max() <= 3


def test_an_auditor_without_rivals_has_even_days() -> None:
    """Forty calls of one auditor to forty units in five days are eight a day."""
    calendar = Calendar(np.ones((1, 5), dtype=bool), np.full((1, 5), 40))
    zeros = np.zeros(40, np.int64)
    day = schedule(np.arange(40), zeros, zeros, calendar, 3)
    assert np.bincount(day).tolist() == [8] * 5


def test_full_days_are_still_spread_by_exchanges() -> None:
    """No day has a seat left, so that only exchanges can part the calls to one unit."""
    auditor, unit = np.repeat(np.arange(4), 10), np.tile(np.repeat(np.arange(5), 2), 4)
    calendar = Calendar(np.ones((1, 10), dtype=bool), np.ones((4, 10), np.int64))
    for seed in range(5):
        day = schedule(unit, np.zeros(40, np.int64), auditor, calendar, seed)
        assert repeated(unit, day) <= 1, "eight calls a unit, ten days"


def test_the_seed_decides_the_days() -> None:
    asked = (*calls(1, 60, 5, 3), Calendar(KINDS, np.full((3, 7), 20)))
    one, again, other = (schedule(*asked, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def test_days_that_overlap_in_part_are_filled_by_moves() -> None:
    """Three slots on days 1 and 2, 2 and 3, 3 and 4, one call a day: each order but the right one must be mended."""
    overlapping = np.array([[True, True, False, False], [False, True, True, False], [False, False, True, True]])
    slot, zeros = np.array([0, 0, 1, 2]), np.zeros(4, np.int64)
    for seed in range(20):
        day = schedule(np.arange(4), slot, zeros, Calendar(overlapping, np.ones((1, 4), np.int64)), seed)
        assert day.tolist() in ([0, 1, 2, 3], [1, 0, 2, 3])


@settings(max_examples=40)
@given(seed=seeds, count=st.integers(1, 30), in_slot=st.integers(1, 2))
def test_no_slot_of_a_day_holds_more_calls_of_an_auditor_than_it_may(seed: int, count: int, in_slot: int) -> None:
    unit, slot, auditor = calls(seed, count, 5, 3)
    calendar = Calendar(KINDS, np.full((3, 7), 4), in_slot=in_slot)
    seats = Seats(calendar, np.full(3, 60), slot)
    may = np.eye(3, dtype=bool)[auditor]
    if not all(seats.make_room(call, lambda each: may[each], last=True) for call in range(count)):
        with pytest.raises(ValueError, match="more calls"):
            schedule(unit, slot, auditor, calendar, seed)
        return
    day = schedule(unit, slot, auditor, calendar, seed)
    assert counts(auditor, slot, day).max() <= in_slot
    assert counts(auditor, day).max() <= 4
    assert KINDS[slot, day].all()


def test_a_unit_is_called_no_more_than_it_may_be_on_a_day() -> None:
    """Eight units, each called by eight auditors once a day for eight days: a Latin square and nothing less."""
    unit, auditor = (np.array(each) for each in zip(*product(range(8), range(8)), strict=True))
    calendar = Calendar(np.ones((1, 9), dtype=bool), np.ones((8, 9), np.int64), of_unit=1)
    for seed in range(5):
        day = schedule(unit, np.zeros(64, np.int64), auditor, calendar, seed)
        assert counts(unit, day).max() == 1
        assert counts(auditor, day).max() == 1


def test_no_call_needs_no_day() -> None:
    nothing = np.zeros(0, np.int64)
    assert len(schedule(nothing, nothing, nothing, Calendar(KINDS, np.ones((1, 7), np.int64)), 1)) == 0
