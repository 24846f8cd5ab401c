from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.audits.linearisation import collapse_strata
from evalkit.scoring.arrays import FloatArray, IntArray


def counts(strata: IntArray, replicates: int = 20_000) -> FloatArray:
    return bootstrap_counts(strata, replicates=replicates, rng=np.random.default_rng(1))


@pytest.mark.parametrize("calls", [2, 3, 4, 12])
def test_the_variance_is_that_of_the_formula_for_strata(calls: int) -> None:
    values = np.random.default_rng(calls).normal(50, 10, 3 * calls)
    strata = np.repeat(np.arange(3), calls)
    found = counts(strata) @ values
    formula = sum(calls * values[strata == stratum].var(ddof=1) for stratum in range(3))
    assert found.mean() == pytest.approx(values.sum(), rel=0.005)
    assert found.var(ddof=1) == pytest.approx(formula, rel=0.05)


def test_drawing_as_many_as_there_are_would_understate_it() -> None:
    """Naive resampling of two calls a stratum: the factor (n - 1) / n is a half."""
    values, rng = np.random.default_rng(5).normal(50, 10, 6), np.random.default_rng(6)
    naive = np.array([sum(rng.choice(values[at : at + 2], 2).sum() for at in (0, 2, 4)) for _ in range(8000)])
    found = counts(np.repeat(np.arange(3), 2)) @ values
    assert naive.var() / found.var() == pytest.approx(0.5, rel=0.08)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=25))
def test_the_counts_of_a_stratum_sum_to_its_calls(strata: list[int]) -> None:
    labels = np.array(strata, dtype=np.int64)
    found = counts(labels, 7)
    for stratum in np.unique(labels):
        inside = labels == stratum
        np.testing.assert_allclose(found[:, inside].sum(axis=1), inside.sum())
        if inside.sum() == 1:
            assert (found[:, inside] == 1).all()


def test_the_same_generator_gives_the_same_counts_and_nothing_gives_none() -> None:
    strata = np.repeat(np.arange(4), 3)
    np.testing.assert_array_equal(counts(strata, 99), counts(strata, 99))
    assert counts(np.empty(0, dtype=np.int64), 3).shape == (3, 0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=20))
def test_no_stratum_of_one_is_left_where_its_unit_has_others(calls: list[tuple[int, int]]) -> None:
    unit, stratum = (np.array(each, dtype=np.int64) for each in zip(*calls, strict=True))
    found, count, _ = collapse_strata(unit, stratum, 4)
    assert sorted(set(found.tolist())) == list(range(count))
    for group in range(count):
        inside = found == group
        assert np.unique(unit[inside]).size == 1
        assert inside.sum() > 1 or (unit == unit[inside][0]).sum() == 1
