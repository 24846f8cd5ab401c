"""Shares, awards, files, recipe and the page about the file."""

from __future__ import annotations

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.accounts import files, findings
from evalkit.reports.outline.descriptive import awards, shares
from evalkit.reports.outline.method import about, recipe


def test_question_is_told_beside_its_first_row(form_run: Evaluation) -> None:
    rows = [row[:4] for row in shares(form_run, "zh").rows]
    assert rows[:3] == [["Q1", "是否开通?", "yes", "是"], ["Q1", "", "no", "否"], ["Q2", "哪一种?", "own", "own"]]


def test_study_without_awards_has_an_empty_sheet(form_run: Evaluation) -> None:
    assert awards(form_run, "en").rows == []


def test_files_add_up(form_run: Evaluation) -> None:
    rows = files(form_run, "en").rows
    assert len(rows) == 3
    assert all(row[4] == sum(row[5:]) for row in rows)
    assert rows[0][:4] == ["responses/U1.xlsx", "U1", "甲市", "read"]


def test_place_of_a_finding_is_a_cell_or_a_line(form_run: Evaluation) -> None:
    places = {row[1]: row[4] for row in findings(form_run, "en").rows}
    assert places["EK203"].startswith("第一部分 Part one!")
    assert places["EK231"] == ""


def test_recipe_shows_the_tree_with_its_methods(values_run: Evaluation) -> None:
    sheet = recipe(values_run, "en")
    assert [row[0] for row in sheet.rows] == ["ROOT", "A", "A1", "A2", "B", "B1"]
    assert sheet.rows[2][1:7] == ["        Indicator one", 1, 0.5, 0.375, "none", "column a1"]
    assert sheet.rows[1][5] == "arithmetic, missing=rescale, min_coverage=0.5"
    assert any("ties: min" in note for note in sheet.notes)


@pytest.mark.parametrize(("item", "content"), [("Units", "4"), ("Ranked", "3"), ("Files (read / found)", "3 / 3")])
def test_about_tells_counts(form_run: Evaluation, item: str, content: str) -> None:
    assert dict(about(form_run, "en").rows)[item] == content
