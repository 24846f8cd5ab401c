"""The report for Word: every sheet of the outline, numbered tables with repeated heads, a Chinese typeface."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.reports.figures import figures
from evalkit.reports.folder import FolderError, write_reports
from evalkit.reports.outline import outline
from evalkit.reports.outline.sheet import Column, Sheet
from evalkit.reports.template_styles import FONT
from evalkit.reports.word_document import PAGE_WIDTH
from evalkit.reports.word_report import MOST_COLUMNS, MOST_ROWS, parts, widths, write_word_report


def shown(element: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def numbered(document: Document, sequence: str) -> int:
    """Return how many captions of a sequence there are, numbered from 1 by fields that Word counts anew."""
    fields = [each for each in document.element.body.iter(qn("w:fldSimple")) if sequence in each.get(qn("w:instr"), "")]
    numbers = [shown(field) for field in fields]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert {each.get(qn("w:instr")) for each in fields} == {rf"SEQ {sequence} \* ARABIC"}
    return len(numbers)


def test_every_sheet_is_a_chapter_with_numbered_tables(form_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(form_run, tmp_path / "report.docx", "en")
    document = docx.Document(str(tmp_path / "report.docx"))
    titles = [sheet.title for sheet in outline(form_run, "en")]
    headings = [each.text for each in document.paragraphs if getattr(each.style, "name", "") == "Heading 1"]
    assert headings == ["Contents", *titles]
    assert numbered(document, "Table") == len(document.tables)
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None  # noqa: SLF001 - python-docx has no name


def test_cells_hold_what_the_outline_says(values_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(values_run, tmp_path / "report.docx", "zh")
    ranking = docx.Document(str(tmp_path / "report.docx")).tables[0]
    assert [cell.text for cell in ranking.rows[1].cells][:3] == ["1", "U3", "丙市"]
    assert len(ranking.rows) == 5


def test_numbers_stand_to_the_right_and_texts_do_not(values_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(values_run, tmp_path / "report.docx", "zh")
    first = docx.Document(str(tmp_path / "report.docx")).tables[0]
    right = [[cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT for cell in row.cells] for row in first.rows]
    titles = [cell.text for cell in first.rows[0].cells]
    assert right[0] == right[1]
    assert [title for title, is_right in zip(titles, right[0], strict=True) if not is_right] == [
        "单位", "名称", "类别",
    ]  # fmt: skip


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


def test_charts_are_pictures_with_numbered_captions(two_waves: Evaluation, tmp_path: Path, chinese_font: Path) -> None:
    write_word_report(two_waves, tmp_path / "report.docx", "zh", chinese_font)
    document = docx.Document(str(tmp_path / "report.docx"))
    drawn = list(figures(two_waves, "zh"))
    assert len(document.inline_shapes) == numbered(document, "Figure") == len(drawn)
    assert "本文档未附图" not in "".join(paragraph.text for paragraph in document.paragraphs)
    described = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    assert described == [figure.sheet.title for figure in drawn]
    for shape in document.inline_shapes:
        assert 0 < shape.width <= Cm(PAGE_WIDTH)
        assert 0 < shape.height <= Cm(15)


def test_the_contents_are_a_field_whose_entries_lead_to_the_chapters(values_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(values_run, tmp_path / "report.docx", "zh")
    body = docx.Document(str(tmp_path / "report.docx")).element.body
    codes = [each.text for each in body.iter(qn("w:instrText"))]
    assert codes == [r'TOC \o "1-1" \h \z \u']
    kinds = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    links = {each.get(qn("w:anchor")): shown(each) for each in body.iter(qn("w:hyperlink"))}
    chapters = {each.get(qn("w:name")): shown(each.getparent()) for each in body.iter(qn("w:bookmarkStart"))}
    assert links == chapters
    assert list(links.values()) == [sheet.title for sheet in outline(values_run, "zh")]


def test_every_typeface_is_named_for_chinese_too(values_run: Evaluation, tmp_path: Path) -> None:
    write_word_report(values_run, tmp_path / "report.docx", "zh")
    document = docx.Document(str(tmp_path / "report.docx"))
    for name in ("Normal", "Title", "Heading 1", "Caption"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
        assert not [each for each in fonts.attrib if "Theme" in each]
    assert not [*document.element.body.iter(qn("w:rFonts"))]  # no run departs from its style


def test_without_the_extra_plot_the_document_says_how_to_get_pictures(
    values_run: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    for name in ("charts", "drawing"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.plots.{name}", raising=False)
    write_word_report(values_run, tmp_path / "report.docx", "en")
    document = docx.Document(str(tmp_path / "report.docx"))
    said = [each.text for each in document.paragraphs if each.text.startswith("This document has no pictures: ")]
    assert len(said) == 1
    assert 'pip install "hotline-evalkit[plot]"' in said[0]
    assert len(document.inline_shapes) == 0
    assert len(document.tables) > 0


def test_without_python_docx_the_finding_names_the_extra(
    values_run: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    for name in ("word_report", "word_document", "word_fields"):
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
