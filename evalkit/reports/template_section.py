"""The sheet of a section: what is asked, where to answer, and how."""

from __future__ import annotations

import datetime as dt

from xlsxwriter.worksheet import Worksheet

from evalkit.definitions.condition_words import condition_words
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question
from evalkit.messages import choose
from evalkit.reports.template_book import Answer, Form
from evalkit.reports.template_evidence import write_evidence
from evalkit.reports.template_layout import (
    ANSWER_COLUMN,
    CODE_COLUMN,
    HEADERS,
    ITEM_COLUMN,
    NOTE_COLUMN,
    QUESTION_COLUMN,
    UNIT_COLUMN,
    WIDTHS,
    Page,
)
from evalkit.reports.template_rules import (
    NUMBER_TYPES,
    Progress,
    also,
    colour,
    evidence_words,
    hint,
    progress,
    validate,
)
from evalkit.reports.template_styles import (
    ANSWER,
    BODY,
    CODE,
    COMPUTED,
    FIRST,
    HEADER,
    INNER,
    LAST,
    LINK,
    NOTE,
    NOTICE,
    SMALL,
    TALLEST_ROW,
    TITLE,
    Layer,
    Words,
    words,
    write_plain,
)

_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
_LOWEST_ROW, _ROW_FOR_TEXT = 21.0, 60.0
_LONGEST_LIST = 160
_WIDEST_CODE = 20.0
_CENTRED: Layer = {"align": "center", "indent": 0}
_TOP: Layer = {"valign": "top"}


def write_section(form: Form, number: int, sheet: Worksheet, spared: frozenset[str]) -> Progress:
    """Write a section's sheet and return how far it is answered."""
    page = form.layout.pages[number]
    formulas = {question.code: form.condition(question, number) for question in page.section.questions}
    conditions = {code: formula for code, formula in formulas.items() if formula is not None}
    counted = progress(form, page, conditions, spared)
    for column, width in enumerate(WIDTHS[: page.last_column + 1]):
        sheet.set_column(column, column, width)
    longest = max(len(key) for question in page.section.questions for key in question.keys)
    sheet.set_column(CODE_COLUMN, CODE_COLUMN, min(_WIDEST_CODE, max(WIDTHS[CODE_COLUMN], longest + 2.0)))
    _write_head(form, sheet, page, counted)
    for question, first, last in page.questions():
        _write_question(form, sheet, question, first, is_last=last == page.last)
    validate(form, sheet, page)
    colour(form, sheet, page, conditions)
    write_evidence(form, sheet, page)
    sheet.autofilter(page.header, 0, page.last, page.last_column)
    sheet.freeze_panes(page.header + 1, 0)
    sheet.repeat_rows(page.header)
    sheet.ignore_errors({"number_stored_as_text": f"D{page.header + 2}:D{page.last + 1}"})
    sheet.protect("", _PROTECTION)
    return counted


def _write_head(form: Form, sheet: Worksheet, page: Page, counted: Progress) -> None:
    pen = form.pen
    title = (page.section.name.zh, page.section.name.en)
    unit = f"　{form.unit_name}" if form.unit_name else ""
    sheet.merge_range(0, 0, 0, ITEM_COLUMN, "", pen.style(TITLE))
    write_plain(sheet, 0, 0, pen.say(title, " ") + unit, pen.style(TITLE))
    sheet.set_row(0, 30)
    if counted.answered_formula:
        quoted = (f'"{pen.say(words("form_answered"), " ")} "0', '"/ "0')
        small: Layer = {"font_size": 9, "text_wrap": False}
        sheet.write_formula(
            0, ANSWER_COLUMN, counted.answered_formula, pen.style(small, {"num_format": quoted[0], "align": "right"}),
            counted.answered,
        )  # fmt: skip
        sheet.write_formula(
            0, UNIT_COLUMN, counted.to_answer_formula, pen.style(small, {"num_format": quoted[1], "align": "left"}),
            counted.to_answer,
        )  # fmt: skip
    back = pen.say(words("form_back"), " ")
    target = form.layout.instructions.replace("'", "''")
    sheet.write_url(0, page.last_column, f"internal:'{target}'!A1", pen.style(LINK, {"align": "right"}), back)
    write_plain(sheet, 1, 0, str(form.stamp), pen.style(SMALL))
    if form.notice:
        write_plain(sheet, 2, 0, form.notice, pen.style(NOTICE))
        sheet.set_row(2, 20)
    for column, header in enumerate(HEADERS[: page.last_column + 1]):
        write_plain(sheet, page.header, column, choose(form.language, *header, " "), pen.style(HEADER))
    sheet.set_row(page.header, 26)


