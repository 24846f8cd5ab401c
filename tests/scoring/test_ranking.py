from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.ranking import Ties, rank, tie_groups

NAN, INF = math.nan, math.inf
RULES: tuple[Ties, ...] = get_args(Ties)
law = settings(deadline=None)

a_rule = st.sampled_from(RULES)
close_values = st.integers(0, 20).map(lambda n: n / 4)  # exact in binary, so that tolerances are met exactly
any_scores = st.lists(st.floats(width=64), max_size=12).map(lambda items: np.array(items, dtype=np.float64))
close_scores = st.lists(st.one_of(close_values, st.just(NAN)), max_size=15).map(
    lambda items: np.array(items, dtype=np.float64)
)
tolerances = st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0])


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


def straightforward_groups(scores: FloatArray, tolerance: float) -> list[int]:
    labels = [-1] * scores.size
    label, top = -1, INF
    for unit in sorted(np.flatnonzero(~np.isnan(scores)), key=lambda unit: -scores[unit]):
        if label == -1 or top - scores[unit] > tolerance:
            label, top = label + 1, scores[unit]
        labels[unit] = label
    return labels


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("min", [2, 4, 1, 2, NAN]),
        ("max", [3, 4, 1, 3, NAN]),
        ("average", [2.5, 4, 1, 2.5, NAN]),
        ("dense", [2, 3, 1, 2, NAN]),
    ],
)
def test_each_tie_rule(ties: Ties, expected: list[float]) -> None:
    ranks = rank(array(80, 10, 90, 80, NAN), ties=ties)
    assert np.array_equal(ranks, np.array(expected), equal_nan=True)


def test_the_default_shares_the_best_position() -> None:
    assert rank(array(1, 2, 2)).tolist() == [3.0, 1.0, 1.0]


def test_scores_equal_but_for_float_sums_share_a_rank() -> None:
    assert 0.1 + 0.2 != 0.3
    assert rank(array(0.1 + 0.2, 0.3)).tolist() == [1.0, 1.0]
    assert rank(array(0.1 + 0.2, 0.3), tolerance=0).tolist() == [1.0, 2.0]


def test_ties_do_not_chain() -> None:
    descending = array(10, 9.5, 9, 8.5, 8, 7.5, 3, 2.75)
    assert tie_groups(descending, 0.5).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert tie_groups(descending, 1.0).tolist() == [0, 0, 0, 1, 1, 1, 2, 2]
    assert rank(descending, tolerance=1.0).tolist() == [1, 1, 1, 4, 4, 4, 7, 7]


def test_a_difference_of_exactly_the_tolerance_is_a_tie() -> None:
    assert tie_groups(array(1.0, 0.75), 0.25).tolist() == [0, 0]
    assert tie_groups(array(1.0, np.nextafter(0.75, 0)), 0.25).tolist() == [0, 1]


def test_the_largest_floats_and_the_infinite() -> None:
    scores = array(-INF, 1.7e308, INF, -1.7e308, INF, NAN)
    assert np.array_equal(rank(scores), array(5, 3, 1, 4, 1, NAN), equal_nan=True)


@pytest.mark.parametrize("ties", RULES)
def test_nobody_one_and_none_known(ties: Ties) -> None:
    assert rank(array(), ties=ties).shape == (0,)
    assert rank(array(-3), ties=ties).tolist() == [1.0]
    assert np.isnan(rank(array(NAN, NAN), ties=ties)).all()
    assert tie_groups(array(NAN, NAN)).tolist() == [-1, -1]
    assert tie_groups(array()).shape == (0,)


def test_all_tied() -> None:
    assert [rank(array(5, 5, 5), ties=ties).tolist() for ties in RULES] == [[1.0] * 3, [1.0] * 3, [2.0] * 3, [3.0] * 3]


@given(scores=st.one_of(any_scores, close_scores), ties=a_rule)
@law
def test_ranks_equal_scipy_at_tolerance_zero(scores: FloatArray, ties: Ties) -> None:
    expected = stats.rankdata(-scores, method=ties, nan_policy="omit")
    assert np.array_equal(rank(scores, ties=ties, tolerance=0), expected, equal_nan=True)


@given(scores=st.one_of(any_scores.filter(lambda each: not np.isinf(each).any()), close_scores), tolerance=tolerances)
@law
def test_groups_equal_those_of_a_straightforward_walk(scores: FloatArray, tolerance: float) -> None:
    with np.errstate(over="ignore"):
        expected = straightforward_groups(scores, tolerance)
    assert tie_groups(scores, tolerance).tolist() == expected


@given(scores=close_scores, tolerance=tolerances, ties=a_rule)
@law
def test_a_higher_score_never_ranks_lower(scores: FloatArray, tolerance: float, ties: Ties) -> None:
    known = ~np.isnan(scores)
    ranks = rank(scores, ties=ties, tolerance=tolerance)
    order = np.argsort(-scores[known])
    assert np.array_equal(np.isnan(ranks), ~known)
    assert np.all(np.diff(ranks[known][order]) >= 0)


@given(scores=close_scores, tolerance=tolerances)
@law
def test_no_tie_is_wider_than_the_tolerance(scores: FloatArray, tolerance: float) -> None:
    groups = tie_groups(scores, tolerance)
    for label in range(groups.max(initial=-1) + 1):
        assert np.ptp(scores[groups == label]) <= tolerance


@given(scores=close_scores, tolerance=tolerances, ties=a_rule, data=st.data())
@law
def test_permuting_the_units_permutes_the_ranks(
    scores: FloatArray, tolerance: float, ties: Ties, data: st.DataObject
) -> None:
    order = np.array(data.draw(st.permutations(range(scores.size))), dtype=np.int64)
    straight = rank(scores, ties=ties, tolerance=tolerance)
    assert np.array_equal(rank(scores[order], ties=ties, tolerance=tolerance), straight[order], equal_nan=True)


@given(scores=close_scores, tolerance=tolerances)
@law
def test_the_rules_frame_each_other(scores: FloatArray, tolerance: float) -> None:
    scores = scores[~np.isnan(scores)]
    ranks = {ties: rank(scores, ties=ties, tolerance=tolerance) for ties in RULES}
    assert np.all(ranks["dense"] <= ranks["min"])
    assert np.array_equal(ranks["average"], (ranks["min"] + ranks["max"]) / 2)
    assert ranks["average"].sum() == scores.size * (scores.size + 1) / 2


@pytest.mark.parametrize("tolerance", [-1e-9, NAN, INF])
def test_a_tolerance_that_is_none_is_refused(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        tie_groups(array(1, 2), tolerance)


def test_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        rank(np.zeros((2, 2)))
