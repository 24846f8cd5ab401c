"""The severities of auditors estimated again with other weights of the ratings, fast enough for every replicate."""

from __future__ import annotations

import numpy as np

from evalkit.audits.severity import Auditors
from evalkit.audits.severity_model import Ratings, constrained_inverse, rank_of_counts
from evalkit.audits.severity_variances import likeliest_variance
from evalkit.scoring.arrays import FloatArray


def auditor_effects(
    ratings: Ratings, weights: FloatArray, *, auditors: Auditors, shrinkage: float | None = None
) -> FloatArray | None:
    """Return the auditors' effects (auditors,) as of :func:`evalkit.audits.severity.severity`, without their errors.

    ``weights`` (n,) are how often each rating counts: 0 for one left out, no whole number for one resampled; a whole
    number does what so many copies of the rating would. A factor's level without weight has the effect 0. None where
    the ratings that count cannot tell the auditors apart, or leave no degrees of freedom. With ``shrinkage``, 1 ÷ g of
    :class:`~evalkit.audits.severity.Severity`, the variances of random auditors are not estimated again: resampled
    ratings repeat each other, so that their errors look smaller than they are.

    With units absorbed as in :func:`evalkit.audits.severity_model.solve`, S the crossed weights of all levels and r
    their sums of scores, scenarios and slots (o) are absorbed too: T = S_aa − S_ao S_oo⁻ S_oa and t = r_a − S_ao S_oo⁻
    r_o. The effects are T⁻ t with a weighted sum of zero, or (T + I ÷ g)⁻¹ t for the ratio g of variances by REML. No
    matrix is larger than the number of levels.
    """
    counted = weights > 0
    many = int(ratings.factors[0].max()) + 1
    if not counted.any():
        return None
    gram, sums, squares, units = _absorbed(ratings, weights)
    levels = [int(factor.max()) + 1 for factor in ratings.factors]
    counts = np.concatenate(
        [np.bincount(factor, weights, minlength=size) for factor, size in zip(ratings.factors, levels, strict=True)]
    )
    n, first, rest = float(weights.sum()), slice(0, many), slice(many, None)
    blocks = np.split(np.arange(sum(levels[1:])), np.cumsum(levels[1:])[:-1]) if levels[1:] else []
    inverse = constrained_inverse(gram[rest, rest], counts[rest], blocks, n)
    through = gram[first, rest] @ inverse
    between = gram[first, first] - through @ gram[rest, first]
    own = sums[first] - through @ sums[rest]
    present = np.flatnonzero(counts[first] > 0)
    free = n - units - rank_of_counts(gram[rest, rest], n)
    if rank_of_counts(between[np.ix_(present, present)], n) < present.size - 1 or free <= present.size - 1:
        return None
    effects = np.zeros(many)
    inner = between[np.ix_(present, present)]
    if auditors == "fixed":
        effects[present] = constrained_inverse(inner, counts[present], [np.arange(present.size)], n) @ own[present]
        return effects
    if shrinkage is None:
        left = squares - float(sums[rest] @ inverse @ sums[rest])
        ratio = likeliest_variance(inner, own[present], left, free).ratio
        shrinkage = 1 / ratio if ratio > 0 else np.inf
    if np.isfinite(shrinkage):
        effects[present] = np.linalg.solve(inner + shrinkage * np.eye(present.size), own[present])
    return effects


def _absorbed(ratings: Ratings, weights: FloatArray) -> tuple[FloatArray, FloatArray, float, int]:
    """Return S, r and the weighted sum of squares within units, and how many units count."""
    levels = [int(factor.max()) + 1 for factor in ratings.factors]
    starts = np.cumsum([0, *levels])
    units, total = int(ratings.unit.max()) + 1, int(starts[-1])
    per_unit = np.bincount(ratings.unit, weights, minlength=units)
    centred = ratings.score - weights @ ratings.score / weights.sum()
    of_unit = np.bincount(ratings.unit, weights * centred, minlength=units)
    columns = [start + factor for start, factor in zip(starts[:-1], ratings.factors, strict=True)]
    crossed = np.zeros((units, total))
    gram = np.zeros((total, total))
    sums = np.zeros(total)
    for one in columns:
        crossed += np.bincount(ratings.unit * total + one, weights, units * total).reshape(units, total)
        sums += np.bincount(one, weights * centred, total)
        for other in columns:
            gram += np.bincount(one * total + other, weights, total * total).reshape(total, total)
    share = np.divide(1.0, per_unit, out=np.zeros(units), where=per_unit > 0)
    gram -= crossed.T @ (crossed * share[:, None])
    sums -= crossed.T @ (of_unit * share)
    squares = float(weights @ centred**2 - of_unit**2 @ share)
    return gram, sums, squares, int((per_unit > 0).sum())
