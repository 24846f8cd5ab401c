"""Groups of units whose order is open."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evalkit.uncertainty.rank_groups import open_groups

INTERVALS = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 6)), max_size=12)


def test_intervals_that_overlap_share_a_group_and_the_middle_one_is_in_both() -> None:
    found = open_groups(np.array([1.0, 2, 4, np.nan]), np.array([2.0, 4, 5, np.nan]))
    assert (found.count, found.first, found.last) == (2, (0, 0, 1, -1), (0, 1, 1, -1))


def test_without_intervals_there_are_no_groups() -> None:
    assert open_groups(np.array([np.nan]), np.array([np.nan])).count == 0
    assert open_groups(np.empty(0), np.empty(0)).count == 0


@given(INTERVALS)
def test_units_share_a_group_exactly_where_their_intervals_overlap(drawn: list[tuple[int, int]]) -> None:
    low = np.array([float(begin) for begin, _ in drawn])
    high = low + np.array([float(length) for _, length in drawn])
    found = open_groups(low, high)
    for a, b in itertools.combinations(range(len(drawn)), 2):
        overlap = low[a] <= high[b] and low[b] <= high[a]
        assert overlap == (found.first[a] <= found.last[b] and found.first[b] <= found.last[a])


@given(INTERVALS)
def test_no_group_is_part_of_another(drawn: list[tuple[int, int]]) -> None:
    low = np.array([float(begin) for begin, _ in drawn])
    found = open_groups(low, low + np.array([float(length) for _, length in drawn]))
    members = [
        {unit for unit in range(len(drawn)) if found.first[unit] <= group <= found.last[unit]}
        for group in range(found.count)
    ]
    assert all(members)
    assert not any(a <= b or b <= a for a, b in itertools.combinations(members, 2))
