"""Jury kernels: forms, trimmed means, and agreement against a published example."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr, trim_mean

from evalkit.scoring.jury import form_scores, kendall_w, mean_rank_correlation, trimmed_mean

NAN = float("nan")


def test_form_is_the_weighted_share_of_the_highest_marks() -> None:
    marks = np.array([[8.0, 50.0, NAN], [NAN, 50.0, 1.0]])
    found = form_scores(marks, np.array([10.0, 100.0, 5.0]), np.array([3.0, 1.0, 0.0]))
    assert found[0] == pytest.approx(100 * (3 * 0.8 + 0.5) / 4)
    assert np.isnan(found[1])


def test_trimming_leaves_out_the_highest_and_the_lowest() -> None:
    forms = np.array([[0.0, 60], [80, 70], [90, 80], [100, NAN]])
    assert trimmed_mean(forms, trim=1, fewest=3).tolist() == [85, 70]
    assert trimmed_mean(forms, trim=0, fewest=1).tolist() == [67.5, 70]
    assert np.isnan(trimmed_mean(forms, trim=1, fewest=4)[1])


@given(st.lists(st.floats(0, 100), min_size=5, max_size=12), st.integers(0, 2))
def test_trimmed_mean_is_that_of_scipy(forms: list[float], trim: int) -> None:
    found = trimmed_mean(np.array(forms)[:, np.newaxis], trim=trim, fewest=5)[0]
    # scipy counts the ends as a share, rounded down
    assert found == pytest.approx(trim_mean(forms, (trim + 0.5) / len(forms) if trim else 0), abs=1e-9)


def test_trimming_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves nothing"):
        trimmed_mean(np.ones((2, 1)), trim=1, fewest=2)


def test_siegel_1956_three_executives_rank_six_applicants() -> None:
    """S. Siegel, *Nonparametric Statistics*, 1956, chapter 9: the interview ratings, W = .16."""
    ranks = np.array([[1.0, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    assert round(kendall_w(ranks), 2) == 0.16
    assert kendall_w(ranks) == pytest.approx(25.5 / (9 * 210 / 12))


@given(st.integers(2, 6), st.integers(3, 8), st.integers(0, 1000))
def test_mean_correlation_follows_from_w_without_ties(judges: int, submissions: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    ranks = np.array([generator.permutation(submissions) for _ in range(judges)], dtype=float)
    w = kendall_w(ranks)
    assert 0 <= w <= 1
    assert mean_rank_correlation(ranks) == pytest.approx((judges * w - 1) / (judges - 1))


def test_correlation_uses_what_both_judges_marked() -> None:
    forms = np.array([[90.0, 80, 70, NAN], [85, 85, 60, 99]])
    assert mean_rank_correlation(forms) == pytest.approx(spearmanr(forms[0, :3], forms[1, :3]).statistic)


def test_full_agreement_with_ties_is_one_and_no_agreement_is_not_made_up() -> None:
    forms = np.array([[90.0, 90, 70, 60]] * 3)
    assert kendall_w(forms) == pytest.approx(1)
    assert np.isnan(kendall_w(np.array([[70.0, 70, 70]] * 2)))
    assert np.isnan(mean_rank_correlation(np.array([[70.0, 70, 70]] * 2)))
    assert np.isnan(kendall_w(forms[:1]))
    assert np.isnan(kendall_w(forms[:, :2]))
