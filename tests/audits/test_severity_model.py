from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.severity_model import Ratings, solve
from evalkit.scoring.arrays import FloatArray
from tests.audits.simulated import simulate


def dummies(ratings: Ratings) -> FloatArray:
    """All indicators, of units and of every factor, as a full matrix."""
    return np.hstack([np.eye(codes.max() + 1)[codes] for codes in (ratings.unit, *ratings.factors)])


def test_effects_and_fit_are_those_of_least_squares_on_all_indicators() -> None:
    ratings, _ = simulate(1, units=15, auditors=5)
    solved, design = solve(ratings), dummies(ratings)
    fitted = design @ np.linalg.lstsq(design, ratings.score)[0]
    np.testing.assert_allclose(ratings.score - solved.residuals, fitted, atol=1e-9)
    np.testing.assert_allclose(solved.design @ solved.effects, fitted, atol=1e-9)
    assert solved.rank == np.linalg.matrix_rank(design)
    assert solved.deficit == 0


def test_effects_of_a_factor_sum_to_zero_over_its_ratings() -> None:
    ratings, _ = simulate(2)
    auditors = solve(ratings).effects[60:72]
    assert auditors[ratings.factors[0]].sum() == pytest.approx(0, abs=1e-8)


def test_the_inverse_is_one_of_the_normal_equations() -> None:
    ratings, _ = simulate(3, units=8, auditors=4)
    solved, design = solve(ratings), dummies(ratings)
    gram = design.T @ design
    np.testing.assert_allclose(gram @ solved.inverse @ gram, gram, atol=1e-8)
    np.testing.assert_allclose(solved.inverse @ gram @ solved.inverse, solved.inverse, atol=1e-10)


def test_penalised_auditors_solve_hendersons_equations() -> None:
    ratings, _ = simulate(4, units=10, auditors=4)
    solved, design = solve(ratings, penalty=2.5), dummies(ratings)
    penalised = design.T @ design + np.diag([0.0] * 10 + [2.5] * 4 + [0.0] * 6)
    np.testing.assert_allclose(penalised @ solved.effects, design.T @ ratings.score, atol=1e-7)


def test_a_scenario_that_only_one_auditor_used_cannot_be_told_from_him() -> None:
    unit, auditor = (axis.ravel() for axis in np.indices((6, 3)))
    ratings = Ratings(np.arange(18.0), unit, np.arange(18), (auditor, np.where(auditor == 2, 1, 0)))
    assert solve(ratings).deficit == 1


def test_a_large_level_costs_no_precision() -> None:
    ratings, _ = simulate(5)
    high = Ratings(ratings.score + 1e9, ratings.unit, ratings.call, ratings.factors)
    np.testing.assert_allclose(solve(high).effects[60:], solve(ratings).effects[60:], atol=1e-5)
