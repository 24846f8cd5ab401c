from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.alpha import Metric, krippendorff_alpha
from evalkit.scoring.arrays import FloatArray
from tests.audits.published import KRIPPENDORFF_2011

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")
NAN = np.nan


@pytest.mark.parametrize(
    ("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_2011_four_observers(metric: Metric, alpha: float) -> None:
    found = krippendorff_alpha(KRIPPENDORFF_2011, metric)
    assert round(found.value, 3) == alpha
    assert (found.calls, found.ratings) == (11, 40)


def test_krippendorff_2011_two_observers_two_values() -> None:
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert round(krippendorff_alpha(np.array([meg, owen], float).T, "nominal").value, 3) == 0.095


def by_definition(ratings: FloatArray, metric: Metric) -> float:
    """Alpha over all pairs of values, as the definition has it."""
    calls = [row[~np.isnan(row)] for row in ratings]
    calls = [row for row in calls if len(row) > 1]
    values = np.concatenate(calls)

    def middle(value: float) -> float:
        return float((values < value).sum() + (values == value).sum() / 2)

    def difference(x: float, y: float) -> float:
        if metric == "nominal":
            return float(x != y)
        if metric == "ratio":
            return ((x - y) / (x + y)) ** 2 if x + y else 0.0
        return (middle(x) - middle(y)) ** 2 if metric == "ordinal" else (x - y) ** 2

    n = len(values)
    within = sum(difference(x, y) / (len(row) - 1) for row in calls for x, y in permutations(row, 2)) / n
    whole = sum(difference(x, y) for x, y in permutations(values, 2)) / (n * (n - 1))
    return 1 - within / whole


rows = st.lists(st.one_of(st.integers(0, 5).map(float), st.just(NAN)), min_size=4, max_size=4)
matrices = st.lists(rows, min_size=1, max_size=8).map(np.array)


@given(matrices, st.sampled_from(METRICS))
@settings(deadline=None)
def test_alpha_is_what_its_definition_says(ratings: FloatArray, metric: Metric) -> None:
    found = krippendorff_alpha(ratings, metric)
    if found.state == "ok":
        assert found.value == pytest.approx(by_definition(ratings, metric), abs=1e-12)
    else:
        paired = ratings[(~np.isnan(ratings)).sum(axis=1) > 1]
        assert len(set(paired[~np.isnan(paired)])) <= 1


@pytest.mark.parametrize("metric", METRICS)
def test_all_equal_ratings_have_no_alpha(metric: Metric) -> None:
    found = krippendorff_alpha(np.full((5, 2), 3.0), metric)
    assert (found.state, found.observed) == ("no_variation", 1.0)
    assert np.isnan(found.value)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("ratings", [np.empty((0, 0)), np.array([[1, NAN], [NAN, 2.0]])])
def test_without_a_call_rated_twice_there_is_no_alpha(ratings: FloatArray, metric: Metric) -> None:
    assert krippendorff_alpha(ratings, metric).state == "no_pairs"


@pytest.mark.parametrize("metric", METRICS)
def test_full_agreement_on_different_values_is_one(metric: Metric) -> None:
    assert krippendorff_alpha(np.array([[0.0, 0], [2, 2], [5, 5]]), metric).value == 1


def test_the_interval_form_is_free_of_origin_and_unit_even_far_from_zero() -> None:
    ratings = KRIPPENDORFF_2011
    plain = krippendorff_alpha(ratings, "interval").value
    assert krippendorff_alpha(1e9 + ratings, "interval").value == pytest.approx(plain, rel=1e-6)
    assert krippendorff_alpha(-3 * ratings, "interval").value == pytest.approx(plain)


def test_the_ordinal_form_is_free_of_the_spacing() -> None:
    plain = krippendorff_alpha(KRIPPENDORFF_2011, "ordinal").value
    assert krippendorff_alpha(np.exp(KRIPPENDORFF_2011), "ordinal").value == pytest.approx(plain)


def test_the_ratio_form_refuses_negative_ratings() -> None:
    with pytest.raises(ValueError, match="zero"):
        krippendorff_alpha(np.array([[-1.0, 2], [1, 1]]), "ratio")


def test_the_ratio_form_takes_more_values_than_a_block_holds() -> None:
    draws = np.random.default_rng(2)
    ratings = draws.uniform(1, 100, (400, 2))
    assert krippendorff_alpha(ratings, "ratio").value == pytest.approx(by_definition(ratings, "ratio"))
