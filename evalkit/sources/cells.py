"""Positions of cells, and what a scan of a worksheet tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources.refusal import over_limit

Position = tuple[int, int]

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class SheetScan:
    """Extent from A1 (``rows`` × ``columns``), and the cells that a reader returns as blank though they are not.

    ``errors``: text of the error value by 0-based (row, column), such as ``#DIV/0!``. ``uncached``: formulas without
    a saved result. ``shared_uses``: how many cells show each shared text, by its number as written; ``None`` where
    the scan did not count them. ``data``: where the rows start and end in the XML of a sheet in the plain form.
    ``once``: no cell that holds anything stands twice; False where that has still to be looked into.
    """

    rows: int
    columns: int
    errors: dict[Position, str] = field(default_factory=dict)
    uncached: set[Position] = field(default_factory=set)
    shared_uses: Mapping[str, int] | None = None
    data: tuple[int, int] | None = None
    once: bool = True

    @property
    def area(self) -> int:
        """Cells that a reader lays out."""
        return self.rows * self.columns

    def is_within(self, limits: Limits) -> bool:
        """Tell whether no cell is farther out than ``limits`` allow."""
        return self.rows <= limits.rows and self.columns <= limits.columns and self.area <= limits.cells

    def require_within(self, limits: Limits, place: Place) -> None:
        """Raise :class:`RefusedError` (``EK235``) where a cell is farther out than ``limits`` allow."""
        for zh, en, found, limit in (
            ("最远单元格的行号", "the row of the farthest cell", self.rows, limits.rows),
            ("最远单元格的列号", "the column of the farthest cell", self.columns, limits.columns),
            ("单元格区域的大小", "the area of cells", self.area, limits.cells),
        ):
            if found > limit:
                raise over_limit(place, zh, en, found, limit)


def column_number(letters: str) -> int:
    """Return the 0-based number of a column: ``A`` is 0, ``XFD`` is 16,383."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


@cache
def column_name(column: int) -> str:
    """Return the letters of a 0-based column: 0 is ``A``, 16,383 is ``XFD``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell from its 0-based row and column: (1, 2) is ``C2``."""
    return f"{column_name(column)}{row + 1}"


def position(reference: str) -> Position | None:
    """Return the 0-based (row, column) of a reference such as ``C2``, in either case; ``None`` for anything else."""
    match = _REFERENCE.fullmatch(reference.upper()) if reference.isascii() else None
    return (int(match[2]) - 1, column_number(match[1])) if match else None
