"""Calls of a day against the limits that the fieldwork declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import evalkit
from evalkit.problems import Problem
from tests.small_audits import calls_study, row

DAY = {"date": "2025-06-03", "slot": "day"}
FIELDWORK = {"first": "2025-06-02", "last": "2025-06-15", "daily": 9}


def check(folder: Path, rows: Sequence[Mapping[str, str]], **limits: int) -> list[Problem]:
    path = calls_study(folder, rows, fieldwork=FIELDWORK | limits)
    return [each for each in evalkit.load(path).check() if each.code not in {"EK231", "EK661"}]


def test_an_auditor_in_haste_is_asked_about_once_a_slot_and_day(tmp_path: Path) -> None:
    rows = [row(f"C{n}", **DAY) for n in range(4)]
    rows += [row("C8", **DAY | {"date": "2025-06-04"}), row("C9", auditor="A2", **DAY)]
    (found,) = check(tmp_path, rows, slot_daily=2)
    assert (found.code, found.severity, str(found.place)) == ("EK633", "warning", "calls/a.csv:4 A4")
    assert dict(found.params) == {
        "auditor": "A1", "date": "2025-06-03", "slot": "day", "count": "4", "limit": "2",
    }  # fmt: skip
    assert check(tmp_path / "four", rows, slot_daily=4) == []


def test_a_unit_that_is_called_too_often_on_a_day(tmp_path: Path) -> None:
    rows = [row(f"C{n}", auditor=f"A{n}", **DAY) for n in range(3)]
    (found,) = check(tmp_path, rows, unit_daily=2)
    assert (found.code, found.place.unit, found.place.cell) == ("EK634", "U1", "A4")
    assert dict(found.params) == {"unit": "U1", "date": "2025-06-03", "count": "3", "limit": "2"}


def test_further_attempts_second_scores_and_undated_calls_do_not_count(tmp_path: Path) -> None:
    rows = [
        row("C1", outcome="silent", **DAY),
        row("C1", attempt="2", **DAY),
        row("C1", auditor="A2", **DAY),
        row("C2"),
        row("C3", date="2025-06-03"),
    ]
    assert check(tmp_path, rows, slot_daily=1, unit_daily=2) == []
