"""How little weight would have to move for two units to be level, or for one to come to a cut: exactly, at every level.

On the scale of the index (see :mod:`evalkit.uncertainty.index_sum`) all is linear in the weights: a geometric index is
looked at by logarithms, a harmonic one by inverses.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.uncertainty.index_sum import IndexSum, is_open
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.smallest_change import Changes, smallest_changes

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """What is to become level: ``units`` with the ``others`` ranked before them, or with ``cuts``, all (questions,).

    ``others`` is :data:`NOBODY` where a cut is meant, ``cuts`` NaN where a unit is.
    """

    units: IntArray
    others: IntArray
    cuts: FloatArray

    def gains(self, index: IndexSum) -> FloatArray:
        """Return by how much each unit is ahead at each term, (questions, terms); of cuts already reached, behind."""
        cuts = index.scale(self.cuts)[:, np.newaxis]
        other = np.where(self.others[:, np.newaxis] == NOBODY, cuts, index.scaled[self.others])
        return self._towards(index)[:, np.newaxis] * (index.scaled[self.units] - other)

    def slopes(self, index: IndexSum, slopes: FloatArray) -> FloatArray:
        """Return how fast each unit gains, (questions,), where the index of a unit rises by its slope, (units,)."""
        other = np.where(self.others == NOBODY, 0.0, slopes[self.others])
        return self._towards(index) * (slopes[self.units] - other)

    def _towards(self, index: IndexSum) -> FloatArray:
        """Return 1, or -1 for a cut that the unit has reached, which it is to come down to."""
        ahead = (self.others == NOBODY) & (index.index[self.units] >= index.scale(self.cuts))
        return np.where(ahead, -1.0, 1.0)


def of_neighbours(index: IndexSum, scores: FloatArray) -> Questions:
    """Ask for each unit when it is level with the one a place above, in the order of ``scores`` (units,).

    Only of pairs that are both :attr:`~evalkit.uncertainty.index_sum.IndexSum.whole`.
    """
    order = [at for at in np.argsort(-scores, kind="stable").tolist() if not np.isnan(scores[at])]
    pairs = [pair for pair in itertools.pairwise(order) if index.whole[list(pair)].all()]
    above, below = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Questions(below, above, np.full(len(pairs), np.nan))


def of_cuts(index: IndexSum, cuts: Sequence[float]) -> Questions:
    """Ask for each whole unit when its index is at each cut that has a place on the scale of the index."""
    units = np.flatnonzero(index.whole)
    known = np.array([cut for cut in cuts if np.isfinite(index.scale(np.array([cut])))[0]], dtype=np.float64)
    asked = np.repeat(units, known.size)
    return Questions(asked, np.full(asked.size, NOBODY), np.tile(known, units.size))


def all_weights(index: IndexSum, questions: Questions) -> Changes:
    """Return the least change of the weights of all terms together, which may all move."""
    return smallest_changes(index.weights, questions.gains(index))


@dataclass(frozen=True, slots=True, eq=False)
class OneWeight:
    """The change of one node's weight alone, its siblings keeping their proportions.

    ``nodes``: the nodes whose weights can be changed so; ``needed`` (questions, nodes): the share among its siblings
    that the node then has; ``moved``: how much weight of the index changes hands. Both NaN where no weight does.
    """

    nodes: tuple[ResolvedNode, ...]
    needed: FloatArray
    moved: FloatArray


def one_weight(inputs: Inputs, scores: Mapping[str, FloatArray], index: IndexSum, questions: Questions) -> OneWeight:
    """Return for every node that is reached by the mean of the index alone how its weight would have to change.

    With the share w of a node whose score is x, among siblings that make the parent's s, both on the scale of the
    index, the share t makes the index change by E (t - w) (x - s) / (1 - w), E the parent's weight in the index.
    """
    by_id, root = inputs.recipe.by_id, inputs.recipe.nodes[0]
    nodes = _reached(inputs.recipe.nodes, root)
    short = np.where(all_weights(index, questions).moved == 0, 0.0, questions.gains(index) @ index.weights)
    needed = np.full((short.size, len(nodes)), np.nan)
    moved = needed.copy()
    for at, node in enumerate(nodes):
        parent = by_id[node.parent or ""]
        weight = parent.effective_weight / root.effective_weight
        slopes = weight * (index.scale(scores[node.id]) - index.scale(scores[parent.id])) / (1 - node.share)
        rise = questions.slopes(index, slopes)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(short == 0, node.share, node.share - short / rise)
        reachable = (share >= 0) & (share <= 1)
        needed[:, at] = np.where(reachable, share, np.nan)
        moved[:, at] = weight * np.abs(needed[:, at] - node.share)
    return OneWeight(nodes, needed, moved)


def _reached(nodes: Sequence[ResolvedNode], root: ResolvedNode) -> tuple[ResolvedNode, ...]:
    """Return the nodes below means of the kind of the index only, of those that share a parent with others."""
    ways = {root.id}
    found = []
    for node in nodes[1:]:
        if node.parent in ways:
            if node.share < 1:
                found.append(node)
            if is_open(node, root.aggregate):
                ways.add(node.id)
    return tuple(found)
