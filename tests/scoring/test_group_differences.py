"""Kruskal and Wallis against scipy, and the description of groups against numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evalkit.scoring.group_differences import describe_groups, kruskal_wallis

NAN = float("nan")
FIELD = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=2, max_size=40)


@given(FIELD)
def test_equals_scipy_ties_and_all(field: list[tuple[int, int]]) -> None:
    scores, groups = (np.array(each) for each in zip(*field, strict=True))
    found = kruskal_wallis(scores.astype(float), groups)
    samples = [scores[groups == group] for group in np.unique(groups)]
    if len(samples) < 2 or len(np.unique(scores)) < 2:
        assert np.isnan([found.h, found.p, found.effect]).all()
        return
    h, p = stats.kruskal(*samples)
    assert found.h == pytest.approx(h)
    assert found.p == pytest.approx(p)
    assert -1e-9 <= found.effect <= 1 + 1e-9


def test_units_without_a_score_do_not_count() -> None:
    scores, groups = np.array([1.0, NAN, 3, 4, 5]), np.array([0, 0, 0, 1, 1])
    found = kruskal_wallis(scores, groups)
    assert (found.count, found.groups) == (4, 2)
    assert found.p == pytest.approx(stats.kruskal([1, 3], [4, 5]).pvalue)


def test_groups_are_described() -> None:
    found = describe_groups(np.array([1.0, 3, NAN, 8]), np.array([0, 0, 1, 2]), 4)
    assert found.count.tolist() == [2, 0, 1, 0]
    np.testing.assert_array_equal(found.mean, [2, NAN, 8, NAN])
    np.testing.assert_array_equal(found.sd, [np.sqrt(2), NAN, NAN, NAN])
    np.testing.assert_array_equal(found.highest, [3, NAN, 8, NAN])
