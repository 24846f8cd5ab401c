from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.problems import Problem
from evalkit.uncertainty.inputs import Inputs, read_inputs
from tests.uncertainty.sampled_study import TREE, VALUES, sampled_study


def inputs(path: Path) -> tuple[Inputs, list[Problem]]:
    project = evalkit.load(path)
    return read_inputs(project.bundle, project.run())


def changed(row: int, column: str, text: str) -> list[list[str]]:
    table = [list(each) for each in VALUES]
    table[row][table[0].index(column)] = text
    return table


def test_values_and_errors_are_read_and_told_apart(tmp_path: Path) -> None:
    found, problems = inputs(sampled_study(tmp_path))
    assert found.raw.tolist() == [[80, 60, 40], [50, 70, 90], [90, 90, 10], [20, 30, 30]]
    assert found.errors.tolist() == [[2, 4, 0], [1, 1, 0], [3, 1.5, 0], [1, 2, 0]]
    assert found.has_error.tolist() == [True, True, False]
    assert [(each.code, dict(each.params)) for each in problems] == [("EK708", {"with_error": "A1, A2", "count": "1"})]


def test_the_scores_are_those_of_the_run(tmp_path: Path) -> None:
    found, _ = inputs(sampled_study(tmp_path))
    assert np.array_equal(found.leaves(), found.raw)


def test_an_indicator_marked_as_sampled_without_errors_is_reported(tmp_path: Path) -> None:
    first, second = TREE["children"]
    leaves = [first["children"][0], first["children"][1] | {"measure": {"column": "a2"}}]
    tree = TREE | {"children": [first | {"children": leaves}, second]}
    _, problems = inputs(sampled_study(tmp_path, tree=tree))
    assert next((each.code, dict(each.params)) for each in problems) == ("EK702", {"node": "A2"})


@pytest.mark.parametrize(("text", "codes"), [("", ["EK704"]), ("-1", ["EK703", "EK704"]), ("x", ["EK704"])])
def test_a_value_without_a_usable_error_gets_the_largest_and_is_reported(
    tmp_path: Path, text: str, codes: list[str]
) -> None:
    found, problems = inputs(sampled_study(tmp_path, changed(2, "a1_se", text)))
    assert found.errors[:, 0].tolist() == [2, 3, 3, 1]
    assert [each.code for each in problems] == [*codes, "EK708"]
    assert problems[0].place.cell == "C3"
    assert problems[0].place.unit == "U2"


def test_no_value_needs_no_error(tmp_path: Path) -> None:
    found, problems = inputs(sampled_study(tmp_path, changed(2, "a1", "")))
    assert found.errors[1, 0] == 0
    assert [each.code for each in problems] == ["EK708"]
