"""The heat map in the order of the ranks, and a unit's dimensions beside all units."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.figures.scores import heat, profile
from tests.small_studies import VALUES, run, values_study


def test_heat_map_has_the_ranked_units_best_first(values_run: Evaluation) -> None:
    figure = heat(values_run, "en", first=2)
    assert figure is not None
    assert figure.sheet.rows == [["U3", "丙市", 90, 90, 10], ["U2", "乙市", 50, 70, 90]]
    assert figure.sheet.notes == ("the chart shows the first 2 of 4 ranked units",)


def test_profile_stands_beside_median_and_best(values_run: Evaluation) -> None:
    figure = profile(values_run, "U2", "en")
    assert figure is not None
    assert [row[0] for row in figure.sheet.rows] == ["Index", "Dimension A", "Dimension B"]
    assert [pytest.approx(row[1:]) for row in figure.sheet.rows[1:]] == [[60, 65, 90], [90, 35, 90]]
    assert figure.sheet.columns[1].title == "乙市"


def test_a_unit_without_an_index_has_no_profile(tmp_path: Path) -> None:
    evaluation = run(values_study(tmp_path, [*VALUES[:4], ("U4", "", "", "")]))
    assert profile(evaluation, "U4", "en") is None
