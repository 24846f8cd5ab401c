"""The cells behind a part of an indicator: each of a unit's own, of many respondents the first and the sum."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.explanation.steps import CellRange, CellStep
from evalkit.observations import STATUSES

FIRST = 3
"""Cells of respondents that are shown of an answer; of several answers one each. The others are counted."""
_SHOWN = ("question", "item", "raw", "value", "status", "file", "sheet", "cell", "correction", "respondent")


class Observations:
    """The rows of the table ``observations`` of one unit, found by their ids."""

    def __init__(self, table: pd.DataFrame) -> None:
        """Keep the rows of the unit; their ids ascend."""
        self.table = table
        self.ids = table["observation"].to_numpy()
        names = [name for name in _SHOWN if name in table.columns]
        self.columns = {name: table[name].to_numpy(dtype=object) for name in names}

    def behind(self, rows: str) -> tuple[tuple[CellStep, ...], tuple[CellRange, ...]]:
        """Return the cells and sums that ``rows`` names, such as ``12|101-180``."""
        cells: list[CellStep] = []
        ranges: list[CellRange] = []
        shown = FIRST if rows.count("-") <= 1 else 1
        for each in filter(None, rows.split("|")):
            first, _, last = each.partition("-")
            found = self._positions(int(first), int(last or first))
            cells += [self._cell(position) for position in found[:shown].tolist()]
            if last:
                statuses = self.columns["status"][found]
                counts = {status: int((statuses == status).sum()) for status in STATUSES}
                ranges.append(CellRange(each, len(found), counts, len(cells)))
        return tuple(cells), tuple(ranges)

    def _positions(self, first: int, last: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        start, end = np.searchsorted(self.ids, [first, last + 1])
        return np.arange(start, end)

    def _cell(self, position: int) -> CellStep:
        return CellStep(**{name: str(column[position]) for name, column in self.columns.items()})
