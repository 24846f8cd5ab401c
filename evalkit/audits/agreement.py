"""Agreement of auditors on categories: percentage, Cohen's and Fleiss' kappa, Gwet's AC1 and AC2.

All but Cohen's kappa take counts, shape (calls, categories), as :func:`evalkit.audits.ratings.count_matrix` gives
them, so a call may have any number of ratings. A call rated once tells nothing of agreement but counts for how often
the categories are used. ``weights`` (categories, categories) say how far two categories agree, 1 for wholly; without
them only equal ratings agree.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from evalkit.audits.ratings import Coefficient, beyond_chance
from evalkit.scoring.arrays import FloatArray, IntArray

Weighting = Literal["identity", "linear", "quadratic", "ordinal"]


def agreement_weights(weighting: Weighting, values: FloatArray) -> FloatArray:
    """Return how far each two categories agree, (q, q), between 0 and 1, with ones on the diagonal.

    identity: 1 where equal, 0 elsewhere; linear: 1 − |x − y| ÷ (max − min); quadratic: 1 − (x − y)² ÷ (max − min)²;
    ordinal: 1 − C(m, 2) ÷ C(q, 2), where m counts the categories from x to y, both included. ``values`` are the
    categories' values, rising; linear and quadratic use them, the others their order only. These ordinal weights are
    not the metric of Krippendorff's ordinal alpha. Raises ValueError where the values do not rise.
    Gwet, *Handbook of Inter-Rater Reliability*, 4th ed. (2014), chapter 3.
    """
    count = len(values)
    if count > 1 and not (np.diff(values) > 0).all():
        raise ValueError("the values of the categories must rise")
    if weighting == "identity" or count == 1:
        return np.eye(count)
    if weighting == "ordinal":
        steps = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
        return np.asarray(1 - (steps + 1) * steps / (count * (count - 1)))
    distance = np.abs(np.subtract.outer(values, values)) / (values[-1] - values[0])
    return np.asarray(1 - (distance if weighting == "linear" else distance**2))


def percentage_agreement(counts: IntArray, weights: FloatArray | None = None) -> Coefficient:
    """Return the mean share of pairs of ratings that agree, over the calls rated at least twice.

    Chance is not taken out: ``expected`` is 0. All equal ratings give 1.
    """
    observed, calls = _observed(counts, _or_identity(weights, counts))
    return beyond_chance(observed, 0.0, calls, int(counts.sum()))


def fleiss_kappa(counts: IntArray, weights: FloatArray | None = None) -> Coefficient:
    """Return Fleiss' kappa: chance agreement Σ w(k, l) π(k) π(l), π(k) the mean share of category k over the calls.

    All ratings equal: no value, state ``no_variation``. With unequal numbers of ratings as in Gwet (2014), chapter 2.
    Fleiss, "Measuring nominal scale agreement among many raters", *Psychological Bulletin* 76 (1971).
    """
    weights = _or_identity(weights, counts)
    observed, calls = _observed(counts, weights)
    use = _use(counts)
    return beyond_chance(observed, float(use @ weights @ use), calls, int(counts.sum()))


def gwet_ac(counts: IntArray, weights: FloatArray | None = None) -> Coefficient:
    """Return Gwet's AC1, with weights AC2: chance agreement T ÷ (q (q − 1)) × Σ π(k) (1 − π(k)), T the sum of weights.

    All ratings equal give 1 where at least two categories could have been chosen; with one category there is no value,
    state ``no_variation``. Gwet, "Computing inter-rater reliability and its variance in the presence of high
    agreement", *British Journal of Mathematical and Statistical Psychology* 61 (2008).
    """
    weights = _or_identity(weights, counts)
    observed, calls = _observed(counts, weights)
    use, q = _use(counts), counts.shape[1]
    expected = float(weights.sum() * (use * (1 - use)).sum() / (q * (q - 1))) if q > 1 else 1.0
    return beyond_chance(observed, expected, calls, int(counts.sum()))


def cohen_kappa(first: IntArray, second: IntArray, categories: int, weights: FloatArray | None = None) -> Coefficient:
    """Return Cohen's kappa of two auditors who rated the same calls; each has his own use of the categories.

    ``first`` and ``second`` hold positions of categories, shape (calls,); −1 is no rating, and a call that lacks one
    of the two is left out. Both always the same category: no value, state ``no_variation``.
    Cohen, "A coefficient of agreement for nominal scales", *Educational and Psychological Measurement* 20 (1960);
    weighted: "Weighted kappa", *Psychological Bulletin* 70 (1968).
    """
    weights = np.eye(categories) if weights is None else weights
    both = (first >= 0) & (second >= 0)
    calls = int(both.sum())
    pairs = np.bincount(first[both] * categories + second[both], minlength=categories**2)
    table = pairs.reshape(categories, categories) / max(calls, 1)
    expected = float(table.sum(axis=1) @ weights @ table.sum(axis=0))
    return beyond_chance(float((weights * table).sum()), expected, calls, 2 * calls)


def _or_identity(weights: FloatArray | None, counts: IntArray) -> FloatArray:
    return np.eye(counts.shape[1]) if weights is None else weights


def _observed(counts: IntArray, weights: FloatArray) -> tuple[float, int]:
    """Return the mean share of pairs that agree, and over how many calls."""
    rated = counts.sum(axis=1)
    twice = rated > 1
    chosen, number = counts[twice], rated[twice]
    agreeing = (chosen * (chosen @ weights - 1)).sum(axis=1)
    calls = int(twice.sum())
    return (float((agreeing / (number * (number - 1))).mean()) if calls else np.nan), calls


def _use(counts: IntArray) -> FloatArray:
    """Return the mean share of each category over the calls that were rated."""
    rated = counts.sum(axis=1)
    some = rated > 0
    shares: FloatArray = counts[some] / rated[some, None]
    return shares.mean(axis=0) if some.any() else np.zeros(counts.shape[1])
