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
    assert done.out == f"{form_path}: {word('summary', 'en', error=1, warning=1, note=0)}\n"
    assert done.err.count("\n  = hint: ") == 2


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
