"""The report of a run as a Word document: the sheets of the outline, table by table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell as Cell

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline import outline
from evalkit.reports.outline.names import study_name
from evalkit.reports.outline.sheet import Column, Sheet, notice
from evalkit.reports.page.tables import TableCell, as_table
from evalkit.reports.word_document import (
    PAGE_WIDTH,
    RED,
    add_heading,
    add_table,
    new_document,
    write,
    write_footer,
    write_header,
)

MOST_COLUMNS = 13
"""Columns of a table; a wider sheet becomes several, each with the frozen columns in front."""
MOST_ROWS = 400
"""Rows of a table: Word is no place for thousands; the rest is counted, and stands in results.xlsx."""
_NARROWEST, _WIDEST = 5, 40


def write_word_report(evaluation: Evaluation, path: Path, language: Language) -> None:
    """Write the document. Raises OSError, and ModuleNotFoundError without the extra ``word`` (python-docx)."""
    document = new_document((study_name(evaluation, language),))
    write_footer(document, study_name(evaluation, language))
    if said := notice(evaluation, language):
        paragraph = document.add_paragraph()
        write(paragraph, (said,))
        paragraph.runs[0].font.color.rgb = RED
    write(document.add_paragraph(), (word("about_certainty_text", language),))
    sheets = list(outline(evaluation, language))
    add_heading(document, (word("page_contents", language),))
    for sheet in sheets:
        write(document.add_paragraph(style="List Bullet"), (sheet.title,))
    number = 0
    for sheet in sheets:
        add_heading(document, (sheet.title,))
        for note in sheet.notes:
            write(document.add_paragraph(), (note,), small=True)
        for part in parts(sheet):
            number += 1
            _caption(document, number, part, language)
            _add_sheet(document, part)
        if len(sheet.rows) > MOST_ROWS:
            more = word("word_more_rows", language, count=len(sheet.rows) - MOST_ROWS)
            write(document.add_paragraph(), (more,))
    document.save(str(path))


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


def _caption(document: WordDocument, number: int, sheet: Sheet, language: Language) -> None:
    """Write “Table n” with the number as a field, so that Word counts anew when tables are added."""
    paragraph = document.add_paragraph(style="Caption")
    write(paragraph, (f"{word('word_table', language)} ",))
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), r"SEQ Table \* ARABIC")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = str(number)
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields
    write(paragraph, (f"  {sheet.title}",))
    paragraph.paragraph_format.keep_with_next = True


def _add_sheet(document: WordDocument, sheet: Sheet) -> None:
    shown = as_table(sheet)
    table = add_table(document, widths(sheet.columns), 1 + len(shown.rows))
    rows = list(table.rows)
    write_header(rows[0], [(head.text,) for head in shown.heads])
    for row, cells in zip(rows[1:], shown.rows, strict=True):
        _fill(row.cells, cells)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _fill(cells: Sequence[Cell], contents: Sequence[TableCell]) -> None:
    for cell, content in zip(cells, contents, strict=True):
        write(cell.paragraphs[0], (content.text,), small=True)


def widths(columns: Sequence[Column]) -> list[float]:
    """Return the widths in centimetres that share the page in proportion to those of the columns."""
    wanted = [min(max(column.width, _NARROWEST), _WIDEST) for column in columns]
    return [PAGE_WIDTH * width / sum(wanted) for width in wanted]
