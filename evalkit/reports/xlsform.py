"""The questionnaire as an XLSForm: a workbook from which KoboToolbox and ODK make a form for browser and phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook

from evalkit.definitions.form import stamp
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import Language, choose
from evalkit.reports.template_styles import clean, write_plain
from evalkit.reports.xlsform_names import field_names
from evalkit.reports.xlsform_survey import Row, Survey, condition

LANGUAGE_NAMES = {"zh": "中文 (zh)", "en": "English (en)"}

_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel has no time zones; fixed for identical bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TRANSLATED = ("label", "hint", "constraint_message")
_FREE = (*_TRANSLATED, "form_title", "version")
"""columns of plain text, in which nothing may refer to an answer"""
_SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation",
    "appearance",
)  # fmt: skip
_CHOICES = ("list_name", "name", "label")
_WIDTH = 28.0


def write_xlsform(
    questionnaire: Questionnaire,
    target: str | Path | BinaryIO,
    *,
    unit: str = "",
    unit_name: str = "",
    language: Language = "both",
) -> None:
    """Write the XLSForm of a questionnaire that has passed its checks; equal arguments give equal bytes.

    ``unit`` is the id that every answer carries in the hidden field ``evalkit_unit``; without it the form asks for the
    unit. ``evalkit_hash`` carries the hash of the definition. ``unit_name`` is added to the title. With ``both`` the
    form has both languages to switch between, Chinese first.

    Fields are named as :func:`evalkit.reports.xlsform_names.field_names` says. "Does not apply" is the choice ``na``,
    or a box ``…_na`` beside numbers and dates. A condition of :func:`untranslated` stands in words in the hint.

    Raises ``ValueError`` for a text of over 32,767 characters, ``OSError`` if the target cannot be written.
    """
    survey = Survey(questionnaire, field_names(questionnaire), stamp(questionnaire, unit))
    name = choose(language, questionnaire.name.zh, questionnaire.name.en)
    settings = {
        "form_title": f"{name} {unit_name}".strip(),
        "form_id": questionnaire.id,
        "version": questionnaire.version,
        "default_language": LANGUAGE_NAMES["en" if language == "en" else "zh"],
    }
    with Workbook(target, _OPTIONS) as book:
        _write(book, "survey", _SURVEY, survey.rows(), language)
        _write(book, "choices", _CHOICES, survey.choices(), language)
        _write(book, "settings", tuple(settings), [settings], language)
        book.set_properties({"title": clean(name), "author": "evalkit", "created": _CREATED})


def untranslated(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the questions whose condition no XPath of a bearable length expresses; the form always asks them."""
    names = field_names(questionnaire)
    conditional = (question for question in questionnaire.questions.values() if question.condition is not None)
    return tuple(question.code for question in conditional if condition(question, questionnaire, names) is None)


def _write(book: Workbook, name: str, columns: tuple[str, ...], rows: Iterable[Row], language: Language) -> None:
    sheet = book.add_worksheet(name)
    head, body = book.add_format({"bold": True}), book.add_format()
    shown = [(column, title, side) for column in columns for title, side in _titles(column, language)]
    for number, (_, title, _) in enumerate(shown):
        write_plain(sheet, 0, number, title, head)
        sheet.set_column(number, number, _WIDTH)
    for line, row in enumerate(rows, 1):
        for number, (column, _, side) in enumerate(shown):
            cell = row.get(column, "")
            text = cell if isinstance(cell, str) else cell[side]
            write_plain(sheet, line, number, _harmless(text) if column in _FREE else clean(text), body)
    sheet.freeze_panes(1, 0)


def _titles(column: str, language: Language) -> list[tuple[str, int]]:
    """Return the headers of a column, each with the side of a text that it shows."""
    if column not in _TRANSLATED or language != "both":
        return [(column, int(language == "en"))]
    return [(f"{column}::{name}", side) for side, name in enumerate(LANGUAGE_NAMES.values())]


def _harmless(text: str) -> str:
    """Return a text in which nothing reads as a reference to an answer."""
    return clean(text).replace("${", "$ {")
