"""The dates and calling numbers of a plan: days of fieldwork and auditors as the arrays of the kernels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.calendar import UNLIMITED, Calendar
from evalkit.audits.calling_numbers import NO_DAY, NO_NUMBER, calling_numbers, repeated
from evalkit.audits.plan import Plan
from evalkit.audits.schedule import schedule
from evalkit.audits.shortfall import crowded
from evalkit.definitions.fieldwork import Fieldwork
from evalkit.definitions.protocol import Protocol
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import IntArray
from evalkit.sources.auditors import Auditors


@dataclass(frozen=True, slots=True, eq=False)
class FieldDays:
    """The days of fieldwork (ISO) and what fits into them; no calendar: none declared."""

    days: tuple[str, ...] = ()
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The day (ISO) and the number's code of each call, empty where there is none."""

    days: tuple[str, ...]
    numbers: tuple[str, ...]


def field_days(fieldwork: Fieldwork | None, protocol: Protocol, staff: Auditors) -> FieldDays:
    """Return on which days slots take place, and how many calls each auditor can make on each."""
    if fieldwork is None:
        return FieldDays()
    days, usual = fieldwork.days, fieldwork.daily
    takes_place = [[fieldwork.is_open(slot, day) for day in days] for slot in protocol.slots]
    daily = [
        [0 if day in auditor.off else usual if auditor.daily is None else auditor.daily for day in days]
        for auditor in staff.each
    ]
    shape = (len(staff.each), len(days))
    seats = np.array(daily, np.int64).reshape(shape)
    limits = (fieldwork.slot_daily or UNLIMITED, fieldwork.unit_daily or UNLIMITED)
    return FieldDays(days, Calendar(np.array(takes_place, dtype=bool), seats, usual, *limits))


def dates(plan: Plan, field: FieldDays, staff: Auditors, seed: int, file: str) -> tuple[Dates | None, list[Problem]]:
    """Give the calls of a plan their days, reserves apart, and their numbers; see the kernels for what is avoided.

    None where units would receive more calls a day than they may: because there are too few days (``EK617``), or
    because no days were found for them and their auditors together (``EK618``). Warnings: ``EK642`` calls to one unit
    in one slot of one day, ``EK643`` calls to one unit by one number on one day.
    """
    kept, day = ~plan.reserve, np.full(len(plan.unit), NO_DAY, np.int64)
    place, problems = Place(file=file), list[Problem]()
    if field.calendar is not None:
        beyond = crowded(plan.unit[kept], plan.slot[kept], field.calendar)
        if beyond.any():
            about = {"limit": field.calendar.of_unit, "units": int((beyond > 0).sum()), "missing": int(beyond.sum())}
            return None, [problem("EK617", place, **about)]
        day[kept] = schedule(plan.unit[kept], plan.slot[kept], plan.auditor[kept], field.calendar, seed)
        if many := _beyond(plan.unit[kept], day[kept], field.calendar.of_unit):
            return None, [problem("EK618", place, limit=field.calendar.of_unit, count=many)]
        together = repeated(plan.unit[kept], plan.slot[kept], day[kept])
        problems += [problem("EK642", place, count=together)] if together else []
    codes = sorted({number for auditor in staff.each for number in auditor.numbers})
    may_use = np.array([[code in auditor.numbers for code in codes] for auditor in staff.each], dtype=bool)
    number = calling_numbers(plan.unit, day, plan.auditor, may_use.reshape(len(staff.each), len(codes)), seed)
    known = (day != NO_DAY) & (number != NO_NUMBER)
    again = repeated(plan.unit[known], day[known], number[known])
    problems += [problem("EK643", place, count=again)] if again else []
    days = tuple("" if each == NO_DAY else field.days[each] for each in day.tolist())
    return Dates(days, tuple("" if each == NO_NUMBER else codes[each] for each in number.tolist())), problems


def _beyond(unit: IntArray, day: IntArray, limit: int) -> int:
    """Return how many calls go beyond those that a unit may receive on a day."""
    counts = np.unique(np.column_stack([unit, day]), axis=0, return_counts=True)[1]
    return int(np.maximum(counts - limit, 0).sum())
