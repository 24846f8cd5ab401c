"""The part of a tree that two versions have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.evaluate.common_tree import common_tree
from tests.small_studies import TREE, recipe

NODES = recipe(TREE).nodes


def shares(common: set[str]) -> dict[str, float]:
    return {node.id: node.share for node in common_tree(NODES, common)}


def test_groups_without_an_indicator_go_and_shares_sum_to_one_again() -> None:
    assert shares({"A1", "A2", "B1"}) == {node.id: node.share for node in NODES}
    assert shares({"A1", "B1"}) == {"ROOT": 1, "A": 0.75, "A1": 1, "B": 0.25, "B1": 1}
    assert shares({"A2"}) == {"ROOT": 1, "A": 1, "A2": 1}


def test_nothing_in_common_is_no_tree() -> None:
    assert common_tree(NODES, set()) == ()


def test_children_name_those_that_are_left() -> None:
    assert [node.children for node in common_tree(NODES, {"A1"})] == [("A",), ("A1",), ()]


def test_an_indicator_without_weight_does_not_matter() -> None:
    tree = {"id": "R", "name": "r", "children": [
        {"id": "X", "name": "x", "weight": 0, "measure": {"column": "x"}},
        {"id": "Y", "name": "y", "weight": 2, "measure": {"column": "y"}},
    ]}  # fmt: skip
    nodes = recipe(tree).nodes
    assert common_tree(nodes, {"X"}) == ()
    assert [node.id for node in common_tree(nodes, {"X", "Y"})] == ["R", "Y"]


def test_a_tree_of_one_indicator() -> None:
    nodes = recipe({"id": "R", "name": "r", "measure": {"column": "x"}}).nodes
    assert common_tree(nodes, {"R"}) == nodes


@given(st.sets(st.sampled_from(["A1", "A2", "B1"]), min_size=1))
def test_shares_of_siblings_sum_to_one(common: set[str]) -> None:
    kept = common_tree(NODES, common)
    assert {node.id for node in kept if node.is_indicator} == common
    for parent in kept:
        if parent.children:
            assert sum(node.share for node in kept if node.parent == parent.id) == pytest.approx(1)
