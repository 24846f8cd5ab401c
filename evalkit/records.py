"""Work orders and call records as arrays for the kernels: one row a record, only the columns that formulas name.

Records hold what citizens asked for. They are no observations: no row and no text of them is ever written to a table,
a report or a finding beyond the few cells that a finding names so that they can be corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from evalkit.observations import OK


@dataclass(frozen=True, slots=True, eq=False)
class RecordCells:
    """The cells of one column, (rows,): numbers, NaN with a status other than OK.

    A time is in seconds since 1970, in local time; a category the position among ``options``; yes is 1 and no 0.
    """

    numbers: NDArray[np.float64]
    statuses: NDArray[np.int8]
    options: tuple[str, ...] = ()

    @classmethod
    def constant(cls, value: float, rows: int) -> RecordCells:
        """Return a column that holds the same number everywhere."""
        return cls(np.broadcast_to(np.float64(value), rows), np.broadcast_to(np.int8(OK), rows))

    def rows(self, places: NDArray[np.int64]) -> RecordCells:
        """Return the cells in these places."""
        return RecordCells(self.numbers[places], self.statuses[places], self.options)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What became of the rows of a file: those that count, those of no known unit, and those left out as repeated."""

    name: str
    sha256: str
    rows: int
    used: int
    unassigned: int
    repeated: int


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """The records of a source that count: ``owners`` (rows,) are positions among ``units``.

    ``cells`` are columns and settings by the name that formulas use; ``about`` has for each name the kind of every row,
    -1 for none, and the texts of the kinds. ``in_file`` (rows,) is the position among ``files``. ``known`` are the
    texts of the options of each column that formulas can name, by the position of the option.
    """

    name: str
    units: tuple[str, ...]
    owners: NDArray[np.int64]
    cells: Mapping[str, RecordCells]
    in_file: NDArray[np.int32]
    files: tuple[RecordFile, ...]
    known: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    about: Mapping[str, tuple[NDArray[np.int64], tuple[str, ...]]] = field(default_factory=dict)
    sample: bool = False
    memo: dict[object, object] = field(init=False, repr=False, default_factory=dict)
    """what was computed of them once, by what was asked: a diagnosis scores the field anew for every unit"""

    def grouped(self, members: NDArray[np.int64], groups: NDArray[np.int64], count: int) -> Records:
        """Return the records in the places ``members``, one in several groups more than once, by ``groups``.

        ``groups`` (members,) is the group of each, below ``count``, which takes the place of the unit.
        """
        cells = {name: each.rows(members) for name, each in self.cells.items()}
        names = tuple(map(str, range(count)))
        return replace(self, units=names, owners=groups, cells=cells, in_file=self.in_file[members], about={})

    @property
    def per_unit(self) -> NDArray[np.int64]:
        """How many records each unit has, (units,)."""
        return np.bincount(self.owners, minlength=len(self.units))

    def files_of(self, unit: int) -> tuple[RecordFile, ...]:
        """Return the files that have a record of the unit."""
        found = np.unique(self.in_file[self.owners == unit])
        return tuple(self.files[number] for number in found.tolist())