def _write_question(form: Form, sheet: Worksheet, question: Question, first: int, *, is_last: bool) -> None:
    """Write the rows of a question; its text and note stand once, across all of them."""
    pen = form.pen
    rows = max(1, len(question.items))
    last = first + rows - 1
    shade: Layer = {} if question.is_asked else COMPUTED
    end: Layer = LAST if is_last else {}
    text, note = (question.text.zh, question.text.en), _note(form, question)
    item_heights = []
    for index in range(rows):
        edge: Layer = {**(FIRST if index == 0 else INNER), **(end if index == rows - 1 else {})}
        item_heights.append(_write_row(form, sheet, question, (first + index, index), (BODY, edge, shade)))
    block: Layer = {**FIRST, **end}
    top = _TOP if rows > 1 else {}
    for column, content, layers in ((QUESTION_COLUMN, text, (top,)), (NOTE_COLUMN, note, (NOTE, top))):
        pen.write_across(sheet, (first, column, last, column), content, BODY, block, shade, *layers)
    needed = max(
        pen.height(text, WIDTHS[QUESTION_COLUMN]), pen.height(note, WIDTHS[NOTE_COLUMN], size=9)
    )  # fmt: skip
    missing = max(0.0, needed - sum(item_heights)) / rows
    for index, each in enumerate(item_heights):
        sheet.set_row(first + index, round(min(TALLEST_ROW, each + missing), 1))


def _write_row(
    form: Form, sheet: Worksheet, question: Question, at: tuple[int, int], layers: tuple[Layer, ...]
) -> float:
    """Write code, item, answer and unit of a row of a question and return the height that they need."""
    pen, (row, index) = form.pen, at
    item = question.items[index] if question.items else None
    code = question.keys[index] if question.is_asked else ""
    write_plain(sheet, row, CODE_COLUMN, code, pen.style(*layers, CODE))
    label: Words = (item.name.zh, item.name.en) if item else _options(question)
    joint = pen.joint(label, WIDTHS[ITEM_COLUMN])
    pen.write(sheet, row, ITEM_COLUMN, label, *layers, *(() if item else (NOTE,)), joint=joint)
    unit = getattr(item, "unit", "") or question.unit
    write_plain(sheet, row, UNIT_COLUMN, unit, pen.style(*layers, _CENTRED))
    needed = pen.height(label, WIDTHS[ITEM_COLUMN], size=10 if item else 9, joint=joint)
    if not question.is_asked:
        pen.write(sheet, row, ANSWER_COLUMN, words("form_computed"), *layers, NOTE, _CENTRED, joint=" ")
        return max(_LOWEST_ROW, needed)
    answer = form.answers.get(code, "")
    _write_answer(form, sheet, row, question, answer)
    roomy = _ROW_FOR_TEXT if question.type == "text" else _LOWEST_ROW
    return max(roomy, needed, pen.height((str(answer), ""), WIDTHS[ANSWER_COLUMN]))


def _write_answer(form: Form, sheet: Worksheet, row: int, question: Question, answer: Answer) -> None:
    """Write an answer as given; choices and texts are text cells, so that ``1-5`` or ``007`` stays what it is."""
    style = form.pen.style(ANSWER, _answer_layer(question))
    if isinstance(answer, str):
        write_plain(sheet, row, ANSWER_COLUMN, answer, style)
    elif isinstance(answer, bool):
        sheet.write_boolean(row, ANSWER_COLUMN, answer, style)
    elif isinstance(answer, dt.date):
        sheet.write_datetime(row, ANSWER_COLUMN, answer, style)
    else:
        sheet.write_number(row, ANSWER_COLUMN, answer, style)


def _answer_layer(question: Question) -> Layer:
    if question.type in NUMBER_TYPES:
        return {"align": "right", "indent": 1, "num_format": "#,##0" if question.integer else "General"}
    if question.type == "date":
        return {"align": "center", "num_format": "yyyy-mm-dd"}
    if question.type == "text":
        return {"align": "left", "indent": 1, "valign": "top", "num_format": "@"}
    return {"align": "center", "num_format": "@"}


def _options(question: Question) -> Words:
    """Return what can be chosen, for those who read the form on paper."""
    if question.type not in CHOICE_TYPES:
        return "", ""
    names = [option.name for option in question.choices]
    listed = " / ".join(name.say("zh") for name in names), " / ".join(name.say("en") for name in names)
    fits = sum(map(len, listed)) <= _LONGEST_LIST
    return listed if fits else words("form_many_options", count=len(question.choices))


def _note(form: Form, question: Question) -> Words:
    """Return the condition in words, how to answer, the question's own help, and the proof asked for, a line each."""
    how = hint(question)
    how = also(how, words("form_required")) if question.required else how
    lines = [how]
    if question.condition is not None:
        told = [condition_words(question.condition, form.questionnaire, language) for language in ("zh", "en")]
        only_if = (words("form_ask_if", condition=each)[index] for index, each in enumerate(told))
        lines.insert(0, (next(only_if), next(only_if)))
    if question.help is not None:
        lines.append((question.help.zh, question.help.en))
    if question.evidence is not None:
        lines.append(evidence_words(question.evidence))
    chinese, english = ("\n".join(line[side] for line in lines if line[side]) for side in (0, 1))
    return chinese, english
