"""Aggregation: the scores of a node's children become the score of the node.

Every unit is computed for itself, child by child in the given order, so a unit's result is the same to the last bit
whether it is computed alone or among thousands.

Means after OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 6; for positive scores
arithmetic >= geometric >= harmonic (Hardy, Littlewood, Pólya, *Inequalities*, 1934, theorem 16).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray

Method = Literal["arithmetic", "geometric", "harmonic"]
Mean = Callable[[FloatArray, FloatArray], FloatArray]
"""A mean of one's own: scores (units, children) and weights (units, children), whose rows sum to one, to scores
(units,). A child that is left out has NaN and the weight 0; NaN in the result is no score."""
Missing = Literal["rescale", "zero", "fail"]

COVERAGE_GUARD = 1e-12  # a coverage is a sum of floats: 0.1 + 0.2 + 0.2 must still reach a minimum of 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Aggregated:
    """The scores of one node.

    ``score`` (units,): NaN where the node has none. ``coverage`` (units,): the share of the node's weight whose data
    enter its score, reported without a score too. ``weights`` (units, children): the weights really used; a row sums to
    one, or is all zero where there is no score. ``negative`` (units,): a negative child rules this mean out, whether
    or not the coverage would do so too.
    """

    score: FloatArray
    coverage: FloatArray
    weights: FloatArray
    negative: BoolArray


def aggregate(
    scores: FloatArray,
    coverage: FloatArray,
    weights: FloatArray,
    *,
    method: Method | Mean,
    missing: Missing,
    min_coverage: float,
) -> Aggregated:
    """Aggregate ``scores`` (units, children) with ``weights`` (children,) to one score a unit.

    ``weights`` may be (units, children) too, where every row has its own, as draws of weights do.

    Methods, with the weights w rescaled to sum to one:
    ``arithmetic`` sum of w * x; ``geometric`` exp(sum of w * ln x); ``harmonic`` 1 / (sum of w / x).
    For the last two, a child that scores zero makes the node zero, and a negative child leaves it without a score.
    A :data:`Mean` of one's own may give any score, also one outside the scores of the children.

    Missing rules, for a child whose score is not finite:
    ``rescale`` leaves it out, and the weights of its siblings are rescaled to sum to one; ``zero`` counts it as 0;
    ``fail`` gives the node no score unless every child of positive weight has one.

    ``coverage`` (units, children) in [0, 1] is the children's own, 1 or 0 for leaves; the entries of children without a
    score are not read. The node's is the sum of w * coverage over the children with a score, w summing to one over all
    children, whatever the missing rule. Below ``min_coverage`` (in [0, 1]) the node has no score. With ``rescale`` a
    node of which no child has a score has none, even at a minimum of 0.

    Weights are at least 0, need not sum to one, and may not all be 0; a child of weight 0 (or of less than 1e-323 of
    the greatest weight) never matters. A score is never outside the scores it is the mean of: children of 90 make 90,
    not 89.99999999999999. Raises ValueError for weights, coverages or shapes that break these rules.
    """
    scores, coverage, weights = _checked(scores, coverage, weights, min_coverage)
    has_score = np.isfinite(scores) & (weights > 0)
    if np.any(has_score & ~(np.abs(coverage - 0.5) <= 0.5 + COVERAGE_GUARD)):
        raise ValueError("the coverage of a child with a score must be in [0, 1]")
    covered = _sum_over_children(np.where(has_score, weights * coverage, 0.0))
    node_coverage = np.clip(covered / _sum_over_children(np.atleast_2d(weights)), 0.0, 1.0)

    takes_part = has_score if missing != "zero" else np.broadcast_to(weights > 0, scores.shape)
    complete = takes_part.any(axis=1) & ((missing != "fail") | (has_score | (weights == 0)).all(axis=1))
    negative = np.any(has_score & (scores < 0) & (method in {"geometric", "harmonic"}), axis=1)
    scored = complete & ~negative & (node_coverage >= min_coverage - COVERAGE_GUARD)

    used = np.where(takes_part & scored[:, np.newaxis], weights, 0.0)
    score = np.full(scores.shape[0], np.nan)
    values = np.where(has_score, scores, 0.0)
    if not callable(method):
        score[scored] = _mean(values[scored], used[scored], method)
    used[scored] /= _sum_over_children(used[scored])[:, np.newaxis]
    if callable(method):
        score[scored] = method(np.where(takes_part, values, np.nan)[scored], used[scored])
        score[np.isinf(score)] = np.nan
        used[np.isnan(score)] = 0.0
    return Aggregated(score, node_coverage, used, negative)


def _checked(
    scores: FloatArray, coverage: FloatArray, weights: FloatArray, min_coverage: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the arrays as floats, each row of weights brought below one by a power of two, which rounds nothing."""
    scores, coverage, weights = (np.asarray(each, dtype=np.float64) for each in (scores, coverage, weights))
    if scores.ndim != 2 or scores.shape != coverage.shape or weights.shape not in {scores.shape[1:], scores.shape}:  # noqa: PLR2004 - units and children
        shapes = f"{scores.shape}, {coverage.shape} and {weights.shape}"
        raise ValueError(f"scores and coverage must be (units, children) and weights (children,), not {shapes}")
    if not np.all((weights >= 0) & np.isfinite(weights)) or not np.all(np.any(weights > 0, axis=-1)):
        raise ValueError("weights must be finite, none negative, and not all zero")
    if not 0 <= min_coverage <= 1:
        raise ValueError(f"the minimum coverage must be in [0, 1], not {min_coverage}")
    exponent = np.frexp(weights.max(axis=-1, keepdims=True))[1]
    return scores, coverage, np.ldexp(weights, -exponent)


