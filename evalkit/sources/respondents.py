"""What was read from the exports of a survey platform: respondents with their units and weights, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evalkit.observations import OK
from evalkit.sources.cells import column_name

STATES = ("used", "unassigned", "duplicate", "no_weight", "zero_weight")
"""used; of no known unit; with an id that stands in several rows; without a weight above or equal to zero; of weight
zero, which counts for nothing. Only those that are used are counted anywhere."""
USED, UNASSIGNED, DUPLICATE, NO_WEIGHT, ZERO_WEIGHT = range(5)


@dataclass(slots=True)
class AnswerColumn:
    """One answer cell of every respondent of a file; arrays over respondents.

    ``codes`` say which of the texts ``raws`` and ``values`` is each respondent's. ``numbers`` is NaN wherever
    ``statuses`` is not ``OK``. ``lines`` and ``column`` (from 0) are the place in the file; a line of 0, or a column of
    -1, is none. ``corrections`` are the notes of corrected cells, by the place of the respondent.
    """

    key: str
    ticks: bool
    codes: NDArray[np.int32]
    raws: tuple[str, ...]
    values: tuple[str, ...]
    numbers: NDArray[np.float64]
    statuses: NDArray[np.int8]
    lines: NDArray[np.int64]
    column: int
    corrections: dict[int, str] = field(default_factory=dict)

    def raw_texts(self) -> NDArray[np.object_]:
        """Return what stood in the cells."""
        return np.array(self.raws, dtype=object)[self.codes]

    def value_texts(self) -> NDArray[np.object_]:
        """Return the values for people: the code of an option, a number, 1 or 0 of a tick; empty unless ``OK``."""
        if self.ticks:
            texts = np.where(self.numbers == 1, "1", "0").astype(object)
        else:
            texts = np.array(self.values, dtype=object)[self.codes]
        return np.where(self.statuses == OK, texts, "")

    def correction_texts(self) -> NDArray[np.object_]:
        """Return the notes of corrections, empty where a cell was not corrected."""
        texts = np.full(len(self.codes), "", dtype=object)
        for row, note in self.corrections.items():
            texts[row] = note
        return texts

    def cells(self) -> NDArray[np.object_]:
        """Return the names of the cells, such as ``C5``; empty where there is none."""
        if self.column < 0:
            return np.full(len(self.lines), "", dtype=object)
        letters = column_name(self.column)
        names = [f"{letters}{line}" if line else "" for line in self.lines.tolist()]
        return np.array(names, dtype=object)


@dataclass(frozen=True, slots=True)
class ReadExport:
    """The respondents of a file, in its order, arrays over them.

    ``units`` has the unit of each (-1: none), a position in the register; ``states`` those of :data:`STATES`;
    ``weights`` is 1 where the file has no weights, NaN where one lacks. ``submitted`` is a text that sorts by time,
    empty where it is not known. ``columns`` come in the order of the form, all of it. ``about`` describes respondents,
    by the study's names for it; the empty text says nothing.
    """

    file: str
    sheet: str
    sha256: str
    respondents: NDArray[np.object_]
    lines: NDArray[np.int64]
    units: NDArray[np.int64]
    states: NDArray[np.int8]
    weights: NDArray[np.float64]
    submitted: NDArray[np.object_]
    columns: tuple[AnswerColumn, ...]
    questions_missing: int
    headings_unknown: int
    about: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
