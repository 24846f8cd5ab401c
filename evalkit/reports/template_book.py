"""The workbook of a form while it is written: drop-down lists, defined names, and the questions that are spared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from xlsxwriter import Workbook

from evalkit.definitions.expression import names
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.form import CHOICES_SHEET, TICK, Stamp
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.messages import Language
from evalkit.problems import Place
from evalkit.reports.template_conditions import condition_formula
from evalkit.reports.template_layout import Layout, absolute
from evalkit.reports.template_styles import Pen, words, write_plain
from evalkit.sources.answer_cells import parsers, read_cell

Answer = str | float | int | dt.date
NOT_APPLICABLE = words("form_not_applicable")


@dataclass(frozen=True, slots=True)
class Form:
    """What every sheet of the form needs."""

    questionnaire: Questionnaire
    stamp: Stamp
    unit_name: str
    notice: str
    answers: Mapping[str, Answer]
    layout: Layout
    pen: Pen
    evidence: Mapping[str, str] = field(default_factory=dict)
    """what to fill in as proof, by the code of the question"""
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    """names of the drop-down lists by their entries"""
    named: dict[str, str] = field(default_factory=dict)
    """defined names of the answer cells that other sheets refer to, by key"""

    @property
    def book(self) -> Workbook:
        """The workbook."""
        return self.pen.book

    @property
    def language(self) -> Language:
        """The language of the form."""
        return self.pen.language

    def list_name(self, question: Question) -> str:
        """Return the defined name of a question's drop-down list."""
        labels = [option.name.say(self.language) for option in question.choices]
        labels = [TICK] if question.type == "multiple" else labels
        entries = tuple(dict.fromkeys((*labels, *not_applicable(self.language))))
        ordinary = f"choices_{len(self.lists) + 1}"
        wanted = {"multiple": "choices_tick", "yesno": "choices_yes_no"}.get(question.type, ordinary)
        return self.lists.setdefault(entries, wanted)

    def write_lists(self) -> None:
        """Write the hidden sheet of the drop-down lists, one column each, and name them."""
        sheet = self.book.add_worksheet(CHOICES_SHEET)
        style = self.pen.style({"text_wrap": False})
        for column, (entries, name) in enumerate(self.lists.items()):
            for row, text in enumerate((name, *entries)):
                write_plain(sheet, row, column, text, style)
            first, last = absolute(1, column, sheet=CHOICES_SHEET), absolute(len(entries), column)
            self.book.define_name(name, f"={first}:{last}")
        sheet.protect()
        sheet.hide()

    def condition(self, question: Question, page: int) -> str | None:
        """Return the formula of a question's condition for use on a page; ``None``: always asked, or untranslatable."""
        if question.condition is None:
            return None
        return condition_formula(question.condition, self.questionnaire, self.reference(page))

    def reference(self, page: int) -> Callable[[str], str]:
        """Return how the formulas of a page refer to answer cells: those of other sheets by defined names.

        Excel up to 2007 takes no other reference to another sheet in a conditional format.
        """

        def refer(key: str) -> str:
            number, row = self.layout.cells[key]
            if number == page:
                return absolute(row)
            if key not in self.named:
                self.named[key] = f"answer_{number + 1}_{row + 1}"
                self.book.define_name(self.named[key], "=" + absolute(row, sheet=self.layout.pages[number].name))
            return self.named[key]

        return refer


def not_applicable(language: Language) -> tuple[str, ...]:
    """Return the words for "does not apply" that a form in this language offers."""
    chinese, english = NOT_APPLICABLE
    return {"zh": (chinese,), "en": (english,)}.get(language, NOT_APPLICABLE)


def spared(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Return the codes of the questions that these answers make superfluous, as the reader will judge them."""
    skipped: set[str] = set()
    position = option_position(questionnaire)
    for question in questionnaire.questions.values():
        if question.condition is None:
            continue
        values = {
            name.key: np.array(
                [np.nan if name.question in skipped else _number(questionnaire, name.question, name.key, answers)]
            )
            for name in names(question.condition)
        }
        if not evaluate(question.condition, values, position).values.max() > 0:
            skipped.add(question.code)
    return frozenset(skipped)


def _number(questionnaire: Questionnaire, code: str, key: str, answers: Mapping[str, Answer]) -> float:
    question = questionnaire.questions.get(code)
    value = answers.get(key)
    if question is None or value is None or key not in question.keys or not question.is_asked:
        return float("nan")
    known = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return read_cell(key, parsers(question)[key], known, None, Place())[0].number
