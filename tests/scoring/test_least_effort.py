"""The least effort: the dynamic programme against trying out everything."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring.aggregation import Method, Missing
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.diagnosis import Family, index_scores
from evalkit.scoring.least_effort import Frontier, choice, tree_frontier

METHODS: tuple[Method, ...] = ("arithmetic", "geometric", "harmonic")
MISSING: tuple[Missing, ...] = ("rescale", "zero", "fail")
LEAVES = (2, 3, 5, 6)  # the root 0 has the nodes 1 and 4, each with two leaves
TOLERANCE = 1e-9
Option = tuple[float, float]
"""Cost and score."""

scores = st.integers(0, 20).map(lambda number: 5.0 * number)
options = st.lists(st.tuples(st.integers(1, 4).map(float), scores), max_size=3)
leaf = st.tuples(scores, options).map(lambda made: [(0.0, made[0]), *made[1]])
shares = st.lists(st.integers(1, 4).map(float), min_size=2, max_size=2)


def families(methods: Sequence[Method], weights: Sequence[Sequence[float]], missing: Missing) -> list[Family]:
    children = ((1, 4), (2, 3), (5, 6))
    return [
        Family(node, below, np.array(own), method, missing, 0.5)
        for node, below, own, method in zip((0, 1, 4), children, weights, methods, strict=True)
    ]


def frontier_of(tree: list[Family], leaves: Sequence[list[Option]], floors: Mapping[int, float]) -> Frontier:
    row = np.full(7, np.nan)
    found = {}
    for column, own in zip(LEAVES, leaves, strict=True):
        cost, score = np.array(own).T
        row[column] = score[0]
        if not np.isnan(score[0]):
            found[column] = choice(str(column), cost, score)
    return tree_frontier(tree, row, found, floors, TOLERANCE)


def rows_of(leaves: Sequence[list[Option]]) -> tuple[FloatArray, FloatArray]:
    """Every combination: its cost, and the scores (combinations, nodes) with those of the leaves."""
    every = list(itertools.product(*leaves))
    rows = np.full((len(every), 7), np.nan)
    rows[:, LEAVES] = [[score for _, score in combination] for combination in every]
    return np.array([sum(cost for cost, _ in combination) for combination in every]), rows


@given(
    st.tuples(*[st.sampled_from(METHODS)] * 3),
    st.tuples(shares, shares, shares),
    st.sampled_from(MISSING),
    st.tuples(leaf, leaf, leaf, leaf),
    st.sampled_from([None, *LEAVES]),
)
def test_no_combination_beats_the_frontier_and_every_point_of_it_can_be_had(
    methods: Sequence[Method],
    weights: Sequence[Sequence[float]],
    missing: Missing,
    leaves: tuple[list[Option], ...],
    unknown: int | None,
) -> None:
    leaves = tuple([(0.0, np.nan)] if unknown == at else own for at, own in zip(LEAVES, leaves, strict=True))
    tree = families(methods, weights, missing)
    found = frontier_of(tree, leaves, {})
    cost, rows = rows_of(leaves)
    index = index_scores(tree, rows)
    if np.isnan(index[0]):
        assert np.isnan(found.value).all()
        return
    for point, value in zip(found.cost, found.value, strict=True):
        assert value == pytest.approx(index[cost <= point].max(), abs=1e-9)
    assert found.value[-1] == pytest.approx(index.max(), abs=1e-9)
    assert (np.diff(found.cost) > 0).all()
    for picks, point, value in zip(found.picks, found.cost, found.value, strict=True):
        row = np.full((1, 7), np.nan)
        chosen = {column: own[0] for column, own in zip(LEAVES, leaves, strict=True)}
        chosen |= {
            int(name): leaves[LEAVES.index(int(name))][at] for name, at in zip(found.choices, picks, strict=True)
        }
        row[0, list(chosen)] = [score for _, score in chosen.values()]
        assert point == sum(spent for spent, _ in chosen.values())
        assert index_scores(tree, row)[0] == pytest.approx(value, abs=1e-9)


@given(st.tuples(shares, shares, shares), st.tuples(leaf, leaf, leaf, leaf), scores, scores)
def test_floors_of_several_nodes_hold_at_the_least_cost(
    weights: Sequence[Sequence[float]], leaves: tuple[list[Option], ...], low: float, lower: float
) -> None:
    tree = families(("arithmetic", "geometric", "arithmetic"), weights, "rescale")
    found = frontier_of(tree, leaves, {0: low, 1: lower})
    cost, rows = rows_of(leaves)
    of_one = index_scores([Family(0, (2, 3), np.array(weights[1]), "geometric", "rescale", 0.5)], rows)
    enough = (index_scores(tree, rows) >= low - 1e-9) & (of_one >= lower - 1e-9)
    if not enough.any():
        assert len(found.cost) == 0
    else:
        assert found.cost[0] == cost[enough].min()


def test_a_knapsack_worked_by_hand() -> None:
    """Half the index for 3, or a quarter for 1 twice: 75 costs 4, where the greedy choice by gain a cost takes 5."""
    tree = [Family(0, (1, 2, 3), np.array([2.0, 1.0, 1.0]), "arithmetic", "rescale", 0.5)]
    dear = choice("dear", np.array([0.0, 3.0]), np.array([0.0, 100.0]))
    cheap = [choice(name, np.array([0.0, 1.0]), np.array([0.0, 100.0])) for name in ("one", "other")]
    found = tree_frontier(tree, np.zeros(4), {1: dear, 2: cheap[0], 3: cheap[1]}, {0: 75.0}, TOLERANCE)
    assert (found.cost.tolist(), found.value.tolist()) == ([4.0, 5.0], [75.0, 100.0])
    assert dict(zip(found.choices, found.picks[0].tolist(), strict=True)) == {"dear": 1, "one": 0, "other": 1}


def test_costs_that_are_sums_of_decimals_are_equal() -> None:
    tree = [Family(0, (1, 2), np.array([1.0, 1.0]), "arithmetic", "rescale", 0.5)]
    leaves = {
        1: choice("a", np.array([0.0, 0.1, 0.3]), np.array([0.0, 10.0, 20.0])),
        2: choice("b", np.array([0.0, 0.2]), np.array([0.0, 30.0])),
    }
    found = tree_frontier(tree, np.zeros(3), leaves, {}, TOLERANCE)
    assert found.cost.tolist() == [0.0, 0.1, 0.2, 0.3, 0.5]
    assert found.value.tolist() == [0.0, 5.0, 15.0, 20.0, 25.0]


def test_a_node_without_a_score_reaches_no_floor() -> None:
    tree = [Family(0, (1, 2), np.array([1.0, 1.0]), "arithmetic", "rescale", 0.5)]
    row = np.array([0.0, np.nan, 50.0])
    assert tree_frontier(tree, row, {}, {1: 10.0}, TOLERANCE).cost.size == 0
    assert tree_frontier(tree, row, {}, {0: 10.0}, TOLERANCE).value.tolist() == [50.0]


def test_a_negative_score_has_no_geometric_mean() -> None:
    tree = [Family(0, (1, 2), np.array([1.0, 1.0]), "geometric", "rescale", 0.5)]
    with pytest.raises(ValueError, match="negative"):
        tree_frontier(tree, np.array([0.0, -1.0, 50.0]), {}, {}, TOLERANCE)
