from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.base import Text
from evalkit.definitions.indicators import Defaults, IndicatorSet, Measure, Node
from evalkit.definitions.recipe import Recipe, resolve
from evalkit.definitions.rules import Goalposts, MinMax, Missing, RankScore, Unchanged
from evalkit.definitions.study import NodeOverride, RecipeOverrides

law = settings(deadline=None)

MINMAX = MinMax(method="minmax")
RANK = RankScore(method="rank")
NONE = Unchanged(method="none")
POSTS = Goalposts(method="goalposts", low=0, high=1)


def leaf(name: str, **fields: object) -> Node:
    return Node.model_validate({"id": name, "name": name, "measure": Measure(column=name.lower()), **fields})


def group(name: str, *children: Node, **fields: object) -> Node:
    return Node.model_validate({"id": name, "name": name, "children": children, **fields})


def resolved(tree: Node, overrides: Mapping[str, object] | None = None, **defaults: object) -> Recipe:
    chosen = Defaults.model_validate(defaults)
    indicators = IndicatorSet(id="s", version="1", name=Text(zh="s"), tree=tree, defaults=chosen)
    return resolve(indicators, RecipeOverrides.model_validate(overrides or {}))


@pytest.mark.parametrize("of_node", [None, RANK])
@pytest.mark.parametrize("of_recipe", [None, POSTS])
@pytest.mark.parametrize("of_override", [None, NONE])
def test_normalisation_comes_from_the_first_that_says_something(
    of_node: RankScore | None, of_recipe: Goalposts | None, of_override: Unchanged | None
) -> None:
    overrides = {"normalise": of_recipe, "nodes": {"A": NodeOverride(normalise=of_override)}}
    recipe = resolved(group("IX", leaf("A", normalise=of_node), leaf("B")), overrides, normalise=MINMAX)
    assert recipe.by_id["A"].normalise == (of_override or of_recipe or of_node or MINMAX)
    assert recipe.by_id["B"].normalise == (of_recipe or MINMAX)


@pytest.mark.parametrize("of_node", [None, "geometric"])
@pytest.mark.parametrize("of_recipe", [None, "harmonic"])
@pytest.mark.parametrize("of_override", [None, "arithmetic"])
def test_aggregation_and_missing_rule_come_from_the_first_that_says_something(
    of_node: str | None, of_recipe: str | None, of_override: str | None
) -> None:
    rules = {"geometric": Missing(rule="zero"), "harmonic": Missing(rule="fail"), "arithmetic": Missing()}
    rules_of = [None if method is None else rules[method] for method in (of_override, of_recipe, of_node)]
    override = NodeOverride.model_validate({"aggregate": of_override, "missing": rules_of[0]})
    overrides = {"aggregate": of_recipe, "missing": rules_of[1], "nodes": {"G": override}}
    default = Missing(min_coverage=0.25)
    inner = group("G", leaf("A"), aggregate=of_node, missing=rules_of[2])
    recipe = resolved(group("IX", inner), overrides, aggregate="geometric", missing=default)
    assert recipe.by_id["G"].aggregate == (of_override or of_recipe or of_node or "geometric")
    assert recipe.by_id["G"].missing == next((rule for rule in rules_of if rule is not None), default)
    assert recipe.by_id["IX"].aggregate == (of_recipe or "geometric")


def test_an_override_speaks_of_its_node_only() -> None:
    overrides = {"nodes": {"G": {"aggregate": "harmonic", "weight": 3}}}
    recipe = resolved(group("IX", group("G", group("H", leaf("A"))), leaf("B")), overrides)
    assert [node.aggregate for node in recipe.nodes if not node.is_indicator] == [
        "arithmetic",
        "harmonic",
        "arithmetic",
    ]
    assert [node.share for node in recipe.nodes] == [1, 0.75, 1, 1, 0.25]


def test_siblings_without_weights_weigh_the_same() -> None:
    recipe = resolved(group("IX", group("G", leaf("A"), leaf("B"), leaf("C")), leaf("D")))
    assert [node.weight for node in recipe.nodes] == [1] * 6
    assert [node.share for node in recipe.nodes] == [1, 1 / 2, 1 / 3, 1 / 3, 1 / 3, 1 / 2]
    assert [node.effective_weight for node in recipe.nodes] == [1, 1 / 2, 1 / 6, 1 / 6, 1 / 6, 1 / 2]


def test_weights_need_not_sum_to_one() -> None:
    recipe = resolved(group("IX", leaf("A", weight=30), leaf("B", weight=10), leaf("C", weight=0)))
    assert [node.share for node in recipe.nodes] == [1, 0.75, 0.25, 0]


