"""Weights that a plug-in computes from the scores of the children."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.evaluate.project import StudyError
from tests.small_studies import TREE, values_study

DEVIATION = "import numpy as np\ndef deviation(scores): return np.nanstd(scores, axis=0)\nWEIGHTINGS = (deviation,)\n"


def tree(**at: dict[str, Any]) -> dict[str, Any]:
    """The small tree, its nodes without weights, with keys of nodes changed."""

    def node(old: dict[str, Any]) -> dict[str, Any]:
        new = {key: value for key, value in old.items() if key not in {"weight", "children"}} | at.get(old["id"], {})
        children = [node(child) for child in old.get("children", [])]
        return new | ({"children": children} if children else {})

    return node(json.loads(json.dumps(TREE)))


def study(folder: Path, content: dict[str, Any], text: str = DEVIATION, **keys: Any) -> Path:  # noqa: ANN401 - any key
    path = values_study(folder, tree=content, plugins=["mine.py"], **keys)
    (folder / "mine.py").write_text(text, encoding="utf-8")
    return path


def run(path: Path) -> Evaluation:
    return evalkit.load(path, allow_plugins=True).run()


def weights(evaluation: Evaluation, column: str = "share") -> dict[str, float]:
    return dict(zip(evaluation["nodes"]["node"], evaluation["nodes"][column], strict=True))


BY_DEVIATION = {"weighting": "plugin:deviation"}
A1, A2 = np.std([80, 50, 90, 20]), np.std([60, 70, 90])


def test_children_are_weighed_by_their_scores_and_all_tables_say_so(tmp_path: Path) -> None:
    evaluation = run(study(tmp_path, tree(A=BY_DEVIATION)))
    share = A1 / (A1 + A2)
    assert weights(evaluation)["A1"] == pytest.approx(share)
    assert weights(evaluation, "effective_weight")["A1"] == pytest.approx(share / 2)
    scores = evaluation["scores"].set_index(["unit", "node"])["score"]
    assert scores["U1", "A"] == pytest.approx(share * 80 + (1 - share) * 60)
    nodes = evaluation.manifest["recipe"]["nodes"]
    assert nodes["A"]["weighting"] == "plugin:deviation"
    assert nodes["A1"]["weight"] == pytest.approx(A1)
    assert evalkit.explain(evaluation, "U1").adds_up


def test_groups_are_weighed_from_the_bottom_up(tmp_path: Path) -> None:
    evaluation = run(study(tmp_path, tree(A=BY_DEVIATION, ROOT=BY_DEVIATION)))
    scores = evaluation["scores"].pivot_table(index="unit", columns="node", values="score")
    deviations = np.nanstd(scores[["A", "B"]].to_numpy(), axis=0)
    found = weights(evaluation)
    assert [found["A"], found["B"]] == pytest.approx(list(deviations / deviations.sum()))
    share = A1 / (A1 + A2)
    assert weights(evaluation, "effective_weight")["A1"] == pytest.approx(found["A"] * share)
    assert evalkit.explain(evaluation, "U1").adds_up


def test_the_recipe_of_a_study_may_say_so_for_one_node(tmp_path: Path) -> None:
    evaluation = run(study(tmp_path, tree(), recipe={"nodes": {"A": BY_DEVIATION}}))
    assert weights(evaluation)["A1"] == pytest.approx(A1 / (A1 + A2))


@pytest.mark.parametrize("body", ["[1, -1]", "[0, 0]", "[1, float('nan')]", "[1, float('inf')]"])
def test_weights_that_cannot_be_used_are_a_finding(tmp_path: Path, body: str) -> None:
    text = f"def deviation(scores): return {body}\nWEIGHTINGS = (deviation,)"
    with pytest.raises(StudyError) as caught:
        run(study(tmp_path, tree(A=BY_DEVIATION), text))
    assert caught.value.problems[-1].code == "EK425"


@pytest.mark.parametrize("body", ["1", "[1]", "scores", "1 / 0"])
def test_what_is_no_weight_a_child_is_a_finding(tmp_path: Path, body: str) -> None:
    text = f"def deviation(scores): return {body}\nWEIGHTINGS = (deviation,)"
    with pytest.raises(StudyError) as caught:
        run(study(tmp_path, tree(A=BY_DEVIATION), text))
    assert caught.value.problems[-1].code == "EK422"


def test_weights_of_their_own_have_no_effect_beside_it(tmp_path: Path) -> None:
    path = study(tmp_path, tree(A=BY_DEVIATION, A1={"weight": 1}, A2={"weight": 2}))
    problems = evalkit.load(path, allow_plugins=True).problems
    assert [(each.code, dict(each.params)["key"]) for each in problems] == [("EK121", "weight")] * 2


def test_an_unknown_weighting_is_a_finding(tmp_path: Path) -> None:
    path = study(tmp_path, tree(A={"weighting": "plugin:deviatoin"}))
    (problem,) = evalkit.load(path, allow_plugins=True).problems
    assert (problem.code, problem.place.file) == ("EK355", "set.yaml")
