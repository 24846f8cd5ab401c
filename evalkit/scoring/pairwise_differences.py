"""Which groups differ from which, and p-values that allow for many tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import ndtr

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups by number; ``z`` is above zero where the ``first`` has the higher scores; ``p`` is not adjusted."""

    first: int
    second: int
    z: float
    p: float


def dunn(scores: FloatArray, groups: IntArray) -> list[Pair]:
    """Compare every two of the ``groups`` (units,) that have ``scores`` (units,); NaN do not count.

    z = (R_i / n_i − R_j / n_j) / sqrt((N (N + 1) / 12 − sum of (t³ − t) / (12 (N − 1))) (1 / n_i + 1 / n_j)), with the
    rank sums R and the sizes t of the ties over all N scores; p two-sided, by the normal distribution. For two groups
    z² is the H of Kruskal and Wallis. No pairs where all scores are equal. Dunn (1964), *Technometrics* 6, 241-252.
    """
    known = ~np.isnan(scores)
    values, labels = scores[known], groups[known]
    count = len(values)
    _, inverse, ties = np.unique(values, return_inverse=True, return_counts=True)
    if len(ties) < 2:  # noqa: PLR2004 - two different scores
        return []
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[inverse]
    tied = float((ties.astype(np.float64) ** 3 - ties).sum())
    variance = count * (count + 1) / 12 - tied / (12 * (count - 1))
    means = {group: ranks[labels == group].mean() for group in np.unique(labels).tolist()}
    sizes = {group: int(np.count_nonzero(labels == group)) for group in means}
    return list(_pairs(means, sizes, variance))


def _pairs(means: dict[int, float], sizes: dict[int, int], variance: float) -> Iterator[Pair]:
    for first, second in combinations(means, 2):
        z = (means[first] - means[second]) / np.sqrt(variance * (1 / sizes[first] + 1 / sizes[second]))
        yield Pair(first, second, float(z), float(2 * ndtr(-abs(z))))


def holm(p: FloatArray) -> FloatArray:
    """Adjust p-values (tests,) for their number, so that one wrong finding in all is as rare as stated.

    The k-th smallest of m becomes the largest of (m − j + 1) p_(j) over j ≤ k, at most 1; NaN is no test and stays.
    Holm (1979), *Scandinavian Journal of Statistics* 6, 65-70.
    """
    adjusted = np.full(p.shape, np.nan)
    order = np.argsort(p, kind="stable")[: np.count_nonzero(~np.isnan(p))]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(factors * p[order]), 1.0)
    return adjusted
