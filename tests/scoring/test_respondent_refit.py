from __future__ import annotations

import numpy as np
import pytest

from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.respondent_points import PartPoints, Together
from evalkit.scoring.respondent_refit import RespondentRefits

DRAWS = 4000
OWNERS = np.repeat([0, 1, 2], [6, 5, 1])
WEIGHTS = np.array([1.0, 2, 1, 1, 3, 1, 1, 1, 2, 2, 1, 1])
POINTS = np.array([0.0, 50, 100, 100, 50, 0, 25, 75, 100, 0, np.nan, 50])


def part(together: Together, points: FloatArray = POINTS, weight: float = 1.0) -> PartPoints:
    return PartPoints(points, together, np.full(3, weight))


def resampled(**indicators: tuple[PartPoints, ...]) -> dict[str, FloatArray]:
    return RespondentRefits(OWNERS, WEIGHTS, 3, indicators).resampled(DRAWS, np.random.default_rng(1))


def test_means_vary_as_the_formula_has_it() -> None:
    rng = np.random.default_rng(2)
    owners, x = np.zeros(200, np.int64), rng.normal(size=200)
    refits = RespondentRefits(owners, np.ones(200), 1, {"m": (PartPoints(x, "mean", np.ones(1)),)})
    drawn = refits.resampled(DRAWS, np.random.default_rng(1))["m"][:, 0]
    assert drawn.mean() == pytest.approx(x.mean(), abs=0.01)
    assert drawn.var() == pytest.approx(x.var(ddof=1) / 200, rel=0.06)


def test_medians_are_values_that_answers_can_have() -> None:
    drawn = resampled(m=(part("median"),))["m"]
    halves = {0.0, 12.5, 25.0, 37.5, 50.0, 62.5, 75.0, 87.5, 100.0}
    assert set(drawn[:, 0]) <= halves
    assert set(drawn[:, 2]) == {50.0}


def test_all_indicators_are_of_the_same_respondents() -> None:
    found = resampled(one=(part("mean"),), other=(part("mean", 100 - POINTS),))
    assert found["one"] == pytest.approx(100 - found["other"], nan_ok=True)


def test_parts_are_put_together_by_their_weights_in_the_run() -> None:
    found = resampled(
        both=(part("mean", weight=0.75), part("median", weight=0.25)), mean=(part("mean"),), median=(part("median"),)
    )
    assert found["both"] == pytest.approx(0.75 * found["mean"] + 0.25 * found["median"], nan_ok=True)


def test_a_part_nobody_drawn_has_points_in_is_left_out() -> None:
    rare = np.where(np.arange(12) == 7, POINTS, np.nan)
    both = part("mean", weight=0.5), part("mean", rare, 0.5)
    found = resampled(both=both, mean=(part("mean"),), rare=(part("mean", rare),))
    lost = np.isnan(found["rare"][:, 1])
    assert lost.mean() == pytest.approx((4 / 5) ** 4, abs=0.03)
    assert found["both"][lost, 1] == pytest.approx(found["mean"][lost, 1], nan_ok=True)
    assert np.isnan(found["rare"][:, [0, 2]]).all()


def test_a_unit_with_one_answer_is_alone_and_only_medians_ask_for_refits() -> None:
    refits = RespondentRefits(OWNERS, WEIGHTS, 3, {"m": (part("median"),)})
    assert refits.alone("m").tolist() == [False, False, True]
    assert refits.needed
    assert not RespondentRefits(OWNERS, WEIGHTS, 3, {"m": (part("mean"),)}).needed


def test_no_respondents_no_values() -> None:
    nobody = np.zeros(0, np.int64)
    refits = RespondentRefits(nobody, np.zeros(0), 2, {"m": (PartPoints(np.zeros(0), "median", np.ones(2)),)})
    assert np.isnan(refits.resampled(3, np.random.default_rng(1))["m"]).all()


def test_weights_of_nothing_have_no_median() -> None:
    found = respondents.medians(np.array([1.0, 2.0]), np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 3.0], [2.0, 2.0]]))
    assert np.array_equal(found, [np.nan, 1, 2, 1.5], equal_nan=True)
