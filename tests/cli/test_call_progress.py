from __future__ import annotations

from pathlib import Path

from evalkit.evaluate.project import load
from tests.cli.terminal import evalkit
from tests.evaluate.test_call_progress import MADE, progress_study
from tests.small_audits import calls_study


def test_progress_is_printed_by_auditor_and_written_as_a_page(tmp_path: Path) -> None:
    study, page = progress_study(tmp_path / "s", MADE), tmp_path / "out" / "progress.html"
    done = evalkit("check", study, "--progress", page, "--lang", "en")
    assert done.code == 0
    lines = [line.split() for line in done.out.splitlines()]
    assert ["A2", "3", "1", "2", "1", "0", "-"] in lines
    assert ["5", "3", "2", "1", "2", "50%"] in lines
    assert "overdue: planned for a day before 2025-06-03" in done.out
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_same_as_json_on_a_day_given(tmp_path: Path) -> None:
    study = progress_study(tmp_path / "s", MADE)
    done = evalkit("check", study, "--progress", tmp_path / "p.html", "--today", "2025-06-30", "--format", "json")
    found = done.json["progress"]
    assert (found["as_of"], found["total"]["overdue"], found["total"]["done"]) == ("2025-06-30", 2, 3)
    assert found["outcomes"] == {"good": 1, "wrong": 0, "silent": 1}
    assert [line["name"] for line in found["units"]] == ["U1", "U2"]


def test_without_a_plan_there_is_no_progress(tmp_path: Path) -> None:
    done = evalkit("check", calls_study(tmp_path / "s", MADE), "--progress", tmp_path / "p.html", "--format", "json")
    assert done.code == 1
    assert "EK664" in done.codes()
    assert "progress" not in done.json
    assert not (tmp_path / "p.html").exists()


def test_the_command_finds_what_the_library_finds(tmp_path: Path) -> None:
    study = progress_study(tmp_path / "s", MADE)
    done = evalkit("check", study, "--progress", tmp_path / "p.html", "--format", "json")
    assert done.codes() == [each.code for each in load(study).check()]


def test_a_day_without_a_page_is_wrong_usage(tmp_path: Path) -> None:
    done = evalkit("check", progress_study(tmp_path / "s", MADE), "--today", "2025-06-30", "--lang", "en")
    assert done.code == 2
    assert "--today goes with --progress" in done.err
