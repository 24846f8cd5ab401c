"""An evaluation: its tables by name, its index, its rankings."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import TABLES
from evalkit.evaluate.publication import public
from tests.small_studies import REGISTER, run, values_study


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


@pytest.mark.parametrize("hostile", ["<b>甲</b>", "</td><script>alert(1)</script>", "]]>&lt;", "\"'`", "=1+1"])
def test_notebook_shows_the_ranking_with_names_escaped(tmp_path: Path, hostile: str) -> None:
    register = [REGISTER[0], ("U1", hostile, "big", "east", ""), *REGISTER[2:]]
    shown = run(values_study(tmp_path, register=register))._repr_html_()
    assert f"<td>{escape(hostile, quote=False)}</td>" in shown
    assert shown.index("U3") < shown.index("U2") < shown.index("U1")
    assert set(re.findall(r"</?(\w+)", shown)) == {"table", "thead", "tbody", "tr", "th", "td"}


def test_notebook_shows_no_rank_where_tiers_only_are_published(tmp_path: Path) -> None:
    shown = public(run(values_study(tmp_path, publish="tiers")))._repr_html_()
    assert "<td>" not in shown
    assert "<th>score</th>" in shown
