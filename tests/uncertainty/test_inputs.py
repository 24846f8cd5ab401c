from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.problems import Problem
from evalkit.uncertainty.inputs import Inputs, read_inputs
from tests.small_audits import calls_study, row
from tests.uncertainty.sampled_study import changed, sampled_study


def inputs(path: Path) -> tuple[Inputs, list[Problem]]:
    project = evalkit.load(path)
    return read_inputs(project.bundle, project.run())


def test_values_and_errors_are_read_and_told_apart(tmp_path: Path) -> None:
    found, problems = inputs(sampled_study(tmp_path))
    assert found.raw.tolist() == [[80, 60, 40], [50, 70, 90], [90, 90, 10], [20, 30, 30]]
    assert found.errors.tolist() == [[2, 4, 0], [1, 1, 0], [3, 1.5, 0], [1, 2, 0]]
    assert found.has_error.tolist() == [True, True, False]
    assert [(each.code, dict(each.params)) for each in problems] == [("EK708", {"with_error": "A1, A2", "count": "1"})]


def test_the_scores_are_those_of_the_run(tmp_path: Path) -> None:
    found, _ = inputs(sampled_study(tmp_path))
    assert np.array_equal(found.leaves(), found.raw)


@pytest.mark.parametrize("text", ["", "-1", "x"])
def test_a_value_without_a_usable_error_gets_the_largest(tmp_path: Path, text: str) -> None:
    found, problems = inputs(sampled_study(tmp_path, changed(2, "a1_se", text)))
    assert found.errors[:, 0].tolist() == [2, 3, 3, 1]
    assert [each.code for each in problems] == ["EK708"]


def test_answers_that_are_all_alike_carry_no_error_though_their_mean_is_rounded(tmp_path: Path) -> None:
    # weights of scenarios are thirds of sixths: the mean of equal rates is not quite the rate
    calls = [
        row(f"C{unit}{at}", unit, auditor=f"A{at % 3}", G3="fair", G5=str(at % 2))
        for unit in ("U1", "U2", "U3")
        for at in range(6)
    ]
    project = evalkit.load(calls_study(tmp_path, calls, uncertainty={"seed": 1}))
    asked, problems = read_inputs(project.bundle, project.run())
    names = [node.id for node in asked.recipe.indicators]
    assert dict(zip(names, asked.has_error.tolist(), strict=True)) == {"A1": False, "A2": True, "A3": False}
    assert [dict(each.params)["with_error"] for each in problems if each.code == "EK708"] == ["A2"]


def test_no_value_needs_no_error(tmp_path: Path) -> None:
    found, problems = inputs(sampled_study(tmp_path, changed(2, "a1", "")))
    assert found.errors[1, 0] == 0
    assert [each.code for each in problems] == ["EK708"]
