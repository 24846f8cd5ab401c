"""``evalkit report``: the reports of a finished run, made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import evalkit


def test_every_report_is_made_where_none_is_named(values_folder: Path) -> None:
    done = evalkit("report", values_folder, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [f"{values_folder / name} was written" for name in ("report.html", "results.xlsx")]


def test_one_report_goes_to_another_folder_in_another_language(values_folder: Path, tmp_path: Path) -> None:
    done = evalkit("report", values_folder, "--html", "--out", tmp_path / "for the mayor", "--lang", "zh")
    assert done.out == f"已写出 {tmp_path / 'for the mayor' / 'report.html'}\n"
    text = (tmp_path / "for the mayor" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    assert "Ranking" not in text


@pytest.mark.parametrize("name", ["nothing", "study.yaml"])
def test_a_folder_without_a_run_is_refused(tmp_path: Path, name: str) -> None:
    done = evalkit("report", tmp_path / name)
    assert done.code != 0
    assert "error[EK0" in done.err
    assert not [*tmp_path.iterdir()]


def test_units_get_pages_of_their_own_by_any_of_their_names(values_folder: Path) -> None:
    done = evalkit("report", values_folder, "--city", "丙", "--city", "U1", "--lang", "en")
    assert done.code == 0
    assert sorted(path.name for path in (values_folder / "units").iterdir()) == ["U1 甲市.html", "U3 丙市.html"]
    assert evalkit("report", values_folder, "--city", "all").code == 0
    assert len([*(values_folder / "units").iterdir()]) == 4


def test_an_unknown_unit_is_a_finding_and_nothing_is_written(values_folder: Path) -> None:
    done = evalkit("report", values_folder, "--city", "无此市", "--lang", "en")
    assert done.code == 1
    assert "error[EK242]" in done.err
    assert not (values_folder / "units").exists()
