from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.reports.outline.robustness import robustness as sheet_of
from evalkit.reports.outline.weight_shifts import never_level
from evalkit.uncertainty import robustness
from tests.uncertainty.sampled_study import VALUES, sampled_study


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder: Path = tmp_path_factory.mktemp("study")
    return robustness.run(evalkit.load(sampled_study(folder, uncertainty={"replicates": 500, "seed": 1})))


def test_the_sheet_says_which_weight_turns_a_rank(examined: Evaluation) -> None:
    sheet = sheet_of(examined, "en")
    titles = [column.title for column in sheet.columns]
    at = titles.index("by one weight alone")
    said = {row[1]: row[at] for row in sheet.rows}
    assert said == {
        "U1": "Dimension A: 75% → 83.33%",
        "U2": "Dimension A: 75% → 72.73%",
        "U3": "",
        "U4": "no weights do it",
    }
    assert never_level(examined) == {"U4"}
    assert any("of 3 neighbours 0 are level when less than 1% moves, 1 whatever" in note for note in sheet.notes)


def test_the_sheet_says_so_in_chinese(examined: Evaluation) -> None:
    sheet = sheet_of(examined, "zh")
    cells = {cell for row in sheet.rows for cell in row if isinstance(cell, str)}
    assert {"甲维度:75% → 72.73%", "任何权重都不能追平"} <= cells


def test_who_is_level_with_the_unit_above_is_said_to_be(tmp_path: Path) -> None:
    same = [VALUES[0], *((unit, "50", "2", "50", "2", "50") for unit in ("U1", "U2")), VALUES[4]]
    path = sampled_study(tmp_path, same, uncertainty={"replicates": 100, "sensitivity": {"runs": 64}})
    found = robustness.run(evalkit.load(path))
    sheet = sheet_of(found, "en")
    at = [column.title for column in sheet.columns].index("by one weight alone")
    assert {row[1]: row[at] for row in sheet.rows}["U2"] == "level already"
    assert "U2" not in never_level(found)
