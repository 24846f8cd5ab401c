"""Seats of auditors by slot and day: who is free, exchanges, and chains of moves."""

from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.calendar import UNLIMITED, Calendar, without_days
from evalkit.audits.seats import NOBODY, UNDATED, Seats
from evalkit.scoring.arrays import BoolArray

WORKDAY, ANY = 0, 1
"""A slot on the first day only, and one on both days."""
OPEN = np.array([[True, False], [True, True]])


def seats(*slots: int, daily: int = 1, most: int = 9, auditors: int = 1) -> Seats:
    return Seats(Calendar(OPEN, np.full((auditors, 2), daily)), np.full(auditors, most), np.array(slots))


def everybody(auditors: int) -> BoolArray:
    return np.ones(auditors, dtype=bool)


def test_a_call_moves_to_another_day_for_one_that_has_only_this() -> None:
    found = seats(ANY, WORKDAY, ANY)
    found.seat(0, 0)
    assert found.at[0].tolist() == [[0, 0], [1, 0]]
    assert found.free(WORKDAY).all()
    found.seat(1, 0)
    assert found.at[0].tolist() == [[1, 0], [0, 1]]
    assert not found.free(ANY).any()
    with pytest.raises(ValueError, match="no seat"):
        found.seat(2, 0)


def test_reserves_take_no_day_but_count_in_the_total() -> None:
    found = seats(UNDATED, ANY, WORKDAY, most=2)
    found.seat(0, 0)
    assert found.at.sum() == 0
    found.seat(1, 0)
    assert found.total.tolist() == [2]
    assert not (found.free(WORKDAY) | found.free(UNDATED)).any()
    found.leave(0)
    assert found.free(WORKDAY).all()


def test_an_exchange_is_possible_where_the_leaving_call_gives_way() -> None:
    found = seats(WORKDAY, ANY, UNDATED)
    for rating in range(3):
        found.seat(rating, 0)
    assert found.can_exchange(0, WORKDAY, WORKDAY)
    assert found.can_exchange(0, UNDATED, ANY)
    assert not found.can_exchange(0, WORKDAY, ANY), "the seat of the second day is of no use"
    assert found.can_exchange(0, ANY, WORKDAY)
    assert not found.can_exchange(0, ANY, UNDATED)
    assert found.at[0].tolist() == [[1, 0], [0, 1]], "nothing is left changed"


def test_a_chain_over_three_auditors_finds_the_only_free_seat() -> None:
    """Each auditor has one seat and shares a unit with the next one only, as in a row of people who move up."""
    found = Seats(without_days(1, 4), np.ones(4, np.int64), np.zeros(4, np.int64))
    may = np.eye(4, dtype=bool) | np.eye(4, k=1, dtype=bool)
    may[3] = may[0] & np.eye(4, dtype=bool)[0]
    for rating in range(3):
        found.seat(rating, rating)
    assert found.make_room(3, lambda each: may[each], last=True) == [3, 0, 1, 2]
    assert found.auditor.tolist() == [1, 2, 3, 0]


def test_what_has_no_seat_is_not_moved_and_stays_without() -> None:
    found = seats(ANY, ANY, ANY, WORKDAY, UNDATED)
    assert [bool(found.make_room(rating, lambda _: everybody(1), last=True)) for rating in range(5)] == [
        True, True, False, False, True,
    ]  # fmt: skip
    assert found.auditor.tolist() == [0, 0, NOBODY, NOBODY, 0]


def test_without_days_only_the_total_counts() -> None:
    calendar = without_days(3, 2)
    assert calendar.open.shape == (3, 1)
    assert (calendar.daily == UNLIMITED).all()
    found = Seats(calendar, np.array([UNLIMITED, 0]), np.array([2, 2]))
    assert found.free(2).tolist() == [True, False]
