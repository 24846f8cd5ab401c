"""Observations: one row a read cell, with what was found, its status, and where it stands.

The tidy table is for people and for the trace; :class:`Answers` holds the same numbers as arrays for the kernels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STATUSES = ("ok", "blank", "skipped", "not_applicable", "invalid", "error")
"""ok: counted; blank: nothing entered; skipped: spared by the skip rule; not_applicable: said so by the unit;
invalid: does not fit the question; error: an error value or a formula without a result."""
OK, BLANK, SKIPPED, NOT_APPLICABLE, INVALID, ERROR = range(6)
ABSENT = -1
"""No cell was read at all: the unit sent nothing, or nothing usable."""

OBSERVATION_COLUMNS = (
    "observation", "unit", "instrument", "question", "respondent", "wave", "value", "status", "raw",
    "file", "sheet", "cell", "item", "correction", "evidence", "evidence_cell",
)  # fmt: skip
"""observation: row id from 1; instrument: id of the questionnaire, or ``values``; question and item: code of the
question and of its option or part; value: number, option code, 1 or 0 of a tick, or text; raw: as it stood;
respondent: id within the file of an export, else empty;
correction: ``old -> new; reason; by; date`` where the ledger changed the value (:class:`CorrectionNote`); ``raw`` stays
what was read; evidence: proof given in the same row, as it stood; evidence_cell: where it stands, or would."""

COLUMN_PREFIX = "column:"
"""What the key of a ready-made value begins with."""


class CorrectionNote(NamedTuple):
    """What the column ``correction`` says: the change as the ledger writes it, why, by whom, when."""

    change: str
    reason: str
    by: str
    date: str

    def __str__(self) -> str:
        """Return the four, joined by ``"; "``, which therefore stands within none of them."""
        return _APART.join(part.replace(_APART, ", ") for part in self)

    @classmethod
    def parse(cls, text: str) -> CorrectionNote:
        """Take apart what ``str`` made; what another text lacks is empty."""
        parts = text.split(_APART, len(cls._fields) - 1)
        return cls(*parts, *[""] * (len(cls._fields) - len(parts)))


_APART = "; "


@dataclass(slots=True)
class Cell:
    """A read answer cell; ``number`` is what the kernels use: the value, the option's position, 1 or 0."""

    key: str
    status: int
    raw: str = ""
    value: str = ""
    number: float = float("nan")
    sheet: str = ""
    cell: str = ""
    correction: str = ""
    evidence: str = ""
    evidence_cell: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The cells read from one file for one unit, and for one rating of a call."""

    unit: str
    instrument: str
    file: str
    cells: tuple[Cell, ...]
    respondent: str = ""
    """who answered, or which call, auditor and attempt it was; empty where the unit itself answers"""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers as arrays over (units, keys); a key is ``Q01``, ``Q04.web`` or ``column:NAME``.

    ``numbers`` is NaN wherever ``statuses`` is not ``OK``; ``observations`` has the row id, 0 for none.
    """

    units: tuple[str, ...]
    keys: Mapping[str, int]
    numbers: NDArray[np.float64]
    statuses: NDArray[np.int8]
    observations: NDArray[np.int64]

    def number(self, key: str) -> NDArray[np.float64]:
        """Return the numbers of a key over the units."""
        return self.numbers[:, self.keys[key]]

    def first(self, count: int) -> Answers:
        """Return the answers of the first ``count`` units."""
        numbers, statuses, observations = self.numbers[:count], self.statuses[:count], self.observations[:count]
        return Answers(self.units[:count], self.keys, numbers, statuses, observations)

    def rows(self, chosen: NDArray[np.int64]) -> Answers:
        """Return the answers of the units in the places ``chosen``."""
        units = tuple(self.units[row] for row in chosen.tolist())
        return Answers(units, self.keys, self.numbers[chosen], self.statuses[chosen], self.observations[chosen])

    def columns(self, keys: Iterable[str]) -> list[int]:
        """Return the column numbers of keys."""
        return [self.keys[key] for key in keys]


def observation_table(batches: Iterable[Batch], wave: str) -> pd.DataFrame:
    """Return the tidy table (columns :data:`OBSERVATION_COLUMNS`), rows in the order of the batches."""
    batches = list(batches)
    cells = [cell for batch in batches for cell in batch.cells]
    names = {key: question_and_item(key) for key in {cell.key for cell in cells}}
    of_batch = np.repeat(np.arange(len(batches)), [len(batch.cells) for batch in batches])

    def of_file(values: list[str]) -> NDArray[np.object_]:
        return np.array(values, dtype=object)[of_batch]

    return pd.DataFrame(
        {
            "observation": np.arange(1, len(cells) + 1),
            "unit": of_file([batch.unit for batch in batches]),
            "instrument": of_file([batch.instrument for batch in batches]),
            "question": [names[cell.key][0] for cell in cells],
            "respondent": of_file([batch.respondent for batch in batches]),
            "wave": wave,
            "value": [cell.value for cell in cells],
            "status": [STATUSES[cell.status] for cell in cells],
            "raw": [cell.raw for cell in cells],
            "file": of_file([batch.file for batch in batches]),
            "sheet": [cell.sheet for cell in cells],
            "cell": [cell.cell for cell in cells],
            "item": [names[cell.key][1] for cell in cells],
            "correction": [cell.correction for cell in cells],
            "evidence": [cell.evidence for cell in cells],
            "evidence_cell": [cell.evidence_cell for cell in cells],
        },
        columns=list(OBSERVATION_COLUMNS),
    )


def question_and_item(key: str) -> tuple[str, str]:
    """Return the question and the option or part that a key names, the latter empty where there is none."""
    if key.startswith(COLUMN_PREFIX):
        return key.removeprefix(COLUMN_PREFIX), ""
    question, _, item = key.partition(".")
    return question, item


def answer_arrays(batches: Iterable[Batch], units: tuple[str, ...], keys: tuple[str, ...]) -> Answers:
    """Return the arrays for ``units`` × ``keys``; row ids as in :func:`observation_table` of the same batches."""
    rows = {unit: index for index, unit in enumerate(units)}
    columns = {key: index for index, key in enumerate(keys)}
    shape = (len(units), len(keys))
    answers = Answers(
        units, columns, np.full(shape, np.nan), np.full(shape, ABSENT, np.int8), np.zeros(shape, np.int64)
    )
    batches = list(batches)
    cells = [cell for batch in batches for cell in batch.cells]
    of_unit = np.array([rows[batch.unit] for batch in batches], dtype=np.intp)
    row = np.repeat(of_unit, [len(batch.cells) for batch in batches])
    column = np.array([columns[cell.key] for cell in cells], dtype=np.intp)
    status = np.array([cell.status for cell in cells], dtype=np.int8)
    number = np.array([cell.number for cell in cells], dtype=np.float64)
    answers.statuses[row, column] = status
    answers.numbers[row, column] = np.where(status == OK, number, np.nan)
    answers.observations[row, column] = np.arange(1, len(cells) + 1)
    return answers
