from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evalkit.problems import Problem
from evalkit.sources.auditors import Auditor, Auditors, read_auditors
from tests.small_audits import register
from tests.small_studies import write_table


def read(folder: Path, rows: Sequence[Sequence[str]]) -> tuple[Auditors | None, list[Problem]]:
    write_table(folder / "auditors.csv", rows)
    return read_auditors(folder / "auditors.csv", "auditors.csv", register(folder))


def test_homes_are_units_or_regions_and_capacity_may_be_open(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path, [("auditor", "home", "most"), ("A1", "甲市", "50"), ("A2", "west", ""), ("A3", "", "7.0")]
    )
    assert problems == []
    assert found is not None
    assert found.codes == ("A1", "A2", "A3")
    assert [auditor.home for auditor in found.each] == ["U1", "west", ""]
    assert [auditor.most for auditor in found.each] == [50, None, 7]
    assert found.region_of["U1"] == "east"


def test_only_the_code_is_needed(tmp_path: Path) -> None:
    found, problems = read(tmp_path, [("auditor",), ("A1",)])
    assert (problems, found is not None and found.each) == ([], (Auditor("A1"),))


def test_headers_may_be_chinese_and_cells_may_hold_several(tmp_path: Path) -> None:
    header = ("拨测员", "住地", "总次数上限", "每日上限", "休息日", "主叫号码")
    found, problems = read(
        tmp_path, [header, ("A1", "", "", "6", "2025/3/5；2025年3月6日", "X1;X2"), ("A2", "", "9", "", "", "X1")]
    )
    assert problems == []
    assert found is not None
    assert found.each == (
        Auditor("A1", daily=6, off=("2025-03-05", "2025-03-06"), numbers=("X1", "X2")),
        Auditor("A2", most=9, numbers=("X1",)),
    )
    assert found.telephones == {}


def test_telephone_numbers_become_codes_and_the_key_is_kept_apart(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        [("auditor", "numbers"), ("A1", "138 0000 0001;+86-10-1234567;N1"), ("A2", "13800000001.0"), ("A3", "1234")],
    )
    assert problems == []
    assert found is not None
    assert [auditor.numbers for auditor in found.each] == [("N2", "N3", "N1"), ("N2",), ("1234",)]
    assert found.telephones == {"N2": "13800000001", "N3": "+86101234567"}


def test_who_has_no_number_is_named(tmp_path: Path) -> None:
    found, problems = read(tmp_path, [("auditor", "numbers"), ("A1", "X1"), ("A2", "")])
    assert found is not None
    assert [(each.code, dict(each.params)["auditors"]) for each in problems] == [("EK644", "A2")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("name",), ("A1",)], ["EK201"]),
        ([("auditor",), ("A1",), ("A1",)], ["EK202"]),
        ([("auditor", "home"), ("", "east")], ["EK248"]),
        ([("auditor", "home"), ("A1", "nowhere")], ["EK626"]),
        ([("auditor", "most"), ("A1", "many"), ("A2", "-3")], ["EK627", "EK627"]),
        ([("auditor", "daily", "most"), ("A1", "2.5", "9" * 5000)], ["EK627", "EK627"]),
        ([("auditor", "off"), ("A1", "2025-03-05;soon;2025-02-30")], ["EK641", "EK641"]),
    ],
)
def test_faults_are_found_together(tmp_path: Path, rows: Sequence[Sequence[str]], expected: list[str]) -> None:
    found, problems = read(tmp_path, rows)
    assert found is None
    assert [each.code for each in problems] == expected


def test_a_mistyped_column_is_not_passed_over(tmp_path: Path) -> None:
    found, problems = read(tmp_path, [("auditor", "dayly", "每日上线", "memo"), ("A1", "6", "6", "tall")])
    assert found is not None
    assert [(each.code, dict(each.params)["column"]) for each in problems] == [
        ("EK645", "dayly"),
        ("EK645", "每日上线"),
    ]
