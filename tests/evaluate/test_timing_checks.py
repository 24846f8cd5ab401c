"""Dates, starts and durations of calls against the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.problems import Problem
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import write_yaml

WHEN = {"date": "2025-06-03", "start": "10:00", "duration": "120", "slot": "day"}

FIELDWORK = {
    "first": "2025-06-02", "last": "2025-06-15", "daily": 9, "holidays": ["2025-06-04"], "workdays": ["2025-06-08"],
}  # fmt: skip


def check(folder: Path, rows: Sequence[Mapping[str, str]], **changes: Any) -> list[Problem]:  # noqa: ANN401 - keys of a protocol
    path = calls_study(folder / "s", rows)
    write_yaml(folder / "s" / "protocol.yaml", PROTOCOL | changes)
    return [each for each in evalkit.load(path).check() if each.code != "EK231"]


def found(problems: Sequence[Problem]) -> list[tuple[str, str | None]]:
    return [(each.code, each.place.cell) for each in problems]


def test_calls_in_order_are_not_remarked_on(tmp_path: Path) -> None:
    rows = [row("C1", **WHEN), row("C2", **WHEN | {"start": "10:02"}), row("C3", auditor="A2", **WHEN)]
    assert check(tmp_path, rows) == []


def test_what_was_not_entered_is_said_once(tmp_path: Path) -> None:
    rows = [row(f"C{number}", duration="100" if number < 3 else "") for number in range(9)]
    (note,) = check(tmp_path, rows)
    assert (note.code, note.severity) == ("EK661", "note")
    assert dict(note.params) == {"calls": "9", "untimed": "9", "unmeasured": "6"}


@pytest.mark.parametrize(("start", "wrong"), [("08:59", True), ("09:00", False), ("17:00", False), ("17:01", True)])
def test_a_call_outside_its_slot(tmp_path: Path, start: str, wrong: bool) -> None:
    problems = check(tmp_path, [row("C1", **WHEN | {"start": start})])
    assert found(problems) == ([("EK654", "A2")] if wrong else [])


@pytest.mark.parametrize(
    ("days", "date", "wrong"),
    [("workday", "2025-06-07", True), ("workday", "2025-06-06", False), ("weekend", "2025-06-06", True),
     ("weekend", "2025-06-08", False), ("any", "2025-06-08", False)],
)  # fmt: skip
def test_a_call_on_a_day_that_is_not_of_its_slot(tmp_path: Path, days: str, date: str, wrong: bool) -> None:
    slots = [PROTOCOL["slots"][0] | {"days": days}]
    problems = check(tmp_path, [row("C1", **WHEN | {"date": date})], slots=slots)
    assert found(problems) == ([("EK654", "A2")] if wrong else [])


@pytest.mark.parametrize(
    ("days", "date", "wrong"),
    [("workday", "2025-06-08", False), ("weekend", "2025-06-08", True), ("workday", "2025-06-04", True),
     ("any", "2025-06-04", True), ("any", "2025-06-05", False), ("any", "2025-06-20", True)],
)  # fmt: skip
def test_holidays_and_worked_weekends_are_those_of_the_fieldwork(
    tmp_path: Path, days: str, date: str, wrong: bool
) -> None:
    path = calls_study(tmp_path / "s", [row("C1", **WHEN | {"date": date})], fieldwork=FIELDWORK)
    write_yaml(tmp_path / "s" / "protocol.yaml", PROTOCOL | {"slots": [PROTOCOL["slots"][0] | {"days": days}]})
    problems = evalkit.load(path).gather()[1]
    assert ("EK654" in {each.code for each in problems}) is wrong


@pytest.mark.parametrize(
    ("outcome", "seconds", "reason"),
    [("good", "29", "less than the 30 that the protocol expects"), ("good", "30", ""), ("silent", "5", ""),
     ("good", "0", "but the line was reached"), ("silent", "0", ""),
     ("good", "3:00:00", "more than the 7200 that the protocol allows")],
)  # fmt: skip
def test_durations_that_cannot_be(tmp_path: Path, outcome: str, seconds: str, reason: str) -> None:
    rows = [row("C1", outcome=outcome, **WHEN | {"duration": seconds})]
    problems = check(tmp_path, rows, plausibility={"shortest_seconds": {"reached": 30}})
    assert found(problems) == ([("EK656", "A2")] if reason else [])
    assert all(reason in each.message("en") for each in problems)


def test_two_calls_of_one_auditor_at_once(tmp_path: Path) -> None:
    rows = [row("C1", **WHEN | {"duration": "600"}), row("C2", unit="U2", **WHEN | {"start": "10:05:00"})]
    (wrong,) = check(tmp_path, rows)
    assert (wrong.code, wrong.place.cell, dict(wrong.params)["other"]) == ("EK658", "A3", "C1")
    assert dict(wrong.params)["other_at"] == "calls/a.csv:2 A2"


def test_starts_in_whole_minutes_may_have_been_up_to_a_minute_later(tmp_path: Path) -> None:
    later = {"start": "10:02", "duration": "10"}
    rows = [row("C1", **WHEN | {"duration": "170"}), row("C2", **WHEN | later)]
    assert check(tmp_path / "minutes", rows) == []
    rows[0]["duration"] = "185"
    assert found(check(tmp_path / "longer", rows)) == [("EK658", "A3")]
    rows[0]["duration"], rows[1]["start"] = "170", "10:02:01"
    assert found(check(tmp_path / "seconds", rows)) == [("EK658", "A3")]


def test_a_second_score_is_no_call_of_its_own(tmp_path: Path) -> None:
    rows = [row("C1", **WHEN), row("C1", **WHEN | {"auditor": "A2"}), row("C2", **WHEN | {"auditor": "A2"})]
    assert check(tmp_path, rows) == []


@pytest.mark.parametrize(("start", "minutes"), [("10:29", "29"), ("10:30", ""), ("09:58", "-2")])
def test_attempts_keep_the_distance_that_the_protocol_declares(tmp_path: Path, start: str, minutes: str) -> None:
    first, again = row("C1", outcome="silent", **WHEN), row("C1", attempt="2", **WHEN | {"start": start})
    problems = check(tmp_path, [first, again])
    assert found(problems) == ([("EK659", "A3")] if minutes else [])
    assert [dict(each.params)["minutes"] for each in problems] == ([minutes] if minutes else [])
