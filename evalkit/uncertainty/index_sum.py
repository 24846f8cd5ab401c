"""The index as a weighted sum of scores below it, which is what can be said of weights without drawing any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.uncertainty.inputs import Inputs

Scale = Callable[[FloatArray], FloatArray]
_CLOSE = 1e-9


def _log(scores: FloatArray) -> FloatArray:
    return np.log(np.where(scores > 0, scores, np.nan))


def _negative_inverse(scores: FloatArray) -> FloatArray:
    return -1 / np.where(scores > 0, scores, np.nan)


SCALES: Mapping[str, Scale] = {
    "arithmetic": lambda scores: scores,
    "geometric": _log,
    "harmonic": _negative_inverse,
}
"""By mean, the scale on which it is a weighted sum, rising with the score; NaN for scores that have no place on it."""


@dataclass(frozen=True, slots=True, eq=False)
class IndexSum:
    """``scaled`` (units, terms) times ``weights`` (terms,) make the index on its ``scale``.

    ``terms`` are ids of nodes. ``whole`` (units,): of which units this is true: they have scores at all terms, and
    nothing but the mean makes their index.
    """

    terms: tuple[str, ...]
    weights: FloatArray
    scaled: FloatArray
    whole: BoolArray
    scale: Scale

    @property
    def index(self) -> FloatArray:
        """The index on the scale, (units,)."""
        summed: FloatArray = self.scaled @ self.weights
        return summed


def index_sum(inputs: Inputs, scores: Mapping[str, FloatArray], *, deep: bool) -> IndexSum | None:
    """Return the index as the sum of its children, or of all that is below it; None where it is no such sum.

    ``scores`` (units,) by node. ``deep``: a node with the same mean as the index is replaced by its children, and so
    on; one with another mean is a term, whose score stays as it is.
    """
    root, by_id = inputs.recipe.nodes[0], inputs.recipe.by_id
    if root.is_indicator or root.aggregate not in SCALES:
        return None
    terms = list(opened(root, by_id, root.aggregate) if deep else root.children)
    scale = SCALES[root.aggregate]
    start = root.effective_weight
    weights = np.array([by_id[term].effective_weight / start for term in terms])
    values = np.column_stack([scale(scores[term]) for term in terms])
    index = scale(scores[root.id])
    with np.errstate(invalid="ignore"):
        whole = np.isfinite(values).all(axis=1) & (np.abs(values @ weights - index) <= _CLOSE * (1 + np.abs(index)))
    return IndexSum(tuple(terms), weights, values, whole, scale)


def opened(node: ResolvedNode, by_id: Mapping[str, ResolvedNode], mean: str) -> list[str]:
    """Return the terms below a node: its children, or theirs where a child is the same mean and nothing else."""
    found: list[str] = []
    for child in node.children:
        below = by_id[child]
        found += opened(below, by_id, mean) if is_open(below, mean) else [child]
    return found


def is_open(node: ResolvedNode, mean: str) -> bool:
    """Tell whether a node is nothing but this mean of its children."""
    return not node.is_indicator and node.aggregate == mean and node.adjust is None
