"""The codebook as a Word document, by python-docx: headings, tables with repeated headers, a Chinese type face."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

from evalkit.reports.codebook_outline import Entry, Lines, Outline
from evalkit.reports.template_styles import FONT

_NAVY, _MUTED, _WHITE = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5B, 0x67, 0x73), RGBColor(0xFF, 0xFF, 0xFF)
_WIDTHS = (1.8, 6.6, 8.2, 4.6, 4.8)
_STATUS_WIDTHS = (6.0, 8.0, 12.0)
_IDENTITY_WIDTHS = (6.0, 20.0)
_BODY, _SMALL = Pt(9.5), Pt(8.5)
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word has no time zones; fixed, so that contents decide
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def write_word(content: Outline, path: Path) -> None:
    """Write the document, A4 across. Raises ``OSError`` if it cannot be written."""
    document = Document()
    _set_up(document, content)
    title = document.add_heading(level=0)
    _write(title, content.title, joint=" ")
    _write(document.add_paragraph(), content.kind, joint=" ")
    _heading(document, content.identity_title)
    identity = _table(document, _IDENTITY_WIDTHS, len(content.identity))
    for row, (name, value) in zip(identity.rows, content.identity, strict=True):
        _write(row.cells[0].paragraphs[0], name, joint=" ")
        _write(row.cells[1].paragraphs[0], value)
    _heading(document, content.contents_title)
    for name in (*(chapter.title for chapter in content.chapters), content.statuses_title):
        _write(document.add_paragraph(style="List Bullet"), name, joint=" ")
    if content.instructions:
        _heading(document, content.instructions_title)
        for paragraph in content.instructions:
            _write(document.add_paragraph(), paragraph)
    for chapter in content.chapters:
        _heading(document, chapter.title)
        table = _table(document, _WIDTHS, 1 + len(chapter.entries))
        _header(table.rows[0], content.headers)
        for row, entry in zip(list(table.rows)[1:], chapter.entries, strict=True):
            _write_entry(row, entry)
    _heading(document, content.statuses_title)
    _write(document.add_paragraph(), content.status_note)
    statuses = _table(document, _STATUS_WIDTHS, 1 + len(content.statuses.rows))
    _header(statuses.rows[0], content.statuses.headers)
    for row, texts in zip(list(statuses.rows)[1:], content.statuses.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell.paragraphs[0], text)
    document.save(str(path))


def _set_up(document: WordDocument, content: Outline) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for name, size in (("Normal", _BODY), ("Title", Pt(22)), ("Heading 1", Pt(15))):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            _set_font(style)
            style.font.size = size
            style.paragraph_format.space_after = Pt(3)
            if name != "Normal":
                style.font.color.rgb = _NAVY
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "en-US")
    tongue.set(qn("w:eastAsia"), "zh-CN")  # the shapes of Chinese signs, not of Japanese ones
    document.styles["Normal"].element.get_or_add_rPr().append(tongue)
    _write_footer(section.footer.paragraphs[0], content)
    properties = document.core_properties
    properties.title, properties.author = " / ".join(content.title)[:255], "evalkit"
    properties.comments, properties.created, properties.modified = "", _CREATED, _CREATED


def _write_footer(paragraph: Paragraph, content: Outline) -> None:
    """Write which questionnaire it is, in which version, and the page, at the foot of every page."""
    run = paragraph.add_run(f"{content.title[0]}  ·  {content.stamp}  ·  ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        mark.set(qn("w:fldCharType"), kind) if kind else setattr(mark, "text", text)
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields
    run.font.size, run.font.color.rgb = _SMALL, _MUTED
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_font(style: ParagraphStyle) -> None:
    """Set one face for all scripts; a face of the theme would come before it, and choose by itself for Chinese."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _heading(document: WordDocument, text: Lines) -> None:
    _write(document.add_heading(level=1), text, joint=" ")


def _table(document: WordDocument, widths: Sequence[float], rows: int) -> WordTable:
    table: WordTable = document.add_table(rows, len(widths), style="Table Grid")
    table.autofit = False
    _frame(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for row in table.rows:
        _mark(row, "w:cantSplit")
    return table


def _frame(table: WordTable) -> None:
    """Draw hairlines around the cells and keep the text off them."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders of its own
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9D3DD")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side, twips in (("top", "40"), ("left", "90"), ("bottom", "40"), ("right", "90")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), twips)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = properties.find(qn("w:tblLayout"))  # Word wants its parts in their order
    layout.addprevious(borders)
    layout.addnext(margins)


def _header(row: Row, texts: Sequence[Lines]) -> None:
    """Write a row of headers that Word repeats on every page."""
    _mark(row, "w:tblHeader")
    for cell, text in zip(row.cells, texts, strict=True):
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "1F3A5F")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading of its own
        _write(cell.paragraphs[0], text, joint=" ")
        for run in cell.paragraphs[0].runs:
            run.font.color.rgb, run.font.bold = _WHITE, True


def _mark(row: Row, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))  # noqa: SLF001 - python-docx has no name for it


def _write_entry(row: Row, entry: Entry) -> None:
    code, question, answers, rules, origin = row.cells
    _write(code.paragraphs[0], (entry.code,))
    code.paragraphs[0].runs[0].font.bold = True
    _write(question.paragraphs[0], entry.text)
    if entry.help:
        _write(question.add_paragraph(), entry.help, small=True)
    _write(answers.paragraphs[0], entry.type, joint=" ")
    answers.paragraphs[0].runs[0].font.bold = True
    for each in entry.codes:
        line = answers.add_paragraph()
        line.add_run(f"{each.code}  ").font.bold = True
        _write(line, each.label, joint=" ")
        if each.note:
            note = line.add_run(f"  [{'; '.join(each.note)}]")
            note.font.size, note.font.color.rgb = _SMALL, _MUTED
    _write_all(rules, entry.rules)
    _write_all(origin, entry.origin, small=True)


def _write_all(cell: Cell, texts: Sequence[Lines], *, small: bool = False) -> None:
    for number, text in enumerate(texts):
        _write(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), text, small=small)


def _write(paragraph: Paragraph, text: Lines, *, joint: str = "\n", small: bool = False) -> None:
    """Write a text; the English twin of a Chinese line in smaller grey type."""
    for number, line in enumerate(text):
        run = paragraph.add_run(joint * (number > 0) + line)
        if small or number > 0:
            run.font.size = _SMALL
        if number > 0:
            run.font.color.rgb = _MUTED
    paragraph.paragraph_format.space_after = Pt(2)
