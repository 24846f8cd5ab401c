from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.problems import Problem
from tests.small_audits import TREE as CALL_TREE
from tests.small_audits import calls_study, row
from tests.uncertainty.sampled_study import TREE, assessed, changed, sampled_study


def found(path: Path) -> list[Problem]:
    return [each for each in evalkit.load(path).check() if each.code.startswith("EK70")]


def test_check_says_which_indicator_lacks_its_standard_errors(tmp_path: Path) -> None:
    first, second = TREE["children"]
    leaves = [first["children"][0], first["children"][1] | {"measure": {"column": "a2"}}]
    tree = TREE | {"children": [first | {"children": leaves}, second]}
    problems = found(sampled_study(tmp_path, tree=tree))
    assert [(each.code, dict(each.params)) for each in problems] == [("EK702", {"node": "A2"})]


@pytest.mark.parametrize(("text", "codes"), [("", ["EK704"]), ("-1", ["EK703", "EK704"]), ("x", ["EK704"])])
def test_check_says_where_a_standard_error_is_missing_or_negative(tmp_path: Path, text: str, codes: list[str]) -> None:
    path = sampled_study(tmp_path, changed(2, "a1_se", text))
    problems = found(path)
    assert [each.code for each in problems] == codes
    assert {each.place.cell for each in problems} == {"C3"}
    assert {each.place.unit for each in problems} == {"U2"}
    said = [each.code for each in assessed(path).problems if each.code in {"EK702", "EK703", "EK704"}]
    assert said == codes, "a run says it once"


def test_what_calls_measure_needs_no_column_of_standard_errors(tmp_path: Path) -> None:
    tree = CALL_TREE | {"children": [each | {"sampling_error": True} for each in CALL_TREE["children"]]}
    assert found(calls_study(tmp_path, [row("C1"), row("C2")], tree, uncertainty={"seed": 1})) == []


def test_a_study_without_uncertainty_has_no_such_findings(tmp_path: Path) -> None:
    assert found(sampled_study(tmp_path, changed(2, "a1_se", "-1"), uncertainty=None)) == []