@pytest.mark.parametrize("weight", [0, 0.5, 7, None])
def test_the_weight_of_the_root_says_nothing(weight: float | None) -> None:
    recipe = resolved(group("IX", leaf("A"), weight=weight))
    assert [node.effective_weight for node in recipe.nodes] == [1, 1]


def test_all_weights_zero_give_no_shares() -> None:
    recipe = resolved(group("IX", leaf("A", weight=0), leaf("B", weight=0)))
    assert [node.share for node in recipe.nodes] == [1, 0, 0]


def test_a_set_of_one_indicator() -> None:
    (node,) = resolved(leaf("A")).nodes
    assert (node.parent, node.level, node.share, node.effective_weight, node.is_indicator) == (None, 0, 1, 1, True)


def test_nodes_stand_before_their_children_in_the_order_of_the_file() -> None:
    recipe = resolved(group("IX", group("G", leaf("A"), leaf("B")), leaf("C")))
    assert [(node.id, node.parent, node.level, node.children) for node in recipe.nodes] == [
        ("IX", None, 0, ("G", "C")),
        ("G", "IX", 1, ("A", "B")),
        ("A", "G", 2, ()),
        ("B", "G", 2, ()),
        ("C", "IX", 1, ()),
    ]
    assert [node.id for node in recipe.indicators] == ["A", "B", "C"]


def test_the_recipe_writes_every_choice_down() -> None:
    overrides = {"ties": "dense", "tie_tolerance": 0, "peer_groups": ["class"], "percentages": {"decimals": 2}}
    indicator = {"weight": 1.0, "normalise": {"range": [0.0, 100.0], "method": "minmax"}, "unit": ""}
    kept = resolved(group("IX", leaf("A", direction="lower"), leaf("B")), overrides, normalise=MINMAX).as_dict()
    assert kept == {
        "ties": "dense",
        "tie_tolerance": 0.0,
        "peer_groups": ["class"],
        "percentages": {"decimals": 2, "rounding": "half_up"},
        "respondents": {"method": "mean", "at_least": None, "questions": {}},
        "nodes": {
            "IX": {"weight": 1.0, "aggregate": "arithmetic", "missing": {"rule": "rescale", "min_coverage": 0.5}},
            "A": indicator | {"direction": "lower", "measure": {"column": "a"}},
            "B": indicator | {"direction": "higher", "measure": {"column": "b"}},
        },
    }


WEIGHTS = st.none() | st.floats(1e-6, 1e9) | st.just(0.0)


@st.composite
def trees(draw: st.DrawFn) -> Node:
    """Trees of up to four levels whose siblings have weights, or none, but not all zero."""
    count = 0

    def make(depth: int, weight: float | None) -> Node:
        nonlocal count
        count += 1
        name = f"N{count}"
        width = 0 if depth == 0 else draw(st.integers(0 if depth < 3 else 1, 4))
        if width == 0:
            return leaf(name, weight=weight)
        weights = draw(st.lists(WEIGHTS, min_size=width, max_size=width).filter(lambda each: any(w != 0 for w in each)))
        return group(name, *(make(depth - 1, each) for each in weights), weight=weight)

    return make(3, None)


@law
@given(trees())
def test_effective_weights_of_the_indicators_sum_to_one(tree: Node) -> None:
    recipe = resolved(tree)
    assert math.fsum(node.effective_weight for node in recipe.indicators) == pytest.approx(1, abs=1e-12)
    by_id = recipe.by_id
    for node in recipe.nodes:
        assert 0 <= node.share <= 1
        if node.children:
            assert math.fsum(by_id[child].share for child in node.children) == pytest.approx(1, abs=1e-12)
            below = math.fsum(by_id[child].effective_weight for child in node.children)
            assert below == pytest.approx(node.effective_weight, abs=1e-12)


@law
@given(trees(), st.sampled_from([2.0, 0.5, 4.0]))
def test_only_the_proportions_of_weights_count(tree: Node, factor: float) -> None:
    recipe = resolved(tree)
    nodes = {
        node.id: NodeOverride(weight=min(node.weight * factor, 1e9)) for node in recipe.nodes if node.weight <= 1e8
    }
    if len(nodes) < len(recipe.nodes):
        return
    scaled = resolved(tree, {"nodes": nodes})
    assert [node.share for node in scaled.nodes] == pytest.approx([node.share for node in recipe.nodes], abs=1e-12)
