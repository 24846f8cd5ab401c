"""What two versions of a set have in common, and what not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.comparison import KINDS, Change, Essence, changes, essences, lost_scores
from evalkit.definitions.recipe import Recipe
from tests.small_studies import TREE, recipe

Tree = dict[str, Any]


def changed(**at: Mapping[str, Any] | None) -> Tree:
    """The small tree with keys of nodes changed; a node is dropped where None stands."""

    def node(old: Tree) -> Tree:
        new: Tree = {**old, **(at.get(old["id"]) or {})}
        children = [node(child) for child in new.get("children", []) if at.get(child["id"], {}) is not None]
        return new | ({"children": children} if children else {})

    return node(json.loads(json.dumps(TREE)))


def compare(after: Tree, **defaults: Any) -> tuple[list[Change], dict[str, set[str]]]:  # noqa: ANN401 - of the set
    old, new = recipe(TREE), recipe(after, **defaults)
    lost = lost_scores(essences(old), essences(new))
    return changes(old, new), {node: {*each.why, *each.below} for node, each in lost.items()}


def told(found: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(each.node, each.kind, each.before, each.after) for each in found]


def test_a_set_is_no_different_from_itself() -> None:
    assert compare(changed()) == ([], {})


def test_weights_of_another_scale_are_the_same() -> None:
    assert compare(changed(A={"weight": 30}, B={"weight": 10}, A1={"weight": 7}, A2={"weight": 7})) == ([], {})


def test_another_weight_shows_at_the_siblings_and_is_lost_above_them() -> None:
    found, lost = compare(changed(B={"weight": 3}))
    assert told(found) == [("A", "reweighted", "75.00%", "50.00%"), ("B", "reweighted", "25.00%", "50.00%")]
    assert [(each.effective_before, each.effective_after) for each in found] == [(0.75, 0.5), (0.25, 0.5)]
    assert lost == {"ROOT": {"weights"}}


def test_a_dropped_node() -> None:
    found, lost = compare(changed(A2=None))
    assert told(found) == [("A1", "reweighted", "50.00%", "100.00%"), ("A2", "dropped", "A", "")]
    assert (found[1].effective_before, found[1].effective_after) == (0.375, None)
    assert lost == {"ROOT": {"A"}, "A": {"children"}}


def test_an_added_node() -> None:
    new = {"id": "B2", "name": "new", "measure": {"column": "a1"}}
    found, lost = compare(changed(B={"children": [*TREE["children"][1]["children"], new]}))
    assert told(found)[1:] == [("B2", "added", "", "B")]
    assert lost == {"ROOT": {"B"}, "B": {"children"}}


def test_a_moved_indicator_keeps_its_score() -> None:
    b1 = TREE["children"][1]["children"][0] | {"weight": 1}
    after = changed(A={"children": [*TREE["children"][0]["children"], b1]}, B=None)
    found, lost = compare(after)
    assert ("B1", "moved", "B", "A") in told(found)
    assert ("B", "dropped", "ROOT", "") in told(found)
    assert "B1" not in lost
    assert lost["ROOT"] == {"children", "A"}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"measure": {"column": "a2"}}, "measure"),
        ({"unit": "%"}, "measure"),
        ({"direction": "lower", "normalise": {"method": "minmax"}}, "method"),
        ({"normalise": {"method": "goalposts", "low": 0, "high": 90}}, "method"),
    ],
)
def test_an_indicator_measured_or_scored_otherwise_is_lost_with_all_above_it(change: Tree, kind: str) -> None:
    found, lost = compare(changed(A1=change))
    assert [(each.node, each.kind) for each in found] == [("A1", kind)]
    assert found[0].before != found[0].after
    assert lost == {"ROOT": {"A"}, "A": {"A1"}, "A1": {kind}}


def test_points_that_differ_are_told_with_their_settings() -> None:
    def tree(no: int) -> Tree:
        rule = {"method": "points", "points": {"yes": 100, "no": no}}
        return {"id": "R", "name": "r", "measure": {"question": "Q1", "rule": rule}}

    (found,) = changes(recipe(tree(0)), recipe(tree(5)))
    assert (found.before, found.after) == (
        "Q1 points(points={yes=100, no=0}) x1",
        "Q1 points(points={yes=100, no=5}) x1",
    )


def test_another_mean_or_rule_for_missing_data_is_a_method() -> None:
    found, lost = compare(changed(A={"aggregate": "geometric"}, B={"missing": {"min_coverage": 0.9}}))
    assert [(each.node, each.kind) for each in found] == [("A", "method"), ("B", "method")]
    assert lost == {"ROOT": {"A", "B"}, "A": {"method"}, "B": {"method"}}


def test_a_default_counts_where_no_node_says_otherwise() -> None:
    assert {each.node for each in compare(changed(), aggregate="harmonic")[0]} == {"ROOT", "A", "B"}


def test_another_name_changes_no_score() -> None:
    found, lost = compare(changed(A1={"name": "other"}))
    assert told(found) == [("A1", "renamed", "指标一 / Indicator one", "other")]
    assert lost == {}


def test_a_child_of_weight_zero_does_not_matter() -> None:
    light = changed(A2={"weight": 0})
    old, new = recipe(light), recipe(changed(A2={"weight": 0, "measure": {"column": "b1"}}))
    assert list(lost_scores(essences(old), essences(new))) == ["A2"]


def test_essences_survive_the_manifest() -> None:
    whole: Recipe = recipe(TREE)
    choices = json.loads(json.dumps(whole.as_dict()))["nodes"]
    read = {node: Essence(each.children, choices[node]) for node, each in essences(whole).items()}
    assert lost_scores(read, essences(whole)) == {}


@given(st.data())
def test_what_is_lost_below_is_lost_above_and_nothing_changes_without_a_change(data: st.DataObject) -> None:
    weights = st.sampled_from([0.5, 1, 3])
    after = recipe(changed(**{node: {"weight": data.draw(weights)} for node in ("A", "B", "A1", "A2")}))
    before = recipe(TREE)
    lost = lost_scores(essences(before), essences(after))
    found = changes(before, after)
    assert bool(lost) == bool(found)
    assert {each.kind for each in found} <= set(KINDS)
    parents = {node.id: node.parent for node in after.nodes}
    assert all(parents[node] in lost for node in lost if parents[node])
