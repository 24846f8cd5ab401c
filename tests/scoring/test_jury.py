"""Jury kernels: forms, trimmed means, and agreement against a published example."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr, trim_mean

from evalkit.scoring.jury import (
    Panel,
    form_scores,
    kendall_w,
    mean_rank_correlation,
    trimmed_mean,
    weighted_trimmed_mean,
)

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


MARKS = st.lists(
    st.lists(st.one_of(st.integers(0, 100).map(float), st.just(np.nan)), min_size=3, max_size=3), min_size=1, max_size=9
)


@given(MARKS, st.integers(0, 2), st.floats(0.1, 10))
def test_judges_who_all_count_alike_give_the_trimmed_mean(marks: list[list[float]], trim: int, often: float) -> None:
    forms = np.array(marks)
    expected = trimmed_mean(forms, trim=trim, fewest=2 * trim + 1)
    found = weighted_trimmed_mean(forms, np.full(len(forms), often), trim=trim, fewest=2 * trim + 1)
    assert found == pytest.approx(expected, nan_ok=True)
    assert Panel(forms).counts == (~np.isnan(forms)).sum(axis=0).tolist()


@given(MARKS, st.integers(0, 2))
def test_a_judge_who_counts_twice_is_as_good_as_two(marks: list[list[float]], trim: int) -> None:
    forms = np.array(marks)
    whole = ~np.isnan(forms[:, 0])  # the share that is trimmed is of the judges there are, so their number must double
    twice = trimmed_mean(np.repeat(forms[whole, :1], 2, axis=0), trim=2 * trim, fewest=4 * trim + 1)
    found = Panel(forms[whole, :1], np.full(whole.sum(), 2.0)).scores(trim=trim, fewest=2 * trim + 1)
    assert found == pytest.approx(twice, nan_ok=True)


def test_who_does_not_count_says_nothing_and_where_nobody_counts_there_is_no_score() -> None:
    forms = np.array([[80.0, 10.0], [70.0, np.nan], [60.0, np.nan]])
    found = weighted_trimmed_mean(forms, np.array([0.0, 1.0, 1.0]), trim=0, fewest=1)
    assert np.array_equal(found, [65, np.nan], equal_nan=True)
    one = weighted_trimmed_mean(forms, np.array([3.0, 0.0, 0.0]), trim=1, fewest=3)
    assert np.array_equal(one, [80, np.nan], equal_nan=True)
