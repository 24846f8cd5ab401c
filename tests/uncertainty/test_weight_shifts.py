from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit
from evalkit.evaluate.wide_scores import scores_by_node
from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.index_sum import index_sum
from evalkit.uncertainty.inputs import Inputs, read_inputs
from evalkit.uncertainty.replicates import node_scores
from evalkit.uncertainty.turning_points import answers
from evalkit.uncertainty.weight_shift_tables import least_changes, weight_shifts
from tests.uncertainty.sampled_study import SCALE, TREE, VALUES, sampled_study

Scores = dict[str, FloatArray]
# scores: U1 62.5 (A 70, B 40), U2 67.5 (60, 90), U3 70.0 (90, 10), U4 26.25 (25, 30); A 3 : B 1, A1 1 : A2 1


def read(folder: Path, mean: str = "arithmetic", **keys: Any) -> tuple[Inputs, Scores]:  # noqa: ANN401 - any key of a study
    defaults = {"normalise": SCALE, "aggregate": mean}
    project = evalkit.load(sampled_study(folder, **{"defaults": defaults} | keys))
    evaluation = project.run()
    inputs, _ = read_inputs(project.bundle, evaluation)
    return inputs, scores_by_node(evaluation)


def table_of(inputs: Inputs, scores: Scores, cuts: list[float]) -> pd.DataFrame:
    return weight_shifts(inputs, answers(inputs, scores, cuts))


def index_with(inputs: Inputs, changed: dict[str, float]) -> dict[str, float]:
    """The index with other shares of some nodes; their siblings keep their proportions."""
    nodes = inputs.recipe.nodes
    shares = []
    for node in nodes:
        siblings = [other for other in nodes if other.parent == node.parent and other.id in changed]
        if node.id in changed:
            shares.append(changed[node.id])
        elif siblings:
            shares.append(node.share * (1 - changed[siblings[0].id]) / (1 - siblings[0].share))
        else:
            shares.append(node.share)
    index = node_scores(nodes[0], nodes, inputs.leaves(), np.array([shares]))[0]
    return dict(zip(inputs.units, index.tolist(), strict=True))


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_with_the_weight_that_is_needed_the_units_are_level(tmp_path: Path, mean: str) -> None:
    inputs, scores = read(tmp_path, mean)
    rows = table_of(inputs, scores, [55.0]).query("weights == 'one' and node != ''")
    assert set(rows["target"]) == {"unit", "cut"}
    for row in rows.itertuples():
        index = index_with(inputs, {str(row.node): float(str(row.needed))})
        other = index[str(row.of)] if row.target == "unit" else float(str(row.of))
        assert index[str(row.unit)] == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_with_all_the_weights_that_are_needed_the_units_are_level(tmp_path: Path, mean: str) -> None:
    inputs, scores = read(tmp_path, mean)
    index = index_sum(inputs, scores, deep=True)
    assert index is not None
    place = {unit: at for at, unit in enumerate(inputs.units)}
    for (unit, target, of), own in (
        table_of(inputs, scores, [55.0]).query("weights == 'all'").groupby(["unit", "target", "of"])
    ):
        if (own["node"] == "").any():
            continue
        after = dict(zip(index.terms, index.weights, strict=True)) | dict(zip(own["node"], own["needed"], strict=True))
        weights = np.array([after[term] for term in index.terms])
        assert weights.sum() == pytest.approx(1)
        assert np.abs(weights - index.weights).sum() / 2 == pytest.approx(own["moved"].iloc[0])
        reached = index.scaled[place[str(unit)]] @ weights
        cut = index.scale(np.array([float(str(of))]))[0] if target == "cut" else index.scaled[place[str(of)]] @ weights
        assert reached == pytest.approx(cut)


def test_the_worked_case_of_two_neighbours(tmp_path: Path) -> None:
    inputs, scores = read(tmp_path)
    rows = table_of(inputs, scores, []).query("unit == 'U2'").set_index(["weights", "node"])
    # A: 60 w + 90 (1 - w) = 90 w + 10 (1 - w) at w = 80 / 110
    assert rows.loc[("one", "A"), "needed"] == pytest.approx(80 / 110)
    assert rows.loc[("one", "B"), "needed"] == pytest.approx(30 / 110)
    assert rows.loc[("one", "A"), "moved"] == pytest.approx(0.75 - 80 / 110)
    # A1: U2 has 50, U3 90; A2: 70 and 90; U2 is 2.5 behind, and A makes three quarters of the index
    assert rows.loc[("one", "A1"), "needed"] == pytest.approx(0.5 - 2.5 / 0.75 / 20)
    # together: from A1, where U2 is 40 behind, to B, where it is 80 ahead
    assert rows.loc[("all", "B"), "needed"] == pytest.approx(0.25 + 2.5 / 120)
    assert rows.loc[("all", "A1"), "needed"] == pytest.approx(0.375 - 2.5 / 120)
    assert ("all", "A2") not in rows.index


