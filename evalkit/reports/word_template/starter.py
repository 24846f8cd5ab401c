"""A template to begin with: a report that works as it is, and the list of all fields."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as WordDocument

from evalkit.messages import Language, word
from evalkit.reports.word_document import add_heading, add_table, new_document, write, write_header
from evalkit.reports.word_template.fields import FIELDS, listed

_COLUMNS = (("rank", 2.5), ("unit", 4.0), ("name", 8.0), ("score", 3.5), ("awards", 8.0))
_CHANGES = (
    ("solution_question", "{{ each.question }} {{ each.text }}", 12.0),
    ("solution_from", "{{ each.before }}", 5.0),
    ("solution_to", "{{ each.after }}", 7.0),
    ("solution_cost", "{{ each.cost }}", 2.0),
)
_FIELD_WIDTHS = (10.0, 16.0)


def write_starter(path: Path, language: Language) -> None:
    """Write the template. Raises OSError."""
    document = new_document(("{{ study }}",))
    _line(document, "{%p if notice %}", "{{ notice }}", "{%p endif %}")
    _line(document, word("template_summary", language))
    _line(document, "{%p if city %}")
    add_heading(document, ("{{ city.name }}",))
    _line(document, "{{ index }}: {{ city.score }} ({{ city.rank }} / {{ ranked_count }})  {{ city.awards }}")
    _line(document, "{{ city.chart }}", "{%p endif %}")
    _add_advice(document, language)
    add_heading(document, (word("sheet_ranking", language),))
    _line(document, "{%p if charts.ranking %}", "{{ charts.ranking }}", "{%p endif %}")
    table = add_table(document, [width for _, width in _COLUMNS], 4)
    write_header(table.rows[0], [(word(name, language),) for name, _ in _COLUMNS])
    write(table.rows[1].cells[0].paragraphs[0], ("{%tr for each in units %}",))
    for cell, (name, _) in zip(table.rows[2].cells, _COLUMNS, strict=True):
        write(cell.paragraphs[0], (f"{{{{ each.{name} }}}}",), small=True)
    write(table.rows[3].cells[0].paragraphs[0], ("{%tr endfor %}",))
    add_heading(document, (word("sheet_awards", language),))
    _line(
        document, "{%p for each in awards %}", "{{ each.award }}: {{ each.name }}  {{ each.reason }}", "{%p endfor %}"
    )
    _line(document, "{%p for each in questions %}")
    add_heading(document, ("{{ each.question }}",))
    _line(
        document,
        "{%p for option in each.options %}",
        "{{ option.label }}: {{ option.share }} ({{ option.n }} / {{ option.base }})",
    )
    _line(document, "{%p endfor %}", "{%p endfor %}")
    _add_fields(document, language)
    document.save(str(path))


def _add_advice(document: WordDocument, language: Language) -> None:
    _line(document, "{%p if city.advice %}")
    add_heading(document, (word("sheet_solutions", language),))
    _line(document, "{%p for each in city.advice.sentences %}", "{{ each }}", "{%p endfor %}")
    _line(document, "{%p if city.advice.changes %}")
    table = add_table(document, [width for _, _, width in _CHANGES], 4)
    write_header(table.rows[0], [(word(title, language),) for title, _, _ in _CHANGES])
    write(table.rows[1].cells[0].paragraphs[0], ("{%tr for each in city.advice.changes %}",))
    for cell, (_, field, _) in zip(table.rows[2].cells, _CHANGES, strict=True):
        write(cell.paragraphs[0], (field,), small=True)
    write(table.rows[3].cells[0].paragraphs[0], ("{%tr endfor %}",))
    _line(document, "{%p endif %}")
    _line(document, "{%p for each in city.advice.notes %}", "{{ each }}", "{%p endfor %}", "{%p endif %}")


def _line(document: WordDocument, *texts: str) -> None:
    for text in texts:
        write(document.add_paragraph(), (text,))


def _add_fields(document: WordDocument, language: Language) -> None:
    _line(document, "{%p if false %}")
    add_heading(document, (word("template_fields", language),))
    rows = list(listed(FIELDS))
    table = add_table(document, _FIELD_WIDTHS, 1 + len(rows))
    write_header(table.rows[0], [(word("template_field", language),), (word("template_meaning", language),)])
    for row, (name, field) in zip(list(table.rows)[1:], rows, strict=True):
        for cell, text in zip(row.cells, (name, word(field.meaning, language)), strict=True):
            write(cell.paragraphs[0], (text,), small=True)
    _line(document, "{%p endif %}")
