from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from evalkit.problems import Problem
from evalkit.sources.call_plan import PlannedCall, read_call_plan
from tests.small_audits import protocol, register
from tests.small_studies import write_table

HEADER = ["call", "unit", "name", "scenario", "channel", "slot", "auditor", "role"]
LINE = ["C1", "U1", "甲市", "S1", "phone", "day", "A1", "first"]


def read(
    folder: Path, lines: Sequence[Sequence[str]], header: Sequence[str] = HEADER
) -> tuple[tuple[PlannedCall, ...], list[Problem]]:
    write_table(folder / "plan.csv", [header, *lines])
    return read_call_plan(folder / "plan.csv", "plan.csv", protocol(), register(folder))


def test_a_plan_with_and_without_dates_and_numbers(tmp_path: Path) -> None:
    (plain,), problems = read(tmp_path, [LINE])
    assert problems == []
    assert (plain.call, plain.unit, plain.scenario, plain.channel) == ("C1", "U1", "S1", "phone")
    assert (plain.slot, plain.auditor, plain.role, plain.date) == ("day", "A1", "first", None)
    assert (plain.place.file, plain.place.line, plain.place.unit) == ("plan.csv", 2, "U1")
    (dated,), problems = read(tmp_path, [[*LINE, "2025-06-03", "010-1"]], [*HEADER, "date", "number"])
    assert problems == []
    assert dated.date == dt.date(2025, 6, 3)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("call", "", "EK601"),
        ("role", "", "EK601"),
        ("unit", "戊市", "EK242"),
        ("scenario", "S9", "EK602"),
        ("slot", "night", "EK602"),
        ("role", "third", "EK663"),
    ],
)
def test_a_line_that_is_wrong_is_left_out(tmp_path: Path, column: str, text: str, code: str) -> None:
    wrong = [text if name == column else value for name, value in zip(HEADER, LINE, strict=True)]
    plan, (found,) = read(tmp_path, [wrong, ["C2", *LINE[1:]]])
    assert [each.call for each in plan] == ["C2"]
    assert (found.code, found.severity, found.place.line) == (code, "error", 2)


def test_a_number_of_a_call_twice_is_an_error(tmp_path: Path) -> None:
    second = [*LINE[:6], "A2", "second"]
    other_unit = ["C1", "U2", *LINE[2:6], "A3", "first"]
    plan, problems = read(tmp_path, [LINE, second, LINE, other_unit])
    assert [(each.call, each.auditor) for each in plan] == [("C1", "A1"), ("C1", "A2")]
    assert [(each.code, each.severity, each.place.line) for each in problems] == [
        ("EK662", "error", 4), ("EK604", "error", 5),
    ]  # fmt: skip


def test_columns_that_lack_and_a_file_that_lacks_are_said(tmp_path: Path) -> None:
    plan, problems = read(tmp_path, [LINE[:6]], HEADER[:6])
    assert plan == ()
    assert [(each.code, dict(each.params)["column"]) for each in problems] == [("EK201", "auditor"), ("EK201", "role")]
    _, (found,) = read_call_plan(tmp_path / "no.csv", "no.csv", protocol(), register(tmp_path))
    assert found.code == "EK001"
