"""From standard errors of raw values to the covariance of the scores at every node, by simulation.

Normal errors are added to the raw values, all units at once, and normalised again, so that the error of a unit that
sets the minimum of a min-max scale reaches all others. What follows is aggregated: exactly, as a weighted sum, where
all means below a node are arithmetic; else up the tree, draw by draw. Indicators measured by the same calls or the same
respondents are drawn together, others independently of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.tree_scores import aggregate_tree
from evalkit.uncertainty.inputs import Inputs, scored

CHUNK = 500  # draws at a time
FIXED_SCALES = frozenset({"goalposts", "none"})
"""Normalisations by which a unit's score depends on its own value alone."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeErrors:
    """Covariance of a node's scores: (units, units), or (units,) where the units are independent.

    ``lost`` (units,): the share of draws in which a unit that has a score has none.
    """

    covariance: FloatArray
    lost: FloatArray


def draw_leaves(inputs: Inputs, *, draws: int) -> Iterator[dict[int, FloatArray]]:
    """Yield, chunk by chunk, scores (units, draws) of the indicators that carry error, by their number."""
    for chunk, start in enumerate(range(0, draws, CHUNK)):
        drawn = {}
        for at, errors in inputs.draw_errors((4, chunk), min(CHUNK, draws - start)):
            node = inputs.recipe.indicators[at]
            drawn[at] = scored(node, inputs.raw[:, [at]] + errors, node.normalise)
        yield drawn


def propagate(inputs: Inputs) -> dict[str, NodeErrors]:
    """Return the errors of every node that carries any, indicators too."""
    leaves = inputs.leaves()
    subtrees = [_Subtree.of(node, inputs.recipe.nodes) for node in inputs.recipe.nodes]
    trees = [tree for tree in subtrees if inputs.has_error[tree.leaves].any()]
    sums = {tree.nodes[0].id: _Sums(len(inputs.units)) for tree in trees}
    for drawn in draw_leaves(inputs, draws=inputs.choices.replicates):
        for tree in trees:
            sums[tree.nodes[0].id].add(tree.deviations(leaves, drawn))
    return {tree.nodes[0].id: sums[tree.nodes[0].id].errors(independent=_independent(inputs, tree)) for tree in trees}


def subtree(root: ResolvedNode, nodes: Sequence[ResolvedNode]) -> list[int]:
    """Return the places in ``nodes`` of a node and all below it, in their order."""
    inside = {root.id}
    for node in nodes:
        if node.parent in inside:
            inside.add(node.id)
    return [at for at, node in enumerate(nodes) if node.id in inside]


@dataclass(frozen=True, slots=True, eq=False)
class _Subtree:
    nodes: list[ResolvedNode]
    leaves: list[int]

    @classmethod
    def of(cls, root: ResolvedNode, nodes: Sequence[ResolvedNode]) -> _Subtree:
        inside = [nodes[at] for at in subtree(root, nodes)]
        numbers = {node.id: number for number, node in enumerate(each for each in nodes if each.is_indicator)}
        return cls(inside, [numbers[node.id] for node in inside if node.is_indicator])

    def deviations(self, leaves: FloatArray, drawn: dict[int, FloatArray]) -> FloatArray:
        """Return the scores of the root of this subtree less those without error, (units, draws)."""
        shape = (len(leaves), next(iter(drawn.values())).shape[1])
        shares = np.array([node.share for node in self.nodes])
        places = [at for at, node in enumerate(self.nodes) if node.is_indicator]
        by_id = {self.nodes[at].id: leaves[:, number] for at, number in zip(places, self.leaves, strict=True)}
        tree, _ = aggregate_tree(self.nodes, by_id, shares, len(leaves))
        if all(node.is_indicator or node.aggregate == "arithmetic" for node in self.nodes):
            total = np.zeros(shape)
            for at, number in zip(places, self.leaves, strict=True):
                if number in drawn:
                    weight = tree.effective[:, [at]]
                    total += np.where(weight > 0, weight * (drawn[number] - leaves[:, [number]]), 0.0)
            return np.where(np.isnan(tree.scores[:, :1]), np.nan, total)
        rows = {
            self.nodes[at].id: drawn.get(number, np.broadcast_to(leaves[:, [number]], shape)).ravel()
            for at, number in zip(places, self.leaves, strict=True)
        }
        again, _ = aggregate_tree(self.nodes, rows, shares, shape[0] * shape[1])
        return again.scores[:, 0].reshape(shape) - tree.scores[:, :1]


def _independent(inputs: Inputs, tree: _Subtree) -> bool:
    carrying = [at for at in tree.leaves if inputs.has_error[at]]
    methods = {inputs.recipe.indicators[at].normalise.method for at in carrying}
    shared = any(not inputs.influences[at].independent for at in carrying if at in inputs.influences)
    return methods <= FIXED_SCALES and not shared


class _Sums:
    """Sums over draws from which a covariance is made."""

    def __init__(self, units: int) -> None:
        self.products = np.zeros((units, units))
        self.total = np.zeros(units)
        self.lost = np.zeros(units)
        self.draws = 0

    def add(self, deviations: FloatArray) -> None:
        """Add deviations (units, draws); a draw without a score counts as no deviation, and as lost."""
        filled = np.nan_to_num(deviations, nan=0.0)
        self.products += filled @ filled.T
        self.total += filled.sum(axis=1)
        self.lost += np.isnan(deviations).sum(axis=1)
        self.draws += deviations.shape[1]

    def errors(self, *, independent: bool) -> NodeErrors:
        """Return the covariance around the means of the draws."""
        mean = self.total / self.draws
        covariance = (self.products - self.draws * np.outer(mean, mean)) / max(self.draws - 1, 1)
        np.fill_diagonal(covariance, np.clip(np.diagonal(covariance), 0.0, None))
        lost = np.where(self.lost == self.draws, 0.0, self.lost / self.draws)
        return NodeErrors(np.diagonal(covariance).copy() if independent else (covariance + covariance.T) / 2, lost)
