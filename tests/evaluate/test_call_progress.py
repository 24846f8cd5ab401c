"""The progress of the calls, and its page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate.call_progress import Line, Progress, call_progress
from tests.small_audits import calls_study, row
from tests.small_studies import write_table

HEADER = ["call", "unit", "name", "scenario", "channel", "slot", "auditor", "role", "date"]
PLAN = [
    ["C1", "U1", "甲市", "S1", "phone", "day", "A1", "first", "2025-06-02"],
    ["C1", "U1", "甲市", "S1", "phone", "day", "A2", "second", "2025-06-02"],
    ["C2", "U1", "甲市", "S2", "phone", "day", "A1", "first", "2025-06-03"],
    ["C3", "U2", "乙市", "S1", "phone", "day", "A2", "first", "2025-06-02"],
    ["C4", "U2", "乙市", "S2", "web", "day", "A2", "first", "2025-06-04"],
    ["C5", "U2", "乙市", "S2", "web", "day", "A1", "reserve", "2025-06-04"],
]
MADE = [
    row("C1", date="2025-06-02"),
    row("C1", auditor="A2"),
    row("C2", scenario="S2", outcome="silent", date="2025-06-03"),
]


def progress_study(folder: Path, rows: list[dict[str, str]], *, dated: bool = True) -> Path:
    path = calls_study(folder, rows, data={"audit": "calls/*.csv", "plan": "plan.csv"})
    kept = len(HEADER) if dated else -1
    write_table(folder / "plan.csv", [line[:kept] for line in (HEADER, *PLAN)])
    return path


def progress(path: Path, today: dt.date | None = None) -> Progress:
    project = evalkit.load(path)
    data, _ = project.gather()
    assert data is not None
    assert data.calls is not None
    assert project.bundle.protocol is not None
    return call_progress(data.plan, data.calls.ratings, project.bundle.protocol[0], today)


def test_done_missing_and_overdue_by_auditor_and_unit(tmp_path: Path) -> None:
    found = progress(progress_study(tmp_path / "s", MADE))
    assert found.as_of == dt.date(2025, 6, 3)
    assert found.total == Line("", 5, 2, 1, 2, 1)
    assert found.total.done == 3
    assert found.auditors == (Line("A1", 2, 0, 0, 2, 1), Line("A2", 3, 2, 1, 0, 0))
    assert found.units == (Line("U1", 3, 0, 0, 2, 1), Line("U2", 2, 2, 1, 0, 0))
    assert found.outcomes == (("good", 1), ("wrong", 0), ("silent", 1))
    assert (found.double, found.double_planned, found.double_declared) == (0.5, 0.25, 0.1)


@pytest.mark.parametrize(("today", "overdue"), [("2025-06-02", 0), ("2025-06-04", 1), ("2025-06-05", 2)])
def test_a_day_given_decides_what_is_overdue(tmp_path: Path, today: str, overdue: int) -> None:
    found = progress(progress_study(tmp_path / "s", MADE), dt.date.fromisoformat(today))
    assert found.total.overdue == overdue


def test_a_reserve_stands_in_and_a_plan_without_days_has_nothing_overdue(tmp_path: Path) -> None:
    reserve = row("C5", unit="U2", scenario="S2", channel="web", G4="")
    found = progress(progress_study(tmp_path / "s", [*MADE, reserve], dated=False), dt.date(2030, 1, 1))
    assert not found.dated
    assert (found.total.missing, found.total.overdue, found.total.calls) == (1, 0, 3)


def test_nothing_made_yet(tmp_path: Path) -> None:
    found = progress(progress_study(tmp_path / "s", []))
    assert (found.total.done, found.total.missing, found.as_of, found.double) == (0, 5, None, None)