def test_where_no_weights_do_it_the_row_names_no_node(tmp_path: Path) -> None:
    inputs, scores = read(tmp_path)
    rows = table_of(inputs, scores, [95.0]).query("unit == 'U4'")
    assert rows["target"].tolist() == ["unit", "unit", "cut", "cut"]
    assert rows["weights"].tolist() == ["all", "one", "all", "one"]
    assert set(rows["node"]) == {""}
    assert rows[["share", "needed", "moved"]].isna().all(axis=None)


@pytest.mark.parametrize("other", [("U2", "50", "2", "50", "2", "50"), ("U2", "80", "2", "60", "4", "40")])
def test_units_that_are_level_need_nothing(tmp_path: Path, other: tuple[str, ...]) -> None:
    # 37.5 and 37.5 from other scores by minmax, whose difference is rounding, or just the same scores
    values = [VALUES[0], ("U1", "50", "2", "50", "2", "50"), other, ("U3", "90", "3", "90", "1.5", "10")]
    normalise = {"method": "minmax", "range": [0, 100]} if other[1] == "80" else SCALE
    if other[1] == "80":
        values[1] = ("U1", "50", "1", "70", "1", "90")
    inputs, scores = read(tmp_path, values=values, defaults={"normalise": normalise})
    assert scores["ROOT"][0] == pytest.approx(scores["ROOT"][1])
    found = answers(inputs, scores, [])
    rows = weight_shifts(inputs, found)
    (level,) = {frozenset((row.unit, row.of)) for row in rows.itertuples() if row.moved == 0}
    assert level == {"U1", "U2"}
    own = rows[rows["moved"] == 0]
    assert own["weights"].tolist() == ["all", "one"]
    assert own["node"].tolist() == ["", ""]
    changes = least_changes(inputs, found)
    at = inputs.units.index(str(own["unit"].iloc[0]))
    assert changes["overtake_all"][at] == 0
    assert changes["overtake_node"][at] == ""
    assert np.isnan(changes["overtake_share"][at])


def test_all_weights_together_never_need_more_than_one_alone_nor_than_those_of_dimensions(tmp_path: Path) -> None:
    inputs, scores = read(tmp_path)
    table = table_of(inputs, scores, [65.0])
    least = table.groupby(["unit", "target", "weights"])["moved"].min().dropna()
    together, alone = least.xs("all", level="weights"), least.xs("one", level="weights")
    assert len(alone) > 1
    assert (together.reindex(alone.index) <= alone + 1e-12).all()
    columns = least_changes(inputs, answers(inputs, scores, [65.0]))
    assert columns["overtake_all"][1] == pytest.approx(2.5 / 120)
    assert (columns["overtake_node"][1], columns["overtake_share"][1]) == ("A", 0.75)
    assert columns["overtake_needed"][1] == pytest.approx(80 / 110)
    assert np.isnan(columns["overtake_all"][2])  # the first has nobody above


def test_a_node_of_another_mean_is_a_term_whose_own_weights_stay(tmp_path: Path) -> None:
    tree = TREE | {"children": [TREE["children"][0] | {"aggregate": "geometric"}, TREE["children"][1]]}
    inputs, scores = read(tmp_path, tree=tree)
    index = index_sum(inputs, scores, deep=True)
    assert index is not None
    assert index.terms == ("A", "B")
    assert set(table_of(inputs, scores, [65.0])["node"]) - {""} == {"A", "B"}


def test_nothing_is_said_of_units_whose_index_is_more_than_the_mean(tmp_path: Path) -> None:
    missing = [row if row[0] != "U2" else (*row[:3], "", "", *row[5:]) for row in VALUES]
    inputs, scores = read(tmp_path / "missing", values=missing)
    table = table_of(inputs, scores, [60.0])
    assert not np.isnan(scores["ROOT"]).any()
    assert "U2" not in set(table["unit"]) | set(table["of"])
    zero = [row if row[0] != "U2" else (*row[:5], "0") for row in VALUES]
    inputs, scores = read(tmp_path / "zero", "geometric", values=zero)
    assert "U2" not in set(table_of(inputs, scores, [60.0])["unit"])
