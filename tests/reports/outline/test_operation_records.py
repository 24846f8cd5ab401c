"""The sheet of records: there only where an indicator is measured by them, and in every report."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from evalkit.evaluate import Evaluation
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.excel import write_results
from evalkit.reports.outline import outline
from evalkit.reports.outline.operation_records import operation_records
from evalkit.reports.outline.sheet import plain
from evalkit.reports.word_report import write_word_report
from tests.small_records import ROWS, record_study
from tests.small_studies import run


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    files = {"a.csv": ROWS[:2], "b.csv": ROWS[2:]}
    return run(record_study(tmp_path_factory.mktemp("records"), files, notice={"zh": "合成数据", "en": "Synthetic"}))


def test_a_row_accounts_for_all_records_of_a_unit(evaluation: Evaluation) -> None:
    first = [plain(value) for value in operation_records(evaluation, "en").rows[0]]
    assert first[:3] == ["U1", "甲市", "On time"]
    assert first[3] == pytest.approx(100 / 3)
    assert first[4:] == [1, 3, 3, 0, 0, 0, 0, 0, 0, "records/a.csv; records/b.csv"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_there_only_where_records_are_measured(
    evaluation: Evaluation, form_run: Evaluation, language: Language
) -> None:
    title = operation_records(evaluation, language).title
    assert title in [sheet.title for sheet in outline(evaluation, language)]
    assert title not in [sheet.title for sheet in outline(form_run, language)]


def test_excel_and_word_hold_it(evaluation: Evaluation, tmp_path: Path) -> None:
    write_results(evaluation, tmp_path / "results.xlsx", "zh")
    book = CalamineWorkbook.from_path(tmp_path / "results.xlsx")
    texts = [str(cell) for row in book.get_sheet_by_name("工单与话务记录").to_python() for cell in row]
    assert "按时办结率" in texts
    assert any("合成数据" in text for text in texts)
    pytest.importorskip("docx")
    write_word_report(evaluation, tmp_path / "report.docx", "zh")
    assert (tmp_path / "report.docx").stat().st_size > 0
