from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.uncertainty.resampling import bootstrap_totals, collapse_single, sums_by_call, totals_without


def integers(*values: int) -> IntArray:
    return np.array(values, dtype=np.int64)


def drawn(sums: FloatArray, strata: IntArray, units: IntArray, replicates: int = 20_000) -> FloatArray:
    rng = np.random.default_rng(1)
    return bootstrap_totals(sums, strata, units, count=int(units.max()) + 1, replicates=replicates, rng=rng)


def test_items_are_added_up_by_call_and_what_is_missing_counts_as_nothing() -> None:
    found = sums_by_call(np.array([[1.0, 1], [2, 1], [np.nan, 1], [5, 1]]), integers(0, 2, 2, 0), 4)
    assert found.tolist() == [[6, 2], [0, 0], [2, 2], [0, 0]]


@pytest.mark.parametrize("calls", [2, 3, 4, 12])
def test_the_variance_is_that_of_the_formula_for_strata(calls: int) -> None:
    rng = np.random.default_rng(calls)
    values = rng.normal(50, 10, 3 * calls)
    strata = np.repeat(np.arange(3), calls)
    found = drawn(values[:, np.newaxis], strata, np.zeros(3 * calls, dtype=np.int64))[:, 0, 0]
    formula = sum(calls * values[strata == stratum].var(ddof=1) for stratum in range(3))
    assert found.mean() == pytest.approx(values.sum(), rel=0.005)
    assert found.var(ddof=1) == pytest.approx(formula, rel=0.05)
    # drawing n of n, as is often done, understates it by (n - 1) / n
    naive = np.array([sum(rng.choice(values[strata == s], calls).sum() for s in range(3)) for _ in range(4000)])
    assert naive.var(ddof=1) == pytest.approx(formula * (calls - 1) / calls, rel=0.1)


def test_units_are_resampled_each_within_itself() -> None:
    sums = np.array([[1.0], [3.0], [100.0], [100.0]])
    found = drawn(sums, integers(0, 0, 0, 0), integers(0, 0, 1, 1), 500)
    assert set(found[:, 0, 0]) == {2.0, 6.0}
    assert set(found[:, 1, 0]) == {200.0}


def test_the_columns_of_a_call_stay_together() -> None:
    sums = np.array([[1.0, 10], [2, 20], [3, 30]])
    found = drawn(sums, integers(0, 0, 0), integers(0, 0, 0), 200)
    assert found[:, 0, 1] == pytest.approx(10 * found[:, 0, 0])


def test_a_stratum_of_one_call_stays_as_it_is_and_a_unit_without_calls_has_none() -> None:
    found = bootstrap_totals(
        np.array([[7.0]]), integers(0), integers(1), count=3, replicates=5, rng=np.random.default_rng(1)
    )
    assert found[:, :, 0].tolist() == [[0, 7, 0]] * 5
    nothing = bootstrap_totals(
        np.empty((0, 2)), integers(), integers(), count=2, replicates=3, rng=np.random.default_rng(1)
    )
    assert nothing.shape == (3, 2, 2)


def test_strata_of_one_call_join_their_neighbour_within_the_unit() -> None:
    units = integers(0, 0, 0, 0, 0, 1, 1, 2)
    strata = integers(1, 1, 2, 3, 3, 1, 2, 1)
    found = collapse_single(strata, units)
    assert found.tolist() == [0, 0, 1, 1, 1, 2, 2, 3]
    last_alone = collapse_single(integers(1, 1, 9), integers(0, 0, 0))
    assert last_alone.tolist() == [0, 0, 0]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=20))
def test_no_stratum_of_one_is_left_where_its_unit_has_others(calls: list[tuple[int, int]]) -> None:
    units, strata = integers(*(unit for unit, _ in calls)), integers(*(stratum for _, stratum in calls))
    found = collapse_single(strata, units)
    for stratum in np.unique(found):
        inside = found == stratum
        assert np.unique(units[inside]).size == 1
        assert inside.sum() > 1 or (units == units[inside][0]).sum() == 1
    for unit, stratum in set(calls):
        assert np.unique(found[(units == unit) & (strata == stratum)]).size == 1, "no stratum is torn apart"


def test_one_group_is_left_out_at_a_time() -> None:
    sums, groups, units = np.array([[1.0], [2.0], [4.0]]), integers(0, 1, 1), integers(0, 0, 1)
    assert totals_without(sums, groups, units, count=2, group_count=2)[:, :, 0].tolist() == [[2, 4], [1, 0]]


def test_the_same_generator_gives_the_same_replicates() -> None:
    sums = np.arange(12.0)[:, np.newaxis]
    strata, units = np.repeat(np.arange(4), 3), np.repeat(np.arange(2), 6)
    assert np.array_equal(drawn(sums, strata, units, 99), drawn(sums, strata, units, 99))


def test_what_does_not_fit_is_refused() -> None:
    rng = np.random.default_rng(1)
    for sums, units in (
        (np.ones(3), integers(0, 0, 0)),
        (np.ones((3, 1)), integers(0, 0)),
        (np.ones((3, 1)), integers(0, 0, 9)),
    ):
        with pytest.raises(ValueError, match="calls"):
            bootstrap_totals(sums, integers(0, 0, 0), units, count=2, replicates=1, rng=rng)
