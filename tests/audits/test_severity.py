from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.regression.mixed_linear_model import MixedLM

from evalkit.audits.severity import Auditors, Errors, estimable, severity
from evalkit.audits.severity_model import Ratings
from evalkit.scoring.arrays import FloatArray
from tests.audits.simulated import Spread, coverage, planned_design, simulate

AUDITORS: tuple[Auditors, ...] = ("fixed", "random")


def frame(ratings: Ratings) -> pd.DataFrame:
    auditor, scenario = ratings.factors
    columns = {"score": ratings.score, "unit": ratings.unit, "auditor": auditor, "scenario": scenario}
    return pd.DataFrame(columns | {"call": ratings.call})


def contrasts(units: int) -> FloatArray:
    """Differences of every unit to the first, which need no agreement on where effects are centred."""
    return np.hstack([-np.ones((units - 1, 1)), np.eye(units - 1)])


def test_a_balanced_design_leaves_the_raw_scores() -> None:
    unit, auditor = (axis.ravel() for axis in np.indices((6, 4)))
    score = np.random.default_rng(1).normal(80, 5, 24)
    found = severity(Ratings(score, unit, np.arange(24), (auditor,)))
    np.testing.assert_allclose(found.fair, found.raw)
    by_auditor = np.bincount(auditor, score) / 6
    np.testing.assert_allclose(found.auditors, by_auditor - score.mean())


@pytest.mark.parametrize("auditors", AUDITORS)
def test_ratings_without_error_give_the_truth(auditors: Auditors) -> None:
    ratings, truth = simulate(2, spread=Spread(call=0.0, rating=1e-7))
    found = severity(ratings, auditors=auditors)
    np.testing.assert_allclose(found.fair - found.fair.mean(), truth.units - truth.units.mean(), atol=1e-5)
    spread = found.auditors - found.auditors.mean()
    np.testing.assert_allclose(spread, truth.auditors - truth.auditors.mean(), atol=1e-4)


def test_fixed_auditors_equal_statsmodels_least_squares_with_clusters() -> None:
    ratings, _ = simulate(3, units=20, auditors=6)
    found = severity(ratings, errors="clustered")
    model = smf.ols("score ~ 0 + C(unit) + C(auditor) + C(scenario)", frame(ratings))
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": ratings.call})
    rows = contrasts(20)
    np.testing.assert_allclose(rows @ found.fair, rows @ fit.params.to_numpy()[:20], atol=1e-8)
    theirs = rows @ fit.cov_params().to_numpy()[:20, :20] @ rows.T
    np.testing.assert_allclose(rows @ found.covariance @ rows.T, theirs, rtol=1e-6)


def test_fixed_auditors_without_double_scores_equal_ordinary_least_squares() -> None:
    ratings, _ = simulate(4, units=20, auditors=6, double=0)
    found = severity(ratings)
    fit = smf.ols("score ~ 0 + C(unit) + C(auditor) + C(scenario)", frame(ratings)).fit()
    rows = contrasts(20)
    theirs = rows @ fit.cov_params().to_numpy()[:20, :20] @ rows.T
    np.testing.assert_allclose(rows @ found.covariance @ rows.T, theirs, rtol=1e-6)
    assert found.degrees == fit.df_resid


def test_random_auditors_equal_statsmodels_mixed_model() -> None:
    ratings, _ = simulate(5, units=20, auditors=8, double=0)
    found = severity(ratings, auditors="random")
    table = frame(ratings)
    fit = MixedLM.from_formula("score ~ 0 + C(unit) + C(scenario)", table, groups="auditor").fit(reml=True)
    assert found.auditor_variance == pytest.approx(float(fit.cov_re.iloc[0, 0]), rel=1e-3)
    assert found.rating_variance * found.shrinkage**-1 == pytest.approx(found.auditor_variance, rel=0.05)
    rows = contrasts(20)
    np.testing.assert_allclose(rows @ found.fair, rows @ fit.fe_params.to_numpy()[:20], atol=1e-3)
    theirs = np.array([fit.random_effects[auditor].iloc[0] for auditor in range(8)])
    np.testing.assert_allclose(found.auditors, theirs, atol=1e-3)
    covariance = fit.cov_params().to_numpy()[:20, :20]
    np.testing.assert_allclose(rows @ found.covariance @ rows.T, rows @ covariance @ rows.T, rtol=0.02)


@pytest.mark.parametrize("auditors", AUDITORS)
def test_a_design_in_parts_is_refused_whatever_auditors_are(auditors: Auditors) -> None:
    ratings = Ratings(
        np.arange(8.0), np.array([0, 0, 1, 1, 2, 2, 3, 3]), np.arange(8), (np.array([0, 1] * 2 + [2, 3] * 2),)
    )
    assert estimable(ratings) == "disconnected"
    with pytest.raises(ValueError, match="disconnected"):
        severity(ratings, auditors=auditors)


def test_a_scenario_of_one_auditor_alone_is_refused() -> None:
    unit, auditor = (axis.ravel() for axis in np.indices((6, 3)))
    ratings = Ratings(np.arange(18.0), unit, np.arange(18), (auditor, np.where(auditor == 2, 1, 0)))
    assert estimable(ratings) == "confounded"
    with pytest.raises(ValueError, match="confounded"):
        severity(ratings)


