"""``evalkit check``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evalkit.messages import LANGUAGES, word
from evalkit.problems import PROBLEM_COLUMNS
from tests.cli.terminal import evalkit


def test_findings_go_to_stderr_and_the_count_to_stdout(form_path: Path) -> None:
    done = evalkit("check", form_path, "--lang", "en")
    assert done.code == 1
    assert "error[EK203] expected a number, read “很多”" in done.err
    assert "  --> responses/U3.xlsx 第一部分 Part one!" in done.err
    assert "(unit U3, question Q5)" in done.err
    assert "  = hint: give digits only" in done.err
    assert done.out == f"{form_path}: {word('summary', 'en', error=1, warning=1, note=1)}\n"
    assert done.err.count("\n  = hint: ") == 3


def test_study_without_errors_is_done(values_path: Path) -> None:
    done = evalkit("check", values_path, "--lang", "zh")
    assert done.code == 0
    assert done.out == f"{values_path}: 没有发现问题\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_has_the_columns_of_the_table(form_path: Path, language: str) -> None:
    done = evalkit("check", form_path, "--format", "json", "--lang", language)
    assert (done.code, done.err) == (1, "")
    assert done.json["study"] == str(form_path)
    assert all(tuple(each) == PROBLEM_COLUMNS for each in done.json["problems"])
    [found] = [each for each in done.json["problems"] if each["code"] == "EK203"]
    assert (found["severity"], found["unit"], found["question"]) == ("error", "U3", "Q5")
    assert (" / " in found["message"]) == (language == "both")


def test_csv_has_a_line_a_finding(form_path: Path) -> None:
    done = evalkit("check", form_path, "--format", "csv")
    header, *rows = csv.reader(done.out.splitlines())
    assert tuple(header) == PROBLEM_COLUMNS
    assert "EK203" in {row[0] for row in rows}


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_study_that_cannot_be_read_is_three(tmp_path: Path, form: str) -> None:
    done = evalkit("check", tmp_path / "no.yaml", "--format", form)
    assert done.code == 3
    assert "EK001" in done.out + done.err


def test_broken_definition_is_one_and_in_the_document(values_path: Path) -> None:
    (values_path.parent / "set.yaml").write_text("id: [", encoding="utf-8")
    done = evalkit("check", values_path, "--format", "json")
    assert done.code == 1
    assert {each["file"] for each in done.json["problems"]} == {"set.yaml"}
    assert all(each["line"] for each in done.json["problems"])


def test_marked_copies_are_counted(form_path: Path, tmp_path: Path) -> None:
    done = evalkit("check", form_path, "--annotate", tmp_path / "back", "--lang", "zh")
    assert done.code == 1
    assert done.out.splitlines()[-1] == f"已在 {tmp_path / 'back'} 写出 1 份批注副本和 problems.xlsx"
    assert sorted(each.name for each in (tmp_path / "back").iterdir()) == ["U3.xlsx", "problems.xlsx"]
    again = evalkit("check", form_path, "--annotate", tmp_path / "back", "--lang", "en")
    assert again.err.count("warning[EK008]") == 2
    assert again.out.splitlines()[-1].endswith("back: 0; all findings are in problems.xlsx")


def test_json_has_the_number_of_copies_and_their_findings(form_path: Path, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "U3.xlsx").write_bytes(b"mine")
    done = evalkit("check", form_path, "--annotate", tmp_path / "back", "--format", "json")
    assert (done.code, done.err, done.json["copies"]) == (1, "", 0)
    assert done.codes() == [*evalkit("check", form_path, "--format", "json").codes(), "EK008"]
    assert "copies" not in evalkit("check", form_path, "--format", "json").json


def test_a_folder_for_copies_that_cannot_be_written_is_an_error(values_path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = evalkit("check", values_path, "--annotate", tmp_path / "file" / "back", "--format", "json")
    assert (done.code, done.codes()) == (1, ["EK005"])


def test_a_study_that_cannot_be_read_writes_no_copies(tmp_path: Path) -> None:
    done = evalkit("check", tmp_path / "no.yaml", "--annotate", tmp_path / "back", "--format", "json")
    assert (done.code, done.json.get("copies")) == (3, None)
    assert not (tmp_path / "back").exists()
