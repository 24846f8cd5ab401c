"""The report of a run as a Word document: the sheets of the outline, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell as Cell

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language, word
from evalkit.problems import Problem
from evalkit.reports.figures.figure import FigureKind
from evalkit.reports.outline import outline
from evalkit.reports.outline.certainty import certainty_text
from evalkit.reports.outline.names import study_name
from evalkit.reports.outline.sheet import Column, Sheet, notice
from evalkit.reports.page.tables import TableCell, as_table
from evalkit.reports.word_document import (
    PAGE_WIDTH,
    RED,
    add_caption,
    add_heading,
    add_picture,
    add_table,
    new_document,
    write,
    write_footer,
    write_header,
)
from evalkit.reports.word_fields import add_contents, mark_chapter
from evalkit.reports.word_pictures import Drawn, draw_all

MOST_COLUMNS = 13
"""Columns of a table; a wider sheet becomes several, each with the frozen columns in front."""
MOST_ROWS = 400
"""Rows of a table: Word is no place for thousands; the rest is counted, and stands in results.xlsx."""
_NARROWEST, _WIDEST = 5, 40
_PICTURES: Mapping[str, tuple[FigureKind, ...]] = {
    "sheet_ranking": ("stacked", "intervals", "change"),
    "sheet_indicators": ("heat",),
    "sheet_shares": ("shares",),
}
"""In which chapter a chart stands, by the key of its title."""


def write_word_report(evaluation: Evaluation, path: Path, language: Language, font: Path | None = None) -> None:
    """Write the document; ``font`` is a font file to draw its pictures with.

    Without the extra ``plot``, or a font for all letters, it has no pictures and says why and what to do. Raises
    OSError, and ModuleNotFoundError without the extra ``word`` (python-docx).
    """
    document = new_document((study_name(evaluation, language),))
    write_footer(document, study_name(evaluation, language))
    pictures, problems = draw_all(evaluation, language, font)
    said = [notice(evaluation, language)]
    said += [word("word_no_pictures", language, why=_whole(each, language)) for each in problems]
    for text in filter(None, said):
        paragraph = document.add_paragraph()
        write(paragraph, (text,))
        paragraph.runs[0].font.color.rgb = RED
    if not tiers_only(evaluation):
        write(document.add_paragraph(), (certainty_text(evaluation, language),))
    sheets = list(outline(evaluation, language))
    add_heading(document, (word("page_contents", language),))
    add_contents(document, [sheet.title for sheet in sheets])
    chapters = _Chapters(document, language, pictures)
    for sheet in sheets:
        chapters.add(sheet)
    document.save(str(path))


def _whole(found: Problem, language: Language) -> str:
    return ": ".join(text for text in (found.message(language), found.hint(language)) if text)


class _Chapters:
    """The chapters of a document, a sheet each; tables and figures are numbered throughout."""

    def __init__(self, document: WordDocument, language: Language, pictures: Sequence[Drawn]) -> None:
        self.document, self.language = document, language
        self.pictures = {
            word(sheet, language): [each for each in pictures if each.kind in kinds]
            for sheet, kinds in _PICTURES.items()
        }
        self.chapters = self.tables = self.figures = 0

    def add(self, sheet: Sheet) -> None:
        """Add a chapter: notes, pictures, tables."""
        mark_chapter(add_heading(self.document, (sheet.title,)), self.chapters)
        self.chapters += 1
        for note in sheet.notes:
            write(self.document.add_paragraph(), (note,), small=True)
        for drawn in self.pictures.get(sheet.title, ()):
            self.figures += 1
            add_picture(self.document, drawn.png, drawn.title)
            add_caption(self.document, "Figure", word("word_figure", self.language), self.figures, drawn.title)
            for note in drawn.notes:
                write(self.document.add_paragraph(), (note,), small=True)
        for part in parts(sheet):
            self.tables += 1
            label = word("word_table", self.language)
            caption = add_caption(self.document, "Table", label, self.tables, sheet.title)
            caption.paragraph_format.keep_with_next = True
            _add_sheet(self.document, part)
        if len(sheet.rows) > MOST_ROWS:
            more = word("word_more_rows", self.language, count=len(sheet.rows) - MOST_ROWS)
            write(self.document.add_paragraph(), (more,))


def parts(sheet: Sheet) -> list[Sheet]:
    """Return the sheet in parts of at most ``MOST_COLUMNS`` columns and ``MOST_ROWS`` rows.

    The frozen columns stand in front of each part; a column that is empty throughout is left out.
    """
    filled = [
        number for number in range(len(sheet.columns)) if any(row[number] not in {None, ""} for row in sheet.rows)
    ] or [*range(len(sheet.columns))]
    frozen = [number for number in filled if number < sheet.frozen]
    others = [number for number in filled if number >= sheet.frozen]
    room = max(1, MOST_COLUMNS - len(frozen))
    return [
        replace(
            sheet,
            columns=tuple(sheet.columns[number] for number in [*frozen, *others[start : start + room]]),
            rows=[
                [row[number] for number in [*frozen, *others[start : start + room]]] for row in sheet.rows[:MOST_ROWS]
            ],
        )
        for start in range(0, max(1, len(others)), room)
    ]


def _add_sheet(document: WordDocument, sheet: Sheet) -> None:
    shown = as_table(sheet)
    table = add_table(document, widths(sheet.columns), 1 + len(shown.rows))
    rows = list(table.rows)
    write_header(rows[0], [(head.text,) for head in shown.heads])
    _align(rows[0].cells, shown.heads)
    for row, cells in zip(rows[1:], shown.rows, strict=True):
        _fill(row.cells, cells)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _fill(cells: Sequence[Cell], contents: Sequence[TableCell]) -> None:
    for cell, content in zip(cells, contents, strict=True):
        write(cell.paragraphs[0], (content.text,), small=True)
    _align(cells, contents)


def _align(cells: Sequence[Cell], contents: Sequence[TableCell]) -> None:
    """Put numbers, and the titles above them, to the right, so that their digits stand below each other."""
    for cell, content in zip(cells, contents, strict=True):
        if content.classes.startswith("number"):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def widths(columns: Sequence[Column]) -> list[float]:
    """Return the widths in centimetres that share the page in proportion to those of the columns."""
    wanted = [min(max(column.width, _NARROWEST), _WIDEST) for column in columns]
    return [PAGE_WIDTH * width / sum(wanted) for width in wanted]
