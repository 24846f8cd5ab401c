from __future__ import annotations

import itertools
import math
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalkit.definitions.uncertainty import fewest_draws
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.ranking import rank
from evalkit.uncertainty.normal_draws import normal_draws
from evalkit.uncertainty.rank_sets import Family, RankSets, Side, best, rank_sets

law = settings(deadline=None, max_examples=60)
DRAWS = 199


@st.composite
def problems(draw: st.DrawFn) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Estimates with their covariance, diagonal or full, and draws."""
    units = draw(st.integers(2, 9))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    estimates = rng.normal(0, draw(st.sampled_from([0.0, 1.0, 5.0])), units)
    errors = rng.uniform(0.2, 2, units)
    covariance = errors**2
    if draw(st.booleans()):
        loads = rng.normal(size=(units, 2))
        covariance = np.diag(covariance) + loads @ loads.T
    return estimates, covariance, normal_draws(estimates, covariance, draws=DRAWS, seed=draw(st.integers(0, 99)))


def sets(case: tuple[FloatArray, FloatArray, FloatArray], **choices: Any) -> RankSets:  # noqa: ANN401 - any choice
    return rank_sets(*case, **({"level": 0.9} | choices))


def within(inner: RankSets, outer: RankSets) -> bool:
    return bool(np.all(inner.low >= outer.low) and np.all(inner.high <= outer.high))


def by_brute_force(case: tuple[FloatArray, FloatArray, FloatArray], pairs: list[tuple[int, int]], level: float) -> Any:  # noqa: ANN401 - a set
    """Pairs rejected by the algorithm of the paper, written down without any care for speed."""
    estimates, covariance, draws = case
    full = np.diag(covariance) if covariance.ndim == 1 else covariance

    def sigma(j: int, k: int) -> float:
        return math.sqrt(full[j, j] + full[k, k] - 2 * full[j, k])

    rejected: set[tuple[int, int]] = set()
    while left := [pair for pair in pairs if pair not in rejected]:
        maxima = sorted(max((z[j] - z[k]) / sigma(j, k) for j, k in left) for z in draws.T)
        critical = maxima[math.ceil(level * (len(maxima) + 1)) - 1]
        new = {(j, k) for j, k in left if (estimates[j] - estimates[k]) / sigma(j, k) > critical}
        if not new:
            break
        rejected |= new
    return rejected


@law
@given(problems())
def test_simultaneous_sets_are_those_of_the_algorithm_by_brute_force(
    case: tuple[FloatArray, FloatArray, FloatArray],
) -> None:
    units = range(case[0].size)
    above = by_brute_force(case, list(itertools.permutations(units, 2)), 0.9)
    found = sets(case)
    assert found.low.tolist() == [1 + sum(pair[1] == unit for pair in above) for unit in units]
    assert found.high.tolist() == [case[0].size - sum(pair[0] == unit for pair in above) for unit in units]


@law
@given(problems(), st.sampled_from(["both", "lower", "upper"]))
def test_marginal_sets_are_those_of_the_algorithm_by_brute_force(
    case: tuple[FloatArray, FloatArray, FloatArray], side: Side
) -> None:
    units = case[0].size
    found = sets(case, family="marginal", side=side)
    for unit in range(units):
        others = [other for other in range(units) if other != unit]
        pairs = [(unit, other) for other in others if side != "lower"]
        pairs += [(other, unit) for other in others if side != "upper"]
        above = by_brute_force(case, pairs, 0.9)
        assert found.low[unit] == 1 + sum(pair[1] == unit for pair in above)
        assert found.high[unit] == units - sum(pair[0] == unit for pair in above)


@law
@given(problems(), st.sampled_from(["simultaneous", "marginal"]))
def test_stepdown_is_never_wider_than_a_single_step(
    case: tuple[FloatArray, FloatArray, FloatArray], family: str
) -> None:
    assert within(sets(case, family=family), sets(case, family=family, stepdown=False))


@law
@given(problems(), st.booleans())
def test_marginal_sets_are_never_wider_than_simultaneous_ones(
    case: tuple[FloatArray, FloatArray, FloatArray], stepdown: bool
) -> None:
    marginal = sets(case, family="marginal", stepdown=stepdown)
    simultaneous = sets(case, stepdown=stepdown)
    assert within(marginal, simultaneous)
    assert np.all(marginal.critical <= simultaneous.critical)


@law
@given(problems(), st.sampled_from(["simultaneous", "marginal"]))
def test_a_higher_level_never_gives_a_narrower_set(
    case: tuple[FloatArray, FloatArray, FloatArray], family: str
) -> None:
    assert within(sets(case, family=family, level=0.8), sets(case, family=family, level=0.95))


@law
@given(problems())
def test_a_bound_on_one_side_is_never_looser_than_that_of_both(
    case: tuple[FloatArray, FloatArray, FloatArray],
) -> None:
    both = sets(case, family="marginal")
    lower, upper = (sets(case, family="marginal", side=side) for side in ("lower", "upper"))
    assert np.all(lower.low >= both.low)
    assert np.all(lower.high == case[0].size)
    assert np.all(upper.high <= both.high)
    assert np.all(upper.low == 1)


@law
@given(problems(), st.integers(1, 10))
def test_the_tau_best_are_those_whose_bound_reaches_tau(
    case: tuple[FloatArray, FloatArray, FloatArray], places: int
) -> None:
    found = sets(case)
    possible, surely = best(found, places)
    assert possible.tolist() == (found.low <= places).tolist()
    assert not np.any(surely & ~possible)
    assert surely.sum() <= places or places >= case[0].size
    assert possible.sum() >= min(places, case[0].size)


@law
@given(problems(), st.randoms(use_true_random=False), st.sampled_from(["simultaneous", "marginal"]))
def test_relabelling_changes_nothing(
    case: tuple[FloatArray, FloatArray, FloatArray],
    random: Random,
    family: str,
) -> None:
    estimates, covariance, _ = case
    if np.unique(estimates).size < estimates.size:
        estimates = np.arange(float(estimates.size))
    order = np.array(random.sample(range(estimates.size), estimates.size))
    moved = covariance[order] if covariance.ndim == 1 else covariance[np.ix_(order, order)]
    here, there = (
        rank_sets(value, spread, normal_draws(value, spread, draws=DRAWS, seed=5), level=0.9, family=family)  # type: ignore[arg-type]
        for value, spread in ((estimates, covariance), (estimates[order], moved))
    )
    assert here.low[order].tolist() == there.low.tolist()
    assert here.high[order].tolist() == there.high.tolist()


@law
@given(problems(), st.sampled_from(["simultaneous", "marginal"]))
def test_without_error_the_sets_are_the_plain_ranks(
    case: tuple[FloatArray, FloatArray, FloatArray], family: str
) -> None:
    estimates = np.round(case[0])
    for covariance in (case[1] * 0, case[1] * 1e-18):
        draws = normal_draws(estimates, covariance, draws=DRAWS, seed=1)
        found = rank_sets(estimates, covariance, draws, level=0.9, family=family)  # type: ignore[arg-type]
        assert found.low.tolist() == rank(estimates, ties="min", tolerance=0).tolist()
        assert found.high.tolist() == rank(estimates, ties="max", tolerance=0).tolist()


def test_units_whose_difference_is_known_are_told_apart_beyond_the_tolerance() -> None:
    # units 1 and 2 share one error entirely: only their common level is unsure
    estimates, covariance = np.array([50.0, 50.2, 49.0]), np.array([[4.0, 4.0, 0], [4.0, 4.0, 0], [0, 0, 4.0]])
    draws = normal_draws(estimates, covariance, draws=999, seed=3)
    found = rank_sets(estimates, covariance, draws, level=0.95)
    assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == [(2, 3), (1, 2), (1, 3)]
    tied = rank_sets(estimates, covariance, draws, level=0.95, tolerance=0.5)
    assert list(zip(tied.low.tolist(), tied.high.tolist(), strict=True)) == [(1, 3)] * 3


def test_the_critical_value_of_two_units_is_that_of_the_normal_distribution() -> None:
    estimates = np.array([0.0, 1.0])
    draws = normal_draws(estimates, np.array([1.0, 3.0]), draws=200_000, seed=1)
    both = rank_sets(estimates, np.array([1.0, 3.0]), draws, level=0.95)
    one = rank_sets(estimates, np.array([1.0, 3.0]), draws, level=0.95, family="marginal", side="upper")
    assert both.critical == pytest.approx(stats.norm.ppf(0.975), abs=0.02)
    assert one.critical == pytest.approx(stats.norm.ppf(0.95), abs=0.02)


def test_the_critical_value_of_equal_errors_is_that_of_the_studentised_range() -> None:
    # Tukey's procedure: the maximum over all pairs of five equal normals, in units of sqrt(2)
    estimates = np.arange(5.0)
    draws = normal_draws(estimates, np.ones(5), draws=200_000, seed=2)
    found = rank_sets(estimates, np.ones(5), draws, level=0.95, stepdown=False)
    assert found.critical == pytest.approx(stats.studentized_range.ppf(0.95, 5, np.inf) / math.sqrt(2), abs=0.02)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("family", ["simultaneous", "marginal"])
def test_leaving_out_draws_that_cannot_matter_changes_no_critical_value(full: bool, family: str) -> None:
    # many more draws than are looked at together, so that most are left out; single step: plain order statistics
    rng = np.random.default_rng(4)
    estimates, errors = rng.normal(0, 5, 6), rng.uniform(0.5, 3, 6)
    loads = rng.normal(size=(6, 2))
    covariance = np.diag(errors**2) + loads @ loads.T if full else errors**2
    draws = normal_draws(estimates, covariance, draws=5000, seed=2)
    table = covariance if full else np.diag(covariance)
    sigma = np.sqrt(np.add.outer(np.diag(table), np.diag(table)) - 2 * table) + np.eye(6)
    studentised = np.abs(draws[:, np.newaxis] - draws) / sigma[..., np.newaxis]
    maxima = studentised.max(axis=(0, 1)) if family == "simultaneous" else studentised.max(axis=1)
    expected = np.sort(maxima, axis=-1)[..., math.ceil(0.95 * 5001) - 1]
    found = rank_sets(estimates, covariance, draws, level=0.95, family=family, stepdown=False)  # type: ignore[arg-type]
    assert found.critical == pytest.approx(np.broadcast_to(expected, 6), rel=1e-12)


def test_one_unit_ranks_first() -> None:
    found = rank_sets(np.array([3.0]), np.array([1.0]), np.zeros((1, 50)), level=0.9, family="marginal")
    assert (found.low.tolist(), found.high.tolist()) == ([1], [1])


@pytest.mark.parametrize("family", ["simultaneous", "marginal"])
def test_errors_that_are_rounding_part_no_tied_units(family: Family) -> None:
    estimates = np.array([100.0, 100.0 - 3e-14, 90.0, 100.0 - 1e-13])
    variances = np.array([1e-30, 1e-30, 1e-30, 1e-32])
    drawn = normal_draws(estimates, variances, draws=200, seed=1)
    found = rank_sets(estimates, variances, drawn, level=0.95, family=family, tolerance=1e-9)
    assert found.low.tolist() == [1, 1, 4, 1]
    assert found.high.tolist() == [3, 3, 4, 3]


@pytest.mark.parametrize(("level", "needed"), [(0.5, 1), (0.93, 14), (0.95, 19), (0.99, 99)])
@pytest.mark.parametrize("family", ["simultaneous", "marginal"])
def test_the_fewest_draws_are_just_enough(level: float, needed: int, family: Family) -> None:
    assert fewest_draws(level) == needed
    estimates = np.arange(3.0)
    for draws in range(max(needed - 1, 1), needed + 1):
        drawn = normal_draws(estimates, np.ones(3), draws=draws, seed=1)
        if draws == needed:
            assert rank_sets(estimates, np.ones(3), drawn, level=level, family=family).low.min() == 1
        else:
            with pytest.raises(ValueError, match="too few"):
                rank_sets(estimates, np.ones(3), drawn, level=level, family=family)


@pytest.mark.parametrize(
    ("estimates", "covariance", "shape", "level"),
    [
        ([1.0, math.nan], [1.0, 1.0], (2, 50), 0.9),
        ([1.0, 2.0], [1.0, -1.0], (2, 50), 0.9),
        ([1.0, 2.0], [1.0, 1.0, 1.0], (2, 50), 0.9),
        ([1.0, 2.0], [[1.0, 0.5], [0.1, 1.0]], (2, 50), 0.9),
        ([1.0, 2.0], [1.0, 1.0], (50, 2), 0.9),
        ([1.0, 2.0], [1.0, 1.0], (2,), 0.9),
        ([1.0, 2.0], [1.0, 1.0], (2, 50), 1.0),
    ],
)
def test_what_does_not_fit_is_refused(estimates: Any, covariance: Any, shape: tuple[int, ...], level: float) -> None:  # noqa: ANN401 - wrong on purpose
    with pytest.raises(ValueError, match=r"estimates|variance|covariance|draws|level"):
        rank_sets(np.array(estimates), np.array(covariance), np.zeros(shape), level=level)


def test_no_place_is_no_question() -> None:
    with pytest.raises(ValueError, match="place"):
        best(sets((np.arange(2.0), np.ones(2), np.zeros((2, DRAWS)))), 0)
