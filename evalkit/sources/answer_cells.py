"""From the value of a spreadsheet cell to an answer: one parser a type of question.

A parser takes the normalised text and the original value and returns the number for the kernels with the value
for people, or the finding that says why the cell cannot be counted. Findings have no place yet: who knows where the
cell stands adds it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from evalkit.definitions.form import ERROR_VALUES, NOT_APPLICABLE, NOT_TICKED, TICK, TICKED
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import BLANK, ERROR, INVALID, OK, Cell
from evalkit.observations import NOT_APPLICABLE as NOT_APPLICABLE_STATUS
from evalkit.problems import NOWHERE, Place, Problem, problem
from evalkit.sources.cell_text import as_text, fold, normalise, shortened, taken_away
from evalkit.sources.tables import UNCACHED

Value = str | int | float | bool | dt.date | dt.time | dt.timedelta
Parsed = tuple[float, str, Problem | None]
"""Number for the kernels, value for people, finding (with an error the answer does not count)."""
Parser = Callable[[str, Value], Parsed]

_PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?", re.ASCII)
_NUMBERS, _DATES = (int, float), (dt.date, dt.time, dt.timedelta)
_NAN = float("nan")


class Answer(NamedTuple):
    """What a cell says: status, text as it stood, value for people, number for the kernels, finding without a place."""

    status: int
    raw: str
    value: str = ""
    number: float = _NAN
    finding: Problem | None = None


EMPTY = Answer(BLANK, "")


def read_answer(parser: Parser, value: Value) -> Answer:
    """Read the value of a cell; an error value may stand there as text, too.

    ``EK216`` notes control characters and blanks other than plain ones that were taken away.
    """
    if value == "":
        return EMPTY
    raw = as_text(value)
    text = raw
    if isinstance(value, str):
        text = normalise(raw)
        without_parsing = _without_parsing(parser, raw, text)
        if without_parsing is not None:
            return without_parsing
    number, shown, finding = parser(text, value)
    if finding is not None and finding.severity == "error":
        return Answer(INVALID, raw, finding=finding)
    if finding is None and text != raw and (characters := taken_away(raw)):
        finding = problem("EK216", characters=characters, read=shortened(text))
    return Answer(OK, raw, shown, number, finding)


def _without_parsing(parser: Parser, raw: str, text: str) -> Answer | None:
    """Return what a text means for any question: nothing, an error value, or that the question does not apply.

    An option of that name comes first.
    """
    if not text:
        return Answer(BLANK, raw)
    if text.upper() in ERROR_VALUES:
        return Answer(ERROR, raw, finding=problem("EK208", value=text.upper()))
    if text == UNCACHED:
        return Answer(ERROR, raw, finding=problem("EK211"))
    if text.casefold() in NOT_APPLICABLE and not (isinstance(parser, Choice) and text.casefold() in parser.options):
        return Answer(NOT_APPLICABLE_STATUS, raw)
    return None


def read_error(text: str) -> Answer:
    """Read a cell that holds an error value, or ``""`` for a formula that was saved without its result."""
    return Answer(ERROR, text or UNCACHED, finding=problem("EK208", value=text) if text else problem("EK211"))


def read_cell(
    key: str, parser: Parser, value: Value, error: str | None, place: Place = NOWHERE
) -> tuple[Cell, Problem | None]:
    """Read one answer cell at a place; ``error`` is as for :func:`read_error`, None where there is a value."""
    answer = read_answer(parser, value) if error is None else read_error(error)
    status, raw, shown, number, finding = answer
    cell = Cell(key, status, raw, shown, number, place.sheet or "", place.cell or "")
    return cell, None if finding is None else replace(finding, place=place)


def parsers(question: Question) -> dict[str, Parser]:
    """Return the parser of each answer cell of a question that is asked, by key."""
    if question.type == "numbers":
        parts = zip(question.keys, question.parts, strict=True)
        return {key: _number(question, part.unit) for key, part in parts}
    if question.type in CHOICE_TYPES:
        return {question.code: choice_of(question)}
    simple: dict[str, Parser] = {"multiple": parse_tick, "number": _number(question, ""), "date": parse_date}
    return dict.fromkeys(question.keys, simple.get(question.type, parse_text))


@dataclass(frozen=True, slots=True)
class Choice:
    """Finds an option by its label in either language or in both, or by its code; blanks, width, case do not matter."""

    options: Mapping[str, tuple[float, str]]
    """position and code of each option, by its names as spelt and folded"""
    allowed: tuple[str, ...]
    """what a finding says can be given"""

    def __call__(self, text: str, _value: Value) -> Parsed:
        """Return the position of the option and its code; ``EK204`` where there is no such option."""
        found = self.options.get(text.casefold()) or self.options.get(fold(text))
        if found is not None:
            return (*found, None)
        near = suggestion(shortened(text), self.allowed)
        return _NAN, "", problem("EK204", value=shortened(text), allowed=listed(self.allowed), **near)


def choice_of(question: Question) -> Choice:
    """Return the parser of a choice; the definition sees to it that no spelling means two options."""
    folded: dict[str, tuple[float, str]] = {}
    spelt: dict[str, tuple[float, str]] = {}
    for index, option in enumerate(question.choices):
        found = float(index), option.code
        spelt |= dict.fromkeys(option.spellings, found)
        folded |= dict.fromkeys(map(fold, (*option.spellings, option.name.say("both"))), found)
    return Choice(folded | spelt, tuple(option.name.zh or option.name.en for option in question.choices))


def parse_tick(text: str, value: Value) -> Parsed:
    """Read a tick row: ticked or not; a bare ``x`` is refused, since it is read both ways."""
    if value is True or text.casefold() in TICKED:
        return 1.0, "1", None
    if value is False or text.casefold() in NOT_TICKED:
        return 0.0, "0", None
    allowed = f"{TICK}, 1, 是, yes / 0, 否, no"
    return _NAN, "", problem("EK204", value=shortened(text), allowed=allowed, suggestion_zh="", suggestion_en="")


@dataclass(frozen=True, slots=True)
class Number:
    """Reads a number, held to limits; with ``percent`` a text may end in a percent sign."""

    percent: bool = False
    least: float | None = None
    most: float | None = None
    whole: bool = False

    def __call__(self, text: str, value: Value) -> Parsed:
        """Return the number: ``EK203`` none, ``EK207`` a date, ``EK205`` out of range, ``EK210`` not whole.

        ``EK214`` notes a number that was typed in full width, with separators or a percent sign; ``EK215`` warns of a
        numeric cell of at most 1 where percent are asked for: Excel keeps a typed ``95.1%`` as 0.951.
        """
        if isinstance(value, _DATES):
            return _NAN, "", problem("EK207", value=text)
        number = self._read(text, value)
        if number is None:
            return _NAN, "", problem("EK203", value=shortened(as_text(value)))
        shown = text if isinstance(value, float) else as_text(number)
        fault = self._fault(number, shown)
        return (number, shown, self._remark(value, number, shown)) if fault is None else (_NAN, "", fault)

    def _fault(self, number: float, shown: str) -> Problem | None:
        if self.least is not None and number < self.least:
            return problem("EK205", value=shown, limit=f"≥ {as_text(self.least)}")
        if self.most is not None and number > self.most:
            return problem("EK205", value=shown, limit=f"≤ {as_text(self.most)}")
        return problem("EK210", value=shown) if self.whole and not number.is_integer() else None

    def _remark(self, value: Value, number: float, shown: str) -> Problem | None:
        if isinstance(value, str):
            typed = value.strip()
            return None if _PLAIN.fullmatch(typed) else problem("EK214", value=shortened(typed), read=shown)
        if self.percent and 0 < abs(number) <= 1:
            return problem("EK215", value=shown, percent=as_text(round(number * 100, 10)))
        return None

    def _read(self, text: str, value: Value) -> float | None:
        if isinstance(value, bool):
            return None
        if isinstance(value, _NUMBERS):
            return float(value) if math.isfinite(value) else None
        if not text.isascii() or any(unicodedata.category(character) == "No" for character in str(value)):
            return None  # 10² and ① are not the numbers 102 and 1 that NFKC makes of them
        plain = text[:-1].rstrip() if self.percent and text.endswith("%") else text
        plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
        number = float(plain) if _PLAIN.fullmatch(plain) else math.inf
        return number if math.isfinite(number) else None


def _number(question: Question, unit_of_part: str) -> Number:
    percent = fold(unit_of_part or question.unit) in {"%", "percent"}
    return Number(percent, question.min, question.max, question.integer)


parse_number = Number()
"""A number without limits: a column of ready-made values."""


def parse_date(text: str, value: Value) -> Parsed:
    """Read a date cell or a text such as 2020-11-01, 2020/11/1, 2020年11月1日; the number is its ordinal day."""
    day: dt.date | None = None
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    elif isinstance(value, str) and (found := _DATE.fullmatch(text)):
        day = _date(*found.groups())
    if day is None:
        return _NAN, "", problem("EK206", value=shortened(text))
    return float(day.toordinal()), day.isoformat(), None


def _date(year: str, first: str, month: str, second: str, day: str) -> dt.date | None:
    if second != {"年": "月"}.get(first, first):
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_text(text: str, _value: Value) -> Parsed:
    """Keep text; the number says only that there is one."""
    return 1.0, text, None
