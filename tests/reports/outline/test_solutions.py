"""The sheet of advised changes: a row a question, in Excel and Word, only where the study asks for it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from evalkit.evaluate import Evaluation
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.excel import write_results
from evalkit.reports.outline import outline
from evalkit.reports.outline.sheet import plain
from evalkit.reports.outline.solutions import solutions
from evalkit.reports.word_report import write_word_report
from tests.solution_studies import solution_run


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return solution_run(tmp_path_factory.mktemp("solutions"), {"target": "score:50", "costs": {"Q1": 6}})


def test_a_unit_has_a_row_a_question_and_its_figures_once(evaluation: Evaluation) -> None:
    rows = [[plain(cell) for cell in row] for row in solutions(evaluation, "en").rows]
    about = ["an index of 50", "Index ≥ 50.00", "reached, verified"]
    assert rows == [
        ["U1", "甲市", *about, "Q3 Which channels?", "not ticked", "app, mail, fax", 3, 5, 18.75, 50, "2 → 2"],
        ["U1", "甲市", *about, "Q4 How good?", "fair", "best", 2, "", "", "", ""],
        ["U2", "乙市", "an index of 50", "", "there already", "", "", "", None, None, 81.25, None, "1"],
    ]


def test_a_change_that_fails_its_proof_stands_out(evaluation: Evaluation) -> None:
    table = evaluation["solutions"].assign(verified=0)
    sheet = solutions(Evaluation({**evaluation.tables, "solutions": table}, evaluation.manifest), "zh")
    assert sheet.rows[0][4].mark == "warning"
    assert sheet.rows[0][4].text == "重算后未达到目标"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_there_only_where_the_study_asks(
    evaluation: Evaluation, form_run: Evaluation, language: Language
) -> None:
    title = solutions(evaluation, language).title
    assert title in [sheet.title for sheet in outline(evaluation, language)]
    assert title not in [sheet.title for sheet in outline(form_run, language)]
    hidden = Evaluation(evaluation.tables, {**evaluation.manifest, "publish": "tiers"})
    assert title not in [sheet.title for sheet in outline(hidden, language)]


def test_where_nothing_was_computed_a_note_says_so(tmp_path: Path) -> None:
    sheet = solutions(solution_run(tmp_path, {"fixed": ["Q1", "Q3", "Q4"]}), "en")
    assert sheet.rows == []
    assert sheet.notes == ("no changes were computed; the findings say why (EK431, EK433)",)


def test_excel_and_word_have_it(evaluation: Evaluation, tmp_path: Path) -> None:
    write_results(evaluation, tmp_path / "results.xlsx", "zh")
    cells = CalamineWorkbook.from_path(tmp_path / "results.xlsx").get_sheet_by_name("改进方案").to_python()
    assert ["U1", "甲市", "总分达到 50"] in [row[:3] for row in cells]
    write_word_report(evaluation, tmp_path / "report.docx", "zh")
    document = docx.Document(str(tmp_path / "report.docx"))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    (table,) = [each for each, head in zip(document.tables, heads, strict=True) if "所需得分" in head]
    assert [cell.text for cell in table.rows[1].cells][:2] == ["U1", "甲市"]
    assert len(table.rows) == 4
