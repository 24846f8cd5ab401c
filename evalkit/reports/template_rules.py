"""What Excel itself checks, colours and counts in a form: validation, greyed and missing questions, progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from evalkit.definitions.base import Text
from evalkit.definitions.questionnaire import Question
from evalkit.messages import word
from evalkit.reports.template_book import NOT_APPLICABLE, Form
from evalkit.reports.template_layout import ANSWER_COLUMN, Page, absolute
from evalkit.reports.template_styles import MISSING, SKIPPED, Words, cut, words

NUMBER_TYPES = ("number", "numbers")
PERCENT = ("%", "percent")
_LONGEST_TITLE, _LONGEST_MESSAGE, _LONGEST_FORMULA = 32, 255, 8000
_FIRST_DAY, _LAST_DAY = "DATE(1900,3,1)", "DATE(2100,1,1)"


def hint(question: Question) -> Words:
    """Return how to answer a question, in a few words: ``填整数（≥ 0）``."""
    if question.type not in NUMBER_TYPES:
        return words(f"form_hint_{question.type}")
    kind = question.type.replace("number", "integer") if question.integer else question.type
    limits = _limits(question)
    chinese, english = (
        word(f"form_hint_{kind}", language, limits=word("form_limits", language, limits=limits) if limits else "")
        for language in ("zh", "en")
    )
    units = {question.unit, *(part.unit for part in question.parts)}
    return also((chinese, english), words("form_hint_percent")) if units.intersection(PERCENT) else (chinese, english)


def also(text: Words, more: Words) -> Words:
    """Return two clauses as one."""
    return f"{text[0]}；{more[0]}", f"{text[1]}; {more[1]}"


def evidence_words(wanted: Text) -> Words:
    """Return the proof that a question asks for: ``须附佐证：文件名称与文号``."""
    return word("form_evidence", "zh", wanted=wanted.say("zh")), word("form_evidence", "en", wanted=wanted.say("en"))


def _limits(question: Question) -> str:
    least, most = (None if each is None else f"{each:,.15g}" for each in (question.min, question.max))
    if least is not None and most is not None:
        return f"{least}–{most}"
    return f"≥ {least}" if least is not None else f"≤ {most}" if most is not None else ""


def validate(form: Form, sheet: Worksheet, page: Page) -> None:
    """Let Excel refuse what cannot be an answer; "does not apply" is always let through.

    A drop-down takes its entries from a defined name: a list within the rule ends at 255 characters. Questions with
    one rule share it, which keeps the file small.
    """
    areas: dict[tuple[object, ...], list[tuple[Question, int, int]]] = {}
    for question, first, last in page.questions():
        if question.is_asked and question.type != "text":
            areas.setdefault(_kind(form, question), []).append((question, first, last))
    for (question, first, last), *others in areas.values():
        rule, told = _list_rule(form, question) if _has_list(question) else _number_rule(question, first)
        message = cut(form.pen.say(told), _LONGEST_MESSAGE)
        rule |= {} if _has_list(question) else {"input_message": message}
        rule |= {
            "error_type": "stop",
            "error_title": cut(form.pen.say(words("form_refused_title"), " "), _LONGEST_TITLE),
            "error_message": message,
            "other_cells": [[row, ANSWER_COLUMN, end, ANSWER_COLUMN] for _, row, end in others],
        }
        if sheet.data_validation(first, ANSWER_COLUMN, last, ANSWER_COLUMN, rule):
            raise ValueError(f"Excel has no room for the validation of {question.code}")


def _has_list(question: Question) -> bool:
    return question.type not in {*NUMBER_TYPES, "date"}


def _kind(form: Form, question: Question) -> tuple[object, ...]:
    """Return what questions of one rule have in common."""
    if _has_list(question):
        return (form.list_name(question),)
    return question.min, question.max, question.integer, hint(question)


def _list_rule(form: Form, question: Question) -> tuple[dict[str, Any], Words]:
    return {"validate": "list", "source": f"={form.list_name(question)}"}, words("form_refused_list")


def _number_rule(question: Question, first: int) -> tuple[dict[str, Any], Words]:
    """Return the rule for a number or date; its formula speaks of the first cell and moves along with the others."""
    formula = _accepted(question, xl_rowcol_to_cell(first, ANSWER_COLUMN))
    return {"validate": "custom", "value": formula}, also(hint(question), words("form_or_not_applicable"))


def _accepted(question: Question, cell: str) -> str:
    """Return the formula for a number or date within its limits, or "does not apply"."""
    bounds = []
    if question.type == "date":
        bounds = [f"{cell}>={_FIRST_DAY}", f"{cell}<{_LAST_DAY}"]
    else:
        bounds += [f"{cell}>={question.min:.15g}"] if question.min is not None else []
        bounds += [f"{cell}<={question.max:.15g}"] if question.max is not None else []
        bounds += [f"{cell}=INT({cell})"] if question.integer else []
    within = f"AND({','.join(bounds)})" if bounds else "TRUE"
    spared = ",".join(f'{cell}="{text}"' for text in NOT_APPLICABLE)
    return f"=IF(ISNUMBER({cell}),{within},OR({spared}))"


def colour(form: Form, sheet: Worksheet, page: Page, conditions: Mapping[str, str]) -> None:
    """Grey out the questions whose condition is false, then mark what is still to be filled in."""
    for question, first, last in page.questions():
        if question.code in conditions:
            rule = {"type": "formula", "criteria": f"=NOT({conditions[question.code]})", "stop_if_true": True}
            sheet.conditional_format(first, 0, last, page.last_column, rule | {"format": form.pen.change(SKIPPED)})
    missing = form.pen.change(MISSING)
    for first, last, ticks in _runs(page):
        cell = xl_rowcol_to_cell(first, ANSWER_COLUMN, col_abs=True)
        empty = f"=COUNTA({absolute(first)}:{absolute(last)})=0" if ticks else f"=ISBLANK({cell})"
        rule = {"type": "formula", "criteria": empty, "format": missing}
        sheet.conditional_format(first, ANSWER_COLUMN, last, ANSWER_COLUMN, rule)


def _runs(page: Page) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of rows (first, last) that each need an answer, and the tick rows of which one is enough."""
    run: tuple[int, int] | None = None
    for question, first, last in page.questions():
        if question.is_asked and question.type != "multiple":
            run = (run[0] if run else first, last)
            continue
        if run:
            yield *run, False
            run = None
        if question.is_asked:
            yield first, last, True
    if run:
        yield *run, False


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions of a page are answered and how many are to be, as formulas and as they stand now.

    A formula is empty where Excel has no room for it.
    """

    answered: int
    to_answer: int
    answered_formula: str
    to_answer_formula: str


def progress(form: Form, page: Page, conditions: Mapping[str, str], spared: frozenset[str]) -> Progress:
    """Count a page: a multiple choice is answered by one tick, a row of numbers by all of them."""
    terms = _Terms()
    skips: list[str] = []
    answered = total = skipped = 0
    for question, first, last in page.questions():
        if not question.is_asked:
            continue
        filled = sum(key in form.answers for key in question.keys)
        enough = 1 if question.type == "multiple" else len(question.keys)
        condition = conditions.get(question.code)
        is_skipped = condition is not None and question.code in spared
        total += 1
        skipped += is_skipped
        answered += filled >= enough and not is_skipped
        terms.add(first, last, enough, condition)
        skips += [f"-NOT({condition})"] if condition is not None else []
    formulas = "=" + "+".join(terms.finished()), f"={total}{''.join(skips)}"
    if max(map(len, formulas)) > _LONGEST_FORMULA:
        formulas = "", ""
    return Progress(answered, total - skipped, *formulas)


class _Terms:
    """The terms of a count; neighbours of one cell each are counted together."""

    def __init__(self) -> None:
        self.terms: list[str] = []
        self.run: tuple[int, int] | None = None

    def add(self, first: int, last: int, enough: int, condition: str | None) -> None:
        if first == last and condition is None and (self.run is None or self.run[1] == first - 1):
            self.run = (self.run[0] if self.run else first, last)
            return
        self.finished()
        if first == last and condition is None:
            self.run = (first, last)
            return
        held = f"*({condition})" if condition is not None else ""
        self.terms.append(f"(COUNTA({absolute(first)}:{absolute(last)})>={enough}){held}")

    def finished(self) -> list[str]:
        """Close the run and return the terms so far."""
        if self.run:
            self.terms.append(f"COUNTA({absolute(self.run[0])}:{absolute(self.run[1])})")
            self.run = None
        return self.terms or ["0"]
