"""Laws of the diagnosis: a gain is what the tree itself gives, and the most alike comes first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring.diagnosis import Family, gains, index_scores, nearest

NAN = float("nan")
ROOT = Family(0, (1, 2), np.array([0.75, 0.25]), "arithmetic", "rescale", 0.5)
BELOW = Family(1, (3, 4), np.array([0.5, 0.5]), "arithmetic", "rescale", 0.5)
TREE = [ROOT, BELOW]
SCORE = st.floats(0, 100)


def row(b: float, first: float, second: float) -> np.ndarray:
    """Scores of the nodes: index and A are computed, B, A1 and A2 given."""
    return np.array([NAN, NAN, b, first, second])


def test_index_is_computed_up_the_tree() -> None:
    assert index_scores(TREE, np.array([row(40, 80, 60), row(NAN, 80, 60)])).tolist() == [62.5, 70]


def test_a_tree_of_one_indicator_is_its_own_index() -> None:
    assert index_scores([], np.array([[7.0], [8.0]])).tolist() == [7, 8]


@given(SCORE, SCORE, SCORE, SCORE)
def test_gain_of_arithmetic_means_is_the_effective_weight_times_the_gap(
    b: float, first: float, second: float, best: float
) -> None:
    found = gains(TREE, row(b, first, second), [2, 3, 4], np.full(3, best))
    gaps = np.maximum(best - np.array([b, first, second]), 0)
    np.testing.assert_allclose(found, np.array([0.25, 0.375, 0.375]) * gaps, atol=1e-9)


def test_gain_of_a_geometric_mean_is_exact() -> None:
    family = Family(0, (1, 2), np.array([0.5, 0.5]), "geometric", "rescale", 0.5)
    found = gains([family], np.array([NAN, 25.0, 100.0]), [1, 2], np.array([100.0, 100.0]))
    np.testing.assert_allclose(found, [50, 0], atol=1e-9)


def test_what_has_no_score_or_nothing_to_reach_gains_nothing_known() -> None:
    found = gains(TREE, row(40, NAN, 60), [2, 3, 4], np.array([50, 100, NAN]))
    assert np.isnan(found).tolist() == [False, True, True]
    assert found[0] > 0


def test_without_an_index_no_gain_is_known() -> None:
    strict = [Family(0, (1, 2), np.array([0.5, 0.5]), "arithmetic", "fail", 0.5)]
    assert np.isnan(gains(strict, np.array([NAN, 50, NAN]), [1, 2], np.array([90.0, 90.0]))).all()


def test_the_most_alike_comes_first_by_weighted_distance() -> None:
    profiles = np.array([[50.0, 50], [60, 50], [50, 90], [50, 50]])
    order, distance = nearest(profiles, np.array([3.0, 1.0]), 0, np.array([1, 2, 3]))
    assert order.tolist() == [3, 1, 2]
    assert distance == pytest.approx([0, np.sqrt(75), np.sqrt(400)])


def test_distance_is_over_what_both_have_and_strangers_are_left_out() -> None:
    profiles = np.array([[50.0, NAN], [90, 10], [NAN, 10]])
    order, distance = nearest(profiles, np.ones(2), 0, np.array([1, 2]))
    assert (order.tolist(), distance.tolist()) == ([1], [40])
