"""Blocks by fixed scores and by numbers of units: edges, ties, cuts that are not set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring.award_blocks import NO_BLOCK, Cut, divide_by_places, divide_by_score, sizes_from_cumulated

NAN = float("nan")


def test_cuts_belong_to_the_block_that_says_so() -> None:
    scores = np.array([90.1, 90, 80, 79.999, NAN])
    found = divide_by_score(scores, [Cut(90, closed=False), Cut(80), None])
    assert found.blocks.tolist() == [0, 1, 1, 2, NO_BLOCK]


def test_score_within_the_tolerance_of_a_cut_is_on_it() -> None:
    near = np.array([80 - 1e-12, 80 + 1e-12])
    assert divide_by_score(near, [Cut(80), None]).blocks.tolist() == [0, 0]
    assert divide_by_score(near, [Cut(80, closed=False), None]).blocks.tolist() == [1, 1]


def test_nobody_can_tell_the_units_around_a_cut_that_is_not_set() -> None:
    scores = np.array([95.0, 85, 75, 65, 55])
    assert divide_by_score(scores, [Cut(90), None, Cut(60), None]).blocks.tolist() == [0, -1, -1, -1, 3]
    assert divide_by_score(scores, [Cut(90), None, None]).blocks.tolist() == [0, -1, -1, -1, -1]


def test_places_are_filled_from_the_best() -> None:
    found = divide_by_places(np.array([1.0, 5, 3, NAN, 2, 4]), [2, 1, None], ties_up=True)
    assert found.blocks.tolist() == [2, 0, 1, -1, 2, 0]
    assert not found.tied_at_cut.any()


@pytest.mark.parametrize(("ties_up", "blocks"), [(True, [0, 0, 0, 1]), (False, [0, 1, 1, 1])])
def test_units_tied_at_a_cut_go_up_or_down_together(ties_up: bool, blocks: list[int]) -> None:
    found = divide_by_places(np.array([9.0, 8, 8, 7]), [2, None], ties_up=ties_up)
    assert found.blocks.tolist() == blocks
    assert found.tied_at_cut.tolist() == [False, True, True, False]


def test_from_a_block_without_a_size_down_there_is_none() -> None:
    assert divide_by_places(np.array([4.0, 3, 2, 1]), [1, None, 1], ties_up=True).blocks.tolist() == [0, -1, -1, -1]


def test_block_that_nobody_reaches_is_empty() -> None:
    assert divide_by_places(np.array([2.0, 1.0]), [3, 1, None], ties_up=True).blocks.tolist() == [0, 0]
    assert divide_by_score(np.array([50.0]), [Cut(90), None]).blocks.tolist() == [1]


def test_negative_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        divide_by_places(np.array([1.0]), [-1, None], ties_up=True)


@given(
    st.lists(st.integers(0, 6).map(float), min_size=1, max_size=12),
    st.lists(st.integers(0, 5), min_size=1, max_size=4),
    st.booleans(),
)
def test_a_better_score_is_never_in_a_lower_block_and_equal_scores_are_in_one(
    scores: list[float], sizes: list[int], ties_up: bool
) -> None:
    blocks = divide_by_places(np.array(scores), [*sizes, None], ties_up=ties_up).blocks
    for score, block in zip(scores, blocks, strict=True):
        for other, other_block in zip(scores, blocks, strict=True):
            assert (
                (score == other and block == other_block)
                or (block <= other_block) == (score > other)
                or (score != other and block == other_block)
            )


@given(st.lists(st.integers(0, 9), max_size=6))
def test_cumulated_sizes_come_apart_again(sizes: list[int]) -> None:
    assert sizes_from_cumulated(np.cumsum(sizes).tolist()) == sizes
