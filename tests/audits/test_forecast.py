from __future__ import annotations

import math

import numpy as np
import pytest

from evalkit.audits.forecast import calls_needed, rate_margin, reliability, score_margin, wrong_tiers
from evalkit.audits.rates import rate_interval

TIERS = np.array([145, 122, 83])


def test_the_margin_at_the_calls_needed_is_the_margin_asked_for() -> None:
    needed = calls_needed(3, 12, 0.95)
    assert needed == 62
    assert score_margin(needed, 12, 0.95) <= 3 < score_margin(needed - 1, 12, 0.95)


def test_a_design_effect_counts_as_fewer_calls() -> None:
    assert score_margin(22, 12, 0.95, 2) == pytest.approx(score_margin(11, 12, 0.95))
    assert calls_needed(3, 12, 0.95, 2) == 123


def test_the_margin_of_a_rate_is_wilsons() -> None:
    low, high = rate_interval(np.array([10]), np.array([11]), 0.95)
    assert rate_margin(11, 0.95, 0.95) == pytest.approx((high[0] - low[0]) / 2)
    assert rate_margin(1000, 0.95, 0.95) == pytest.approx(0.0135, abs=2e-4)


def test_reliability_is_the_share_of_true_variance() -> None:
    assert reliability(11, 5, 12) == pytest.approx(25 / (25 + 144 / 11))
    assert reliability(11, 0, 12) == 0
    assert math.isnan(reliability(11, 0, 0))


@pytest.mark.parametrize(("calls", "share"), [(11, 0.34), (48, 0.19), (200, 0.10)])
def test_more_calls_put_fewer_units_in_the_wrong_tier(calls: int, share: float) -> None:
    assert wrong_tiers(calls, 5, 12, TIERS, seed=1) == pytest.approx(share, abs=0.01)


def test_without_error_no_unit_is_in_the_wrong_tier_and_without_differences_it_is_by_lot() -> None:
    assert wrong_tiers(11, 5, 0, TIERS, seed=1) == 0
    by_lot = 1 - ((TIERS / 350) ** 2).sum()
    assert wrong_tiers(11, 0, 12, TIERS, seed=1) == pytest.approx(by_lot, abs=0.01)


def test_a_margin_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="margin"):
        calls_needed(0, 12, 0.95)
