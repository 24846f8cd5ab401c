"""What is lacking where there is no plan, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.board import Slate
from evalkit.audits.calendar import Calendar, without_days
from evalkit.audits.request import NoCapacityError, NoDaysError, Request
from evalkit.audits.shortfall import crowded, missing_days, refusal
from evalkit.scoring.arrays import BoolArray

WEEK = np.array([[True] * 5 + [False] * 2, [False] * 5 + [True] * 2, [True] * 7])
"""Slots on workdays, at weekends, on any day."""


def request(calendar: Calendar, most: int = 999, allowed: BoolArray | None = None) -> Request:
    auditors = len(calendar.daily)
    may = np.ones((1, auditors), dtype=bool) if allowed is None else allowed
    return Request(1, 0, 0.0, np.ones((len(may), 1), dtype=bool), may, np.full(auditors, most), calendar,
                   np.zeros(len(may), np.int64), 1)  # fmt: skip


def slate(*slots: int, unit: int = 0, reserve: bool = False) -> Slate:
    size = len(slots)
    return Slate(np.full(size, unit), np.zeros(size, np.int64), np.array(slots), np.full(size, reserve))


@pytest.mark.parametrize(
    ("slots", "daily", "days"),
    [
        ((0,) * 11, 2, 1),
        ((0,) * 15, 2, 3),
        ((1,) * 5 + (0,) * 11, 2, 2),
        ((1,) * 5 + (2,) * 2 + (0,) * 9, 2, 1),
        ((2,) * 14, 2, 0),
        ((0, 1, 2), 0, 2),
    ],
)
def test_further_days_are_of_a_workday_or_a_weekend(slots: tuple[int, ...], daily: int, days: int) -> None:
    """One auditor with two calls a day has ten on workdays, four at weekends; more need days."""
    calendar = Calendar(WEEK, np.full((1, 7), daily), 2)
    assert missing_days(request(calendar), slate(*slots)) == days


def test_a_slot_without_any_day_needs_days_of_its_own() -> None:
    calendar = Calendar(np.array([[False], [True]]), np.ones((1, 1), np.int64), 3)
    assert missing_days(request(calendar), slate(0, 0, 0, 0, 1)) == 2


def test_days_are_not_to_blame_where_nobody_may_call() -> None:
    """Three auditors, but only the first may call the second unit."""
    allowed = np.array([[True, True, True], [True, False, False]])
    found = refusal(request(without_days(1, 3), 4, allowed), slate(*(0,) * 6, unit=1), 2)
    assert isinstance(found, NoCapacityError)
    assert (found.calls, found.unit) == (2, 1)
    few = Calendar(np.ones((1, 2), dtype=bool), np.ones((3, 2), np.int64), 1)
    found = refusal(request(few, 9, allowed), slate(*(0,) * 6, unit=1), 4)
    assert isinstance(found, NoDaysError)
    assert (found.calls, found.days) == (4, 4)


def test_further_days_have_slots_of_their_own() -> None:
    """Nine calls of a slot, at two in a slot of a day: five days, though one holds six calls."""
    calendar = Calendar(np.ones((2, 1), dtype=bool), np.zeros((1, 1), np.int64), 6, in_slot=2)
    assert missing_days(request(calendar), slate(*(0,) * 9)) == 5
    assert missing_days(request(calendar), slate(0, 0, 0, 0, 1, 1, 1, 1)) == 2


def test_units_with_more_calls_than_days_are_counted() -> None:
    """At one call a day, two days of a slot and three of another hold three calls, two of the first slot."""
    calendar = Calendar(np.array([[True, True, False], [True] * 3]), np.ones((1, 3), np.int64), of_unit=1)
    unit, slot = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 2]), np.array([0, 0, 1, 0, 0, 0, 1, 1, 1, 1])
    assert crowded(unit, slot, calendar).tolist() == [0, 1, 1]
    nothing = np.zeros(0, np.int64)
    assert crowded(nothing, nothing, calendar).tolist() == []
