"""The sheet of portraits: there where exports say ``about:``, in both languages, with texts that stay texts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.excel import write_results
from evalkit.reports.outline import outline
from evalkit.reports.outline.portraits import portraits
from evalkit.reports.outline.sheet import plain
from evalkit.reports.word_report import write_word_report
from tests.respondent_studies import portrait_study
from tests.small_studies import run

HOSTILE = '=HYPERLINK("http://x")<script>'


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    said = (HOSTILE,) * 6 + ("公安局",) * 2
    return run(portrait_study(tmp_path_factory.mktemp("portraits"), said, ("best", "worst") * 4))


def test_a_row_says_how_far_a_kind_lies_from_all(evaluation: Evaluation) -> None:
    rows = [row for row in portraits(evaluation, "en").rows if row[4] == "Good"]
    assert [row[:4] for row in rows[:2]] == [["部门", HOSTILE, "", "All units"], ["部门", "公安局", "", "All units"]]
    assert [row[5:8] for row in rows[:1]] == [[6, 6, 50.0]]
    assert rows[0][9:] == [50.0, 0.0]
    assert [plain(value) for value in rows[1][5:]] == [2, 2, None, None, 50.0, None], "two are too few to be shown"
    assert rows[2][2:4] == ["U1", "甲市"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_there_only_where_exports_describe_respondents(
    evaluation: Evaluation, form_run: Evaluation, language: Language
) -> None:
    title = portraits(evaluation, language).title
    assert title in [sheet.title for sheet in outline(evaluation, language)]
    assert title not in [sheet.title for sheet in outline(form_run, language)]


def test_it_is_left_out_where_tiers_only_are_published(evaluation: Evaluation) -> None:
    hidden = Evaluation(evaluation.tables, {**evaluation.manifest, "publish": "tiers"})
    assert portraits(hidden, "zh").title not in [sheet.title for sheet in outline(hidden, "zh")]


def test_what_a_file_says_stays_text_in_excel_and_word(evaluation: Evaluation, tmp_path: Path) -> None:
    write_results(evaluation, tmp_path / "results.xlsx", "en")
    with zipfile.ZipFile(tmp_path / "results.xlsx") as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name)
        assert b"&lt;script&gt;" in parts.read("xl/sharedStrings.xml")
    write_word_report(evaluation, tmp_path / "report.docx", "en")
    with zipfile.ZipFile(tmp_path / "report.docx") as parts:
        assert b"&lt;script&gt;" in parts.read("word/document.xml")
