"""The questionnaire as an Excel form: instructions, a sheet a section, drop-downs, and a stamp in three places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from evalkit.definitions.form import META_QUESTIONS, META_SHEET, stamp
from evalkit.definitions.form_changes import as_lines, digests
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import Language, word
from evalkit.reports.template_book import Answer, Form, spared
from evalkit.reports.template_instructions import write_instructions
from evalkit.reports.template_layout import lay_out
from evalkit.reports.template_section import write_section
from evalkit.reports.template_styles import FONT, NAVY, Pen, clean, cut, in_footer, write_plain

_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel has no time zones; fixed for identical bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4 = 9
_LONGEST_PROPERTY, _LONGEST_FOOTER_PART = 255, 36


def write_form(
    questionnaire: Questionnaire,
    target: str | Path | BinaryIO,
    *,
    unit: str = "",
    unit_name: str = "",
    language: Language = "both",
    notice: str = "",
    answers: Mapping[str, Answer] | None = None,
    evidence: Mapping[str, str] | None = None,
) -> None:
    """Write the form of a questionnaire that has passed its checks; equal arguments give equal bytes.

    ``unit`` is the id stamped on it (empty: a blank form for anybody), ``notice`` a line in red on every sheet,
    ``answers`` what to fill in, by key (``Q01``, ``Q04.wechat``), written as given: labels or codes of options, ``√``
    for a tick, numbers, dates, texts, ``不适用``; ``evidence`` likewise, by the code of a question that asks for it.

    Raises ``KeyError`` for what has no cell in the form, ``ValueError`` or ``TypeError`` for what no cell can hold
    (NaN, a text of over 32,767 characters), ``OSError`` if the target cannot be written.
    """
    filled = {key: answer for key, answer in (answers or {}).items() if answer != ""}
    if unknown := filled.keys() - set(questionnaire.cell_keys):
        raise KeyError(f"no answer cell of {questionnaire.id}: {', '.join(sorted(unknown))}")
    proofs = dict(evidence or {})
    if unknown := proofs.keys() - {question.code for question in questionnaire.with_evidence}:
        raise KeyError(f"no evidence is asked for in {questionnaire.id}: {', '.join(sorted(unknown))}")
    with Workbook(target, _OPTIONS) as book:
        pen = Pen(book, language)
        layout = lay_out(questionnaire, language, with_notice=bool(notice))
        form = Form(questionnaire, stamp(questionnaire, unit), unit_name, notice, filled, layout, pen, proofs)
        first = book.add_worksheet(layout.instructions)
        sheets = [book.add_worksheet(page.name) for page in layout.pages]
        not_asked = spared(questionnaire, filled)
        counted = [write_section(form, number, sheet, not_asked) for number, sheet in enumerate(sheets)]
        write_instructions(form, first, counted)
        for sheet in (first, *sheets):
            _set_page(form, sheet)
        first.set_portrait()
        first.set_tab_color(NAVY)
        first.activate()
        form.write_lists()
        _write_stamp(form)


def _set_page(form: Form, sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    name = form.questionnaire.name.say(form.language)
    left, right = (cut(in_footer(text), _LONGEST_FOOTER_PART) for text in (form.unit_name or form.stamp.unit, name))
    texts = (left, word("form_page", form.language, page="&P", pages="&N"), right)
    # the blank after the size keeps a text that begins with a digit from being read as part of it
    sheet.set_footer("".join(f'&{side}&"{FONT},Regular"&8 {text}' for side, text in zip("LCR", texts, strict=True)))


def _write_stamp(form: Form) -> None:
    """Stamp the hidden sheet and the document's properties; the visible line stands on every sheet.

    The hidden sheet has the digests of the questions too, by which the reader tells which of them have changed.
    """
    mark = form.stamp
    parts = {"questionnaire": mark.questionnaire, "version": mark.version, "hash": mark.hash, "unit": mark.unit}
    sheet = form.book.add_worksheet(META_SHEET)
    style = form.pen.style({"text_wrap": False})
    for row, (name, value) in enumerate(parts.items()):
        write_plain(sheet, row, 0, name, style)
        write_plain(sheet, row, 1, value, style)
        form.book.set_custom_property(f"evalkit_{name}", cut(value, _LONGEST_PROPERTY))
    for row, line in enumerate(as_lines(digests(form.questionnaire)), start=len(parts)):
        write_plain(sheet, row, 0, META_QUESTIONS, style)
        write_plain(sheet, row, 1, line, style)
    sheet.protect()
    sheet.hide()
    title = clean(form.questionnaire.name.say(form.language))
    form.book.set_properties({"title": title, "subject": str(mark), "author": "evalkit", "created": _CREATED})
