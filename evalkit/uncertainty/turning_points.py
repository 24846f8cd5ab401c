"""How little would turn a rank: weights of the dimensions moved, one indicator left out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.ranking import rank
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.method_space import without
from evalkit.uncertainty.replicates import node_scores, normalised
from evalkit.uncertainty.smallest_change import smallest_change


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """The least weight that must move between dimensions, (units,); NaN where no weights do, or it cannot be said.

    ``overtake``: to come level with the unit one place above; ``fall``: for the one below to come level.
    """

    overtake: FloatArray
    fall: FloatArray


def neighbour_shifts(inputs: Inputs, scores: dict[str, FloatArray]) -> Shifts:
    """Return the smallest changes of the weights below the index that turn neighbours round.

    Only where the index is an arithmetic mean, and for pairs whose units have scores at all its children; the scores of
    the dimensions themselves stay as they are.
    """
    root, by_id = inputs.recipe.nodes[0], inputs.recipe.by_id
    units = len(inputs.units)
    found = Shifts(np.full(units, np.nan), np.full(units, np.nan))
    index = scores[root.id]
    if root.aggregate != "arithmetic" or not root.children:
        return found
    children = np.column_stack([scores[child] for child in root.children])
    shares = np.array([by_id[child].share for child in root.children])
    whole = np.atleast_1d(np.isfinite(children).all(axis=1))
    order = [at for at in np.argsort(-index, kind="stable").tolist() if not np.isnan(index[at])]
    for above, below in itertools.pairwise(order):
        if whole[above] and whole[below]:
            change = smallest_change(shares, children[below] - children[above])
            if change is not None:
                found.overtake[below] = found.fall[above] = change.moved
    return found


def cut_shifts(inputs: Inputs, scores: dict[str, FloatArray], cuts: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    """Return the least weight that must move between dimensions for each unit's index to come to a cut, and which cut.

    Both (units,); of several cuts the one that the least weight reaches. NaN where no weights do, or where it cannot be
    said, as of :func:`neighbour_shifts`.
    """
    root, by_id = inputs.recipe.nodes[0], inputs.recipe.by_id
    least, nearest = np.full(len(inputs.units), np.nan), np.full(len(inputs.units), np.nan)
    if root.aggregate != "arithmetic" or not root.children:
        return least, nearest
    children = np.column_stack([scores[child] for child in root.children])
    shares = np.array([by_id[child].share for child in root.children])
    for unit in np.flatnonzero(np.isfinite(children).all(axis=1) & ~np.isnan(scores[root.id])).tolist():
        for cut in cuts:
            side = 1.0 if scores[root.id][unit] < cut else -1.0
            change = smallest_change(shares, side * (children[unit] - cut))
            if change is not None and not change.moved >= least[unit]:
                least[unit], nearest[unit] = change.moved, cut
    return least, nearest


def ranks_without(inputs: Inputs) -> FloatArray:
    """Return the ranks of the index with each indicator left out in turn, (indicators, units)."""
    nodes, count = inputs.recipe.nodes, len(inputs.recipe.indicators)
    shares = np.tile(np.array([node.share for node in nodes]), (count, 1))
    leaves = normalised(inputs, inputs.raw, None)
    index = node_scores(nodes[0], nodes, leaves, without(nodes, shares, np.arange(count)))
    return np.array([rank(row, ties="min", tolerance=inputs.recipe.tie_tolerance) for row in index])
