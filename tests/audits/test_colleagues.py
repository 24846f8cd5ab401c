from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evalkit.audits.colleagues import colleague_differences

NAN = np.nan


def test_differences_to_the_mean_of_the_others_with_the_paired_t_test() -> None:
    call = np.array([0, 0, 1, 1, 2, 2, 2, 3])
    auditor = np.array([0, 1, 0, 1, 0, 1, 2, 2])
    score = np.array([80.0, 70, 90, 86, 60, 52, 56, 99])
    found = colleague_differences(call, auditor, score, 4)
    assert found.calls.tolist() == [3, 3, 1, 0]
    own = [10.0, 4.0, 60 - 54.0]
    mean = np.array([np.mean(own), np.mean([-10, -4, 52 - 58]), 0, NAN], dtype=float)
    np.testing.assert_allclose(found.mean, mean)
    assert found.p[0] == pytest.approx(stats.ttest_1samp(own, 0).pvalue)
    assert found.p[2:].tolist() == [1, 1]


def test_always_the_same_difference_is_no_chance_and_none_at_all_is() -> None:
    call, auditor = np.repeat(np.arange(4), 2), np.tile([0, 1], 4)
    always = colleague_differences(call, auditor, np.tile([5.0, 0.0], 4), 2)
    assert (always.mean.tolist(), always.p.tolist()) == ([5, -5], [0, 0])
    assert colleague_differences(call, auditor, np.zeros(8), 2).p.tolist() == [1, 1]


def test_nobody_shared_a_call() -> None:
    nothing = np.array([], np.int64)
    assert colleague_differences(nothing, nothing, np.array([]), 2).calls.tolist() == [0, 0]
    apart = colleague_differences(np.array([0, 1]), np.array([0, 1]), np.array([1.0, 2.0]), 2)
    assert apart.p.tolist() == [1, 1]


def test_p_values_of_auditors_who_are_alike_are_uniform() -> None:
    draws = np.random.default_rng(1)
    call = np.repeat(np.arange(4000), 2)
    first = draws.integers(0, 200, 4000)
    auditor = np.column_stack([first, (first + draws.integers(1, 200, 4000)) % 200]).ravel()
    found = colleague_differences(call, auditor, draws.normal(0, 5, 8000), 200)
    assert stats.kstest(found.p, "uniform").pvalue > 0.01
