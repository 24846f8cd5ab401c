from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.tree_scores import aggregate_tree
from evalkit.uncertainty import weight_draws
from evalkit.uncertainty.weighted_scores import effective_weights, index_scores
from tests.small_studies import recipe

MEASURE = {"column": "x"}


def tree(**defaults: Any) -> tuple[ResolvedNode, ...]:  # noqa: ANN401 - any default of an indicator set
    def leaf(name: str) -> dict[str, Any]:
        return {"id": name, "name": name, "measure": MEASURE}

    groups = [
        {"id": "A", "name": "A", "weight": 2, "children": [leaf("A1"), leaf("A2"), leaf("A3")]},
        {"id": "B", "name": "B", "weight": 1, "children": [leaf("B1"), leaf("B2")]},
    ]
    return recipe({"id": "R", "name": "R", "children": [*groups, leaf("C") | {"weight": 1}]}, **defaults).nodes


def shares(nodes: tuple[ResolvedNode, ...], draws: int, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    drawn = np.ones((draws, len(nodes)))
    for node in nodes:
        children = [at for at, child in enumerate(nodes) if child.parent == node.id]
        if children:
            drawn[:, children] = weight_draws.uniform(rng, draws, len(children))
    return drawn


def one_by_one(nodes: tuple[ResolvedNode, ...], leaves: FloatArray, drawn: FloatArray) -> FloatArray:
    indicators = [node.id for node in nodes if node.is_indicator]
    by_id = {node: leaves[:, at] for at, node in enumerate(indicators)}
    return np.array([aggregate_tree(nodes, by_id, row, len(leaves))[0].scores[:, 0] for row in drawn])


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["arithmetic", "geometric", "harmonic"]),
    st.sampled_from(["rescale", "zero", "fail"]),
    st.sampled_from([0.0, 0.5, 0.8]),
    st.integers(0, 2**32),
)
def test_all_draws_at_once_are_each_draw_by_itself(method: str, missing: str, minimum: float, seed: int) -> None:
    nodes = tree(aggregate=method, missing={"rule": missing, "min_coverage": minimum})
    rng = np.random.default_rng(seed)
    leaves = rng.uniform(0, 100, (5, 6))
    leaves[rng.random((5, 6)) < rng.choice([0.0, 0.2, 0.5])] = np.nan
    drawn = shares(nodes, 7, seed)
    found = index_scores(nodes, leaves, drawn)
    assert found == pytest.approx(one_by_one(nodes, leaves, drawn), nan_ok=True, rel=1e-10, abs=1e-10)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["arithmetic", "geometric"]), st.sampled_from(["fixed", "by draw", "none"]), st.integers(0, 2**32)
)
def test_every_draw_may_have_values_of_its_own(method: str, missing: str, seed: int) -> None:
    nodes = tree(aggregate=method)
    rng = np.random.default_rng(seed)
    leaves = rng.uniform(0, 100, (7, 5, 6))
    if missing == "fixed":
        leaves[:, rng.random((5, 6)) < 0.3] = np.nan
    elif missing == "by draw":
        leaves[rng.random(leaves.shape) < 0.3] = np.nan
    drawn = shares(nodes, 7, seed)
    expected = [one_by_one(nodes, leaves[draw], drawn[[draw]])[0] for draw in range(7)]
    assert index_scores(nodes, leaves, drawn) == pytest.approx(np.array(expected), nan_ok=True, rel=1e-10, abs=1e-10)


def test_effective_weights_are_products_down_the_tree_and_sum_to_one() -> None:
    nodes = tree()
    official = np.array([[node.share for node in nodes]])
    assert effective_weights(nodes, official)[0] == pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 8, 1 / 8, 1 / 4])
    assert effective_weights(nodes, shares(nodes, 9, 1)).sum(axis=1) == pytest.approx(1)
