"""The bars of the ranked table: what each dimension contributes adds up to the index."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.evaluate import Evaluation
from evalkit.reports.page.ranked import ranked_units, stacked, widest_bar

PARTS = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 1)), min_size=1, max_size=8)


@given(PARTS)
def test_parts_follow_one_another_and_their_length_is_the_index(parts: list[tuple[float, float]]) -> None:
    scores, weights = zip(*parts, strict=True)
    index = math.fsum(score * weight for score, weight in parts) / math.fsum(weights)
    bar = stacked(index, scores, weights, 100)
    for (start, width), (following, _) in itertools.pairwise(bar):
        assert following == pytest.approx(start + width)
    if index > 0:
        assert math.fsum(width for _, width in bar) == pytest.approx(index)


def test_a_part_without_a_score_has_no_width() -> None:
    assert stacked(50, (float("nan"), 50), (0.0, 1.0), 100) == ((0, 0), (0, 50))


def test_a_unit_without_an_index_has_no_bar() -> None:
    assert stacked(float("nan"), (10, 20), (0.5, 0.5), 100) == ((0, 0), (0, 0))


def test_an_index_above_a_hundred_is_the_full_bar() -> None:
    assert stacked(200, (200,), (1,), 200) == ((0, 100),)


def test_rows_stand_in_the_order_of_the_ranks(values_run: Evaluation) -> None:
    units = ranked_units(values_run, "en")
    assert [each.unit for each in units] == ["U3", "U2", "U1", "U4"]
    assert [each.rank for each in units] == [1, 2, 3, 4]
    assert widest_bar(values_run) == 100
    assert math.fsum(width for _, width in units[0].bar) == pytest.approx(units[0].score)
