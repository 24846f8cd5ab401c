"""Diagnosis as kernels: what an indicator would add to the index, and which units are most alike. NaN is no score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.scoring.aggregation import Method, Missing, aggregate
from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A node and its children, as columns; ``shares`` (children,) are their weights."""

    node: int
    children: tuple[int, ...]
    shares: FloatArray
    method: Method
    missing: Missing
    min_coverage: float


def index_scores(families: Sequence[Family], scores: FloatArray) -> FloatArray:
    """Return the index (rows,) of ``scores`` (rows, nodes), of which only the indicators' columns are read.

    ``families`` stand parents first; column 0 is the index. A tree of one indicator has none: the index is its score.
    """
    filled = np.array(scores, dtype=np.float64)
    coverage = (~np.isnan(filled)).astype(np.float64)
    for family in reversed(families):
        children = list(family.children)
        result = aggregate(
            filled[:, children],
            coverage[:, children],
            family.shares,
            method=family.method,
            missing=family.missing,
            min_coverage=family.min_coverage,
        )
        filled[:, family.node], coverage[:, family.node] = result.score, result.coverage
    index: FloatArray = filled[:, 0]
    return index


def gains(
    families: Sequence[Family], scores: FloatArray, indicators: Sequence[int], reachable: FloatArray
) -> FloatArray:
    """Return what each indicator would add to the index at its reachable score, one at a time (indicators,).

    gain_i = index(scores with s_i replaced by max(s_i, r_i)) − index(scores), through the tree itself, so that it is
    exact for every mean and missing rule; for arithmetic means it is the effective weight times the gap. ``scores``
    (nodes,) are those of one unit, ``reachable`` (indicators,) NaN where nothing is known. NaN where the indicator has
    no score, nothing is reachable, or the unit has no index.
    """
    rows = np.tile(np.asarray(scores, dtype=np.float64), (len(indicators) + 1, 1))
    for row, (column, target) in enumerate(zip(indicators, reachable.tolist(), strict=True)):
        rows[row, column] = np.fmax(rows[row, column], target) if not np.isnan(rows[row, column]) else np.nan
    index = index_scores(families, rows)
    known = ~np.isnan(scores[list(indicators)]) & ~np.isnan(reachable)
    return np.where(known, index[:-1] - index[-1], np.nan)


def nearest(profiles: FloatArray, weights: FloatArray, unit: int, candidates: IntArray) -> tuple[IntArray, FloatArray]:
    """Return the ``candidates`` (numbers of units) from the most alike to ``unit`` to the least, and their distances.

    d = sqrt(sum of w (x − y)² / sum of w) over the indicators that both have a score for: ``profiles`` (units,
    indicators), ``weights`` (indicators,). Candidates that share no weight with the unit are left out; equal distances
    keep the order given.
    """
    difference = profiles[candidates] - profiles[unit]
    shared = np.where(np.isnan(difference), 0.0, weights)
    total = shared.sum(axis=1)
    squares = (shared * np.nan_to_num(difference) ** 2).sum(axis=1)
    distance = np.sqrt(np.divide(squares, total, out=np.full(total.shape, np.nan), where=total > 0))
    order = np.argsort(distance, kind="stable")[: np.count_nonzero(total > 0)]
    return candidates[order], distance[order]
