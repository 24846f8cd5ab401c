"""Ranks of units in the field and in peer groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.evaluate import Evaluation
from evalkit.evaluate.ranks import UnknownGroupError, peer_groups, rank_by, rank_rows
from tests.small_studies import REGISTER, VALUES, run, values_study

HEADER = VALUES[0]


def scored(tmp_path: Path, *scores: str, **recipe: Any) -> Evaluation:  # noqa: ANN401 - any key of a recipe
    rows = [(f"U{number}", score, score, score) for number, score in enumerate(scores, start=1)]
    return run(values_study(tmp_path, [HEADER, *rows], recipe=recipe))


def ranks(evaluation: Evaluation, group: str = "") -> dict[str, float]:
    table = evaluation.ranking(group=group)
    return dict(zip(table["unit"], table["rank"], strict=True))


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("min", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("average", [1, 2.5, 2.5, 4]), ("max", [1, 3, 3, 4])],
)
def test_equal_scores_share_the_rank_that_the_recipe_says(tmp_path: Path, ties: str, expected: list[float]) -> None:
    evaluation = scored(tmp_path, "90", "80", "80", "70", ties=ties)
    assert list(ranks(evaluation).values()) == expected
    tied = evaluation.ranking().set_index("unit")["tied_with"]
    assert tied.to_dict() == {"U1": "", "U2": "U3", "U3": "U2", "U4": ""}


def test_scores_within_the_tolerance_are_equal(tmp_path: Path) -> None:
    close = scored(tmp_path / "a", "80", "80.4", "79", "70", tie_tolerance=0.5)
    assert ranks(close) == {"U1": 1, "U2": 1, "U3": 3, "U4": 4}
    assert ranks(scored(tmp_path / "b", "80", "80.4", "79", "70")) == {"U2": 1, "U1": 2, "U3": 3, "U4": 4}


def test_ranks_come_from_unrounded_scores(tmp_path: Path) -> None:
    assert ranks(scored(tmp_path, "80.0000001", "80.0000002", "1", "2"))["U2"] == 1


def test_unit_without_a_score_has_no_rank_and_no_row(tmp_path: Path) -> None:
    evaluation = scored(tmp_path, "80", "", "70", "60")
    assert ranks(evaluation) == {"U1": 1, "U3": 2, "U4": 3}
    assert not evaluation["ranks"]["rank"].isna().any()
    assert ("EK411", "U2") in [(each.code, each.place.unit) for each in evaluation.problems]


def test_groups_are_ranked_for_themselves(tmp_path: Path) -> None:
    evaluation = scored(tmp_path, "90", "80", "70", "60", peer_groups=["class", "region"])
    assert ranks(evaluation, "class:small") == {"U3": 1, "U4": 2}
    assert ranks(evaluation, "region:west") == {"U2": 1, "U4": 2}
    assert set(evaluation["ranks"]["group"]) == {"", "class:big", "class:small", "region:east", "region:west"}


def test_unit_without_a_group_is_in_none() -> None:
    register = pd.DataFrame({"unit": ["U1", "U2"], "class": ["", "big"]})
    assert {name: members.tolist() for name, members in peer_groups(register, ["class"])} == {
        "": [True, True],
        "class:big": [False, True],
    }


def test_every_node_with_children_is_ranked(values_run: Evaluation) -> None:
    assert set(values_run["ranks"]["node"]) == {"ROOT", "A", "B"}


def test_rank_by_ranks_indicators_too(values_run: Evaluation) -> None:
    table = rank_by(values_run, "A1")
    assert table["unit"].tolist() == ["U3", "U1", "U2", "U4"]
    assert rank_by(values_run, "A1", "class:big")["unit"].tolist() == ["U1", "U2"]
    assert rank_by(values_run, "A2")["unit"].tolist() == ["U3", "U2", "U1"]


def test_rank_by_takes_any_column_of_the_register(values_run: Evaluation) -> None:
    assert rank_by(values_run, "ROOT", "region:east")["unit"].tolist() == ["U3", "U1"]


def test_name_of_a_column_may_hold_a_colon(tmp_path: Path) -> None:
    register = [(*row[:4], "kind:of" if number == 0 else f"x:{number % 2}") for number, row in enumerate(REGISTER)]
    evaluation = run(values_study(tmp_path, register=register))
    assert rank_by(evaluation, "ROOT", "kind:of:x:1")["unit"].tolist() == ["U3", "U1"]


@pytest.mark.parametrize("group", ["class:huge", "nothing:big", "class", "class:"])
def test_unknown_group_is_named_with_those_there_are(values_run: Evaluation, group: str) -> None:
    with pytest.raises(UnknownGroupError) as caught:
        rank_by(values_run, "ROOT", group)
    assert caught.value.problem.code == "EK319"
    assert "class:big" in caught.value.problem.message("en") + caught.value.problem.hint("en")


def test_many_tied_units_are_cut_short() -> None:
    units = np.array([f"U{number}" for number in range(30)], dtype=object)
    rows = rank_rows(units, np.zeros(30), np.ones(30, dtype=bool), "min", 1e-9)
    first = rows["tied_with"].iloc[0].split("|")
    assert first == [*(f"U{number}" for number in range(1, 21)), "+9"]


def test_nobody_to_rank_gives_an_empty_table() -> None:
    units = np.array(["U1"], dtype=object)
    assert rank_rows(units, np.array([np.nan]), np.ones(1, dtype=bool), "min", 1e-9).empty


def test_a_tree_of_one_indicator_is_ranked(tmp_path: Path) -> None:
    tree = {"id": "ONE", "name": "one", "measure": {"column": "x"}}
    evaluation = run(values_study(tmp_path, [("unit", "x"), ("U1", "70"), ("U2", "90")], tree=tree))
    assert ranks(evaluation) == {"U2": 1, "U1": 2}
