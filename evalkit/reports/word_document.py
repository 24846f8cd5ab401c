"""What our Word documents share: page, Chinese typeface, tables with repeated heads, bilingual lines (python-docx)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

from evalkit.reports.codebook_outline import Lines
from evalkit.reports.template_styles import FONT
from evalkit.reports.word_fields import add_field

NAVY, MUTED, WHITE = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5B, 0x67, 0x73), RGBColor(0xFF, 0xFF, 0xFF)
RED = RGBColor(0xC0, 0x00, 0x00)
BODY, SMALL = Pt(9.5), Pt(8.5)
PAGE_WIDTH = 26.0
"""Centimetres between the margins."""
_TALLEST_PICTURE = 15.0
"""Centimetres, so that heading and caption have room on the page."""
_PICTURE_SCALE = 0.7
"""Letters of a picture are made as small as those of a table."""
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word has no time zones; fixed, so that contents decide
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document(title: Lines) -> WordDocument:
    """Return an empty document, A4 across, of this title."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for name, size in (("Normal", BODY), ("Title", Pt(22)), ("Heading 1", Pt(15)), ("Caption", BODY)):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            _set_font(style)
            style.font.size = size
            style.paragraph_format.space_after = Pt(3)
            if name != "Normal":
                style.font.color.rgb = NAVY
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "en-US")
    tongue.set(qn("w:eastAsia"), "zh-CN")  # the shapes of Chinese signs, not of Japanese ones
    document.styles["Normal"].element.get_or_add_rPr().append(tongue)
    properties = document.core_properties
    properties.title, properties.author = " / ".join(title)[:255], "evalkit"
    properties.comments, properties.created, properties.modified = "", _CREATED, _CREATED
    write(document.add_heading(level=0), title, joint=" ")
    return document


def write_footer(document: WordDocument, text: str) -> None:
    """Write a text and the number of the page at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    run = paragraph.add_run(f"{text}  ·  ")
    run.font.size, run.font.color.rgb = SMALL, MUTED
    add_field(paragraph, "PAGE", "1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_font(style: ParagraphStyle) -> None:
    """Set one face for all scripts; a face of the theme would come before it, and choose by itself for Chinese."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def add_heading(document: WordDocument, text: Lines) -> Paragraph:
    """Add the heading of a chapter, and return it."""
    heading: Paragraph = document.add_heading(level=1)
    write(heading, text, joint=" ")
    return heading


def add_caption(document: WordDocument, sequence: str, label: str, number: int, title: str) -> Paragraph:
    """Add a caption such as “Table 3  Ranking”, and return it; Word counts the captions of a ``sequence`` anew."""
    paragraph = document.add_paragraph(style="Caption")
    write(paragraph, (f"{label} ",))
    add_field(paragraph, rf"SEQ {sequence} \* ARABIC", str(number))
    write(paragraph, (f"  {title}",))
    return paragraph


def add_picture(document: WordDocument, png: bytes, described: str) -> None:
    """Add a picture in a paragraph of its own, no larger than the page allows.

    ``described`` is what a screen reader says.
    """
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(png))
    scale = min(_PICTURE_SCALE, Cm(PAGE_WIDTH) / shape.width, Cm(_TALLEST_PICTURE) / shape.height)
    shape.width, shape.height = Emu(round(shape.width * scale)), Emu(round(shape.height * scale))
    shape._inline.docPr.set("descr", described)  # noqa: SLF001 - python-docx has no name for it


def add_table(document: WordDocument, widths: Sequence[float], rows: int) -> WordTable:
    """Add a table of these widths in centimetres; no row is broken between pages."""
    table: WordTable = document.add_table(rows, len(widths), style="Table Grid")
    table.autofit = False
    _frame(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
        mark(row, "w:cantSplit")
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


def write_header(row: Row, texts: Sequence[Lines]) -> None:
    """Write a row of headers that Word repeats on every page."""
    mark(row, "w:tblHeader")
    for cell, text in zip(row.cells, texts, strict=True):
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "1F3A5F")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading of its own
        write(cell.paragraphs[0], text, joint=" ")
        for run in cell.paragraphs[0].runs:
            run.font.color.rgb, run.font.bold = WHITE, True


def mark(row: Row, tag: str) -> None:
    """Give a row a property that python-docx has no name for."""
    row._tr.get_or_add_trPr().append(OxmlElement(tag))  # noqa: SLF001 - python-docx has no name for it


def write(paragraph: Paragraph, text: Lines, *, joint: str = "\n", small: bool = False) -> None:
    """Write a text; the English twin of a Chinese line in smaller grey type."""
    for number, line in enumerate(text):
        run = paragraph.add_run(joint * (number > 0) + line)
        if small or number > 0:
            run.font.size = SMALL
        if number > 0:
            run.font.color.rgb = MUTED
    paragraph.paragraph_format.space_after = Pt(2)
