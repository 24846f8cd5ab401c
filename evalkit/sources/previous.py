"""Numbers of an earlier wave, from the results of its run, to compare those of today with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.messages.nearest import listed
from evalkit.observations import COLUMN_PREFIX, OK, STATUSES
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256_file
from evalkit.sources.answer_cells import parse_number, read_answer
from evalkit.sources.register import Register
from evalkit.sources.tables import Table, read_table

TABLE = "observations.csv"
VALUES = "values"
"""What the column ``instrument`` says of ready-made values."""
_NEEDED = ("unit", "instrument", "question", "item", "wave", "value", "status")


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier wave: ``numbers`` (units, keys) in the order of the answers of today, NaN where there was none.

    ``file`` is the table that was read, by its name in findings.
    """

    wave: str
    numbers: NDArray[np.float64]
    file: str
    sha256: str


def read_previous(
    path: Path, shown_as: str, register: Register, keys: Mapping[str, int], *, instrument: str, wave: str
) -> tuple[Previous | None, list[Problem]]:
    """Read the numbers of an earlier run: ``path`` is its folder or its table ``observations``.

    Numbers of the questionnaire ``instrument`` and ready-made values are taken, for the ``keys`` of today and the units
    that the register knows; where several rows speak of one of them (several respondents) it is left out. Findings:
    ``EK001`` no such table, those of :func:`read_table`, ``EK201`` a column lacks, ``EK258`` nothing in it can be
    compared, ``EK259`` it is of the ``wave`` of today.
    """
    for inner in (f"tables/{TABLE}", TABLE):
        if path.is_dir() and (path / inner).is_file():
            path, shown_as = path / inner, f"{shown_as.rstrip('/')}/{inner}"
    place = Place(file=shown_as)
    if path.is_dir():
        return None, [problem("EK001", place, path=f"{shown_as.rstrip('/')}/tables/{TABLE}")]
    table, problems = read_table(path, place)
    if table is None:
        return None, problems
    lacking = [name for name in _NEEDED if name not in table.header]
    if lacking:
        where, allowed = table.place.at(line=1), listed(table.header)
        return None, [*problems, *(problem("EK201", where, column=name, allowed=allowed) for name in lacking)]
    rows = list(_rows(table, instrument))
    waves = dict.fromkeys(row["wave"] for row in rows)
    if wave and wave in waves:
        return None, [*problems, problem("EK259", place, wave=wave)]
    numbers = _numbers(rows, register, keys)
    if np.isnan(numbers).all():
        return None, [*problems, problem("EK258", place, instrument=instrument or VALUES)]
    return Previous("、".join(each for each in waves if each), numbers, shown_as, sha256_file(path)), problems


def _rows(table: Table, instrument: str) -> Iterable[dict[str, str]]:
    columns = {name: table.header.index(name) for name in _NEEDED}
    for _, cells in table.rows:
        row = {name: cells[column] for name, column in columns.items()}
        if row["status"] == STATUSES[OK] and row["instrument"] in {instrument, VALUES}:
            yield row


def _numbers(rows: Iterable[dict[str, str]], register: Register, keys: Mapping[str, int]) -> NDArray[np.float64]:
    places = {unit: index for index, unit in enumerate(register.units)}
    numbers = np.full((len(places), len(keys)), np.nan)
    seen = np.zeros(numbers.shape, dtype=np.int64)
    for row in rows:
        unit, key = register.find(row["unit"]), _key(row)
        if unit is not None and key in keys:
            at = places[unit], keys[key]
            numbers[at] = read_answer(parse_number, row["value"]).number
            seen[at] += 1
    numbers[seen > 1] = np.nan
    return numbers


def _key(row: Mapping[str, str]) -> str:
    if row["instrument"] == VALUES:
        return f"{COLUMN_PREFIX}{row['question']}"
    return f"{row['question']}.{row['item']}" if row["item"] else row["question"]
