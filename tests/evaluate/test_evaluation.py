"""An evaluation: its tables by name, its index, its rankings."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import TABLES


def test_tables_are_found_by_name(values_run: Evaluation) -> None:
    assert tuple(values_run.tables) == TABLES
    assert values_run["scores"] is values_run.tables["scores"]


def test_index_is_the_root_of_the_tree(values_run: Evaluation) -> None:
    assert values_run.root == "ROOT"


def test_ranking_is_best_first(values_run: Evaluation) -> None:
    assert values_run.ranking()["unit"].tolist() == ["U3", "U2", "U1", "U4"]
    assert values_run.ranking("B")["unit"].tolist() == ["U2", "U1", "U4", "U3"]
    assert values_run.ranking(group="class:big")["unit"].tolist() == ["U2", "U1"]
    assert values_run.ranking(group="class:none").empty
