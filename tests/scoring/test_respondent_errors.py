from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.evaluate.evaluation import Evaluation
from evalkit.observations import Answers
from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.measured_respondents import Pool
from evalkit.scoring.respondent_errors import respondent_errors
from evalkit.scoring.respondent_points import PartPoints
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


def test_the_last_answer_has_no_error_and_says_why(tmp_path: Path) -> None:
    answers = [("U1", "1", "best"), ("U1", "1", "worst"), ("U2", "1", "fair")]
    found = evaluated(tmp_path, answers, "last")
    assert found.sampling == {}
    said = {dict(each.params)["node"]: each.message("en") for each in found.problems if each.code == "EK711"}
    assert "the value is that of the last respondent" in said["GOOD"]


def test_a_median_goes_by_resampled_respondents(tmp_path: Path) -> None:
    # of three, two are drawn: both worst, both fair or both best in 1 of 9 each, the mean of two in 2 of 9 each
    found = evaluated(tmp_path, [("U1", "1", level) for level in LEVELS], "median")
    drawn = np.array([0, 50, 100, 25, 25, 50, 50, 75, 75])
    assert found.sampling["GOOD"].variances()[0] == pytest.approx(drawn.var(), rel=0.15)
    assert "EK711" not in {each.code for each in found.problems}


def test_medians_that_move_in_steps_are_pointed_out(tmp_path: Path) -> None:
    agreed = [("U1", "1", level) for level in ("fair",) * 30 + ("best",) * 2]
    open_ = [("U2", "1", level) for level in ("fair",) * 10 + ("best",) * 10]
    found = evaluated(tmp_path, agreed + open_, "median")
    noted = [dict(each.params) for each in found.problems if each.code == "EK717"]
    assert {"node": "GOOD", "count": "1", "still": "1"} in noted
    still, moving = found.sampling["GOOD"].variances()[:2]
    assert still == 0
    assert moving > 0


def test_the_value_of_a_single_respondent_is_his_own_whatever_the_rule(tmp_path: Path) -> None:
    answers = [("U1", "1", "best"), ("U1", "1", "worst"), ("U1", "1", "fair"), ("U2", "1", "fair")]
    variances = [
        evaluated(tmp_path / method, answers, method).sampling["GOOD"].variances()[1] for method in ("mean", "median")
    ]
    assert variances[0] == variances[1] == pytest.approx(2500)


def pool_of(x: FloatArray, y: FloatArray, units: int) -> tuple[Pool, PartPoints, PartPoints]:
    """Return respondents with two answers each, x and y (respondents,), as many in each unit."""
    people = len(x)
    nothing = np.zeros((people, 0))
    answers = Answers(("",) * people, {}, nothing, nothing.astype(np.int8), nothing.astype(np.int64))
    pool = Pool(answers, np.arange(people) % units, np.ones(people), np.arange(people), units)
    whole = np.ones(units)
    return pool, PartPoints(x, "median", whole), PartPoints(y, "mean", whole)


def test_a_median_and_a_mean_of_the_same_respondents_vary_together() -> None:
    units, size = 300, 60
    rng = np.random.default_rng(11)
    x = rng.normal(size=units * size)
    y = 0.8 * x + 0.6 * rng.normal(size=units * size)
    pool, median, mean = pool_of(x, y, units)
    true = [
        respondents.median(x, pool.weights, pool.owners, units),
        respondents.mean(y, pool.weights, pool.owners, units),
    ]
    expected = np.corrcoef([each.values for each in true])[0, 1]
    found = [respondent_errors((part,), pool, seed=3) for part in (median, mean)]
    influences = [each.influence.own.toarray() for each in found if each is not None]
    covariance = (influences[0] * influences[1]).sum(axis=1)
    correlation = covariance / np.sqrt((influences[0] ** 2).sum(axis=1) * (influences[1] ** 2).sum(axis=1))
    assert correlation.mean() == pytest.approx(expected, abs=0.08)


def test_parts_of_other_rules_add_up() -> None:
    units, size = 300, 60
    rng = np.random.default_rng(12)
    x = rng.normal(size=units * size)
    pool, median, mean = pool_of(x, x**2, units)
    parts = (replace(median, weights=np.full(units, 0.7)), replace(mean, weights=np.full(units, 0.3)))
    values = (
        0.7 * respondents.median(x, pool.weights, pool.owners, units).values
        + 0.3 * respondents.mean(x**2, pool.weights, pool.owners, units).values
    )
    found = respondent_errors(parts, pool, seed=3)
    assert found is not None
    assert found.influence.variances().mean() == pytest.approx(values.var(), rel=0.15)
    assert not found.steps.any()


def test_indicators_of_the_same_respondents_go_together(tmp_path: Path) -> None:
    found = evaluated(tmp_path, [("U1", "1", level) for level in ("best", "fair", "worst", "worst")])
    first, second = found.sampling["GOOD"], found.sampling["OPEN"]
    assert first.source == second.source == "respondents"
    assert first.clusters == second.clusters


def test_without_uncertainty_nothing_is_computed(tmp_path: Path) -> None:
    path = respondent_study(tmp_path)
    assert evalkit.load(path).run().sampling == {}
