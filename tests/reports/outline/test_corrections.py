"""Corrections as a reader of the results sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.corrections import corrections
from evalkit.reports.outline.method import about
from tests.small_audits import calls_study, row
from tests.small_studies import run, write_table


def test_both_values_stand_side_by_side(corrected_run: Evaluation) -> None:
    sheet = corrections(corrected_run, "zh")
    place = "第一部分 Part one!D"
    assert [row[:9] for row in sheet.rows] == [
        ["U1", "甲市", "Q4", "", "best", "worst", "电话核实, 非最好", "王芳", "2020-12-01"],
        ["U3", "丙市", "Q5", "", "很多", "12", "来函更正", "王芳", "2020-12-02"],
        ["U3", "丙市", "Q6", "net", "", "不适用", "来函更正", "王芳", "2020-12-02"],
    ]
    assert all(row[9] == f"responses/{row[0]}.xlsx" and row[10].startswith(place) for row in sheet.rows)


@pytest.mark.parametrize(("language", "said"), [("zh", "不适用"), ("en", "not applicable")])
def test_an_answer_that_no_longer_counts_says_so(corrected_run: Evaluation, language: str, said: str) -> None:
    assert corrections(corrected_run, language).rows[-1][5] == said  # type: ignore[arg-type]  # a language


def test_without_corrections_there_is_nothing_to_show(form_run: Evaluation) -> None:
    sheet = corrections(form_run, "en")
    assert (sheet.rows, sheet.optional, sheet.notice) == ([], True, "Synthetic data")


def test_how_many_there_are_is_said_on_the_page_about_the_file(corrected_run: Evaluation) -> None:
    assert ["Corrections applied", "3"] in about(corrected_run, "en").rows


def test_a_correction_of_a_call_names_the_rating(tmp_path: Path) -> None:
    study = calls_study(tmp_path / "study", [row("C1"), row("C2", "U2")], corrections="ledger.csv")
    header = ("unit", "call", "auditor", "item", "old", "new", "reason", "by", "date")
    write_table(tmp_path / "study" / "ledger.csv", [header, ("U1", "C1", "A1", "G4", "15", "40", "x", "y", "z")])
    sheet = corrections(run(study), "en")
    assert sheet.columns[2].title == "Rating or respondent"
    assert sheet.rows[0][:7] == ["U1", "甲市", "C1/A1", "G4", "", "15", "40"]
