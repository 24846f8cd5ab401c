from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.agreement import (
    Weighting,
    agreement_weights,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac,
    percentage_agreement,
)
from evalkit.audits.ratings import count_matrix
from evalkit.scoring.arrays import FloatArray, IntArray
from tests.audits.published import COHEN_1960, KRIPPENDORFF_2011

CATEGORIES = np.arange(1.0, 6)
WEIGHTINGS: tuple[Weighting, ...] = ("identity", "linear", "quadratic", "ordinal")


def gwet_2014() -> IntArray:
    return count_matrix(KRIPPENDORFF_2011, CATEGORIES)


def test_gwet_2014_four_raters_unweighted() -> None:
    counts = gwet_2014()
    assert round(percentage_agreement(counts).value, 5) == 0.81818
    assert round(gwet_ac(counts).value, 5) == 0.77544
    assert round(gwet_ac(counts).expected, 5) == 0.19032
    assert round(fleiss_kappa(counts).value, 5) == 0.76117
    assert round(fleiss_kappa(counts).expected, 5) == 0.23872


@pytest.mark.parametrize(
    ("weighting", "agreement", "fleiss", "ac2"),
    [
        ("linear", 0.93939, 0.81795, 0.85874),
        ("quadratic", 0.97538, 0.86494, 0.91400),
        ("ordinal", 0.96818, 0.85021, 0.89894),
    ],
)
def test_gwet_2014_four_raters_weighted(weighting: Weighting, agreement: float, fleiss: float, ac2: float) -> None:
    counts, weights = gwet_2014(), agreement_weights(weighting, CATEGORIES)
    assert percentage_agreement(counts, weights).value == pytest.approx(agreement, abs=5e-6)
    assert fleiss_kappa(counts, weights).value == pytest.approx(fleiss, abs=6e-6)
    assert gwet_ac(counts, weights).value == pytest.approx(ac2, abs=5e-6)


def test_cohen_1960_table_1() -> None:
    first, second = (np.repeat(index.ravel(), COHEN_1960.ravel()) for index in np.indices((3, 3)))
    kappa = cohen_kappa(first, second, 3)
    assert kappa.calls == 200
    assert kappa.observed == pytest.approx(0.70)
    assert kappa.expected == pytest.approx(0.41)
    assert round(kappa.value, 3) == 0.492


def test_cohen_leaves_out_a_call_that_one_auditor_did_not_rate() -> None:
    first, second = np.array([0, 1, 1, 0, -1, 1]), np.array([0, 1, 0, 0, 1, -1])
    assert cohen_kappa(first, second, 2) == cohen_kappa(first[:4], second[:4], 2)


def test_a_call_rated_once_tells_which_categories_are_used_but_nothing_of_agreement() -> None:
    counts = np.array([[2, 0], [0, 2], [1, 1]])
    more = np.vstack([counts, [[1, 0]] * 5])
    assert percentage_agreement(more).value == percentage_agreement(counts).value == pytest.approx(2 / 3)
    assert fleiss_kappa(more).expected > fleiss_kappa(counts).expected
    assert fleiss_kappa(more).calls == 3


def test_all_equal_ratings_have_full_agreement_but_no_kappa() -> None:
    counts = np.array([[0, 2], [0, 2], [0, 3]])
    assert percentage_agreement(counts).value == 1
    assert fleiss_kappa(counts).state == "no_variation"
    assert np.isnan(fleiss_kappa(counts).value)
    assert gwet_ac(counts).value == 1, "the other category could have been chosen"
    same = np.ones(4, np.int64)
    assert cohen_kappa(same, same, 2).state == "no_variation"


def test_one_category_alone_says_nothing_beyond_chance() -> None:
    counts = np.array([[2], [3]])
    assert percentage_agreement(counts).value == 1
    assert {fleiss_kappa(counts).state, gwet_ac(counts).state} == {"no_variation"}


@pytest.mark.parametrize("counts", [np.zeros((0, 3), np.int64), np.array([[1, 0, 0], [0, 0, 0]])])
def test_without_a_call_rated_twice_there_is_no_value(counts: IntArray) -> None:
    for coefficient in (percentage_agreement(counts), fleiss_kappa(counts), gwet_ac(counts)):
        assert coefficient.state == "no_pairs"
        assert np.isnan(coefficient.value)
    none = np.array([], np.int64)
    assert cohen_kappa(none, none, 3).state == "no_pairs"


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_weights_are_shares_of_agreement(weighting: Weighting) -> None:
    weights = agreement_weights(weighting, np.array([0.0, 1, 2, 5]))
    assert (np.diag(weights) == 1).all()
    assert (weights == weights.T).all()
    assert ((weights >= 0) & (weights <= 1)).all()
    assert weights[0, 3] == 0
    assert weights[0, 1] >= weights[0, 2]


def test_weights_need_rising_values() -> None:
    with pytest.raises(ValueError, match="rise"):
        agreement_weights("linear", np.array([1.0, 1, 2]))


tables = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=12).map(np.array)


@given(tables, st.sampled_from(WEIGHTINGS))
@settings(deadline=None)
def test_coefficients_are_one_at_most_and_do_not_depend_on_the_order_of_calls(
    counts: IntArray, weighting: Weighting
) -> None:
    weights = agreement_weights(weighting, np.arange(3.0))
    for coefficient in (percentage_agreement, fleiss_kappa, gwet_ac):
        value = coefficient(counts, weights).value
        assert np.isnan(value) or value <= 1 + 1e-12
        assert coefficient(counts[::-1], weights).value == pytest.approx(value, nan_ok=True)


@given(tables)
@settings(deadline=None)
def test_unweighted_coefficients_do_not_depend_on_the_order_of_categories(counts: IntArray) -> None:
    for coefficient in (percentage_agreement, fleiss_kappa, gwet_ac):
        assert coefficient(counts[:, ::-1]).value == pytest.approx(coefficient(counts).value, nan_ok=True)


def test_two_fixed_auditors_and_weights_agree_with_a_direct_sum() -> None:
    draws = np.random.default_rng(1)
    first, second = draws.integers(0, 4, 60), draws.integers(0, 4, 60)
    weights: FloatArray = agreement_weights("quadratic", np.arange(4.0))
    observed = np.mean([weights[a, b] for a, b in zip(first, second, strict=True)])
    expected = np.mean([weights[a, b] for a in first for b in second])
    assert cohen_kappa(first, second, 4, weights).value == pytest.approx((observed - expected) / (1 - expected))
