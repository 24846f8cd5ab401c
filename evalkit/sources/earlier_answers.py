"""Numbers of an earlier wave, from the results of its run, to compare those of today with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.observations import COLUMN_PREFIX, OK, STATUSES
from evalkit.problems import Problem
from evalkit.sources.answer_cells import parse_number, read_answer
from evalkit.sources.earlier_run import EarlierRun, read_run_table
from evalkit.sources.register import Register

TABLE = "observations"
VALUES = "values"
"""What the column ``instrument`` says of ready-made values."""
_NEEDED = ("unit", "instrument", "question", "item", "value", "status")


@dataclass(frozen=True, slots=True)
class EarlierNumbers:
    """Numbers (units, keys) of an earlier wave in the order of the answers of today, NaN where there was none.

    ``file`` is the table that was read, by its name in findings.
    """

    wave: str
    numbers: NDArray[np.float64]
    file: str
    sha256: str


def read_earlier_numbers(
    path: Path, run: EarlierRun, register: Register, keys: Mapping[str, int], *, instrument: str
) -> tuple[EarlierNumbers | None, list[Problem]]:
    """Read the numbers of ``run`` from its folder ``path``; None where it has none to compare.

    Numbers of the questionnaire ``instrument`` and ready-made values are taken, for the ``keys`` of today and the units
    that the register knows; where several rows speak of one of them (several respondents) it is left out. A table that
    cannot be read is reported as :func:`read_run_table` does.
    """
    rows, problems = read_run_table(path, TABLE, _NEEDED, run)
    if rows is None:
        return None, problems
    places = {unit: index for index, unit in enumerate(register.units)}
    numbers = np.full((len(places), len(keys)), np.nan)
    seen = np.zeros(numbers.shape, dtype=np.int64)
    for unit, said_in, question, item, value, status in rows:
        if status != STATUSES[OK] or said_in not in {instrument, VALUES}:
            continue
        known, key = register.find(unit), _key(said_in, question, item)
        if known is not None and key in keys:
            at = places[known], keys[key]
            numbers[at] = read_answer(parse_number, value).number
            seen[at] += 1
    numbers[seen > 1] = np.nan
    if np.isnan(numbers).all():
        return None, problems
    return EarlierNumbers(run.wave, numbers, f"{run.folder}/tables/{TABLE}.csv", run.tables[TABLE]), problems


def _key(instrument: str, question: str, item: str) -> str:
    if instrument == VALUES:
        return f"{COLUMN_PREFIX}{question}"
    return f"{question}.{item}" if item else question
