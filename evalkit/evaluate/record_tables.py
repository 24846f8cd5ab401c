"""The table ``records``: how many work orders or call records stand behind a value, and why others do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from evalkit.observations import OK, STATUSES
from evalkit.problems import Place, Problem, problem
from evalkit.records import Records
from evalkit.scoring.measures import Measured
from evalkit.scoring.record_measures import PERCENT, MeasuredRecords

REASONS = tuple(status for status in STATUSES if status != STATUSES[OK])
RECORD_COLUMNS = (
    "unit", "indicator", "source", "method", "value", "n", "base", "total", "outside", *REASONS, "scale", "numerator",
    "denominator", "files",
)  # fmt: skip
"""total: records of the unit = outside (``among`` does not hold) + base + those left out since a cell that is needed
is blank, not applicable … (the worst of several). n: of the base, those for which the condition holds; of a number,
all. value = scale × numerator ÷ denominator, empty for a quantile. files: those with a record of the unit, by ``|``.
No row and no text of a record stands in any table."""


def record_table(
    measured: Mapping[str, Measured], records: Mapping[str, Records], units: Sequence[str]
) -> pd.DataFrame:
    """Return a row a unit and indicator measured by records (columns :data:`RECORD_COLUMNS`), unit by unit."""
    files = {name: _file_names(each) for name, each in records.items()}
    rows = [
        _row(unit, number, node, each.records, files)
        for number, unit in enumerate(units)
        for node, each in measured.items()
        if each.records is not None
    ]
    return pd.DataFrame(rows, columns=list(RECORD_COLUMNS))


def _row(
    unit: str, number: int, node: str, found: MeasuredRecords, files: Mapping[str, Sequence[str]]
) -> tuple[object, ...]:
    counts = (found.hits, found.base, found.total, found.outside)
    reasons = [found.left_out[number, status] for status in range(len(STATUSES)) if status != OK]
    sums = (found.scale, found.numerator[number], found.denominator[number])
    about = (unit, node, found.source, found.method, found.raw[number])
    return (*about, *(each[number] for each in counts), *reasons, *sums, files[found.source][number])


def _file_names(records: Records) -> list[str]:
    """Return the files of each unit."""
    pairs = np.unique(records.owners * len(records.files) + records.in_file) if len(records.files) else np.empty(0, int)
    names: list[list[str]] = [[] for _ in records.units]
    for pair in pairs.tolist():
        unit, number = divmod(pair, len(records.files))
        names[unit].append(records.files[number].name)
    return ["|".join(each) for each in names]


def over_hundred(node: str, found: MeasuredRecords | None, units: Sequence[str]) -> Iterator[Problem]:
    """Yield ``EK822`` for each rate over 100 %: its numerator counts what its denominator does not."""
    if found is None or found.method != "ratio" or found.scale != PERCENT:
        return
    for number in np.flatnonzero(found.raw > PERCENT).tolist():
        unit = units[number]
        yield problem("EK822", Place(unit=unit), node=node, unit=unit, value=f"{found.raw[number]:.6g}")
