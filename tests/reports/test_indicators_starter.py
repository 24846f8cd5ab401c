"""The sets that ``evalkit indicators new`` starts with pass ``check`` in a study."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.definitions.indicator_files import open_indicators
from evalkit.reports.indicators_starter import write_extension, write_indicators
from tests.small_studies import REGISTER, write_table, write_yaml

NAMES = ["set.yaml", "我的 体系.yaml", "a'b: {c}.yaml", "12345.yaml", "no.yaml", "...yaml"]
VALUES = [("unit", "connection_rate", "average_wait", "satisfaction_rate"), ("U1", "90", "16", "80")]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_set_passes_check_and_ranks(tmp_path: Path, name: str) -> None:
    write_indicators(tmp_path / name)
    write_table(tmp_path / "units.csv", REGISTER[:2])
    write_table(tmp_path / "values.csv", VALUES)
    study = {"study": "s", "indicators": name, "units": "units.csv", "data": {"values": "values.csv"}}
    write_yaml(tmp_path / "study.yaml", study)
    project = evalkit.load(tmp_path / "study.yaml")
    assert project.check() == []
    assert project.run().ranking()["score"].tolist() == pytest.approx([0.4 * (90 + 80) / 2 + 0.6 * 80])


@pytest.mark.parametrize("name", NAMES)
def test_a_new_extension_passes_check(tmp_path: Path, name: str) -> None:
    write_extension(tmp_path / name, "builtin:digital-transformation", node="NET-1-1", group="NET-1")
    write_table(tmp_path / "units.csv", REGISTER)
    study = {"study": "s", "indicators": name, "units": "units.csv", "questionnaire": "builtin:digital-transformation"}
    write_yaml(tmp_path / "study.yaml", study)
    project = evalkit.load(tmp_path / "study.yaml")
    assert {each.code for each in project.check()} == {"EK231"}  # nobody has sent anything yet


def test_the_examples_in_a_new_extension_are_patches_that_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    write_extension(path, "builtin:digital-transformation", node="NET-1-1", group="NET-2")
    lines = path.read_text(encoding="utf-8").replace("patches: []", "patches:").splitlines()
    text = "\n".join(line.removeprefix("#") if line.startswith("#   ") else line for line in lines)
    without_drop = "\n".join(line for line in text.splitlines() if "drop" not in line)
    path.write_text(without_drop, encoding="utf-8")
    loaded, problems = open_indicators(str(path))
    assert problems == []
    assert loaded is not None
    assert len(loaded.indicators.indicators()) == 30


def test_a_path_is_written_relative_to_the_new_file(tmp_path: Path) -> None:
    write_indicators(tmp_path / "base.yaml")
    write_extension(tmp_path / "sub" / "mine.yaml", str(tmp_path / "base.yaml"), node="ACCESS-1", group="ACCESS")
    assert 'extends: "../base.yaml"' in (tmp_path / "sub" / "mine.yaml").read_text(encoding="utf-8")


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_indicators(path)
    assert path.read_text(encoding="utf-8") == "mine"
