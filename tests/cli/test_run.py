"""``evalkit run``."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit as package
from evalkit.messages import LANGUAGES
from evalkit.problems import PROBLEM_COLUMNS
from tests.cli.terminal import evalkit


@pytest.mark.parametrize("language", LANGUAGES)
def test_run_writes_and_prints_the_ranking(form_path: Path, tmp_path: Path, language: str) -> None:
    done = evalkit("run", form_path, "--out", tmp_path / "out", "--lang", language)
    assert done.code == 1
    assert (tmp_path / "out" / "results.xlsx").is_file()
    assert ("Synthetic data" in done.out) == (language != "zh")
    assert ("合成数据" in done.out) == (language != "en")
    assert [line.split()[:2] for line in done.out.splitlines() if "市 " in line][:2] == [["1", "U1"], ["2", "U3"]]
    assert "EK203" in done.err
    assert "EK304" not in done.err


def test_units_without_a_rank_are_named_with_the_reason(form_path: Path, tmp_path: Path) -> None:
    done = evalkit("run", form_path, "--out", tmp_path / "out", "--lang", "en")
    assert "Not ranked:\n  U4: unit U4 (丁市) sent nothing\n" in done.out
    assert "3 of 4 units ranked" in done.out


def test_results_stand_beside_the_study_if_not_told_where(values_path: Path) -> None:
    done = evalkit("run", values_path, "--no-excel", "--no-html")
    assert done.code == 0
    folder = values_path.parent / "results"
    assert sorted(path.name for path in folder.iterdir()) == ["run.json", "tables"]


def test_json_document_of_a_run(form_path: Path, tmp_path: Path) -> None:
    done = evalkit("run", form_path, "--out", tmp_path / "out", "--format", "json")
    assert (done.code, done.err) == (1, "")
    document = done.json
    assert (document["units"], document["ranked"]) == (4, 3)
    cells = document["cells"]
    statuses = ("ok", "blank", "skipped", "not_applicable", "invalid", "error")
    assert cells["expected"] == sum(cells[status] for status in statuses)
    assert [each["unit"] for each in document["ranking"]] == ["U1", "U3", "U2"]
    assert all(tuple(each) == PROBLEM_COLUMNS for each in document["problems"])
    assert done.codes() == package.read(tmp_path / "out")["problems"]["code"].tolist()


@pytest.mark.parametrize("form", ["text", "json"])
def test_strict_ranks_nothing_while_an_error_stands(form_path: Path, tmp_path: Path, form: str) -> None:
    done = evalkit("run", form_path, "--out", tmp_path / "out", "--strict", "--format", form)
    assert done.code == 1
    assert "EK407" in done.out + done.err
    assert not (tmp_path / "out").exists()
    if form == "json":
        assert done.json["out"] is None


def test_strict_is_no_hindrance_to_a_clean_study(values_path: Path, tmp_path: Path) -> None:
    assert evalkit("run", values_path, "--out", tmp_path / "out", "--strict").code == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_study_that_cannot_be_read_is_three(tmp_path: Path, form: str) -> None:
    done = evalkit("run", tmp_path / "no.yaml", "--format", form)
    assert done.code == 3
    assert "EK001" in done.out + done.err


@pytest.mark.parametrize("form", ["text", "json"])
def test_broken_definition_is_one(values_path: Path, form: str) -> None:
    (values_path.parent / "set.yaml").write_text("id: [", encoding="utf-8")
    assert evalkit("run", values_path, "--format", form).code == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_folder_of_somebody_is_left_alone(values_path: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    done = evalkit("run", values_path, "--out", out, "--format", form)
    assert done.code == 1
    assert "EK007" in done.out + done.err
    assert [path.name for path in out.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(("language", "said"), [("zh", "还没有收到数据"), ("en", "no data have come in yet")])
def test_nothing_returned_is_said_kindly(tmp_path: Path, language: str, said: str) -> None:
    evalkit("init", tmp_path / "new")
    done = evalkit("run", tmp_path / "new" / "study.yaml", "--lang", language)
    assert done.code == 0
    assert said in done.out
    assert "EK239" in done.err
    assert "EK409" not in done.err