def test_no_degrees_of_freedom_are_refused() -> None:
    with pytest.raises(ValueError, match="told apart"):
        severity(Ratings(np.array([1.0]), np.array([0]), np.array([0]), (np.array([0]),)))


@pytest.mark.parametrize("auditors", AUDITORS)
def test_an_auditor_who_adds_points_everywhere_moves_no_difference_between_units(auditors: Auditors) -> None:
    ratings, _ = simulate(6)
    milder = Ratings(ratings.score + 8.0 * (ratings.factors[0] == 3), ratings.unit, ratings.call, ratings.factors)
    before, after = severity(ratings, auditors=auditors), severity(milder, auditors=auditors)
    moved = np.ptp(after.fair - before.fair)
    assert moved < (1e-9 if auditors == "fixed" else 0.25 * np.ptp(after.raw - before.raw))
    others = np.arange(12) != 3
    gained = (after.auditors - before.auditors)[3] - (after.auditors - before.auditors)[others].mean()
    assert gained == pytest.approx(8, abs=1e-9 if auditors == "fixed" else 1)


@pytest.mark.parametrize("errors", ["call_effects", "clustered"])
def test_two_ratings_of_one_call_are_not_two_calls(errors: Errors) -> None:
    ratings, _ = simulate(7, double=1.0)
    as_if_apart = Ratings(ratings.score, ratings.unit, np.arange(len(ratings.score)), ratings.factors)
    right, wrong = severity(ratings, errors=errors).errors, severity(as_if_apart, errors=errors).errors
    assert right.mean() > 1.2 * wrong.mean()


def test_units_that_share_auditors_vary_together() -> None:
    """Units 0 and 1 have auditors of their own, as have 2 and 3; one call of auditor 0 at unit 2 connects them."""
    unit = np.repeat([0, 1, 2, 3], 10)
    auditor = np.where(unit < 2, 0, 2) + np.tile([0, 1], 20)
    unit, auditor = np.append(unit, 2), np.append(auditor, 0)
    score = np.random.default_rng(8).normal(80, 5, 41)
    found = severity(Ratings(score, unit, np.arange(41), (auditor,)))
    correlation = found.covariance / np.outer(found.errors, found.errors)
    assert np.linalg.eigvalsh(found.covariance).min() > -1e-9
    assert correlation[0, 1] > 0.5
    assert correlation[0, 2] < 0


def test_equal_auditors_leave_the_scores_without_them() -> None:
    ratings, _ = simulate(9, spread=Spread(auditor=0.0))
    effects = severity(ratings).auditors
    same = Ratings(ratings.score - effects[ratings.factors[0]], ratings.unit, ratings.call, ratings.factors)
    found = severity(same, auditors="random")
    assert found.auditor_variance == 0
    assert (found.auditors == 0).all()
    assert (found.auditor_errors == 0).all()
    assert len(found.factors[0]) == 6
    fixed = severity(same)
    assert found.errors.mean() < fixed.errors.mean(), "nothing is spent on auditors"
    np.testing.assert_allclose(found.fair, fixed.fair, atol=1e-8)


def test_auditors_with_few_ratings_are_drawn_to_zero() -> None:
    ratings, _ = simulate(10)
    fixed, random = severity(ratings), severity(ratings, auditors="random")
    assert np.std(random.auditors) < np.std(fixed.auditors)
    assert random.auditor_variance > 0


@pytest.mark.parametrize("auditors", AUDITORS)
def test_intervals_cover_the_truth_at_their_level_and_fair_is_closer_than_raw(auditors: Auditors) -> None:
    """40 studies of 60 units: 95 % intervals of units' differences to their mean, and of the errors left."""
    covered, raw, fair = [], [], []
    for seed in range(40):
        ratings, truth = simulate(100 + seed, spread=Spread(auditor=8.0))
        found = severity(ratings, auditors=auditors)
        centre = np.eye(60) - 1 / 60
        errors = np.sqrt(np.diag(centre @ found.covariance @ centre))
        aside = np.abs(centre @ (found.fair - truth.units))
        covered.append(aside < found.margin(0.95) * errors)
        fair.append(aside)
        raw.append(np.abs(centre @ (found.raw - truth.units)))
    assert 0.94 <= np.mean(covered) <= 0.96
    assert np.sqrt(np.mean(np.square(raw))) > 1.15 * np.sqrt(np.mean(np.square(fair)))


@pytest.mark.parametrize("auditors", AUDITORS)
def test_intervals_cover_the_truth_on_the_design_of_the_example(auditors: Auditors) -> None:
    """25 rounds of 349 units: within what chance leaves at 99.9 %, which intervals a tenth narrower are not.

    Units of one round miss together where auditors are random, since all share the mean of the auditors; so rounds are
    counted, not units, where their shares vary more than binomial ones.
    """
    design = planned_design(Path(__file__).parents[2] / "examples" / "audit349" / "plan.csv")
    units = int(design.unit.max()) + 1
    shares = np.array([coverage(design, seed, auditors, widths=(1.0, 0.9)) for seed in range(25)])
    spread = np.maximum(np.sqrt(0.95 * 0.05 / units), shares.std(axis=0, ddof=1))
    within = np.abs(shares.mean(axis=0) - 0.95) < stats.norm.ppf(0.9995) * spread / np.sqrt(len(shares))
    assert within.tolist() == [True, False]
