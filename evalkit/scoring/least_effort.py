"""The least effort that lifts a tree of means to where it should be, exactly, from the options of its leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.aggregation import Method, aggregate
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.diagnosis import Family

_COST_DECIMALS = 9  # sums of decimals: 0.1 + 0.2 costs as much as 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """What can be had at which cost: ``cost`` and ``value`` (points,), both strictly ascending.

    ``picks`` (points, choices): the option taken of each choice that has been decided so far; the names of the choices
    are in ``choices``, in the order of the columns.
    """

    cost: FloatArray
    value: FloatArray
    picks: IntArray
    choices: tuple[str, ...]

    def at_least(self, floor: float, tolerance: float) -> Frontier:
        """Return the points whose value falls short of ``floor`` by no more than ``tolerance``."""
        kept = self.value >= floor - tolerance
        return Frontier(self.cost[kept], self.value[kept], self.picks[kept], self.choices)


def constant(value: float) -> Frontier:
    """Return the frontier of a score about which nothing can be chosen."""
    return Frontier(np.zeros(1), np.array([value]), np.zeros((1, 0), dtype=np.int64), ())


def choice(name: str, cost: FloatArray, value: FloatArray) -> Frontier:
    """Return the frontier of one choice among options, each of a ``cost`` and a ``value`` (options,)."""
    return _pareto(cost, value, np.arange(len(cost), dtype=np.int64)[:, np.newaxis], (name,))


def _pareto(cost: FloatArray, value: FloatArray, picks: IntArray, choices: tuple[str, ...]) -> Frontier:
    """Keep the points that no other one beats; of equal points, the first."""
    cost = np.round(cost, _COST_DECIMALS)
    order = np.lexsort((-value, cost))
    before = np.concatenate(([-np.inf], np.maximum.accumulate(value[order])[:-1]))
    kept = order[(value[order] > before) | (np.arange(len(order)) == 0)]
    return Frontier(cost[kept], value[kept], picks[kept], choices)


def _together(first: Frontier, second: Frontier) -> Frontier:
    """Add up every point of one with every point of the other."""
    one, other = (each.ravel() for each in np.indices((len(first.cost), len(second.cost))))
    return _pareto(
        first.cost[one] + second.cost[other],
        first.value[one] + second.value[other],
        np.hstack([first.picks[one], second.picks[other]]),
        first.choices + second.choices,
    )


def tree_frontier(
    families: Sequence[Family],
    scores: FloatArray,
    leaves: Mapping[int, Frontier],
    floors: Mapping[int, float],
    tolerance: float,
) -> Frontier:
    """Return the frontier of the index over all combinations of the options of the ``leaves``, by column.

    ``families`` stand parents first, column 0 is the index; ``scores`` (nodes,) has the leaves without options, NaN for
    one without a score, and any score for those with options: which leaves have one must not depend on the options.
    ``floors`` are scores that nodes must reach, by column, up to ``tolerance``; a node without a score reaches none.
    No point where they cannot all be reached.

    Every mean is f⁻¹(sum of w f(x)) with an increasing f, and rises with each of its children. So the best of a node at
    a cost is made of points that are the best of its children at theirs, and whatever is beaten within a child is
    beaten within the index: the frontier is that of all combinations, and its first point costs least of all that reach
    the floors. This is the exact dynamic programme of the multiple-choice knapsack (Kellerer, Pferschy and Pisinger,
    *Knapsack Problems*, 2004, chapter 11) with sums of f(x) in place of profits. Raises ValueError where a negative
    score would enter a geometric or harmonic mean, which has none then.
    """
    return _Programme({each.node: each for each in families}, scores, leaves, floors, tolerance).whole()


@dataclass(frozen=True, slots=True, eq=False)
class _Programme:
    families: Mapping[int, Family]
    scores: FloatArray
    leaves: Mapping[int, Frontier]
    floors: Mapping[int, float]
    tolerance: float

    def whole(self) -> Frontier:
        found, _ = self.of(0)
        return found

    def of(self, node: int) -> tuple[Frontier, float]:
        """Return the frontier of a node, of NaN where it has no score, and its coverage."""
        family = self.families.get(node)
        if family is None:
            found = self.leaves.get(node, constant(float(self.scores[node])))
            coverage = float(not np.isnan(self.scores[node]))
        else:
            found, coverage = self.mean(family)
        floor = self.floors.get(node)
        return (found if floor is None else found.at_least(floor, self.tolerance)), coverage

    def mean(self, family: Family) -> tuple[Frontier, float]:
        below = [self.of(child) for child in family.children]
        known = np.array([[np.nan if np.isnan(each.value).any() else 1.0 for each, _ in below]])
        coverage = np.array([[covered for _, covered in below]])
        result = aggregate(
            known,
            coverage,
            family.shares,
            method=family.method,
            missing=family.missing,
            min_coverage=family.min_coverage,
        )
        if np.isnan(result.score[0]):
            return constant(np.nan), float(result.coverage[0])
        lift, lower = _SCALES[family.method]
        total = Frontier(np.zeros(1), np.zeros(1), np.zeros((1, 0), dtype=np.int64), ())
        for (child, _), weight in zip(below, result.weights[0].tolist(), strict=True):
            total = _together(total, _weighted(child, weight, family.method, lift))
        return Frontier(total.cost, lower(total.value), total.picks, total.choices), float(result.coverage[0])


def _weighted(child: Frontier, weight: float, method: Method, lift: Callable[[FloatArray], FloatArray]) -> Frontier:
    """Return the child's part of the sum; one of no weight adds nothing, but its floors hold."""
    values = np.nan_to_num(child.value, nan=0.0)  # without a score it has no weight, or counts as 0
    if method != "arithmetic" and weight > 0 and np.any(values < 0):
        raise ValueError(f"a negative score has no {method} mean")
    part = weight * lift(values) if weight > 0 else np.zeros(len(values))
    return Frontier(child.cost, part, child.picks, child.choices)


def _log(values: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.log(values)


def _inverse(values: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return 1.0 / np.abs(values)


_SCALES: Mapping[Method, tuple[Callable[[FloatArray], FloatArray], Callable[[FloatArray], FloatArray]]] = {
    "arithmetic": (lambda values: values, lambda values: values),
    "geometric": (_log, np.exp),
    "harmonic": (lambda values: -_inverse(values), _inverse),
}
"""The scale f on which a mean adds up, and its inverse; a score of 0 is −∞ there, and makes the mean 0."""
