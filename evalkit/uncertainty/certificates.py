"""How sure an award is: against a cut-off by tests of all units together, among ranked places by rank sets."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray, TextArray

CERTIFICATES = ("certified", "indicative", "not distinguishable")
"""What an award that sampling error enters can be, the surest first."""
NO_ERROR = "no sampling error"
"""What an award is that no sampling error enters."""


def exceeds(scores: FloatArray, errors: FloatArray, cut: float) -> FloatArray:
    """Return the one-sided p-values of "the true score is below the cut", p = Phi((cut - score) / error), (units,).

    ``errors`` are standard errors. A score without error is known: p is 0 where it reaches the cut, else 1. NaN where
    score or error is NaN.
    """
    distance = cut - np.asarray(scores, dtype=np.float64)
    errors = np.asarray(errors, dtype=np.float64)
    known = np.where(distance <= 0, 0.0, 1.0)
    tested = ndtr(distance / np.where(errors > 0, errors, 1.0))
    return np.where(np.isnan(distance) | np.isnan(errors), np.nan, np.where(errors > 0, tested, known))


def false_discovery_adjusted(values: FloatArray) -> FloatArray:
    """Return p-values adjusted for all that are tested together, (units,); NaN stays NaN and is not counted.

    Of the units whose adjusted value is at most alpha, no more than a share of alpha are expected to be wrong:
    the smallest of m * p_(k) / k over all k from the value's own place up. Benjamini and Hochberg, *Journal of the
    Royal Statistical Society* B 57 (1995), 289-300; valid under positive dependence too (Benjamini and Yekutieli,
    *Annals of Statistics* 29, 2001, 1165-1188).
    """
    values = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    scaled = values[order] * known.size / np.arange(1, known.size + 1)
    adjusted = np.full(values.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def by_threshold(values: FloatArray, level: float) -> TextArray:
    """Return the certificates of p-values (units,), a family tested together; empty where there is none.

    ``certified``: the value adjusted by :func:`false_discovery_adjusted` is at most 1 - level; ``indicative``: only the
    unit's own is, which holds for this unit looked at alone; else ``not distinguishable`` from the cut.
    """
    alpha = _rounded(1 - level)
    return _graded(false_discovery_adjusted(values) <= alpha, values <= alpha, ~np.isnan(values))


def by_places(simultaneous: FloatArray, marginal: FloatArray, places: int) -> TextArray:
    """Return the certificates of upper bounds on ranks (units,), NaN for none, against a number of places.

    ``certified``: the bound that holds for all units at once is within the places; ``indicative``: only the bound of
    the unit's own confidence set is; else ``not distinguishable`` from those behind the places.
    """
    return _graded(simultaneous <= places, marginal <= places, ~np.isnan(simultaneous))


def by_share(shares: FloatArray, level: float) -> TextArray:
    """Return the certificates of shares of replicates (units,) in which a unit gets an award.

    Samples drawn around the estimates say what such samples would give, not where the true scores lie: near ties they
    promise too much (see :mod:`evalkit.uncertainty.rank_sets`). So an award is ``indicative`` at most, where the share
    is no smaller than the level; else ``not distinguishable``.
    """
    return _graded(np.zeros(shares.shape, dtype=bool), shares >= level, ~np.isnan(shares))


def weaker(one: TextArray, other: TextArray) -> TextArray:
    """Return the less sure of two certificates of the same units, (units,); an empty one is no doubt."""
    weaker_of_both: TextArray = np.array(CERTIFICATES)[np.maximum(_grade(one), _grade(other))]
    return weaker_of_both


def _grade(labels: TextArray) -> IntArray:
    grade: IntArray = np.argmax(labels[:, np.newaxis] == np.array(CERTIFICATES), axis=1)
    return grade


def _graded(together: BoolArray, alone: BoolArray, known: BoolArray) -> TextArray:
    choices = np.select([~known, together, alone], ["", *CERTIFICATES[:2]], default=CERTIFICATES[2])
    return choices.astype(np.str_)


def _rounded(alpha: float) -> float:
    return round(alpha, 12)  # 1 - 0.95 is a little over 0.05
