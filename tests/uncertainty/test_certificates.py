from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evalkit.uncertainty.certificates import (
    by_places,
    by_share,
    by_threshold,
    exceeds,
    false_discovery_adjusted,
    weaker,
)

NAN = math.nan
p_values = st.lists(st.one_of(st.floats(0, 1), st.just(NAN)), max_size=12).map(np.array)


def test_the_p_value_is_that_of_one_side() -> None:
    found = exceeds(np.array([63.29, 60.0, 56.71]), np.array([2.0, 2.0, 2.0]), 60)
    assert found == pytest.approx([0.05, 0.5, 0.95], abs=1e-4)


def test_a_score_without_error_is_known() -> None:
    assert exceeds(np.array([60.0, 61, 59, NAN, 60]), np.array([0, 0, 0, 1, NAN]), 60) == pytest.approx(
        [0, 0, 1, NAN, NAN], nan_ok=True
    )


def test_benjamini_and_hochberg_1995_example() -> None:
    # section 3.2 of the paper: fifteen comparisons, of which the procedure rejects the four smallest at 0.05
    values = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1,
        ]
    )
    assert (false_discovery_adjusted(values) <= 0.05).sum() == 4
    assert by_threshold(values, 0.95).tolist() == ["certified"] * 4 + ["indicative"] * 5 + ["not distinguishable"] * 6


@given(p_values)
def test_adjusted_values_are_those_of_scipy(values: np.ndarray) -> None:
    known = values[~np.isnan(values)]
    found = false_discovery_adjusted(values)
    assert np.isnan(found).tolist() == np.isnan(values).tolist()
    if known.size:
        assert found[~np.isnan(values)] == pytest.approx(stats.false_discovery_control(known), rel=1e-12)


@given(p_values, st.sampled_from([0.8, 0.9, 0.95]))
def test_a_certificate_is_never_lost_by_a_lower_level(values: np.ndarray, level: float) -> None:
    order = ["certified", "indicative", "not distinguishable", ""]
    here, lower = by_threshold(values, level).tolist(), by_threshold(values, level - 0.1).tolist()
    assert all(order.index(after) <= order.index(before) for before, after in zip(here, lower, strict=True))


def test_places_are_certified_by_the_bound_for_all_units_at_once() -> None:
    simultaneous, marginal = np.array([9.0, 12, 12, 10, NAN]), np.array([8.0, 10, 11, 10, NAN])
    expected = ["certified", "indicative", "not distinguishable", "certified", ""]
    assert by_places(simultaneous, marginal, 10).tolist() == expected


def test_a_value_right_at_the_level_is_certified() -> None:
    assert by_threshold(np.array([0.05]), 0.95).tolist() == ["certified"]


def test_samples_drawn_again_never_certify() -> None:
    shares = np.array([1.0, 0.95, 0.949, NAN])
    assert by_share(shares, 0.95).tolist() == ["indicative", "indicative", "not distinguishable", ""]


def test_of_two_certificates_the_weaker_counts() -> None:
    one = np.array(["certified", "indicative", "certified", "not distinguishable", "certified"])
    other = np.array(["certified", "certified", "not distinguishable", "indicative", ""])
    expected = ["certified", "indicative", "not distinguishable", "not distinguishable", "certified"]
    assert weaker(one, other).tolist() == weaker(other, one).tolist() == expected
