"""The ranking's columns about the last earlier wave."""

from __future__ import annotations

from pathlib import Path

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.reports.outline.ranking import ranking
from evalkit.reports.outline.waves import Changes
from tests.small_studies import VALUES, run, values_study


def test_without_an_earlier_wave_there_are_no_columns(values_run: Evaluation) -> None:
    changes = Changes(values_run, "en")
    assert (changes.columns, changes.cells("U1"), changes.notes) == ((), [], ())


def test_with_one_the_ranking_says_rank_then_places_climbed_and_change(tmp_path: Path) -> None:
    then = (VALUES[0], ("U1", "10", "10", "10"), ("U2", "50", "70", "90"), ("U3", "90", "90", "10"))
    study = values_study(tmp_path / "now", wave="2025", waves=["2024"])
    evalkit.write(run(values_study(tmp_path / "then", then, wave="2024")), tmp_path / "now" / "2024", excel=False)
    sheet = ranking(run(study), "en")
    assert [column.title for column in sheet.columns[-3:]] == ["Rank in 2024", "Places climbed", "Score change"]
    assert {row[1]: row[-3:] for row in sheet.rows} == {
        "U3": [1, 0, 0],
        "U2": [2, 0, 0],
        "U1": [3, 0, 52.5],
        "U4": [None, None, None],
    }
    assert "by the same indicators" in sheet.notes[0]
