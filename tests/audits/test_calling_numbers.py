from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.calling_numbers import NO_DAY, NO_NUMBER, calling_numbers, repeated

seeds = st.integers(0, 10_000)


@settings(max_examples=60)
@given(seed=seeds, numbers=st.integers(1, 4))
def test_an_auditor_calls_from_his_numbers_only(seed: int, numbers: int) -> None:
    draws = np.random.default_rng(seed)
    unit, day, auditor = (draws.integers(0, 4, 40) for _ in range(3))
    may_use = draws.integers(0, 2, (4, numbers)) == 1
    chosen = calling_numbers(unit, day, auditor, may_use, seed)
    has = np.asarray(may_use.any(axis=1))[auditor]
    assert (chosen[~has] == NO_NUMBER).all()
    assert may_use[auditor[has], chosen[has]].all()
    np.testing.assert_array_equal(chosen, calling_numbers(unit, day, auditor, may_use, seed))


@settings(max_examples=30)
@given(seed=seeds)
def test_no_number_calls_a_unit_twice_a_day_while_another_is_left(seed: int) -> None:
    """Three calls a unit and day, three numbers in one pool."""
    unit, day = np.repeat(np.arange(8), 12), np.tile(np.repeat(np.arange(4), 3), 8)
    auditor = np.random.default_rng(seed).integers(0, 5, 96)
    chosen = calling_numbers(unit, day, auditor, np.ones((5, 3), dtype=bool), seed)
    assert repeated(unit, day, chosen) == 0
    assert np.ptp(np.bincount(chosen)) == 0


def test_who_has_one_number_is_served_before_who_has_two() -> None:
    may_use = np.array([[True, True], [True, False]])
    chosen = calling_numbers(np.zeros(2, np.int64), np.zeros(2, np.int64), np.array([0, 1]), may_use, 1)
    assert chosen.tolist() == [1, 0]


def test_calls_without_a_date_take_the_numbers_that_called_the_unit_least() -> None:
    day = np.array([0, 1, NO_DAY])
    chosen = calling_numbers(np.zeros(3, np.int64), day, np.zeros(3, np.int64), np.ones((1, 3), dtype=bool), 1)
    assert sorted(chosen.tolist()) == [0, 1, 2]


def test_repeats_are_the_entries_beyond_the_first() -> None:
    assert repeated(np.array([1, 1, 1, 2]), np.array([0, 0, 1, 0])) == 1
    assert repeated(np.zeros(0, np.int64)) == 0
