"""From the texts of a column of records to numbers with a status, block by block, each distinct text read once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.form import ERROR_VALUES, NOT_TICKED, TICKED
from evalkit.definitions.form import NOT_APPLICABLE as SAY_NOT_APPLICABLE
from evalkit.definitions.questionnaire import spelling
from evalkit.definitions.records import RecordColumn
from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK
from evalkit.records import RecordCells
from evalkit.sources.answer_cells import parse_number
from evalkit.sources.cell_text import fold, normalise
from evalkit.sources.record_times import DAY, parse_times
from evalkit.sources.tables import UNCACHED

_NAN = float("nan")
_EXACT_DIGITS = 16
_AT_ONCE = 8_192


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be read: its row among those of the file, and its text."""

    row: int
    text: str


class ColumnReader(Protocol):
    """Takes the texts of a column as they come, and gives its cells at the end."""

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""

    def cells(self) -> RecordCells:
        """Return all cells."""

    def unread(self) -> list[Unread]:
        """Return the cells that hold something unreadable."""


class Blank:
    """Texts that stand for nothing besides the empty one; width, case and blanks do not matter, nor how a time is."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        """Fold the texts, and read those that are times."""
        self.folded = frozenset(map(fold, texts))
        seconds = parse_times(texts).seconds
        self.seconds = seconds[~np.isnan(seconds)]

    def is_nothing(self, text: str) -> bool:
        """Tell whether a text stands for nothing."""
        return not text or fold(text) in {"", *self.folded}

    def status(self, text: str) -> int:
        """Return the status of a text that is no value of its column."""
        if self.is_nothing(text):
            return BLANK
        plain = normalise(text)
        if plain.upper() in ERROR_VALUES or plain == UNCACHED:
            return ERROR
        return NOT_APPLICABLE if plain.casefold() in SAY_NOT_APPLICABLE else INVALID


def reader_of(column: RecordColumn, blank: Blank) -> ColumnReader:
    """Return the reader for a kind of column."""
    if column.kind == "time":
        return TimeReader(blank, ends=column.day == "end")
    if column.kind == "number":
        return CodedReader(blank)
    return CodedReader(blank, Options.of(column))


@dataclass(slots=True)
class TimeReader:
    """Reads times; nearly every one is another, so they are not coded first."""

    blank: Blank
    ends: bool = False
    pieces: list[RecordCells] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    wrong: list[Unread] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    count: int = 0
    dates: int = 0
    """dates without a time of day"""
    first_date: int = -1
    clocks: int = 0
    """times with a time of day"""

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""
        self.waiting += texts
        if len(self.waiting) >= _AT_ONCE:
            self._read()

    def _read(self) -> None:
        texts, self.waiting = self.waiting, []
        times = parse_times(texts)
        statuses = np.zeros(len(texts), np.int8)
        for place in np.flatnonzero(np.isnan(times.seconds)).tolist():
            text = texts[place]
            status = self.seen.get(text)
            if status is None:
                status = self.seen[text] = self.blank.status(text)
            statuses[place] = status
            if status in {INVALID, ERROR}:
                self.wrong.append(Unread(self.count + place, text))
        if len(self.blank.seconds):
            nothing = np.isin(times.seconds, self.blank.seconds)
            statuses[nothing], times.seconds[nothing], times.dates[nothing] = BLANK, np.nan, False
        dates = int(times.dates.sum())
        if dates and self.first_date < 0:
            self.first_date = self.count + int(np.flatnonzero(times.dates)[0])
        self.dates += dates
        self.clocks += int((statuses == OK).sum()) - dates
        seconds = times.seconds + np.where(times.dates, DAY - 1.0, 0.0) if self.ends else times.seconds
        self.pieces.append(RecordCells(seconds, statuses))
        self.count += len(texts)

    def cells(self) -> RecordCells:
        """Return all cells."""
        self._read()
        return joined(self.pieces)

    def unread(self) -> list[Unread]:
        """Return the cells that hold something unreadable."""
        return self.wrong


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a category by the spelling of their texts; ``open``: every other text is one of its own."""

    known: Mapping[str, int]
    codes: tuple[str, ...]
    open: bool

    @classmethod
    def of(cls, column: RecordColumn) -> Options:
        """Return the options that a column declares."""
        known = {spelling(text): at for at, code in enumerate(column.codes) for text in _texts(column, code)}
        if column.kind == "yes_no":
            known = dict.fromkeys(NOT_TICKED, 0) | dict.fromkeys(TICKED, 1) | known
        return cls(known, column.codes, open=not column.codes)


