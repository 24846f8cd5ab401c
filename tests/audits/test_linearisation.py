from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.linearisation import UnitMeans, unit_means
from evalkit.scoring.arrays import FloatArray


def one_unit(score: FloatArray, stratum: list[int], call: list[int] | None = None) -> UnitMeans:
    calls = np.arange(len(score)) if call is None else np.array(call)
    zeros, ones = np.zeros(len(score), np.int64), np.ones(len(score))
    return unit_means(score, ones, zeros, np.array(stratum), calls, 1)


def test_one_stratum_is_the_textbook_variance_of_a_mean() -> None:
    score = np.array([60.0, 70, 95, 80, 75])
    found = one_unit(score, [0] * 5)
    assert found.mean[0] == pytest.approx(76)
    assert found.variance[0] == pytest.approx(score.var(ddof=1) / 5)
    assert (found.calls[0], found.strata[0], found.collapsed[0], found.degrees[0]) == (5, 1, 0, 4)


def test_differences_between_strata_are_no_error() -> None:
    score = np.array([60.0, 61, 90, 92])
    found = one_unit(score, [0, 0, 1, 1])
    expected = (2 * np.var([60, 61], ddof=1) + 2 * np.var([90, 92], ddof=1)) / 16
    assert found.variance[0] == pytest.approx(expected)
    assert found.degrees[0] == 2


def test_ratings_of_one_call_are_one_cluster() -> None:
    twice = one_unit(np.array([60.0, 60, 80, 80, 95, 95]), [0] * 6, [0, 0, 1, 1, 2, 2])
    once = one_unit(np.array([60.0, 80, 95]), [0] * 3)
    assert twice.variance[0] == pytest.approx(once.variance[0])
    assert twice.calls[0] == 3


@pytest.mark.parametrize(
    ("strata", "alike", "collapsed"),
    [
        ([0, 1, 2, 3], [0, 0, 1, 1], 4),
        ([0, 1, 2], [0, 0, 0], 3),
        ([0, 0, 1], [0, 0, 0], 1),
        ([0, 1, 1], [0, 0, 0], 1),
        ([0, 0, 1, 2, 2], [0, 0, 1, 1, 1], 1),
        ([5, 3, 3, 9, 9], [0, 0, 0, 1, 1], 1),
    ],
)
def test_a_stratum_of_one_call_joins_its_neighbour(strata: list[int], alike: list[int], collapsed: int) -> None:
    score = np.array([50.0, 60, 80, 85, 99])[: len(strata)]
    found = one_unit(score, strata)
    if strata == [5, 3, 3, 9, 9]:  # 3 3 | 5 | 9 9: the single one stands between them and joins the next
        alike = [1, 0, 0, 1, 1]
    assert found.variance[0] == pytest.approx(one_unit(score, alike).variance[0])
    assert found.collapsed[0] == collapsed
    assert found.strata[0] == max(alike) + 1


def test_units_do_not_mix() -> None:
    draws = np.random.default_rng(1)
    unit, stratum = np.repeat([0, 2], 8), np.tile([0, 0, 0, 1, 2, 2, 3, 3], 2)
    score, weight = draws.normal(80, 5, 16), draws.uniform(1, 2, 16)
    together = unit_means(score, weight, unit, stratum, np.arange(16), 3)
    assert together.calls.tolist() == [8, 0, 8]
    assert np.isnan([together.mean[1], together.variance[1]]).all()
    for each in (0, 2):
        own = unit == each
        alone = unit_means(score[own], weight[own], unit[own], stratum[own], np.arange(8), 3)
        assert together.variance[each] == pytest.approx(alone.variance[each])
        assert together.mean[each] == pytest.approx(np.average(score[own], weights=weight[own]))


def test_one_call_has_a_mean_but_no_variance_and_no_data_have_neither() -> None:
    found = one_unit(np.array([70.0]), [0])
    assert found.mean[0] == 70
    assert np.isnan(found.variance[0])
    assert one_unit(np.array([]), []).calls.tolist() == [0]


def test_the_variance_is_right_on_the_average_over_simulated_rounds() -> None:
    """12 calls in four scenarios of different level and weight, 4,000 rounds at once as units."""
    draws = np.random.default_rng(2)
    rounds, calls = 4000, 12
    unit = np.repeat(np.arange(rounds), calls)
    stratum = np.tile(np.repeat(np.arange(4), 3), rounds)
    weight = np.array([1.0, 2, 1, 3])[stratum]
    score = 80 + np.array([-10.0, 0, 5, 15])[stratum] + draws.normal(0, 8, rounds * calls)
    found = unit_means(score, weight, unit, stratum, np.arange(rounds * calls), rounds)
    assert found.variance.mean() == pytest.approx(found.mean.var(), rel=0.06)
