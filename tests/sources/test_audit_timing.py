from __future__ import annotations

import datetime as dt
from math import isnan

import pytest

from evalkit.calls import NO_TIMING, Timing
from evalkit.problems import Place
from evalkit.sources.audit_timing import TIMING_FIELDS, read_timing

PLACES = {name: Place(file="a.csv", line=2, cell=name) for name in TIMING_FIELDS}


def read(**fields: str) -> Timing:
    timing, problems = read_timing(fields, PLACES.__getitem__)
    assert problems == []
    return timing


@pytest.mark.parametrize(
    "text", ["2025-06-03", "2025/6/3", "2025.6.3", "2025年6月3日", "２０２５-06-03", "2025-06-03 00:00:00"]
)
def test_dates_as_people_and_spreadsheets_write_them(text: str) -> None:
    assert read(date=text).date == dt.date(2025, 6, 3)


@pytest.mark.parametrize("text", ["9:05", "09:05", "09:05:00", "9：05", "9点05分", "2025-06-03 09:05:00"])
def test_starts_in_whole_minutes(text: str) -> None:
    timing = read(start=text)
    assert (timing.start, timing.to_the_second) == (dt.time(9, 5), False)


def test_a_start_with_seconds_and_the_date_before_it() -> None:
    timing = read(start="2025-06-03T09:05:07")
    assert (timing.date, timing.start, timing.to_the_second) == (dt.date(2025, 6, 3), dt.time(9, 5, 7), True)
    assert read(start="09:05:07.000+08:00").start == dt.time(9, 5, 7)
    assert read(date="2025-06-04", start="2025-06-03 09:05").date == dt.date(2025, 6, 4)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("205", 205), ("205.5", 205.5), ("205秒", 205), ("3:25", 205), ("0:03:25", 205), ("00:03:25", 205),
     ("3分25秒", 205), ("1小时3分25秒", 3805), ("0", 0)],
)  # fmt: skip
def test_durations_in_seconds_or_by_the_clock(text: str, seconds: float) -> None:
    assert read(duration=text).duration == seconds


def test_nothing_entered_is_nothing() -> None:
    assert read(date="", start=" ") == NO_TIMING
    assert isnan(read().duration)


@pytest.mark.parametrize(
    ("name", "text"),
    [("date", "上周二"), ("date", "2025-02-30"), ("start", "25:00"), ("start", "上午"), ("duration", "-5"),
     ("duration", "很久"), ("duration", "1e9"), ("date", "=1+1")],
)  # fmt: skip
def test_what_cannot_be_read_counts_as_not_entered_and_is_said(name: str, text: str) -> None:
    timing, (found,) = read_timing({name: text}, PLACES.__getitem__)
    assert timing.date is None
    assert timing.start is None
    assert isnan(timing.duration)
    assert (found.code, found.severity, found.place.cell) == ("EK657", "warning", name)
    assert text in found.message("en")
