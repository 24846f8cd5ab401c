"""A table of answers as columns of coded text: each text once, each row a number. The rows themselves are not kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit import library
from evalkit.definitions.limits import Limits
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.provenance import sha256
from evalkit.sources import delimited, workbook
from evalkit.sources.cells import cell_name
from evalkit.sources.tables import filled_sheet, is_delimited

Record = tuple[int, list[str]]
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Coded:
    """A column: ``codes`` (rows,) say which of ``texts`` stands in each row."""

    codes: NDArray[np.int32]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The header rows, and the columns below them; ``lines`` (rows,) are lines of a text file or rows of a sheet.

    All columns have as many rows as ``lines``; ``headers`` has a tuple a header row, as long as there are columns.
    """

    place: Place
    sha256: str
    headers: tuple[tuple[str, ...], ...]
    header_lines: tuple[int, ...]
    lines: NDArray[np.int64]
    columns: tuple[Coded, ...]

    def at(self, line: int, column: int) -> Place:
        """Return the place of a cell; ``column`` counts from 0."""
        place = self.place.at(cell=cell_name(line - 1, column))
        return place if place.sheet is not None else place.at(line=line)


def read_grid(
    path: Path, shown_as: str, header_rows: int, sheet: str | None, limits: Limits | None = None
) -> tuple[Grid | None, list[Problem]]:
    """Read a table with so many header rows, from CSV or from a sheet (the first visible one that holds anything).

    Every value is text, as in :func:`evalkit.sources.tables.read_table`; blank rows are left out, all others are kept,
    however long. No table: what the guard or the reader of text files found, ``EK224`` or ``EK250`` nothing there,
    ``EK291`` no sheet of that name. ``EK292`` (a warning): headers, but no row below them.
    """
    place = Place(file=shown_as)
    data, problems = library.read_bytes(path, place)
    if data is None:
        return None, problems
    records: Iterator[Record]
    if is_delimited(path, data):
        records = delimited.read_records(data, place, problems)
        head = list(islice(records, header_rows))
        if not head and not problems:
            problems.append(problem("EK250", place))
    else:
        book, problems = workbook.read(data, place, limits)
        if book is None:
            return None, problems
        chosen = filled_sheet(book, sheet)
        if chosen is None:
            names = listed(each.name for each in book.sheets)
            return None, [*problems, problem("EK291", place, sheet=sheet or "", allowed=names)]
        place = place.at(sheet=chosen[0])
        records = iter(chosen[1])
        head = list(islice(records, header_rows))
    lines, columns = _coded(records, max((len(_trimmed(cells)) for _, cells in head), default=0))
    if has_errors(problems):
        return None, problems
    if not len(lines):
        problems.append(problem("EK292", place))
    headers = tuple(tuple(_padded(cells, len(columns))) for _, cells in head)
    return Grid(place, sha256(data), headers, tuple(line for line, _ in head), lines, columns), problems


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [cell.strip() for cell in cells[:width]] + [""] * (width - len(cells))


@dataclass(slots=True)
class _Coder:
    """Numbers the texts of a column as they come; ``pieces`` are the codes of the ``count`` rows so far."""

    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    pieces: list[NDArray[np.int32]] = field(default_factory=list)
    count: int = 0

    def add(self, values: Sequence[str]) -> None:
        numbers = self.numbers
        self.pieces.append(np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32))
        self.count += len(values)

    def fill(self, count: int) -> None:
        """Take the rows that are lacking up to ``count`` for blank ones."""
        self.pieces.append(np.zeros(count - self.count, dtype=np.int32))
        self.count = count

    def coded(self) -> Coded:
        return Coded(np.concatenate(self.pieces), tuple(self.numbers))


def _coded(records: Iterator[Record], width: int) -> tuple[NDArray[np.int64], tuple[Coded, ...]]:
    """Code the rows block by block, so that only one block of them is held at a time."""
    coders = [_Coder() for _ in range(width)]
    lines: list[int] = []
    while block := list(islice(records, _BLOCK)):
        for index, values in enumerate(zip_longest(*(cells for _, cells in block), fillvalue="")):
            if index >= len(coders) and not any(map(str.strip, values)):
                continue
            coders.extend(_Coder() for _ in range(len(coders), index + 1))
            coders[index].fill(len(lines))
            coders[index].add(values)
        lines += [line for line, _ in block]
    for coder in coders:
        coder.fill(len(lines))
    return np.array(lines, dtype=np.int64), tuple(coder.coded() for coder in coders)
