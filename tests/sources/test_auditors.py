from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evalkit.problems import Problem
from evalkit.sources.auditors import Auditors, read_auditors
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
    assert found.homes == ("U1", "west", "")
    assert found.most == (50, None, 7)
    assert found.region_of["U1"] == "east"


def test_only_the_code_is_needed(tmp_path: Path) -> None:
    found, problems = read(tmp_path, [("auditor",), ("A1",)])
    assert (problems, found is not None and found.homes) == ([], ("",))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("name",), ("A1",)], ["EK201"]),
        ([("auditor",), ("A1",), ("A1",)], ["EK202"]),
        ([("auditor", "home"), ("", "east")], ["EK248"]),
        ([("auditor", "home"), ("A1", "nowhere")], ["EK626"]),
        ([("auditor", "most"), ("A1", "many"), ("A2", "-3")], ["EK627", "EK627"]),
    ],
)
def test_faults_are_found_together(tmp_path: Path, rows: Sequence[Sequence[str]], expected: list[str]) -> None:
    found, problems = read(tmp_path, rows)
    assert found is None
    assert [each.code for each in problems] == expected
