"""When calls were made and how long they took: outside their slot, too short, two at once, attempts too near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from math import isnan

import numpy as np

from evalkit.audits.plausibility import NOBODY, at_once, gaps, outside
from evalkit.calls import Rating
from evalkit.definitions.fieldwork import Fieldwork, is_weekday
from evalkit.definitions.protocol import Protocol, Slot
from evalkit.messages import word
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import IntArray

_DAY, _MINUTE = 86_400, 60


def check_timing(protocol: Protocol, made: Sequence[Rating], fieldwork: Fieldwork | None = None) -> list[Problem]:
    """Check whatever was entered of dates, starts and durations of the attempts ``made``; EK661 says once what was not.

    ``fieldwork`` knows holidays, and weekends that are worked. Findings: EK654, EK656, EK658, EK659.
    """
    timed = [each for each in made if each.timing.date is not None and each.timing.start is not None]
    return [
        *_not_entered(made, timed),
        *_outside_slots(protocol, made, fieldwork),
        *_durations(protocol, made),
        *_at_once(timed),
        *_attempts(protocol, timed),
    ]


def made_calls(ratings: Sequence[Rating], second: Collection[tuple[str, str]]) -> list[Rating]:
    """Return the attempts that were made, each once.

    ``second``: calls and auditors of planned second scores, which are no calls of their own; without a plan, of two
    ratings of one attempt the one read first is the call.
    """
    first: dict[tuple[str, int], Rating] = {}
    for rating in ratings:
        if (rating.call, rating.auditor) not in second:
            first.setdefault((rating.call, rating.attempt), rating)
    return list(first.values())


def _not_entered(made: Sequence[Rating], timed: Sequence[Rating]) -> list[Problem]:
    """Say once how many calls lack what the checks need."""
    untimed, unmeasured = len(made) - len(timed), sum(isnan(each.timing.duration) for each in made)
    if untimed == unmeasured == 0:
        return []
    return [problem("EK661", calls=len(made), untimed=untimed, unmeasured=unmeasured)]


def _outside_slots(protocol: Protocol, made: Sequence[Rating], fieldwork: Fieldwork | None) -> list[Problem]:
    known = [(each, start) for each in made if each.slot and (start := each.timing.start) is not None]
    slots = [protocol.slot_by_code[each.slot] for each, _ in known]
    minutes = np.array([start.hour * 60 + start.minute for _, start in known], dtype=np.int64)
    first, last = (
        np.array([_minutes(getattr(slot, name)) for slot in slots], dtype=np.int64) for name in ("start", "end")
    )
    early_or_late = outside(minutes, first, last)
    problems = []
    for (rating, start), slot, wrong in zip(known, slots, early_or_late.tolist(), strict=True):
        if wrong or not _is_day_of(slot, rating.timing.date, fieldwork):
            day = f"{rating.timing.date:%Y-%m-%d} " if rating.timing.date else ""
            about = {"start": f"{day}{start:%H:%M}", "slot": slot.code, "hours": f"{slot.start}-{slot.end} {slot.days}"}
            problems.append(problem("EK654", rating.place, call=rating.call, **about))
    return problems


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _is_day_of(slot: Slot, day: dt.date | None, fieldwork: Fieldwork | None) -> bool:
    if day is None:
        return True
    if fieldwork is None:
        return slot.is_open(workday=is_weekday(day))
    return day.isoformat() in fieldwork.days and fieldwork.is_open(slot, day.isoformat())


def _durations(protocol: Protocol, made: Sequence[Rating]) -> list[Problem]:
    rules, problems = protocol.plausibility, []
    for rating in made:
        seconds, outcome = rating.timing.duration, protocol.outcome_by_code[rating.outcome]
        least = max((rules.shortest_seconds.get(base, 0.0) for base in outcome.bases), default=0.0)
        limit = ""
        if seconds > rules.longest_seconds:
            key, limit = "fieldwork_longest", f"{rules.longest_seconds:g}"
        elif outcome.reached and seconds == 0:
            key, limit = "fieldwork_nothing", "0"
        elif seconds < least:
            key, limit = "fieldwork_shortest", f"{least:g}"
        if limit:
            about = {"limit_zh": word(key, "zh", limit=limit), "limit_en": word(key, "en", limit=limit)}
            problems.append(problem("EK656", rating.place, call=rating.call, seconds=f"{seconds:g}", **about))
    return problems


def _at_once(timed: Sequence[Rating]) -> list[Problem]:
    """Find calls that began before another of the same auditor was over.

    A start in whole minutes may have been up to a minute later, so that only what overlaps all the same is reported.
    """
    known = [each for each in timed if each.auditor]
    codes: dict[str, int] = {}
    auditor = np.array([codes.setdefault(each.auditor, len(codes)) for each in known], dtype=np.int64)
    start = _starts(known)
    took = np.array([each.timing.duration for each in known], dtype=float)
    latest = start + np.array([0 if each.timing.to_the_second else _MINUTE - 1 for each in known], dtype=np.int64)
    found = at_once(auditor, latest, start + np.nan_to_num(took))
    problems = []
    for row in np.flatnonzero(found != NOBODY).tolist():
        rating, other = known[row], known[found[row]]
        about = {"call": rating.call, "start": _shown(rating), "other": other.call, "other_at": other.place}
        problems.append(problem("EK658", rating.place, auditor=rating.auditor, **about))
    return problems


def _attempts(protocol: Protocol, timed: Sequence[Rating]) -> list[Problem]:
    codes: dict[str, int] = {}
    call = np.array([codes.setdefault(each.call, len(codes)) for each in timed], dtype=np.int64)
    apart = protocol.attempts.minutes_apart
    found = gaps(call, np.array([each.attempt for each in timed], dtype=np.int64), _starts(timed))
    problems = []
    for row in np.flatnonzero(found.seconds < apart * _MINUTE).tolist():
        rating = timed[row]
        about = {"attempt": rating.attempt, "minutes": f"{found.seconds[row] / _MINUTE:g}", "apart": f"{apart:g}"}
        problems.append(problem("EK659", rating.place, call=rating.call, **about))
    return problems


def _starts(timed: Sequence[Rating]) -> IntArray:
    """Return the seconds at which calls began, counted from one day for all."""
    days = [each.timing.date.toordinal() if each.timing.date else 0 for each in timed]
    clocks = [each.timing.start or dt.time() for each in timed]
    seconds = [each.hour * 3600 + each.minute * _MINUTE + each.second for each in clocks]
    return np.array(days, dtype=np.int64) * _DAY + np.array(seconds, dtype=np.int64)


def _shown(rating: Rating) -> str:
    start = rating.timing.start
    return "" if start is None else f"{rating.timing.date} {start:%H:%M}"
