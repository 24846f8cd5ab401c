"""Submissions, jury sheets and decisions from tables, with everything that can be wrong in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from evalkit.sources.nomination_tables import read_decisions, read_forms, read_submissions
from evalkit.sources.register import Register, read_register
from tests.small_studies import REGISTER, write_table

AWARDS = ("s/gold", "s/silver", "t/gold")


@pytest.fixture
def register(tmp_path: Path) -> Register:
    write_table(tmp_path / "units.csv", REGISTER)
    found, _ = read_register(tmp_path / "units.csv", "units.csv")
    assert found is not None
    return found


def table(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A workbook, as juries and committees fill them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = folder / "table.xlsx"
    book.save(path)
    return path


def test_submissions_name_unit_and_award_in_any_way(tmp_path: Path, register: Register) -> None:
    rows = [
        ("submission", "award", "unit", "title", "person"),
        ("S1", "silver", "甲市热线", "接诉即办", ""),
        ("S2", "t/gold", "U3", "", "张三"),
    ]
    found, problems = read_submissions(table(tmp_path, rows), "t.xlsx", register, AWARDS)
    assert problems == []
    assert [(each.id, each.award, each.unit, each.title, each.person) for each in found] == [
        ("S1", "s/silver", "U1", "接诉即办", ""),
        ("S2", "t/gold", "U3", "", "张三"),
    ]


def test_submissions_that_cannot_be_used_are_all_reported(tmp_path: Path, register: Register) -> None:
    rows = [
        ("submission", "award", "unit"),
        ("S1", "gold", "U1"),  # of which scheme?
        ("S2", "silvr", "无名市"),
        ("", "silver", "U1"),
        ("S4", "silver", ""),
        ("S5", "silver", "U1"),
        ("S5", "silver", "U2"),
    ]
    found, problems = read_submissions(table(tmp_path, rows), "t.xlsx", register, AWARDS)
    assert [each.id for each in found] == ["S5"]
    assert [(each.code, each.place.cell) for each in problems] == [
        ("EK521", "B2"), ("EK242", "C3"), ("EK521", "B3"), ("EK248", "A4"), ("EK248", "C5"), ("EK531", "A7"),
    ]  # fmt: skip
    assert "silver" in problems[2].message("en")


def test_every_other_column_of_a_jury_sheet_is_a_criterion(tmp_path: Path, register: Register) -> None:
    rows = [
        ("submission", "judge", "judge_unit", "comment", "new", "use"),
        ("S1", "评委甲", "乙市", "很好", 8.5, "90"),
        ("S1", "评委乙", "某大学", "", "", "优"),
    ]
    found, problems = read_forms(table(tmp_path, rows), "t.xlsx", register, ["S1"])
    assert [(each.judge, each.unit, dict(each.marks)) for each in found] == [
        ("评委甲", "U2", {"new": 8.5, "use": 90.0}),
        ("评委乙", "某大学", {"new": None, "use": None}),
    ]
    assert [(each.code, each.place.cell) for each in problems] == [("EK203", "F3")]


def test_forms_for_nothing_of_nobody_or_twice_are_reported(tmp_path: Path, register: Register) -> None:
    rows = [("submission", "judge", "new"), ("S9", "J", 1), ("S1", "", 1), ("S1", "J", 1), ("S1", "J", 2)]
    found, problems = read_forms(table(tmp_path, rows), "t.xlsx", register, ["S1"])
    assert [dict(each.marks) for each in found] == [{"new": 1.0}]
    assert [each.code for each in problems] == ["EK524", "EK248", "EK532"]


def test_decisions_need_a_reason(tmp_path: Path, register: Register) -> None:
    rows = [("award", "unit", "reason", "by"), ("silver", "U1", "率先归并", "评委会"), ("silver", "U2", "", "评委会")]
    found, problems = read_decisions(table(tmp_path, rows), "t.xlsx", register, AWARDS)
    assert [(each.award, each.unit, each.reason, each.by) for each in found] == [
        ("s/silver", "U1", "率先归并", "评委会")
    ]
    assert [(each.code, each.place.cell, each.place.unit) for each in problems] == [("EK520", "C3", "U2")]


def test_tables_without_their_columns_or_that_are_none_say_so(tmp_path: Path, register: Register) -> None:
    path = table(tmp_path, [("award", "unit"), ("silver", "U1")])
    assert [each.code for each in read_decisions(path, "t.xlsx", register, AWARDS)[1]] == ["EK201"]
    assert [each.code for each in read_forms(tmp_path / "no.xlsx", "no.xlsx", register, [])[1]] == ["EK001"]
