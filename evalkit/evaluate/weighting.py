"""Weights that come from the data: groups whose children are weighed by a plug-in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from evalkit.definitions.recipe import Recipe, ResolvedNode
from evalkit.definitions.rules import PLUG_IN
from evalkit.problems import NOWHERE, problem
from evalkit.registry import PlugIn, Registry
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.plug_ins import PlugInError, call, named
from evalkit.scoring.tree_scores import score_tree


def weighed(recipe: Recipe, leaves: Mapping[str, FloatArray], units: Sequence[str], plug_ins: Registry) -> Recipe:
    """Return the recipe with the weights of groups that say ``weighting``, computed from their children's scores.

    Groups are weighed from the bottom up, since the scores of a group follow from the weights below it. ``leaves`` are
    the scores of the indicators. Raises PlugInError where a plug-in fails, or gives a weight that is negative or not
    finite, or none above zero (``EK425``).
    """
    for group in reversed([node for node in recipe.nodes if node.weighting]):
        tree, _ = score_tree(recipe.nodes, leaves, units, plug_ins)
        scores = np.column_stack([tree.of(child) for child in group.children])
        plug_in = named(plug_ins, "weightings", group.weighting.removeprefix(PLUG_IN))
        weights = call(plug_in, (scores,), {}, size=len(group.children))
        _check(weights, plug_in, group)
        recipe = replace(
            recipe, nodes=_with_weights(recipe.nodes, dict(zip(group.children, weights.tolist(), strict=True)))
        )
    return recipe


def _check(weights: FloatArray, plug_in: PlugIn, group: ResolvedNode) -> None:
    if not (np.isfinite(weights) & (weights >= 0)).all() or not (weights > 0).any():
        shown = ", ".join(f"{weight:g}" for weight in weights)
        raise PlugInError(
            problem("EK425", NOWHERE, name=plug_in.name, path=plug_in.origin, node=group.id, weights=shown)
        )


def _with_weights(nodes: Sequence[ResolvedNode], weights: Mapping[str, float]) -> tuple[ResolvedNode, ...]:
    """Return the nodes with other weights for some siblings, and the effective weights that follow."""
    total = math.fsum(weights.values())
    effective: dict[str, float] = {}
    changed = []
    for node in nodes:
        weight = weights.get(node.id, node.weight)
        share = weight / total if node.id in weights else node.share
        effective[node.id] = share * (effective[node.parent] if node.parent is not None else 1.0)
        changed.append(replace(node, weight=weight, share=share, effective_weight=effective[node.id]))
    return tuple(changed)
