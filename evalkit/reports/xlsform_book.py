"""The workbook of an XLSForm: the sheets survey, choices and settings, in one language or in two to switch between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook

from evalkit.messages import Language
from evalkit.reports.template_styles import clean, write_plain
from evalkit.reports.xlsform_survey import Row

LANGUAGE_NAMES = {"zh": "中文 (zh)", "en": "English (en)"}

_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel has no time zones; fixed for identical bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TRANSLATED = ("label", "hint", "constraint_message")
_FREE = (*_TRANSLATED, "form_title", "version")
"""columns of plain text, in which nothing may refer to an answer"""
SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation",
    "appearance",
)  # fmt: skip
_SELDOM = ("default", "choice_filter")
CHOICES = ("list_name", "name", "label")
_WIDTH = 28.0


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a form consists of; ``settings`` by name, ``further`` are columns of choices beside the usual ones."""

    survey: Iterable[Row]
    choices: Iterable[Row]
    settings: Mapping[str, str]
    further: tuple[str, ...] = ()


def write_form(target: str | Path | BinaryIO, sheets: Sheets, language: Language) -> None:
    """Write a form; equal arguments give equal bytes. Columns that no row fills are left out, but for the usual ones.

    With ``both`` it has both languages, Chinese first. Raises ``ValueError`` for a text of over 32,767 characters,
    ``OSError`` if the target cannot be written.
    """
    settings = {**sheets.settings, "default_language": LANGUAGE_NAMES["en" if language == "en" else "zh"]}
    with Workbook(target, _OPTIONS) as book:
        rows = list(sheets.survey)
        columns = (*SURVEY, *(column for column in _SELDOM if any(column in row for row in rows)))
        _write(book, "survey", columns, rows, language)
        _write(book, "choices", (*CHOICES, *sheets.further), sheets.choices, language)
        _write(book, "settings", tuple(settings), [settings], language)
        book.set_properties({"title": clean(settings["form_title"]), "author": "evalkit", "created": _CREATED})


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
