"""Deductions, a bonus with a threshold, and nodes that only add and take off."""

from __future__ import annotations

import numpy as np

from evalkit.definitions.adjust import Adjust
from evalkit.scoring.adjustment import adjust_node, adjusted
from evalkit.scoring.tree_scores import score_tree
from tests.small_studies import recipe

NAN = float("nan")
NONE = np.empty((4, 0))


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, np.newaxis]


def test_bonus_counts_above_its_threshold_only_and_no_further_than_its_most() -> None:
    base = np.array([100.0, 100, 100, 100])
    lost, bonus = column(10, 20, 20 + 1e-12, 45), column(40, 40, 5, 5)
    found = adjusted(base, lost, bonus, above=80, most=30, lowest=0)
    assert found.tolist() == [120, 80, 80 - 1e-12, 55]


def test_deductions_do_not_go_below_the_lowest_and_a_missing_one_takes_nothing() -> None:
    found = adjusted(np.array([10.0, 10, NAN, 10]), column(30, NAN, 1, 4), NONE, lowest=0)
    np.testing.assert_array_equal(found, [0, 10, NAN, 6])


def test_highest_holds_the_bonus() -> None:
    assert adjusted(np.array([90.0]), column(0), column(30), highest=100).tolist() == [100]


def test_unit_without_any_value_gets_no_points_to_start_from() -> None:
    rule = Adjust(start=100, deduct=("a", "b"))
    found = adjust_node(rule, np.full(3, NAN), {"a": np.array([5.0, NAN, NAN]), "b": np.array([NAN, 2.0, NAN])})
    np.testing.assert_array_equal(found, [95, 98, NAN])


def test_adjusting_children_take_no_part_in_the_mean() -> None:
    leaf = {"measure": {"column": "x"}}
    children = [{"id": name, "name": name, **leaf} for name in ("A", "B", "LOST", "BONUS")]
    tree = {
        "id": "R",
        "name": "R",
        "adjust": {"deduct": ["LOST"], "bonus": {"of": ["BONUS"], "above": 80, "most": 30}},
        "children": children,
    }
    nodes = recipe(tree).nodes
    assert {node.id: node.share for node in nodes[1:]} == {"A": 0.5, "B": 0.5, "LOST": 0.0, "BONUS": 0.0}
    leaves = {
        "A": np.array([100.0, 90, 90]), "B": np.array([80.0, 70, NAN]),
        "LOST": np.array([5.0, 0, 0]), "BONUS": np.array([10.0, 10, NAN]),
    }  # fmt: skip
    found, problems = score_tree(nodes, leaves, ("U1", "U2", "U3"))
    assert found.of("R").tolist() == [95, 80, 90]
    assert [(each.code, each.place.unit) for each in problems] == [("EK515", "U3")]


def test_a_total_of_75_is_rescaled_where_a_department_has_no_services() -> None:
    """国办秘函〔2019〕19号: departments without services are scored out of 75, then × 4/3."""
    worth = {"content": 75, "service": 25}
    children = [
        {
            "id": name,
            "name": name,
            "weight": points,
            "direction": "lower",
            "normalise": {"method": "goalposts", "low": 0, "high": points},
            "measure": {"column": name},
        }
        for name, points in worth.items()
    ]
    nodes = recipe({"id": "R", "name": "R", "children": children}).nodes
    lost = {"content": np.array([15.0, 15.0]), "service": np.array([5.0, NAN])}
    leaves = {name: 100 - 100 * lost[name] / worth[name] for name in worth}
    found, _ = score_tree(nodes, leaves, ("U1", "U2"))
    np.testing.assert_allclose(found.of("R"), [100 - 20, (75 - 15) * 4 / 3])
