"""How far each auditor is from colleagues on the calls that he and they scored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """One entry an auditor, shape (auditors,): ``calls`` shared, and the ``mean`` of his score less that of the others.

    ``p``: how likely a mean that far from 0 is by chance, two-sided, by the t-test of paired differences; 1 where there
    are fewer than two calls, NaN nowhere. ``mean`` is NaN where there is no shared call.
    """

    calls: IntArray
    mean: FloatArray
    p: FloatArray


def colleague_differences(call: IntArray, auditor: IntArray, score: FloatArray, auditors: int) -> Differences:
    """Compare every rating of a call that several auditors scored with the mean of the others' ratings of it.

    ``call`` and ``auditor`` are numbers from 0, ``score`` in points, shape (n,); an auditor rates a call once. The
    differences of two auditors on their common calls are each other's negative, so that the p-values are not
    independent: a bound for all auditors divides by their number (Bonferroni).
    """
    ratings = np.bincount(call) if len(call) else np.zeros(0, np.int64)
    shared = np.flatnonzero(ratings[call] > 1)
    who, which, own = auditor[shared], call[shared], score[shared]
    others = (np.bincount(call, score)[which] - own) / (ratings[which] - 1) if len(shared) else own
    difference = own - others
    calls = np.bincount(who, minlength=auditors).astype(np.int64)
    mean = np.divide(np.bincount(who, difference, auditors), calls, out=np.full(auditors, np.nan), where=calls > 0)
    squares = np.bincount(who, (difference - mean[who]) ** 2, auditors)
    error = np.sqrt(squares / np.maximum(calls - 1, 1) / np.maximum(calls, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(mean == 0, 0.0, np.abs(mean) / error)
    p = 2 * special.stdtr(np.maximum(calls - 1, 1), -np.nan_to_num(t, posinf=np.inf))
    return Differences(calls, mean, np.where(calls > 1, p, 1.0))
