"""``evalkit init``, and the way from there to a first run."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_that_it_names_work(tmp_path: Path, language: str) -> None:
    done = evalkit("init", tmp_path / "my study", "--lang", language)
    assert (done.code, done.err) == (0, "")
    lines = [shlex.split(line) for line in done.out.splitlines() if line.startswith("  evalkit")]
    assert [line[1] for line in lines] == ["template", "check", "run"]
    for line in lines:
        assert evalkit(*line[1:]).code == 0


def test_forms_of_a_new_study_come_back_and_are_read(tmp_path: Path) -> None:
    evalkit("init", tmp_path / "new")
    evalkit("template", tmp_path / "new" / "study.yaml", "--out", tmp_path / "forms")
    for form in (tmp_path / "forms").iterdir():
        shutil.copy(form, tmp_path / "new" / "responses")
    done = evalkit("run", tmp_path / "new" / "study.yaml", "--format", "json")
    assert done.code == 0
    assert (done.json["cells"]["read"], done.json["ranked"]) == (3, 0)
    assert done.codes().count("EK411") == 3


def test_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = evalkit("init", tmp_path)
    assert done.code == 2
    assert "EK007" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_folder_that_cannot_be_made_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = evalkit("init", tmp_path / "file" / "new")
    assert done.code == 1
    assert "EK005" in done.err
