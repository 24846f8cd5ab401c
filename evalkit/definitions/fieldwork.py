"""When the calls of a study are made: the days of fieldwork, and how many calls an auditor makes a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from evalkit.definitions.base import Definition, Fault, Whole, fault, refuse
from evalkit.definitions.protocol import Slot

_FORMAT = "%Y-%m-%d"
_LONGEST = 366
_SATURDAY = 5


def _is_date(text: str) -> str:
    try:
        same = dt.datetime.strptime(text, _FORMAT).date().isoformat() == text  # noqa: DTZ007 - a day has no zone
    except ValueError:
        same = False
    if not same:
        refuse([fault("EK381", value=text)])
    return text


Date = Annotated[str, AfterValidator(_is_date)]
"""A day of the calendar, ``2025-03-03``."""


class Fieldwork(Definition):
    """The days on which calls are made, and the calls of a day."""

    first: Date
    """first day"""
    last: Date
    """last day"""
    daily: Annotated[Whole, Field(ge=1, le=1000)]
    """calls an auditor makes a day at most; a column ``daily`` of the auditors' table wins over it"""
    slot_daily: Annotated[Whole, Field(ge=1, le=1000)] | None = None
    """calls an auditor makes in one slot of a day at most; without it only ``daily`` limits them"""
    unit_daily: Annotated[Whole, Field(ge=1, le=1000)] | None = None
    """calls a unit receives a day at most, so that its hotline does not notice; without it as few as can be"""
    holidays: tuple[Date, ...] = ()
    """days without calls, such as public holidays"""
    workdays: tuple[Date, ...] = ()
    """Saturdays and Sundays that are worked in exchange for a holiday: slots of workdays are open, not of weekends"""

    def faults(self) -> Iterator[Fault]:
        """Yield a period that ends before it begins or lasts over a year, and exceptions that except nothing."""
        span = (dt.date.fromisoformat(self.last) - dt.date.fromisoformat(self.first)).days + 1
        if span < 1:
            yield fault("EK112", "last", key="last", value=self.last, limit=f"≥ first = {self.first}")
        elif span > _LONGEST:
            yield fault("EK112", "last", key="last", value=self.last, limit=f"≤ first + {_LONGEST - 1}")
        for key in ("holidays", "workdays"):
            for index, day in enumerate(getattr(self, key)):
                if not self.first <= day <= self.last:
                    yield fault("EK382", key, index, day=day, first=self.first, last=self.last)
        for index, day in enumerate(self.workdays):
            if is_weekday(dt.date.fromisoformat(day)) or day in self.holidays:
                yield fault("EK383", "workdays", index, day=day)

    @cached_property
    def days(self) -> tuple[str, ...]:
        """The days of fieldwork in order, holidays left out."""
        start, end = (dt.date.fromisoformat(day).toordinal() for day in (self.first, self.last))
        days = (dt.date.fromordinal(day).isoformat() for day in range(start, end + 1))
        return tuple(day for day in days if day not in self.holidays)

    def is_open(self, slot: Slot, day: str) -> bool:
        """Tell whether a slot takes place on a day of fieldwork."""
        return slot.is_open(workday=is_weekday(dt.date.fromisoformat(day)) or day in self.workdays)


def is_weekday(day: dt.date) -> bool:
    """Tell whether a day is one from Monday to Friday."""
    return day.weekday() < _SATURDAY
