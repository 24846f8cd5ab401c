"""Do peer groups differ? Description of each group, and the test of Kruskal and Wallis between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class GroupFigures:
    """Figures of the scores of each group, arrays over groups; NaN for a group without a score.

    ``sd`` is that of a sample (n − 1), NaN for a single score.
    """

    count: IntArray
    mean: FloatArray
    median: FloatArray
    sd: FloatArray
    lowest: FloatArray
    highest: FloatArray


@dataclass(frozen=True, slots=True)
class Difference:
    """``h`` of Kruskal and Wallis, its ``p``, and the effect size epsilon² = H / (N − 1) in [0, 1].

    NaN where fewer than two groups have a score, or all scores are equal. ``count`` scores in ``groups`` groups.
    """

    h: float
    p: float
    effect: float
    count: int
    groups: int


def describe_groups(scores: FloatArray, groups: IntArray, size: int) -> GroupFigures:
    """Describe ``scores`` (units,) by ``groups`` (units,), numbered from 0 to ``size`` − 1; NaN scores do not count."""
    members = [scores[(groups == group) & ~np.isnan(scores)] for group in range(size)]

    def each(statistic: object, least: int = 1) -> FloatArray:
        return np.array([statistic(own) if len(own) >= least else np.nan for own in members])  # type: ignore[operator]  # numpy's

    return GroupFigures(
        np.array([len(own) for own in members], dtype=np.int64),
        each(np.mean),
        each(np.median),
        each(lambda own: np.std(own, ddof=1), 2),
        each(np.min),
        each(np.max),
    )


def kruskal_wallis(scores: FloatArray, groups: IntArray) -> Difference:
    """Test whether the ``scores`` (units,) of the ``groups`` (units,) come from one distribution; NaN do not count.

    H = (12 / (N (N + 1)) · sum of R_g² / n_g − 3 (N + 1)) / (1 − sum of (t³ − t) / (N³ − N)), with the rank sums R_g
    and the sizes t of the ties; p by the χ² distribution with one degree of freedom less than there are groups, which
    is rough where groups have fewer than five scores. Kruskal and Wallis (1952), *Journal of the American Statistical
    Association* 47, 583-621; epsilon² after Tomczak and Tomczak (2014), *Trends in Sport Sciences* 21, 19-25.
    """
    known = ~np.isnan(scores)
    values, labels = scores[known], groups[known]
    count = len(values)
    _, inverse, ties = np.unique(values, return_inverse=True, return_counts=True)
    present = np.unique(labels)
    if len(present) < 2 or len(ties) < 2:  # noqa: PLR2004 - two groups, two different scores
        return Difference(np.nan, np.nan, np.nan, count, len(present))
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[inverse]
    sums = np.bincount(labels, weights=ranks)[present]
    sizes = np.bincount(labels)[present]
    h = 12 / (count * (count + 1)) * float((sums**2 / sizes).sum()) - 3 * (count + 1)
    h /= 1 - float((ties.astype(np.float64) ** 3 - ties).sum()) / (count**3 - count)
    return Difference(h, float(chdtrc(len(present) - 1, h)), h / (count - 1), count, len(present))
