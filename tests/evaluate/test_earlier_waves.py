"""What a study names under ``waves:``, read in its order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate.earlier_waves import EarlierWaves, RunBefore, read_earlier_waves
from evalkit.problems import Problem
from evalkit.scoring.award_field import Earlier
from evalkit.sources.register import read_register
from tests.small_studies import run, values_study, write_table

TABLE = {"wave": "2023", "scores": "2023.csv", "indicators": "set 1"}


def read(folder: Path, *waves: object) -> tuple[EarlierWaves, list[Problem]]:
    old = values_study(folder / "old", wave="2024")
    path = values_study(folder / "now", wave="2025", waves=list(waves))
    shutil.copytree(evalkit.write(run(old), folder / "results", excel=False), path.parent / "2024")
    write_table(path.parent / "2023.csv", [("unit", "node", "score"), ("U1", "ROOT", "5")])
    register, _ = read_register(path.parent / "units.csv", "units.csv")
    assert register is not None
    return read_earlier_waves(evalkit.load(path).bundle, register)


def test_results_and_tables_stand_in_the_order_of_the_study(tmp_path: Path) -> None:
    found, problems = read(tmp_path, TABLE, "2024")
    assert problems == []
    table, results = found.waves
    assert isinstance(table, Earlier)
    assert isinstance(results, RunBefore)
    assert (table.wave, table.comparable, results.run.wave) == ("2023", True, "2024")
    assert (list(found.files), [each.wave for each in found.runs]) == (["2023.csv"], ["2024"])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [({"indicators": "set 2"}, False), ({"indicators": ""}, False), ({"comparable": True, "indicators": ""}, True)],
)
def test_a_table_of_another_or_no_known_set_is_not_comparable_unless_the_study_says_so(
    tmp_path: Path, keys: dict[str, object], expected: bool
) -> None:
    (wave,) = read(tmp_path, TABLE | keys)[0].waves
    assert isinstance(wave, Earlier)
    assert wave.comparable is expected


def test_a_wave_named_twice_or_that_of_today_is_pointed_out_and_what_is_not_there_left_out(tmp_path: Path) -> None:
    waves = [TABLE, TABLE, TABLE | {"wave": "2025"}, "none", TABLE | {"scores": "none.csv", "wave": "2020"}, "../x"]
    found, problems = read(tmp_path, *waves)
    assert len(found.waves) == 3
    assert [each.code for each in problems] == ["EK421", "EK421", "EK413", "EK001", "EK003"]
