"""Jury kernels: forms from marks, trimmed means, and how far the judges agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.ranking import rank

FULL_MARKS = 100
FEWEST_COMPARED = 3
"""Submissions that an agreement is computed from at least; any two are always in full agreement or in none."""


def form_scores(marks: FloatArray, highest: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the score of each form, ``100 · Σ w · mark ÷ highest ÷ Σ w``, of ``marks`` (forms, criteria).

    ``highest`` and ``weights`` are (criteria,). NaN for a form that lacks the mark of a criterion of positive weight.
    Raises ValueError for a highest mark that is not above 0, and for weights that are negative or all 0.
    """
    if not (np.all(highest > 0) and np.all(weights >= 0) and np.any(weights > 0)):
        raise ValueError("highest marks must be above 0, weights not negative and not all 0")
    counts = weights > 0
    scores: FloatArray = FULL_MARKS * (marks[:, counts] / highest[counts]) @ (weights[counts] / weights[counts].sum())
    return scores


def trimmed_mean(forms: FloatArray, *, trim: int, fewest: int) -> FloatArray:
    """Return the mean of the forms of each submission without the ``trim`` highest and the ``trim`` lowest.

    ``forms`` (judges, submissions), NaN = no form. With m forms x₍₁₎ ≤ … ≤ x₍ₘ₎ the score is the sum of
    x₍ₜ₊₁₎ … x₍ₘ₋ₜ₎ over m − 2t (Tukey & McLaughlin, *Sankhyā* A 25, 1963). NaN with fewer than ``fewest`` forms.
    Raises ValueError unless fewest > 2 · trim ≥ 0.
    """
    if not 0 <= 2 * trim < fewest:
        raise ValueError(f"trimming {trim} at either end leaves nothing of {fewest} forms")
    ordered = np.sort(forms, axis=0)  # NaN last
    count = (~np.isnan(forms)).sum(axis=0)
    place = np.arange(forms.shape[0])[:, np.newaxis]
    kept = (place >= trim) & (place < count - trim)
    total = np.where(kept, ordered, 0.0).sum(axis=0)
    return np.where(count >= fewest, total / np.maximum(count - 2 * trim, 1), np.nan)


def weighted_trimmed_mean(forms: FloatArray, often: FloatArray, *, trim: int, fewest: int) -> FloatArray:
    """Return what :func:`trimmed_mean` would be if each judge counted as ``often`` (judges,) as said, 0 or more.

    The judges who marked a submission count m in all, as many as they are, and what lies between t and m − t of that
    is kept: with all alike it is the trimmed mean. NaN too where none who counts marked the submission.
    """
    order = np.argsort(forms, axis=0)  # NaN last
    known = ~np.isnan(forms)
    count = known.sum(axis=0)
    weights = np.take_along_axis(known * often[:, np.newaxis], order, axis=0)
    total = weights.sum(axis=0)
    up_to = np.cumsum(weights, axis=0) * np.divide(count, total, out=np.zeros(len(total)), where=total > 0)
    kept = np.diff(np.clip(up_to, trim, np.maximum(count - trim, trim)), axis=0, prepend=float(trim))
    ordered = np.nan_to_num(np.take_along_axis(forms, order, axis=0))
    scored = (count >= fewest) & (total > 0)
    sums = (kept * ordered).sum(axis=0)
    means: FloatArray = np.divide(sums, kept.sum(axis=0), out=np.full(len(total), np.nan), where=scored)
    return means


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The forms of an award's jury, (judges, submissions), NaN = no form; ``often`` (judges,): how much each counts.

    ``often`` is None where each judge counts once.
    """

    forms: FloatArray
    often: FloatArray | None = None

    def scores(self, *, trim: int, fewest: int) -> FloatArray:
        """Return the score of each submission, NaN for none."""
        if self.often is None:
            return trimmed_mean(self.forms, trim=trim, fewest=fewest)
        return weighted_trimmed_mean(self.forms, self.often, trim=trim, fewest=fewest)

    @property
    def counts(self) -> list[int]:
        """How many forms each submission has."""
        return [int(count) for count in (~np.isnan(self.forms)).sum(axis=0)]


def kendall_w(forms: FloatArray) -> float:
    """Return Kendall's coefficient of concordance among judges, corrected for ties; 0 no agreement, 1 full.

    ``forms`` (judges, submissions), NaN = no form: submissions that not all judges marked are left out. With m judges,
    n submissions, R the sums of ranks and T_j the sum of t³ − t over the ties of judge j,
    W = 12 Σ (R − R̄)² ÷ (m² (n³ − n) − m Σ T_j) (M. G. Kendall & B. Babington Smith, *Ann. Math. Statist.* 10, 1939).
    NaN with fewer than two judges or three such submissions, and where every judge marks all alike.
    """
    complete = forms[:, ~np.isnan(forms).any(axis=0)]
    judges, submissions = complete.shape
    if judges < 2 or submissions < FEWEST_COMPARED:  # noqa: PLR2004 - one judge agrees with nobody
        return float("nan")
    ranks = np.array([rank(each, ties="average") for each in complete])
    ties = sum(float(np.sum(count**3 - count)) for count in (np.unique(row, return_counts=True)[1] for row in ranks))
    below = judges**2 * (submissions**3 - submissions) - judges * ties
    sums = ranks.sum(axis=0)
    return 12 * float(np.sum((sums - sums.mean()) ** 2)) / below if below > 0 else float("nan")


def mean_rank_correlation(forms: FloatArray) -> float:
    """Return the mean of Spearman's correlations of all pairs of judges, each over the submissions both marked.

    ``forms`` (judges, submissions), NaN = no form. Pairs with fewer than three submissions in common, or of which one
    marks all alike, are left out; NaN where none is left. Without missing forms and ties it is (m W − 1) ÷ (m − 1)
    (Kendall & Gibbons, *Rank Correlation Methods*, 1990, chapter 6).
    """
    found = []
    for first in range(len(forms)):
        for second in range(first + 1, len(forms)):
            both = ~np.isnan(forms[first]) & ~np.isnan(forms[second])
            if both.sum() < FEWEST_COMPARED:
                continue
            pair = [rank(forms[judge, both], ties="average") for judge in (first, second)]
            deviations = [each - each.mean() for each in pair]
            below = float(np.sqrt(np.sum(deviations[0] ** 2) * np.sum(deviations[1] ** 2)))
            if below > 0:
                found.append(float(np.sum(deviations[0] * deviations[1])) / below)
    return sum(found) / len(found) if found else float("nan")
