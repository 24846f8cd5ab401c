"""The column of evidence on a section's sheet: one cell a question that asks for proof, marked while it is missing."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from evalkit.definitions.questionnaire import YES_NO, Question
from evalkit.reports.template_book import NOT_APPLICABLE, Form
from evalkit.reports.template_layout import EVIDENCE_COLUMN, Page, absolute
from evalkit.reports.template_styles import (
    ANSWER,
    BODY,
    COMPUTED,
    FIRST,
    LAST,
    MISSING,
    Layer,
    cut,
    words,
    write_plain,
)

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_PROOF: Layer = {"align": "left", "indent": 1, "valign": "top", "num_format": "@"}
_NO = YES_NO[1]


def write_evidence(form: Form, sheet: Worksheet, page: Page) -> None:
    """Write the column, if the page has one; call it after the answers are coloured, so that skipped ones stay grey."""
    if page.last_column != EVIDENCE_COLUMN:
        return
    for question, first, last in page.questions():
        if question.evidence is None:
            end: Layer = LAST if last == page.last else {}
            shade: Layer = {} if question.is_asked else COMPUTED
            _write(form, sheet, (first, last), "", (BODY, FIRST, end, shade))
            continue
        _write(form, sheet, (first, last), form.evidence.get(question.code, ""), (ANSWER, _PROOF))
        wanted = form.pen.say((question.evidence.zh, question.evidence.en))
        told = {
            "validate": "any",
            "input_title": cut(form.pen.say(words("form_type_evidence"), " "), _LONGEST_TITLE),
            "input_message": cut(wanted, _LONGEST_MESSAGE),
        }
        sheet.data_validation(first, EVIDENCE_COLUMN, last, EVIDENCE_COLUMN, told)
        rule = {"type": "formula", "criteria": _missing(question, first, last), "format": form.pen.change(MISSING)}
        sheet.conditional_format(first, EVIDENCE_COLUMN, last, EVIDENCE_COLUMN, rule)


def _write(form: Form, sheet: Worksheet, rows: tuple[int, int], text: str, layers: tuple[Layer, ...]) -> None:
    style = form.pen.style(*layers)
    if rows[0] != rows[1]:
        sheet.merge_range(rows[0], EVIDENCE_COLUMN, rows[1], EVIDENCE_COLUMN, "", style)
    write_plain(sheet, rows[0], EVIDENCE_COLUMN, text, style)


def _missing(question: Question, first: int, last: int) -> str:
    """Return the formula that holds where an answer needs proof and has none: not for N/A, nor for a no."""
    answers = f"{absolute(first)}:{absolute(last)}"
    free = [*NOT_APPLICABLE, *((_NO.name.say("both"), _NO.name.zh, _NO.name.en) if question.type == "yesno" else ())]
    spared = "".join(f'-COUNTIF({answers},"{text}")' for text in free)
    return f"=AND(ISBLANK({absolute(first, EVIDENCE_COLUMN)}),COUNTA({answers}){spared}>0)"
