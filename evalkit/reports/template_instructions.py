"""The first sheet of a form: whose it is, how far it is filled in, and how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from evalkit.reports.template_book import Form
from evalkit.reports.template_layout import Page
from evalkit.reports.template_rules import Progress
from evalkit.reports.template_styles import (
    ANSWER,
    BODY,
    COMPLETE,
    FIRST,
    HAIRLINE,
    HEADER,
    HEADING,
    INNER,
    LINK,
    MISSING,
    NAVY,
    NOTICE,
    SKIPPED,
    SMALL,
    TITLE,
    Layer,
    Words,
    words,
    write_plain,
)

_WIDTHS = (24.0, 58.0, 14.0, 14.0, 22.0)
_LAST_COLUMN = len(_WIDTHS) - 1
_ORDER = ("yesno", "single", "scale", "multiple", "number", "numbers", "date", "text", "ratio")
_LOCKED: Layer = {"locked": True}
_PLAIN: Layer = {"valign": "top"}
_CENTRED: Layer = {"align": "center", "indent": 0}


def write_instructions(form: Form, sheet: Worksheet, counted: Sequence[Progress]) -> None:
    """Write the sheet; ``counted`` has the progress of each section."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    writer = _Writer(form, sheet)
    writer.head()
    writer.progress(counted)
    if form.questionnaire.instructions:
        writer.heading(words("form_about"))
        for paragraph in form.questionnaire.instructions:
            writer.paragraph((paragraph.zh, paragraph.en))
    writer.heading(words("form_how"))
    kinds = {question.type for question in form.questionnaire.questions.values()}
    lines = [kind for kind in _ORDER if kind in kinds]
    conditional = any(question.condition for question in form.questionnaire.questions.values())
    proved = any(form.questionnaire.with_evidence)
    more = [*(["ask_if"] if conditional else []), *(["evidence"] if proved else []), "not_applicable"]
    for kind in [*lines, *more]:
        writer.line(words(f"form_type_{kind}"), words(f"form_explain_{kind}"))
    writer.heading(words("form_colours"))
    for colour, layer in (("missing", MISSING), ("answer", {}), ("skipped", SKIPPED), ("locked", BODY)):
        writer.swatch({**ANSWER, **_LOCKED, **layer}, words(f"form_colour_{colour}"))
    writer.gap()
    writer.paragraph(words("form_contact"), {"bold": True, "font_color": NAVY})
    sheet.protect("", {"format_columns": True, "format_rows": True})


