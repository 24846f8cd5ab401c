"""The dates and calling numbers of a plan: days of fieldwork and auditors as the arrays of the kernels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.calendar import Calendar
from evalkit.audits.calling_numbers import NO_DAY, NO_NUMBER, calling_numbers, repeated
from evalkit.audits.plan import Plan
from evalkit.audits.schedule import schedule
from evalkit.definitions.fieldwork import Fieldwork
from evalkit.definitions.protocol import Protocol
from evalkit.problems import Place, Problem, problem
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
    return FieldDays(days, Calendar(np.array(takes_place, dtype=bool), seats, usual))


def dates(plan: Plan, field: FieldDays, staff: Auditors, seed: int, file: str) -> tuple[Dates, list[Problem]]:
    """Give the calls of a plan their days, reserves apart, and their numbers; see the kernels for what is avoided.

    Findings: ``EK642`` calls to one unit in one slot of one day, ``EK643`` calls to one unit by one number on one day.
    """
    kept, day = ~plan.reserve, np.full(len(plan.unit), NO_DAY, np.int64)
    place, problems = Place(file=file), list[Problem]()
    if field.calendar is not None:
        day[kept] = schedule(plan.unit[kept], plan.slot[kept], plan.auditor[kept], field.calendar, seed)
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
