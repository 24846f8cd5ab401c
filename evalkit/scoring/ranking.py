"""Ranking: positions from unrounded scores, with a stated tie rule and tolerance."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray

Ties = Literal["min", "dense", "average", "max"]

DEFAULT_TOLERANCE = 1e-9


def rank(scores: FloatArray, *, ties: Ties = "min", tolerance: float = DEFAULT_TOLERANCE) -> FloatArray:
    """Return the position of each score, shape (units,): 1 for the highest, NaN for NaN.

    Scores tied by :func:`tie_groups` share a position: with ``min`` the best of those that they occupy (1, 2, 2, 4),
    with ``max`` the worst (1, 3, 3, 4), with ``average`` the mean (1, 2.5, 2.5, 4), with ``dense`` the number of
    groups above plus one (1, 2, 2, 3). At a tolerance of 0 the same as ``scipy.stats.rankdata`` of the negated scores.
    Raises ValueError as :func:`tie_groups` does.
    """
    groups = tie_groups(scores, tolerance)
    known = groups >= 0
    sizes = np.bincount(groups[known]).astype(np.float64)
    last = np.cumsum(sizes)
    if ties == "min":
        position = last - sizes + 1
    elif ties == "max":
        position = last
    elif ties == "average":
        position = last - (sizes - 1) / 2
    else:
        position = np.arange(1.0, sizes.size + 1)
    ranks = np.full(groups.shape, np.nan)
    ranks[known] = position[groups[known]]
    return ranks


def tie_groups(scores: FloatArray, tolerance: float = DEFAULT_TOLERANCE) -> IntArray:
    """Label the groups of tied scores 0, 1, … by descending score, shape (units,); -1 for NaN.

    A group is anchored at its highest member and ends before the first score that is lower than that one by more than
    ``tolerance``. So no two scores further apart than the tolerance are tied, however many lie between them. Infinite
    scores of one sign are tied. Raises ValueError for a tolerance that is negative or not finite, or for scores that
    are not one-dimensional.
    """
    scores = np.asarray(scores, dtype=np.float64)
    if scores.ndim != 1:
        raise ValueError(f"scores must be (units,), not of shape {scores.shape}")
    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise ValueError(f"the tolerance must be finite and not negative, not {tolerance}")
    order = np.argsort(-scores, kind="stable")[: np.count_nonzero(~np.isnan(scores))]
    groups = np.full(scores.shape, -1, dtype=np.int64)
    with np.errstate(over="ignore", invalid="ignore"):  # inf - inf is NaN, which is not more than the tolerance
        groups[order] = np.cumsum(_group_starts(scores[order], tolerance)) - 1
    return groups


def _group_starts(descending: FloatArray, tolerance: float) -> IntArray:
    """Mark with 1 each score that opens a group, with 0 the others."""
    # A gap wider than the tolerance always opens a group; only runs without one that are too wide need a walk.
    starts = np.ones(descending.size, dtype=np.int64)
    starts[1:] = descending[:-1] - descending[1:] > tolerance
    first = np.flatnonzero(starts)
    end = np.append(first, descending.size)[1:]
    too_wide = descending[first] - descending[end - 1] > tolerance
    for begin, stop in zip(first[too_wide].tolist(), end[too_wide].tolist(), strict=True):
        top = begin
        for position in range(begin + 1, stop):
            if descending[top] - descending[position] > tolerance:
                top = position
                starts[position] = 1
    return starts