def _sum_over_children(terms: FloatArray) -> FloatArray:
    """Add up axis 1 in the order of the children: numpy's own sum groups its terms by the layout of the array."""
    total = np.zeros(terms.shape[0])
    for child in range(terms.shape[1]):
        total += terms[:, child]
    return total


def _mean(values: FloatArray, weights: FloatArray, method: Method) -> FloatArray:
    """Mean by row; every row has a positive weight, and no negative value unless the method is arithmetic."""
    matters = weights > 0
    lowest = np.where(matters, values, np.inf).min(axis=1)
    highest = np.where(matters, values, -np.inf).max(axis=1)
    filled = np.where(matters, values, lowest[:, np.newaxis])
    has_mean = np.full(lowest.shape, fill_value=True) if method == "arithmetic" else lowest > 0
    mean = np.zeros(lowest.shape)
    with np.errstate(over="ignore"):  # past the largest float by rounding alone; the bounds bring it back
        mean[has_mean] = _MEANS[method](filled[has_mean], weights[has_mean])
    bounded: FloatArray = np.clip(mean, lowest, highest)
    return bounded


# Sums are divided by the sum of the weights, not taken over rescaled weights: 80, 90 and 100 in equal parts make 90.
def _arithmetic(values: FloatArray, weights: FloatArray) -> FloatArray:
    exponent = np.frexp(np.abs(values).max(axis=1))[1]
    scaled = np.ldexp(values, -exponent[:, np.newaxis])
    mean: FloatArray = np.ldexp(_sum_over_children(weights * scaled) / _sum_over_children(weights), exponent)
    return mean


def _geometric(values: FloatArray, weights: FloatArray) -> FloatArray:
    mean: FloatArray = np.exp(_sum_over_children(weights * np.log(values)) / _sum_over_children(weights))
    return mean


def _harmonic(values: FloatArray, weights: FloatArray) -> FloatArray:
    lowest: FloatArray = values.min(axis=1)  # lowest / value is at most one, where 1 / value could overflow
    inverse = _sum_over_children(weights * (lowest[:, np.newaxis] / values))
    return lowest * (_sum_over_children(weights) / inverse)


_MEANS: dict[Method, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
}
