"""Scores up the tree: means, missing rules, coverage, effective weights, and the findings on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.recipe import Recipe
from evalkit.scoring.tree_scores import TreeScores, normalise_indicator, score_tree, unranked
from tests.small_studies import recipe

NAN = float("nan")


def leaf(name: str, **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a node
    return {"id": name, "name": name, "measure": {"column": name.lower()}, **keys}


def group(name: str, *children: dict[str, Any], **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a node
    return {"id": name, "name": name, "children": list(children), **keys}


def scored(tree: Recipe, **leaves: list[float]) -> TreeScores:
    count = len(next(iter(leaves.values())))
    units = [f"U{index}" for index in range(count)]
    return score_tree(tree.nodes, {name: np.array(values) for name, values in leaves.items()}, units)[0]


@pytest.mark.parametrize(
    ("method", "expected"),
    [("arithmetic", (3 * 16 + 4) / 4), ("geometric", (16**3 * 4) ** 0.25), ("harmonic", 4 / (3 / 16 + 1 / 4))],
)
def test_mean_is_the_one_the_node_declares(method: str, expected: float) -> None:
    tree = recipe(group("ROOT", leaf("A", weight=3), leaf("B", weight=1), aggregate=method))
    assert scored(tree, A=[16], B=[4]).of("ROOT").tolist() == pytest.approx([expected])


def test_each_node_has_a_mean_of_its_own() -> None:
    inner = group("G", leaf("A"), leaf("B"), aggregate="geometric")
    tree = recipe(group("ROOT", inner, leaf("C")))
    result = scored(tree, A=[4], B=[9], C=[10])
    assert result.of("G").tolist() == pytest.approx([6])
    assert result.of("ROOT").tolist() == pytest.approx([8])


@pytest.mark.parametrize(
    ("missing", "score", "weights"),
    [
        ({"rule": "rescale", "min_coverage": 0.5}, 80, [1, 0]),
        ({"rule": "rescale", "min_coverage": 0.8}, NAN, [0, 0]),
        ({"rule": "zero", "min_coverage": 0.5}, 60, [0.75, 0.25]),
        ({"rule": "fail", "min_coverage": 0}, NAN, [0, 0]),
    ],
)
def test_missing_child_is_treated_as_declared(missing: dict[str, Any], score: float, weights: list[float]) -> None:
    tree = recipe(group("ROOT", leaf("A", weight=3), leaf("B", weight=1), missing=missing))
    result = scored(tree, A=[80], B=[NAN])
    assert result.of("ROOT").tolist() == pytest.approx([score], nan_ok=True)
    assert result.coverage[0].tolist() == [0.75, 1, 0]
    assert result.effective[0, 1:].tolist() == weights


def test_coverage_counts_the_leaves_below_not_the_nodes() -> None:
    tree = recipe(group("ROOT", group("G", leaf("A"), leaf("B")), leaf("C")))
    result = scored(tree, A=[50], B=[NAN], C=[50])
    assert result.coverage[0].tolist() == [0.75, 0.5, 1, 0, 1]


TREES: st.SearchStrategy[list[Any]] = st.recursive(
    st.just([]),
    lambda children: st.lists(st.tuples(children, st.sampled_from([0.5, 1, 2, 3])), min_size=1, max_size=4),
    max_leaves=12,
).filter(bool)


def build(shape: list[Any], names: list[str], weight: float = 1) -> dict[str, Any]:
    if not shape:
        names.append(f"L{len(names)}")
        return leaf(names[-1], weight=weight)
    children = [build(child, names, each) for child, each in shape]
    return group(f"N{len(names)}-{id(shape)}", *children, weight=weight)


@given(shape=TREES, data=st.data(), min_coverage=st.sampled_from([0, 0.3, 0.5, 0.9]))
def test_effective_weights_sum_to_one_and_rebuild_the_index(
    shape: list[Any], data: st.DataObject, min_coverage: float
) -> None:
    names: list[str] = []
    tree = recipe(build(shape, names), missing={"rule": "rescale", "min_coverage": min_coverage})
    cell = st.one_of(st.just(NAN), st.floats(0, 100))
    leaves = {name: data.draw(st.lists(cell, min_size=3, max_size=3)) for name in names}
    result = scored(tree, **leaves)
    positions = [result.nodes.index(name) for name in names]
    index, weights = result.scores[:, 0], result.effective[:, positions]
    ranked = ~np.isnan(index)
    assert weights[ranked].sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert (weights[~ranked] == 0).all()
    rebuilt = (weights * np.nan_to_num(result.scores[:, positions])).sum(axis=1)
    assert rebuilt[ranked] == pytest.approx(index[ranked], abs=1e-9)
    assert (weights[np.isnan(result.scores[:, positions])] == 0).all()


def test_unit_scores_the_same_alone_and_among_others() -> None:
    tree = recipe(
        group("ROOT", leaf("A", weight=0.1), leaf("B", weight=0.2), leaf("C", weight=0.7), aggregate="geometric")
    )
    many = scored(tree, A=[10.1, 20.2, 3.3], B=[7.7, 8.8, 9.9], C=[1.1, NAN, 55.5])
    alone = scored(tree, A=[20.2], B=[8.8], C=[NAN])
    assert alone.scores[0].tolist() == pytest.approx(many.scores[1].tolist(), rel=0, abs=0, nan_ok=True)


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank", "percentile_rank"])
def test_constant_indicator_scores_the_middle_and_is_reported(method: str) -> None:
    node = recipe(group("ROOT", leaf("A", normalise={"method": method}))).by_id["A"]
    scores, problems = normalise_indicator(node, np.array([5.0, 5.0, NAN]), ["U1", "U2", "U3"])
    assert scores.tolist() == pytest.approx([50, 50, NAN], nan_ok=True)
    assert [each.code for each in problems] == ["EK401"]


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank", "percentile_rank"])
def test_single_unit_scores_the_middle_and_is_reported(method: str) -> None:
    node = recipe(group("ROOT", leaf("A", normalise={"method": method}))).by_id["A"]
    scores, problems = normalise_indicator(node, np.array([5.0]), ["U1"])
    assert scores.tolist() == [50]
    assert [each.code for each in problems] == ["EK403"]


def test_fixed_goalposts_have_nothing_to_report_of_a_single_unit() -> None:
    node = recipe(group("ROOT", leaf("A", normalise={"method": "goalposts", "low": 0, "high": 10}))).by_id["A"]
    scores, problems = normalise_indicator(node, np.array([5.0]), ["U1"])
    assert (scores.tolist(), problems) == ([50], [])


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank", "percentile_rank", "none"])
def test_infinite_value_has_no_score_and_moves_no_other(method: str) -> None:
    node = recipe(group("ROOT", leaf("A", normalise={"method": method}))).by_id["A"]
    scores, problems = normalise_indicator(node, np.array([1.0, np.inf, 3.0, -np.inf]), ["U1", "U2", "U3", "U4"])
    without, _ = normalise_indicator(node, np.array([1.0, NAN, 3.0, NAN]), ["U1", "U2", "U3", "U4"])
    assert scores.tolist() == pytest.approx(without.tolist(), nan_ok=True)
    assert [(each.code, each.place.unit) for each in problems] == [("EK402", "U2"), ("EK402", "U4")]


def test_indicator_without_any_value_is_reported() -> None:
    node = recipe(group("ROOT", leaf("A"))).by_id["A"]
    scores, problems = normalise_indicator(node, np.array([NAN, NAN]), ["U1", "U2"])
    assert np.isnan(scores).all()
    assert [each.code for each in problems] == ["EK409"]


def test_lower_may_be_better() -> None:
    normalise = {"method": "minmax"}
    node = recipe(group("ROOT", leaf("A", direction="lower", normalise=normalise))).by_id["A"]
    assert normalise_indicator(node, np.array([1.0, 2.0, 5.0]), ["U1", "U2", "U3"])[0].tolist() == [100, 75, 0]


def test_negative_child_rules_a_geometric_mean_out() -> None:
    tree = recipe(group("ROOT", leaf("A"), leaf("B"), aggregate="geometric"))
    leaves = {"A": np.array([-1.0, 4.0]), "B": np.array([5.0, 9.0])}
    result, problems = score_tree(tree.nodes, leaves, ["U1", "U2"])
    assert result.of("ROOT").tolist() == pytest.approx([NAN, 6], nan_ok=True)
    assert [(each.code, each.place.unit) for each in problems] == [("EK404", "U1")]


def why_unranked(tree: Recipe, **leaves: list[float]) -> list[tuple[str, str]]:
    result = scored(tree, **leaves)
    sent = np.ones(len(result.scores), dtype=bool)
    found = unranked(result, tree.nodes, [f"U{index}" for index in range(len(sent))], sent)
    return [(each.code, each.message("en")) for each in found]


def test_coverage_just_below_the_minimum_does_not_read_as_the_minimum() -> None:
    tree = recipe(group("ROOT", leaf("A", weight=4996), leaf("B", weight=5004)))
    [(code, message)] = why_unranked(tree, A=[50], B=[NAN])
    assert code == "EK405"
    assert "49.9%" in message
    assert "50%" in message


def test_unit_without_any_value_is_told_so_even_without_a_minimum() -> None:
    tree = recipe(group("ROOT", leaf("A"), leaf("B")), missing={"rule": "rescale", "min_coverage": 0})
    assert [code for code, _ in why_unranked(tree, A=[50, NAN], B=[NAN, NAN])] == ["EK411"]


def test_negative_child_is_not_called_a_lack_of_data() -> None:
    missing = {"rule": "fail", "min_coverage": 0}
    tree = recipe(group("ROOT", leaf("A"), leaf("B"), aggregate="geometric", missing=missing))
    assert [code for code, _ in why_unranked(tree, A=[-1, 50], B=[5, NAN])] == ["EK405"]