class _Writer:
    """Writes from top to bottom; ``row`` is the next free row."""

    def __init__(self, form: Form, sheet: Worksheet) -> None:
        self.form = form
        self.sheet = sheet
        self.pen = form.pen
        self.row = 0

    def head(self) -> None:
        name = self.form.questionnaire.name
        self.plain(self.pen.say((name.zh, name.en), " / "), TITLE, 34)
        self.plain(str(self.form.stamp), SMALL, 15)
        if self.form.notice:
            self.plain(self.form.notice, NOTICE, 20)
        label = self.pen.say(words("form_unit"), " ")
        unit, unit_name = self.form.stamp.unit, self.form.unit_name
        shown = f"{unit_name}（{unit}）" if unit_name and unit not in {"", unit_name} else unit_name or unit
        text = shown or self.pen.say(words("form_blank_unit"), " / ")
        self.plain(f"{label}：{text}", {"bold": True, "font_size": 11, "text_wrap": False}, 22)

    def plain(self, text: str, layer: Layer, points: float) -> None:
        style = self.pen.style(layer, {"shrink": True})
        self.sheet.merge_range(self.row, 0, self.row, _LAST_COLUMN, "", style)
        write_plain(self.sheet, self.row, 0, text, style)
        self.sheet.set_row(self.row, points)
        self.row += 1

    def gap(self) -> None:
        self.sheet.set_row(self.row, 10)
        self.row += 1

    def heading(self, title: Words) -> None:
        self.gap()
        for column in range(_LAST_COLUMN + 1):
            self.sheet.write_blank(self.row, column, None, self.pen.style(HEADING))
        write_plain(self.sheet, self.row, 0, self.pen.say(title, " "), self.pen.style(HEADING, {"text_wrap": False}))
        self.sheet.set_row(self.row, 24)
        self.row += 1

    def paragraph(self, text: Words, layer: Layer = _PLAIN) -> None:
        self.pen.write_across(self.sheet, (self.row, 0, self.row, _LAST_COLUMN), text, _PLAIN, layer)
        self.sheet.set_row(self.row, self.pen.height(text, sum(_WIDTHS)))
        self.row += 1

    def line(self, name: Words, text: Words) -> None:
        edge: Layer = {"bottom": 1, "bottom_color": HAIRLINE}
        joint = self.pen.joint(name, _WIDTHS[0])
        self.pen.write(self.sheet, self.row, 0, name, {"bold": True}, edge, joint=joint)
        room = sum(_WIDTHS[1:])
        together = self.pen.joint(text, room)
        self.pen.write_across(self.sheet, (self.row, 1, self.row, _LAST_COLUMN), text, edge, joint=together)
        needed = self.pen.height(text, room, joint=together), self.pen.height(name, _WIDTHS[0], joint=joint)
        self.sheet.set_row(self.row, max(needed))
        self.row += 1

    def swatch(self, layer: Layer, text: Words) -> None:
        self.sheet.write_blank(self.row, 0, None, self.pen.style(layer))
        self.pen.write(self.sheet, self.row, 1, text, {"indent": 1}, joint=" ")
        self.sheet.set_row(self.row, 20)
        self.row += 1

    def progress(self, counted: Sequence[Progress]) -> None:
        """Write the table of sections, each with a link and its counts."""
        self.heading(words("form_progress"))
        style = self.pen.style(HEADER, {"text_wrap": False})
        self.sheet.merge_range(self.row, 0, self.row, 1, "", style)
        write_plain(self.sheet, self.row, 0, self.pen.say(words("form_section"), " "), style)
        for column, key in enumerate(("form_answered", "form_to_answer", "form_share"), start=2):
            write_plain(self.sheet, self.row, column, self.pen.say(words(key), " "), self.pen.style(HEADER, _CENTRED))
        self.sheet.set_row(self.row, 22)
        first = self.row + 1
        for page, each in zip(self.form.layout.pages, counted, strict=True):
            self.row += 1
            self._section(page, each)
        if all(each.answered_formula for each in counted):
            self.row += 1
            self._total(first, counted)
        for sign, layer in ((">=", COMPLETE), ("<", MISSING)):
            rule = {"type": "cell", "criteria": sign, "value": 1, "format": self.pen.change(layer)}
            self.sheet.conditional_format(first, _LAST_COLUMN, self.row, _LAST_COLUMN, rule)
        self.row += 1

    def _section(self, page: Page, each: Progress) -> None:
        name = page.section.name
        target = page.name.replace("'", "''")
        style = self.pen.style(BODY, INNER, LINK)
        self.sheet.merge_range(self.row, 0, self.row, 1, "", style)
        shown = self.pen.say((name.zh, name.en), " ")
        self.sheet.write_url(self.row, 0, f"internal:'{target}'!A1", style, shown)
        sheet = f"='{target}'!"
        formulas = (f"{sheet}$D$1", f"{sheet}$E$1") if each.answered_formula else ("", "")
        self._counts(formulas, (each.answered, each.to_answer), (BODY, INNER))

    def _total(self, first: int, counted: Sequence[Progress]) -> None:
        bold: Layer = {"bold": True}
        self.pen.write_across(self.sheet, (self.row, 0, self.row, 1), words("form_total"), BODY, FIRST, bold, joint=" ")
        formulas = tuple(f"=SUM({column}{first + 1}:{column}{self.row})" for column in "CD")
        totals = sum(each.answered for each in counted), sum(each.to_answer for each in counted)
        self._counts(formulas, totals, (BODY, FIRST, bold))

    def _counts(self, formulas: Sequence[str], values: tuple[int, int], layers: tuple[Layer, ...]) -> None:
        style = self.pen.style(*layers, _CENTRED)
        share = self.pen.style(*layers, _CENTRED, {"num_format": "0%"})
        self.sheet.set_row(self.row, 20)
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=2):
            if formula:
                self.sheet.write_formula(self.row, column, formula, style, value)
            else:
                self.sheet.write_blank(self.row, column, None, style)
        answered, to_answer = values
        if formulas[0]:
            line = self.row + 1
            result = answered / to_answer if to_answer else 1
            self.sheet.write_formula(self.row, 4, f"=IF(D{line}=0,1,C{line}/D{line})", share, result)
        else:
            self.sheet.write_blank(self.row, 4, None, share)
