"""The change since the last wave, drawn and as a table."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.evaluate import Evaluation
from evalkit.reports.page.slopes import MOVERS, apart, slopes


def test_without_an_earlier_wave_there_is_no_drawing(values_run: Evaluation) -> None:
    assert slopes(values_run, "en") is None


def test_of_many_units_those_that_moved_most_are_named_and_the_table_has_all(whole_run: Evaluation) -> None:
    found = slopes(whole_run, "en")
    assert found is not None
    ranking = whole_run.ranking().dropna(subset=["rank_change"])
    assert len(found.lines) == len(found.sheet.rows) == len(ranking)
    assert found.named == 2 * MOVERS
    named = [each for each in found.lines if each.label_now is not None]
    moves = sorted((each.then - each.now for each in named), key=abs)
    assert max(moves) == ranking["rank_change"].max()
    assert min(moves) == ranking["rank_change"].min()
    assert all((each.then > each.now) == (each.direction == "up") for each in found.lines)
    assert [row[4] for row in found.sheet.rows] == sorted(ranking["rank_change"], reverse=True)
    assert found.wave_then == "2024"


def test_of_few_units_all_are_named(whole_run: Evaluation) -> None:
    ranks = whole_run["ranks"]
    few = Evaluation(
        {**whole_run.tables, "ranks": ranks[ranks["unit"].isin(["H01", "H02", "H03"])]}, whole_run.manifest
    )
    found = slopes(few, "zh")
    assert found is not None
    assert found.named == len(found.lines) == 3


@given(st.lists(st.floats(0, 600), max_size=40).map(sorted))
def test_labels_keep_apart_and_never_move_up(heights: list[float]) -> None:
    placed = apart(heights, 13)
    assert all(after >= before for before, after in zip(heights, placed, strict=True))
    assert all(after - before >= 13 - 1e-9 for before, after in itertools.pairwise(placed))
    assert apart([10, 100], 13) == pytest.approx([10, 100])
