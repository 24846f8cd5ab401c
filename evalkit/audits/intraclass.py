"""Intraclass correlations of numeric ratings, single (1) and of the mean of k ratings (k).

Shrout and Fleiss, "Intraclass correlations: uses in assessing rater reliability", *Psychological Bulletin* 86 (1979);
names after McGraw and Wong, "Forming inferences about some intraclass correlation coefficients", *Psychological
Methods* 1 (1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalkit.scoring.arrays import FloatArray

State = Literal["ok", "too_few", "no_variation"]


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six coefficients over ``calls`` calls with ``k`` ratings each; all NaN unless ``state`` is ``ok``.

    ``one`` and ``one_k``: each call rated by other auditors, ICC(1), ICC(k); Shrout and Fleiss' (1,1) and (1,k).
    ``agreement``: the same auditors, and an auditor who is milder throughout counts against it, ICC(A,1), ICC(A,k);
    their (2,1) and (2,k). ``consistency``: such an auditor does no harm, ICC(C,1), ICC(C,k); their (3,1) and (3,k).
    """

    one: float
    one_k: float
    agreement: float
    agreement_k: float
    consistency: float
    consistency_k: float
    calls: int
    k: int
    state: State


def intraclass(ratings: FloatArray) -> Intraclass:
    """Return the intraclass correlations of ratings, shape (calls, k ≥ 2 auditors).

    With mean squares between calls B, within calls W, between auditors J and residual E over n calls:
    ICC(1) = (B − W) ÷ (B + (k − 1) W), ICC(k) = (B − W) ÷ B; ICC(A,1) = (B − E) ÷ (B + (k − 1) E + k (J − E) ÷ n),
    ICC(A,k) = (B − E) ÷ (B + (J − E) ÷ n); ICC(C,1) = (B − E) ÷ (B + (k − 1) E), ICC(C,k) = (B − E) ÷ B.

    A call that lacks a rating (NaN) is left out. Fewer than two whole calls or one auditor: ``too_few``; all ratings
    equal: ``no_variation``. A single coefficient is NaN where its divisor is zero, and may be negative.
    """
    whole = ratings[~np.isnan(ratings).any(axis=1)]
    n, k = whole.shape
    if n < 2 or k < 2:  # noqa: PLR2004 - two of each at least
        return _none(n, k, "too_few")
    if (whole == whole[0, 0]).all():
        return _none(n, k, "no_variation")
    centred = whole - whole.mean()
    of_calls, of_auditors = centred.mean(axis=1), centred.mean(axis=0)
    between = k * (of_calls**2).sum() / (n - 1)
    within = ((centred - of_calls[:, None]) ** 2).sum() / (n * (k - 1))
    auditors = n * (of_auditors**2).sum() / (k - 1)
    residual = ((centred - of_calls[:, None] - of_auditors) ** 2).sum() / ((n - 1) * (k - 1))
    return Intraclass(
        one=_quotient(between - within, between + (k - 1) * within),
        one_k=_quotient(between - within, between),
        agreement=_quotient(between - residual, between + (k - 1) * residual + k * (auditors - residual) / n),
        agreement_k=_quotient(between - residual, between + (auditors - residual) / n),
        consistency=_quotient(between - residual, between + (k - 1) * residual),
        consistency_k=_quotient(between - residual, between),
        calls=n,
        k=k,
        state="ok",
    )


def _none(calls: int, k: int, state: State) -> Intraclass:
    nan = float("nan")
    return Intraclass(nan, nan, nan, nan, nan, nan, calls, k, state)


def _quotient(part: float, whole: float) -> float:
    return float(part / whole) if whole != 0 else np.nan
