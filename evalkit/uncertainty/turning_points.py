"""How little would turn a rank: weights moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.index_sum import IndexSum, index_sum
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.smallest_change import Changes
from evalkit.uncertainty.weight_shifts import OneWeight, Questions, all_weights, of_cuts, of_neighbours, one_weight


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """The least weight that must move, (units,); NaN where no weights do it, or where it cannot be said.

    ``overtake``: to come level with the unit one place above; ``fall``: for the one below to come level; ``reach``: for
    the index to come to a cut, of several the one that the least weight reaches, which is in ``cut``.
    """

    overtake: FloatArray
    fall: FloatArray
    reach: FloatArray
    cut: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answers to questions: with all weights below the index free to move, and with one node's weight alone."""

    index: IndexSum
    questions: Questions
    together: Changes
    alone: OneWeight


def dimension_shifts(inputs: Inputs, scores: dict[str, FloatArray], cuts: Sequence[float]) -> Shifts:
    """Return the least changes of the weights just below the index; the scores of the dimensions stay as they are."""
    nothing = np.full(len(inputs.units), np.nan)
    found = Shifts(nothing.copy(), nothing.copy(), nothing.copy(), nothing.copy())
    index = index_sum(inputs, scores, deep=False)
    if index is None:
        return found
    neighbours = of_neighbours(index, scores[inputs.recipe.nodes[0].id])
    moved = all_weights(index, neighbours).moved
    found.overtake[neighbours.units] = found.fall[neighbours.others] = moved
    questions = nearest_cuts(index, cuts)
    moved = all_weights(index, questions).moved
    found.reach[questions.units] = moved
    found.cut[questions.units] = np.where(np.isnan(moved), np.nan, questions.cuts)
    return found


def answers(inputs: Inputs, scores: dict[str, FloatArray], cuts: Sequence[float]) -> list[Answers]:
    """Return the least changes of weights at all levels for neighbours, and for the nearest cuts."""
    index = index_sum(inputs, scores, deep=True)
    if index is None:
        return []
    asked = (of_neighbours(index, scores[inputs.recipe.nodes[0].id]), nearest_cuts(index, cuts))
    return [Answers(index, each, all_weights(index, each), one_weight(inputs, scores, index, each)) for each in asked]


def nearest_cuts(index: IndexSum, cuts: Sequence[float]) -> Questions:
    """Ask of each whole unit for the cut that the least weight reaches; of one that reaches none, for the nearest."""
    every = of_cuts(index, cuts)
    moved = all_weights(index, every).moved
    away = np.abs(index.index[every.units] - index.scale(every.cuts))
    order = np.lexsort((away, moved, every.units))  # NaN comes last
    _, first = np.unique(every.units[order], return_index=True)
    kept = order[first]
    return Questions(every.units[kept], every.others[kept], every.cuts[kept])
