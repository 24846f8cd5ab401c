"""Krippendorff's alpha: 1 − observed ÷ expected disagreement, for any number of auditors and missing ratings.

Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); *Content Analysis*, 4th ed. (2018), chapter 12.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from evalkit.audits.ratings import Coefficient
from evalkit.scoring.arrays import FloatArray, IntArray

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
_BLOCK = 512  # rows of the table of all distinct values by all of them that are in memory at once


def krippendorff_alpha(ratings: FloatArray, metric: Metric) -> Coefficient:
    """Return alpha of ratings, shape (calls, auditors or places); NaN is no rating, a call rated once is left out.

    The difference of two values is, squared: nominal, 1 unless equal; interval, (x − y)²; ratio,
    ((x − y) ÷ (x + y))², 0 between two zeros; ordinal, (g(x) − g(y))² with g the mid-rank of a value among all
    ratings of calls rated twice, which makes it the interval form of the ranks. With m ratings at a call and n in all,
    the interval form needs only sums of squares S about the call's mean and about the whole mean:
    alpha = 1 − (n − 1) Σ m S(call) ÷ (m − 1) ÷ (n S(all)), so the time grows with n, not n². The ratio form takes the
    distinct values by pairs.

    All ratings equal: no value, state ``no_variation``; no call rated twice: ``no_pairs``. ``observed`` and
    ``expected`` are 1 − disagreement, scaled so that they are shares for the nominal form only.
    Raises ValueError for a negative rating with the ratio form.
    """
    rated = ~np.isnan(ratings)
    number = rated.sum(axis=1)
    rated &= (number > 1)[:, None]
    calls, values = np.nonzero(rated)[0], ratings[rated]
    n, pairable = len(values), int((number > 1).sum())
    if n == 0:
        return Coefficient(np.nan, np.nan, np.nan, 0, 0, "no_pairs")
    levels, position, counts = np.unique(values, return_inverse=True, return_counts=True)
    if len(levels) == 1:
        return Coefficient(np.nan, 1.0, 1.0, pairable, n, "no_variation")
    if metric == "nominal":
        within, whole = _nominal(calls, position, number, counts)
    elif metric == "ratio":
        within, whole = _ratio(calls, values, number, levels, counts)
    else:
        middle = np.cumsum(counts) - counts / 2
        within, whole = _squares(calls, middle[position] if metric == "ordinal" else values, number)
    observed, expected = within / n, whole / (n * (n - 1))
    return Coefficient(1 - observed / expected, 1 - observed, 1 - expected, pairable, n, "ok")


def _nominal(calls: IntArray, position: IntArray, number: IntArray, counts: IntArray) -> tuple[float, float]:
    cells, times = np.unique(calls * len(counts) + position, return_counts=True)
    call = cells // len(counts)
    unequal = times * (number[call] - times) / (number[call] - 1)
    n = int(counts.sum())
    return float(unequal.sum()), float(n * n - (counts.astype(float) ** 2).sum())


def _squares(calls: IntArray, values: FloatArray, number: IntArray) -> tuple[float, float]:
    centred = values - values.mean()
    sums = np.bincount(calls, centred, minlength=len(number))
    deviation = centred - (sums / np.maximum(number, 1))[calls]
    about = np.bincount(calls, deviation**2, minlength=len(number))
    twice = number > 1
    within = 2 * (number[twice] * about[twice] / (number[twice] - 1)).sum()
    return float(within), float(2 * len(values) * (centred**2).sum())


def _ratio(
    calls: IntArray, values: FloatArray, number: IntArray, levels: FloatArray, counts: IntArray
) -> tuple[float, float]:
    if levels[0] < 0:
        raise ValueError("the ratio form of alpha needs ratings of zero and more")
    within = 0.0
    for step in range(1, int(number.max())):  # the ratings of a call stand together: each with the one ``step`` further
        same = calls[step:] == calls[:-step]
        first, second = values[:-step][same], values[step:][same]
        within += float((2 * _ratio_difference(first, second) / (number[calls[step:][same]] - 1)).sum())
    whole = 0.0
    for start in range(0, len(levels), _BLOCK):
        block = slice(start, start + _BLOCK)
        table = _ratio_difference(levels[block, None], levels[None, :])
        whole += float(counts[block] @ (table @ counts))
    return within, whole


def _ratio_difference(first: FloatArray, second: FloatArray) -> FloatArray:
    total = first + second
    difference: FloatArray = ((first - second) / np.where(total > 0, total, 1.0)) ** 2
    return difference
