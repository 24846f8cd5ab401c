"""Dunn's test and Holm's adjustment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring.group_differences import kruskal_wallis
from evalkit.scoring.pairwise_differences import dunn, holm

NAN = float("nan")


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), min_size=2, max_size=40))
def test_of_two_groups_the_square_of_z_is_h(field: list[tuple[int, int]]) -> None:
    scores, groups = (np.array(each) for each in zip(*field, strict=True))
    whole, pairs = kruskal_wallis(scores.astype(float), groups), dunn(scores.astype(float), groups)
    if np.isnan(whole.h):
        assert pairs == []
    else:
        assert [each.z**2 for each in pairs] == [pytest.approx(whole.h, abs=1e-9)]
        assert pairs[0].p == pytest.approx(whole.p, abs=1e-9)


def test_three_groups_worked_by_hand() -> None:
    """Mean ranks 1.5, 3.5 and 5.5 of N = 6: variance 3.5, z = -2 / sqrt(3.5) for neighbours, -4 / sqrt(3.5) apart."""
    found = dunn(np.array([1.0, 2, 3, 4, 5, 6, NAN]), np.array([0, 0, 1, 1, 2, 2, 0]))
    assert [(each.first, each.second) for each in found] == [(0, 1), (0, 2), (1, 2)]
    assert [each.z for each in found] == pytest.approx([-2 / 3.5**0.5, -4 / 3.5**0.5, -2 / 3.5**0.5])
    assert [each.p for each in found] == pytest.approx([0.2850494, 0.0325098, 0.2850494], abs=1e-6)


def test_holm_as_p_adjust_of_r_prints_it() -> None:
    np.testing.assert_allclose(holm(np.array([0.01, 0.04, 0.03, NAN, 0.005])), [0.03, 0.06, 0.06, NAN, 0.02])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_keeps_the_order_and_lies_between_p_and_bonferroni(values: list[float]) -> None:
    p = np.array(values)
    found = holm(p)
    assert (found >= p).all()
    assert (found <= np.minimum(p * len(p), 1) + 1e-15).all()
    assert (np.diff(found[np.argsort(p, kind="stable")]) >= 0).all()
