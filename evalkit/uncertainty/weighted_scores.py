"""Scores of all units under many draws of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.tree_scores import aggregate_tree

_ONE_SAMPLE = 2  # dimensions: units and indicators
ROWS = 200_000
"""Units times draws that are aggregated at a time where the index is no weighted sum."""


def index_scores(nodes: Sequence[ResolvedNode], leaves: FloatArray, shares: FloatArray) -> FloatArray:
    """Return the index of every unit under every draw, shape (draws, units); NaN where there is none.

    ``leaves`` (units, indicators): the indicators' scores in the order of ``nodes``, NaN for none; (draws, units,
    indicators) where every draw has its own. ``shares`` (draws, nodes): each node's weight among its siblings. Missing
    data are treated as the nodes say.

    Where all means are arithmetic, the index is the sum of effective weight times score, one product of matrices for
    all units that lack the same indicators; else every unit is aggregated up the tree under every draw.
    """
    all_known = np.isfinite(leaves)
    known = all_known if leaves.ndim == _ONE_SAMPLE else all_known[0]
    if (all_known != known).any() or any(not node.is_indicator and node.aggregate != "arithmetic" for node in nodes):
        return _up_the_tree(nodes, leaves, shares)
    if known.all():
        return _weighted(effective_weights(nodes, shares), leaves)
    scores = np.empty((len(shares), leaves.shape[-2]))
    patterns, pattern_of = np.unique(known, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        units = np.flatnonzero(pattern_of.ravel() == number)
        weights, scored = _weights_without(nodes, shares, pattern)
        own = _weighted(weights, np.where(pattern, leaves[..., units, :], 0.0))
        scores[:, units] = np.where(scored[:, np.newaxis], own, np.nan)
    return scores


def _weighted(weights: FloatArray, leaves: FloatArray) -> FloatArray:
    """Return the weighted sums (draws, units) of leaves (units, indicators) or (draws, units, indicators)."""
    if leaves.ndim == _ONE_SAMPLE:
        return weights @ leaves.T
    summed: FloatArray = (leaves @ weights[:, :, np.newaxis])[..., 0]
    return summed


def effective_weights(nodes: Sequence[ResolvedNode], shares: FloatArray) -> FloatArray:
    """Return the weight of each indicator in the index, (draws, indicators): the product of the shares down to it."""
    column = {node.id: at for at, node in enumerate(nodes)}
    product = np.ones_like(shares)
    for at, node in enumerate(nodes[1:], start=1):
        product[:, at] = product[:, column[node.parent or ""]] * shares[:, at]
    return np.ascontiguousarray(product[:, [node.is_indicator for node in nodes]])


def _weights_without(
    nodes: Sequence[ResolvedNode], shares: FloatArray, known: BoolArray
) -> tuple[FloatArray, BoolArray]:
    """Return the effective weights (draws, indicators) of a unit with only the ``known``, and where it is scored."""
    if known.all():
        return effective_weights(nodes, shares), np.ones(len(shares), dtype=bool)
    at = [number for number, node in enumerate(nodes) if node.is_indicator]
    rows = len(shares)
    leaves = {nodes[place].id: np.full(rows, 0.0 if has else np.nan) for place, has in zip(at, known, strict=True)}
    tree, _ = aggregate_tree(nodes, leaves, shares, rows)
    return tree.effective[:, at], ~np.isnan(tree.scores[:, 0])


def _up_the_tree(nodes: Sequence[ResolvedNode], leaves: FloatArray, shares: FloatArray) -> FloatArray:
    indicators = [node.id for node in nodes if node.is_indicator]
    draws, units = len(shares), leaves.shape[-2]
    scores = np.empty((draws, units))
    step = max(ROWS // max(units, 1), 1)
    for start in range(0, draws, step):
        chunk = shares[start : start + step]
        values = leaves if leaves.ndim == _ONE_SAMPLE else leaves[start : start + step]
        values = np.broadcast_to(values, (len(chunk), *leaves.shape[-2:]))
        own: Mapping[str, FloatArray] = {node: values[..., at].ravel() for at, node in enumerate(indicators)}
        tree, _ = aggregate_tree(nodes, own, np.repeat(chunk, units, axis=0), len(chunk) * units)
        scores[start : start + step] = tree.scores[:, 0].reshape(len(chunk), units)
    return scores