def _texts(column: RecordColumn, code: str) -> tuple[str, ...]:
    return (code, *column.options.get(code, ()))


@dataclass(slots=True)
class CodedReader:
    """Numbers the texts of a column as they come; what each distinct text means is found once, at the end."""

    blank: Blank
    options: Options | None = None
    """None: the texts are numbers"""
    numbers: dict[str, int] = field(default_factory=dict)
    pieces: list[NDArray[np.int32]] = field(default_factory=list)

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""
        numbers = self.numbers
        for text in {*texts} - numbers.keys() and dict.fromkeys(texts):
            numbers.setdefault(text, len(numbers))
        self.pieces.append(np.fromiter(map(numbers.__getitem__, texts), np.int32, len(texts)))

    @property
    def codes(self) -> NDArray[np.int32]:
        """Which of the texts stands in each row."""
        return np.concatenate([np.empty(0, np.int32), *self.pieces])

    def cells(self) -> RecordCells:
        """Return all cells."""
        values, statuses, options = self._meaning()
        codes = self.codes
        return RecordCells(values[codes], statuses[codes], options)

    def unread(self) -> list[Unread]:
        """Return the cells that hold something unreadable."""
        _, statuses, _ = self._meaning()
        if not np.isin(statuses, (INVALID, ERROR)).any():
            return []
        codes, texts = self.codes, [*self.numbers]
        rows = np.flatnonzero(np.isin(statuses[codes], (INVALID, ERROR)))
        return [Unread(row, texts[code]) for row, code in zip(rows.tolist(), codes[rows].tolist(), strict=True)]

    def _meaning(self) -> tuple[NDArray[np.float64], NDArray[np.int8], tuple[str, ...]]:
        """Return value and status of each distinct text, and the options."""
        values = np.full(len(self.numbers), _NAN)
        statuses = np.zeros(len(self.numbers), np.int8)
        found: dict[str, int] = {}
        for code, text in enumerate(self.numbers):
            value = None
            if fold(text) not in self.blank.folded:
                value = self._number(text) if self.options is None else self._option(text, self.options, found)
            if value is None:
                statuses[code] = self.blank.status(text)
            else:
                values[code] = value
        return values, statuses, () if self.options is None else (*self.options.codes, *found)

    @staticmethod
    def _number(text: str) -> float | None:
        if text.isascii() and text.isdigit() and len(text) < _EXACT_DIGITS:
            return float(text)
        plain = normalise(text)
        number, _, wrong = parse_number(plain, plain) if plain else (_NAN, "", None)
        return None if math.isnan(number) or (wrong is not None and wrong.severity == "error") else number

    def _option(self, text: str, options: Options, found: dict[str, int]) -> float | None:
        """Return the position of the option; one that is met first gets the next."""
        plain = spelling(normalise(text))
        position = options.known.get(plain)
        if position is None and options.open and self.blank.status(text) == INVALID:
            position = found.setdefault(plain, len(found))
        return None if position is None else float(position)


def joined(pieces: Sequence[RecordCells]) -> RecordCells:
    """Return the cells of several tables one after another; options are put together by their texts."""
    options = dict.fromkeys(option for piece in pieces for option in piece.options)
    position = {option: number for number, option in enumerate(options)}
    values = [np.empty(0)]
    for piece in pieces:
        table = np.array([*(position[option] for option in piece.options), _NAN], dtype=np.float64)
        moved = piece.options and piece.options != tuple(options)[: len(piece.options)]
        where = np.where(np.isnan(piece.numbers), len(piece.options), piece.numbers).astype(np.int64) if moved else None
        values.append(piece.numbers if where is None else table[where])
    statuses = [np.empty(0, np.int8), *(piece.statuses for piece in pieces)]
    return RecordCells(np.concatenate(values), np.concatenate(statuses), tuple(options))
