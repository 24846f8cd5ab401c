"""The report for Word: every sheet of the outline, numbered tables with repeated heads, a Chinese typeface."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.reports.folder import FolderError, write_reports
from evalkit.reports.outline import outline
from evalkit.reports.outline.sheet import Column, Sheet
from evalkit.reports.word_document import PAGE_WIDTH
from evalkit.reports.word_report import MOST_COLUMNS, MOST_ROWS, parts, widths, write_word_report


def test_every_sheet_is_a_chapter_with_numbered_tables(form_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(form_run, tmp_path / "report.docx", "en")
    document = docx.Document(str(tmp_path / "report.docx"))
    titles = [sheet.title for sheet in outline(form_run, "en")]
    headings = [each.text for each in document.paragraphs if getattr(each.style, "name", "") == "Heading 1"]
    assert headings == ["Contents", *titles]
    fields = document.element.body.findall(".//" + qn("w:fldSimple"))
    numbers = ["".join(text.text for text in field.iter(qn("w:t"))) for field in fields]
    assert numbers == [str(number) for number in range(1, len(document.tables) + 1)]
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None  # noqa: SLF001 - python-docx has no name


def test_cells_hold_what_the_outline_says(values_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(values_run, tmp_path / "report.docx", "zh")
    ranking = docx.Document(str(tmp_path / "report.docx")).tables[0]
    assert [cell.text for cell in ranking.rows[1].cells][:3] == ["1", "U3", "丙市"]
    assert len(ranking.rows) == 5


def test_a_wide_sheet_becomes_several_tables_with_the_frozen_columns_in_front() -> None:
    columns = tuple(Column(f"c{number}") for number in range(30))
    found = parts(Sheet("sheet", columns, [list(range(30))], frozen=2))
    assert all(len(each.columns) <= MOST_COLUMNS for each in found)
    assert all([column.title for column in each.columns][:2] == ["c0", "c1"] for each in found)
    assert [value for each in found for value in each.rows[0][2:]] == list(range(2, 30))


def test_an_empty_column_is_left_out_and_an_empty_sheet_stays() -> None:
    columns = (Column("a"), Column("b"), Column("c"))
    (found,) = parts(Sheet("sheet", columns, [[1, None, "x"], [2, "", "y"]], frozen=1))
    assert [column.title for column in found.columns] == ["a", "c"]
    (empty,) = parts(Sheet("sheet", columns, []))
    assert len(empty.columns) == 3


def test_rows_beyond_the_limit_are_counted() -> None:
    (found,) = parts(Sheet("sheet", (Column("a"),), [[number] for number in range(MOST_ROWS + 7)]))
    assert len(found.rows) == MOST_ROWS


def test_widths_share_the_page() -> None:
    assert sum(widths([Column("a", width=10), Column("b", width=400)])) == pytest.approx(PAGE_WIDTH)


def test_without_python_docx_the_finding_names_the_extra(
    values_run: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    for name in ("word_report", "word_document"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.{name}", raising=False)
    with pytest.raises(FolderError) as refused:
        write_reports(values_run, tmp_path, ["docx"])
    assert refused.value.problem.code == "EK009"
    assert [*tmp_path.glob("*")] == [tmp_path / "values"]


def test_office_reads_the_chinese_text_of_every_table(
    form_run: Evaluation, tmp_path: Path, office_pdf: Callable[[Path], str]
) -> None:
    out = evalkit.write(form_run, tmp_path / "out", excel=False, page=False)
    (path,) = write_reports(form_run, out, ["docx"], language="zh")
    text = office_pdf(path)
    for sheet in outline(form_run, "zh"):
        assert sheet.title in text
    assert "合成数据" in text
    assert "甲市" in text
