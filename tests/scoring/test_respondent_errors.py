from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.evaluate.evaluation import Evaluation
from tests.respondent_studies import HEAD, respondent_study

LEVELS = {"best": 100.0, "fair": 50.0, "worst": 0.0}


def evaluated(folder: Path, answers: list[tuple[str, str, str]], method: str = "mean") -> Evaluation:
    """Run a study whose respondents, of (unit, weight, level), differ in a scale only."""
    rows = [
        (f"r{number}", unit, weight, f"2025-01-{number % 28 + 1:02}", "yes", "web", level, "1", "4")
        for number, (unit, weight, level) in enumerate(answers)
    ]
    path = respondent_study(
        folder, rows, head=HEAD, recipe={"respondents": {"method": method}}, uncertainty={"seed": 1}
    )
    return evalkit.load(path).run()


def test_the_error_of_a_mean_is_that_of_the_textbook(tmp_path: Path) -> None:
    levels = ["best", "best", "fair", "worst", "best", "fair"]
    found = evaluated(tmp_path, [("U1", "1", level) for level in levels])
    points = np.array([LEVELS[level] for level in levels])
    errors = np.sqrt(found.sampling["GOOD"].variances())
    assert errors[0] == pytest.approx(points.std(ddof=1) / math.sqrt(len(points)))


def test_weights_enter_by_linearisation(tmp_path: Path) -> None:
    answers = [("U1", "1", "best"), ("U1", "3", "worst"), ("U1", "2", "fair")]
    found = evaluated(tmp_path, answers)
    weights = np.array([float(weight) for _, weight, _ in answers])
    points = np.array([LEVELS[level] for _, _, level in answers])
    mean = weights @ points / weights.sum()
    expected = 3 / 2 * ((weights / weights.sum() * (points - mean)) ** 2).sum()
    assert found.sampling["GOOD"].variances()[0] == pytest.approx(expected)


def test_a_unit_with_one_respondent_goes_by_the_variance_within_the_others(tmp_path: Path) -> None:
    found = evaluated(tmp_path, [("U1", "1", "best"), ("U1", "1", "worst"), ("U2", "1", "fair")])
    assert found.sampling["GOOD"].variances()[:2].tolist() == pytest.approx([2500, 5000])
    noted = [dict(each.params) for each in found.problems if each.code == "EK710"]
    assert {"node": "GOOD", "count": "1", "units": "U2"} in noted


def test_a_median_has_no_formula_and_says_so(tmp_path: Path) -> None:
    answers = [("U1", "1", "best"), ("U1", "1", "worst"), ("U2", "1", "fair")]
    found = evaluated(tmp_path, answers, "median")
    assert found.sampling == {}
    assert "GOOD" in {dict(each.params)["node"] for each in found.problems if each.code == "EK711"}


def test_indicators_of_the_same_respondents_go_together(tmp_path: Path) -> None:
    found = evaluated(tmp_path, [("U1", "1", level) for level in ("best", "fair", "worst", "worst")])
    first, second = found.sampling["GOOD"], found.sampling["OPEN"]
    assert first.source == second.source == "respondents"
    assert first.clusters == second.clusters


def test_without_uncertainty_nothing_is_computed(tmp_path: Path) -> None:
    path = respondent_study(tmp_path)
    assert evalkit.load(path).run().sampling == {}
