"""Charts of the ranking: parts that sum to the index, intervals with the lengths of their bars, places climbed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.messages import word
from evalkit.reports.figures.ranking import change, intervals, ranking
from tests.small_studies import run, values_study


def test_parts_of_a_bar_sum_to_the_index(two_waves: Evaluation) -> None:
    figure = ranking(two_waves, "en")
    assert figure is not None
    assert [row[1] for row in figure.sheet.rows] == ["U3", "U2", "U1", "U4"]
    for row in figure.sheet.rows:
        assert sum(row[column] for column in figure.series) == pytest.approx(row[-1], rel=1e-12)
    assert figure.sheet.rows[0][3:] == pytest.approx([67.5, 2.5, 70])  # 0.75 × 90, 0.25 × 10


def test_only_the_first_are_drawn_and_the_chart_says_of_how_many(two_waves: Evaluation) -> None:
    figure = ranking(two_waves, "en", first=3)
    assert figure is not None
    assert len(figure.sheet.rows) == 3
    assert figure.sheet.notes[-1] == "the chart shows the first 3 of 4 ranked units"


def test_intervals_stand_with_the_lengths_of_their_bars(two_waves: Evaluation) -> None:
    figure = intervals(two_waves, "zh")
    assert figure is not None
    for row, (_, own) in zip(figure.sheet.rows, two_waves.ranking().iterrows(), strict=True):
        rank, low, high, below, above = (row[column] for column in figure.series)
        assert (rank, low, high) == (own["rank"], own["rank_low"], own["rank_high"])
        assert (rank - below, rank + above) == (low, high)


def test_change_is_against_the_last_wave(two_waves: Evaluation) -> None:
    figure = change(two_waves, "en")
    assert figure is not None
    found = {row[0]: row[2:] for row in figure.sheet.rows}
    assert found == {"U3": [2, 1, 1], "U1": [1, 3, -2], "U4": [3, 4, -1]}
    assert [column.title for column in figure.sheet.columns][2:] == ["Rank in 2024", "Rank now", "Places climbed"]


def test_nothing_is_drawn_of_what_a_run_has_not(values_run: Evaluation) -> None:
    assert intervals(values_run, "en") is None
    assert change(values_run, "en") is None


def test_without_arithmetic_mean_the_note_says_how_bars_are_scaled(tmp_path: Path) -> None:
    figure = ranking(run(values_study(tmp_path, defaults={"aggregate": "geometric"})), "en")
    assert figure is not None
    assert figure.sheet.notes[0] == word("page_bar_note_scaled", "en")
