"""Ratings of calls: from one row a rating to calls × places, and to calls × categories; and what a coefficient says.

A call rated by several auditors has one row, and a column for each auditor, or for first and second score where the
auditors change from call to call. NaN is no rating.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray

State = Literal["ok", "no_pairs", "no_variation"]
"""``no_pairs``: no call was rated twice; ``no_variation``: chance alone would agree wholly, or all ratings are equal,
so that agreement beyond chance is 0 ÷ 0."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement: (observed − expected) ÷ (1 − expected).

    ``value`` is NaN unless ``state`` is ``ok``. ``calls`` counts the calls rated at least twice, ``ratings`` the
    ratings that entered.
    """

    value: float
    observed: float
    expected: float
    calls: int
    ratings: int
    state: State


def beyond_chance(observed: float, expected: float, calls: int, ratings: int) -> Coefficient:
    """Return (observed − expected) ÷ (1 − expected), with the state that says why there may be none."""
    if calls == 0:
        return Coefficient(np.nan, np.nan, np.nan, calls, ratings, "no_pairs")
    if 1 - expected <= 8 * np.finfo(float).eps:
        return Coefficient(np.nan, observed, expected, calls, ratings, "no_variation")
    return Coefficient((observed - expected) / (1 - expected), observed, expected, calls, ratings, "ok")


def by_call(calls: IntArray, values: FloatArray) -> FloatArray:
    """Return (calls, places) from one row a rating: the ratings of a call in their order, NaN in the places left.

    ``calls`` are whole numbers from 0, shape (n,), and so the rows of the result; NaN values take no place.
    """
    rated = ~np.isnan(values)
    calls, values = calls[rated], values[rated]
    order = np.argsort(calls, kind="stable")
    per_call = np.bincount(calls)
    place = np.arange(len(calls)) - np.repeat(np.cumsum(per_call) - per_call, per_call)
    ratings = np.full((len(per_call), int(per_call.max(initial=0))), np.nan)
    ratings[calls[order], place] = values[order]
    return ratings


def count_matrix(ratings: FloatArray, categories: FloatArray) -> IntArray:
    """Return how often each call was put in each category, shape (calls, categories).

    ``categories`` are all values that could have been given, in order, used or not: some coefficients depend on how
    many there are. Raises ValueError for a rating that is none of them.
    """
    rated = ~np.isnan(ratings)
    values = ratings[rated]
    order = np.argsort(categories, kind="stable")
    position = order[np.minimum(np.searchsorted(categories[order], values), len(categories) - 1)]
    if (categories[position] != values).any():
        raise ValueError("a rating is none of the categories")
    cell = np.nonzero(rated)[0] * len(categories) + position
    flat = np.bincount(cell, minlength=len(ratings) * len(categories))
    return flat.reshape(len(ratings), len(categories)).astype(np.int64)
