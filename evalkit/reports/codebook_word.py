"""The codebook as a Word document, by python-docx: headings, tables with repeated headers, a Chinese type face."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.table import _Cell as Cell
from docx.table import _Row as Row

from evalkit.reports.codebook_outline import Entry, Lines, Outline
from evalkit.reports.word_document import (
    MUTED,
    SMALL,
    add_heading,
    add_table,
    new_document,
    write,
    write_footer,
    write_header,
)

_WIDTHS = (1.8, 6.6, 8.2, 4.6, 4.8)
_STATUS_WIDTHS = (6.0, 8.0, 12.0)
_IDENTITY_WIDTHS = (6.0, 20.0)


def write_word(content: Outline, path: Path) -> None:
    """Write the document, A4 across. Raises ``OSError`` if it cannot be written."""
    document = new_document(content.title)
    write_footer(document, f"{content.title[0]}  ·  {content.stamp}")
    write(document.add_paragraph(), content.kind, joint=" ")
    add_heading(document, content.identity_title)
    identity = add_table(document, _IDENTITY_WIDTHS, len(content.identity))
    for row, (name, value) in zip(identity.rows, content.identity, strict=True):
        write(row.cells[0].paragraphs[0], name, joint=" ")
        write(row.cells[1].paragraphs[0], value)
    add_heading(document, content.contents_title)
    for name in (*(chapter.title for chapter in content.chapters), content.statuses_title):
        write(document.add_paragraph(style="List Bullet"), name, joint=" ")
    if content.instructions:
        add_heading(document, content.instructions_title)
        for paragraph in content.instructions:
            write(document.add_paragraph(), paragraph)
    for chapter in content.chapters:
        add_heading(document, chapter.title)
        table = add_table(document, _WIDTHS, 1 + len(chapter.entries))
        write_header(table.rows[0], content.headers)
        for row, entry in zip(list(table.rows)[1:], chapter.entries, strict=True):
            _write_entry(row, entry)
    add_heading(document, content.statuses_title)
    write(document.add_paragraph(), content.status_note)
    statuses = add_table(document, _STATUS_WIDTHS, 1 + len(content.statuses.rows))
    write_header(statuses.rows[0], content.statuses.headers)
    for row, texts in zip(list(statuses.rows)[1:], content.statuses.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            write(cell.paragraphs[0], text)
    document.save(str(path))


def _write_entry(row: Row, entry: Entry) -> None:
    code, question, answers, rules, origin = row.cells
    write(code.paragraphs[0], (entry.code,))
    code.paragraphs[0].runs[0].font.bold = True
    write(question.paragraphs[0], entry.text)
    if entry.help:
        write(question.add_paragraph(), entry.help, small=True)
    write(answers.paragraphs[0], entry.type, joint=" ")
    answers.paragraphs[0].runs[0].font.bold = True
    for each in entry.codes:
        line = answers.add_paragraph()
        line.add_run(f"{each.code}  ").font.bold = True
        write(line, each.label, joint=" ")
        if each.note:
            note = line.add_run(f"  [{'; '.join(each.note)}]")
            note.font.size, note.font.color.rgb = SMALL, MUTED
    _write_all(rules, entry.rules)
    _write_all(origin, entry.origin, small=True)


def _write_all(cell: Cell, texts: Sequence[Lines], *, small: bool = False) -> None:
    for number, text in enumerate(texts):
        write(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), text, small=small)
