from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.severity_model import Ratings, solve
from evalkit.audits.severity_variances import auditor_variance, call_variances
from tests.audits.simulated import Spread, simulate


def test_moments_of_a_balanced_design_are_those_of_the_analysis_of_variance() -> None:
    """Ten calls at one unit, each rated by the same two auditors: (B - E) ÷ 2 and E of the two-way table."""
    draws = np.random.default_rng(6)
    table = draws.normal(0, 3, 10)[:, None] + draws.normal(0, 1, (10, 2))
    call, auditor = (axis.ravel() for axis in np.indices((10, 2)))
    ratings = Ratings(table.ravel(), np.zeros(20, np.int64), call, (auditor,))
    found = call_variances(solve(ratings), call)
    centred = table - table.mean()
    of_calls, of_auditors = centred.mean(axis=1), centred.mean(axis=0)
    between = 2 * (of_calls**2).sum() / 9
    residual = ((centred - of_calls[:, None] - of_auditors) ** 2).sum() / 9
    assert found.rating == pytest.approx(residual)
    assert found.call == pytest.approx((between - residual) / 2)


def test_without_double_scores_all_of_the_error_is_the_ratings() -> None:
    ratings, _ = simulate(7, double=0)
    solved = solve(ratings)
    found = call_variances(solved, ratings.call)
    assert found.call == 0
    assert found.rating == pytest.approx((solved.residuals**2).sum() / (len(ratings.score) - solved.rank))


def test_variances_come_out_right_on_the_average() -> None:
    spread = Spread(auditor=6, call=10, rating=5)
    runs = [simulate(seed, double=0.3, spread=spread)[0] for seed in range(40)]
    calls = [call_variances(solve(ratings), ratings.call) for ratings in runs]
    assert np.mean([found.call for found in calls]) == pytest.approx(100, rel=0.05)
    assert np.mean([found.rating for found in calls]) == pytest.approx(25, rel=0.1)
    assert np.mean([auditor_variance(ratings).auditor for ratings in runs]) == pytest.approx(36, rel=0.2)


def test_calls_that_differ_no_more_than_ratings_have_no_variance() -> None:
    ratings, _ = simulate(8, double=1.0, spread=Spread(call=0.0))
    opposite = np.where(np.arange(len(ratings.score)) < len(ratings.score) // 2, 5.0, -5.0)
    apart = Ratings(
        ratings.score + opposite * np.sign(ratings.score - 80), *(ratings.unit, ratings.call, ratings.factors)
    )
    found = call_variances(solve(apart), apart.call)
    assert found.call >= 0
    assert found.rating > 0


def test_equal_auditors_have_no_variance() -> None:
    balanced = simulate(9, spread=Spread(auditor=0.0))[0]
    effects = solve(balanced).effects[60:72]
    same = Ratings(balanced.score - effects[balanced.factors[0]], balanced.unit, balanced.call, balanced.factors)
    found = auditor_variance(same)
    assert (found.auditor, found.ratio) == (0, 0)
    assert found.error > 0


def test_reml_of_a_balanced_design_is_the_analysis_of_variance() -> None:
    """(J - E) ÷ n for the auditors and E for the errors, with n units; REML equals it where it is not negative."""
    table = np.random.default_rng(10).normal(0, 1, (6, 3)) + np.array([0.0, 3, 9])
    unit, auditor = (axis.ravel() for axis in np.indices((6, 3)))
    found = auditor_variance(Ratings(table.ravel(), unit, np.arange(18), (auditor,)))
    centred = table - table.mean()
    of_units, of_auditors = centred.mean(axis=1), centred.mean(axis=0)
    residual = ((centred - of_units[:, None] - of_auditors) ** 2).sum() / 10
    between = 6 * (of_auditors**2).sum() / 2
    assert found.error == pytest.approx(residual, rel=1e-6)
    assert found.auditor == pytest.approx((between - residual) / 6, rel=1e-6)


def test_ratings_without_any_error_end_the_search() -> None:
    unit, auditor = (axis.ravel() for axis in np.indices((6, 3)))
    found = auditor_variance(Ratings(unit * 2.0 + np.array([0.0, 3, 9])[auditor], unit, np.arange(18), (auditor,)))
    assert 0 < found.error < 1e-4
    assert found.ratio > 1e5
