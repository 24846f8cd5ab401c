from __future__ import annotations

import dataclasses

import pytest

from evalkit.problems import NOWHERE, PROBLEM_COLUMNS, SEVERITIES, Place, as_row, cell_name, has_errors, problem


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (NOWHERE, ""),
        (Place(file="a.yaml"), "a.yaml"),
        (Place(file="a.yaml", line=3), "a.yaml:3"),
        (Place(file="a.yaml", line=3, column=7), "a.yaml:3:7"),
        (Place(file="城市.xlsx", sheet="接通能力", cell="C2"), "城市.xlsx 接通能力!C2"),
        (Place(file="a.xlsx", cell="C2"), "a.xlsx C2"),
        (Place(sheet="表", cell="C2"), "表!C2"),
        (Place(unit="U01", question="Q1"), ""),
    ],
)
def test_a_place_is_written_as_people_look_for_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_cell_is_named_by_what_there_is() -> None:
    assert cell_name("表", "C2") == "表!C2"
    assert (cell_name(None, "C2"), cell_name("表", ""), cell_name("", None)) == ("C2", "表", "")


def test_a_place_can_be_made_more_exact() -> None:
    place = Place(file="a.xlsx", unit="U01")
    assert place.at(sheet="表", cell="A1") == Place(file="a.xlsx", unit="U01", sheet="表", cell="A1")
    assert place == Place(file="a.xlsx", unit="U01")
    with pytest.raises(dataclasses.FrozenInstanceError):
        place.file = "b.xlsx"  # type: ignore[misc]  # the test is that it fails


def test_a_finding_says_what_and_what_to_do() -> None:
    found = problem("EK203", Place(file="a.xlsx"), value="95.1％")
    assert found.severity == "error"
    assert found.message("zh") == "应为数值,读到 “95.1％”"
    assert found.message() == "应为数值,读到 “95.1％” / expected a number, read “95.1％”"
    assert found.hint("en").startswith("give digits only")


def test_values_are_never_taken_for_placeholders() -> None:
    assert problem("EK203", value="{value} {0} %s").message("en") == "expected a number, read “{value} {0} %s”"


def test_findings_are_values() -> None:
    assert problem("EK202", id=5) == problem("EK202", id="5")
    assert len({problem("EK202", id=5), problem("EK202", id=5), problem("EK202", id=6)}) == 2


def test_a_placeholder_may_be_called_as_an_argument() -> None:
    assert problem("EK119", key="Q1", code="a").message("en") == "the code “a” stands twice in Q1"


def test_only_errors_are_errors() -> None:
    error, warning, note = problem("EK202", id=1), problem("EK408"), problem("EK503", award="x")
    assert tuple(each.severity for each in (error, warning, note)) == SEVERITIES
    assert has_errors([note, error])
    assert not has_errors([warning, note])
    assert not has_errors([])


def test_a_row_has_the_columns_of_the_table() -> None:
    place = Place(file="a.yaml", sheet="s", cell="c", line=1, column=2, unit="u", question="q")
    row = as_row(problem("EK202", place, id="x"), "zh")
    assert set(row) == set(PROBLEM_COLUMNS)
    assert row == {
        "code": "EK202", "severity": "error", "message": "单位 “x” 在名册中重复", "hint": "每个单位只能占一行",
        "file": "a.yaml", "sheet": "s", "cell": "c", "line": 1, "column": 2, "unit": "u", "question": "q",
    }  # fmt: skip
