"""Where everything stands in a form: names of the sheets, rows of the questions, answer cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalkit.definitions.form import (
    ANSWER_HEADER,
    CHOICES_SHEET,
    CODE_HEADER,
    EVIDENCE_HEADER,
    ITEM_HEADER,
    META_SHEET,
    NOTE_HEADER,
    QUESTION_HEADER,
    UNIT_HEADER,
)
from evalkit.definitions.questionnaire import Question, Questionnaire, Section
from evalkit.messages import Language, choose, word
from evalkit.reports.template_styles import cut

HEADERS = (CODE_HEADER, QUESTION_HEADER, ITEM_HEADER, ANSWER_HEADER, UNIT_HEADER, NOTE_HEADER, EVIDENCE_HEADER)
CODE_COLUMN, QUESTION_COLUMN, ITEM_COLUMN, ANSWER_COLUMN, UNIT_COLUMN, NOTE_COLUMN, EVIDENCE_COLUMN = range(7)
WIDTHS = (9.0, 42.0, 28.0, 28.0, 9.0, 38.0, 38.0)

_LONGEST_SHEET_NAME = 31
_RESERVED = ("history", META_SHEET, CHOICES_SHEET)
_TITLE_ROWS = 2


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet of a section. Rows count from 0; ``rows`` has the first row of each question, by code."""

    section: Section
    name: str
    header: int
    rows: dict[str, int]
    last: int

    @property
    def last_column(self) -> int:
        """The last column of its table: that of evidence where a question asks for any."""
        asks_for_it = any(question.evidence is not None for question in self.section.questions)
        return EVIDENCE_COLUMN if asks_for_it else NOTE_COLUMN

    def questions(self) -> Iterator[tuple[Question, int, int]]:
        """Yield each question with its first and last row."""
        for question in self.section.questions:
            first = self.rows[question.code]
            yield question, first, first + row_count(question) - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of a form and, by key, the page number and row of each answer cell."""

    instructions: str
    pages: tuple[Page, ...]
    cells: dict[str, tuple[int, int]]


def row_count(question: Question) -> int:
    """Return how many rows a question takes."""
    return max(1, len(question.items))


def lay_out(questionnaire: Questionnaire, language: Language, *, with_notice: bool) -> Layout:
    """Place every question of a questionnaire."""
    instructions = word("form_sheet", language)
    taken = {name.casefold() for name in (*_RESERVED, instructions)}
    pages: list[Page] = []
    cells: dict[str, tuple[int, int]] = {}
    header = _TITLE_ROWS + with_notice
    for number, section in enumerate(questionnaire.sections):
        row = header + 1
        rows = {}
        for question in section.questions:
            rows[question.code] = row
            if question.is_asked:
                cells |= {key: (number, row + index) for index, key in enumerate(question.keys)}
            row += row_count(question)
        wanted = choose(language, section.name.zh, section.name.en, " ")
        pages.append(Page(section, sheet_name(wanted, section.id, taken), header, rows, row - 1))
    return Layout(instructions, tuple(pages), cells)


def sheet_name(wanted: str, otherwise: str, taken: set[str]) -> str:
    """Return the nearest name that Excel allows and that is not among ``taken`` (casefolded), and take it."""
    printable = "".join(character if character.isprintable() else " " for character in wanted)
    clean = " ".join(re.sub(r"[\[\]:*?/\\]", " ", printable).split()).strip("' ") or otherwise
    name = cut(clean, _LONGEST_SHEET_NAME).strip("' ")
    number = 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = cut(clean, _LONGEST_SHEET_NAME - len(ending)) + ending
    taken.add(name.casefold())
    return name


def absolute(row: int, column: int = ANSWER_COLUMN, *, sheet: str = "") -> str:
    """Return the reference of a cell, ``$D$5``, or ``'Sheet'!$D$5``."""
    prefix = "'" + sheet.replace("'", "''") + "'!" if sheet else ""
    return f"{prefix}${chr(ord('A') + column)}${row + 1}"
