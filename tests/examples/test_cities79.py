"""The ranking of the example equals one computed by an independent straightforward script."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation

STUDY = Path(__file__).parents[2] / "examples" / "cities79" / "study.yaml"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evalkit.load(STUDY).run()


@pytest.fixture(scope="module")
def independent() -> ModuleType:
    path = Path(__file__).with_name("independent_ranking.py")
    spec = importlib.util.spec_from_file_location("independent_ranking", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_ranks_and_all_scores_equal_the_independent_ones(evaluation: Evaluation, independent: ModuleType) -> None:
    expected = independent.index_scores()
    scores = evaluation["scores"]
    assert len(expected) == 79
    assert len(scores) == 79 * len(evaluation["nodes"])
    for unit, node, score in zip(scores["unit"], scores["node"], scores["score"].to_numpy(dtype=float), strict=True):
        other = expected[unit][node]
        assert (other is None) == bool(np.isnan(score)), (unit, node)
        if other is not None:
            assert score == pytest.approx(other, abs=1e-9), (unit, node)
    ranking = evaluation.ranking()
    assert dict(zip(ranking["unit"], ranking["rank"], strict=True)) == independent.ranking()


def test_every_workbook_and_every_cell_is_accounted_for(evaluation: Evaluation) -> None:
    files = evaluation["files"]
    statuses = ["ok", "blank", "skipped", "not_applicable", "invalid", "error"]
    assert len(files) == 79
    assert (files["state"] == "read").all()
    assert (files[statuses].sum(axis=1) == files["expected"]).all()
    assert files["expected"].sum() == len(evaluation["observations"])
    counted = evaluation["observations"]["status"].value_counts()
    for status in statuses:
        assert files[status].sum() == counted.get(status, 0)


def test_explanations_add_up(evaluation: Evaluation) -> None:
    for unit in evaluation["units"]["unit"][::10]:
        explanation = evalkit.explain(evaluation, unit)
        assert explanation.adds_up, unit


def test_the_clean_example_has_no_errors(evaluation: Evaluation) -> None:
    assert [each.code for each in evaluation.problems if each.severity == "error"] == []


def test_every_indicator_has_all_its_weight(evaluation: Evaluation) -> None:
    leaves = evaluation["nodes"].query("measure != ''").dropna(subset=["measure"])["node"]
    scores = evaluation["scores"]
    totals = scores[scores["node"].isin(leaves)].groupby("unit")["effective_weight"].sum()
    assert totals.to_numpy() == pytest.approx(np.ones(79), abs=1e-12)
