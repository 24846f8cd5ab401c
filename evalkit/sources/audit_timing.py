"""When a call began and how long it took, from what an auditor entered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import isnan

from evalkit.calls import NO_TIMING, Timing
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import parse_date
from evalkit.sources.cell_text import normalise, shortened

_BETWEEN = re.compile(r"[\sT]+")
_CLOCK = re.compile(
    r"([01]?\d|2[0-3])[:时点]([0-5]?\d)(?:[:分]([0-5]?\d))?(?:\.\d+)?[分秒]?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_SECONDS = re.compile(r"(\d{1,7}(?:\.\d{1,6})?)(?:s|秒)?", re.ASCII)
_PARTS = re.compile(r"(?:(\d{1,3})(?::|小时|时))?(\d{1,3})[:分]([0-5]?\d)秒?", re.ASCII)
_NAN = float("nan")
_REMEMBERED = 1 << 14  # different texts: days and minutes come again and again
TIMING_FIELDS = ("date", "start", "duration")
"""The columns of date, start and duration."""


def read_timing(fields: Mapping[str, str], place: Callable[[str], Place]) -> tuple[Timing, list[Problem]]:
    """Return when a call was made; what cannot be read counts as not entered (EK657), at the ``place`` of its field.

    date: ``2025-06-03``, ``2025/6/3``, ``2025年6月3日``; start: ``9:05``, ``09:05:30``, with or without a date before
    it, which counts where there is no other, or ``09:05:30.000+08:00`` as phones export it, whose zone is taken for the
    hotline's own; duration: seconds, ``3:25`` or ``0:03:25``.
    """
    entered = {name: text for name in TIMING_FIELDS if (text := normalise(fields.get(name, "")))}
    if not entered:
        return NO_TIMING, []
    date, _ = _moment(entered.get("date", ""))
    other, clock = _moment(entered.get("start", ""))
    duration = _duration(entered.get("duration", ""))
    read = {"date": date is not None, "start": clock is not None, "duration": not isnan(duration)}
    problems = [
        problem("EK657", place(name), column=name, value=shortened(text))
        for name, text in entered.items()
        if not read[name]
    ]
    start, to_the_second = clock or (None, False)
    return Timing(date or other, start, duration, to_the_second), problems


@lru_cache(_REMEMBERED)
def _moment(text: str) -> tuple[dt.date | None, tuple[dt.time, bool] | None]:
    """Return the date and the time of day that a text says, and whether it has seconds; None for what it does not."""
    date: dt.date | None = None
    clock: tuple[dt.time, bool] | None = None
    for part in _BETWEEN.split(text):
        if found := _CLOCK.fullmatch(part):
            hour, minute, second = found.groups()
            clock = dt.time(int(hour), int(minute), int(second or 0)), int(second or 0) > 0
        elif part:
            _, day, finding = parse_date(part, part)
            if finding is not None:
                return None, None
            date = dt.date.fromisoformat(day)
    return date, clock


@lru_cache(_REMEMBERED)
def _duration(text: str) -> float:
    if found := _SECONDS.fullmatch(text):
        return float(found[1])
    if found := _PARTS.fullmatch(text.removesuffix(".0")):
        hours, minutes, seconds = found.groups()
        return 3600.0 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    return _NAN
