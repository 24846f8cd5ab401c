"""A plain table with a header row, from CSV or from a sheet of a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evalkit import library
from evalkit.definitions.limits import Limits
from evalkit.problems import Place, Problem, problem
from evalkit.sources import delimited, workbook
from evalkit.sources.cell_text import as_text, taken_away, trimmed
from evalkit.sources.workbook import Sheet, Workbook, cell_name

UNCACHED = "="
"""What stands in a table for a formula that was saved without its result."""
_DELIMITED = {".csv", ".txt", ".tsv"}
_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0"))


@dataclass(frozen=True, slots=True)
class Table:
    """Column names, trimmed, and rows of text as it stands, all as long as ``header``.

    A row carries its line in a text file or its row in a sheet, from 1; ``place`` names the file and the sheet.
    An error value of a sheet is its text, such as ``#DIV/0!``.
    """

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    place: Place

    def at(self, line: int, column: int = 0) -> Place:
        """Return the place of a cell; ``column`` counts from 0."""
        place, cell = self.place, cell_name(line - 1, column)
        line_of_text = line if place.sheet is None else place.line
        return Place(place.file, place.sheet, cell, line_of_text, place.column, place.unit, place.question)


def read_table(path: Path, place: Place, limits: Limits | None = None) -> tuple[Table | None, list[Problem]]:
    """Read a table whose first row with anything in it names the columns; blank rows are left out.

    Text files (.csv, .txt, .tsv) are read as :func:`evalkit.sources.delimited.read` says. Of a workbook, whatever its
    file is called, the first visible sheet that holds anything is read; findings are those of
    :func:`evalkit.sources.workbook.read` and, as for text files, ``EK251`` a column name twice, ``EK246`` a row that
    reaches beyond the header, which is left out.
    """
    data, problems = library.read_bytes(path, place)
    if data is None:
        return None, problems
    if is_delimited(path, data):
        read, problems = delimited.read(data, place)
        return (None if read is None else Table(read.header, read.rows, place)), problems
    book, problems = workbook.read(data, place, limits)
    if book is None:
        return None, problems
    table, more = _from_sheets(book, place)
    return table, [*problems, *more]


def trimmed_table(table: Table) -> tuple[Table, list[Problem]]:
    """Return the table with all cells trimmed; ``EK217`` notes that more than plain blanks was taken away."""
    cells = ((line, column, taken_away(text)) for line, row in table.rows for column, text in enumerate(row))
    found = [each for each in cells if each[2]]
    rows = [(line, [*map(trimmed, row)]) for line, row in table.rows]
    if not found:
        return Table(table.header, rows, table.place), []
    (line, column, characters), *_ = found
    note = problem("EK217", table.at(line, column), count=len(found), characters=characters)
    return Table(table.header, rows, table.place), [note]


def is_delimited(path: Path, data: bytes) -> bool:
    """Tell whether a file is a text file by its name, and no workbook by its content."""
    return path.suffix.lower() in _DELIMITED and not data.startswith(_WORKBOOKS)


def _from_sheets(book: Workbook, place: Place) -> tuple[Table | None, list[Problem]]:
    found = filled_sheet(book)
    if found is None:
        return None, [problem("EK224", place)]
    name, rows = found
    return _with_header(rows, place.at(sheet=name))


def _with_header(rows: list[tuple[int, list[str]]], place: Place) -> tuple[Table | None, list[Problem]]:
    (line, names), *body = rows
    header = [trimmed(name) for name in names]
    while not header[-1]:
        header.pop()
    twice = dict.fromkeys(name for name in header if name and header.count(name) > 1)
    if twice:
        where = place.at(cell=cell_name(line - 1, 0))
        return None, [problem("EK251", where, column=name) for name in twice]
    width = len(header)
    table = Table(tuple(header), [], place)
    problems: list[Problem] = []
    for number, cells in body:
        if len(cells) == width:
            table.rows.append((number, cells))
        elif any(map(str.strip, cells[width:])):
            found = max(index for index, text in enumerate(cells, start=1) if text.strip())
            problems.append(problem("EK246", table.at(number, width), found=found, expected=width))
        else:
            table.rows.append((number, cells[:width]))
    return table, problems


def filled_sheet(book: Workbook, wanted: str | None = None) -> tuple[str, list[tuple[int, list[str]]]] | None:
    """Return name and rows, each with its line, of the first sheet that holds anything, visible ones first.

    Blank rows are left out. The ``wanted`` sheet may hold nothing; None where there is no such sheet.
    """
    for sheet in sorted(book.sheets, key=lambda each: not each.visible):
        if wanted is not None and sheet.name != wanted:
            continue
        rows = [(line, cells) for line, cells in enumerate(sheet_texts(sheet), start=1) if any(map(str.strip, cells))]
        if rows or wanted is not None:
            return sheet.name, rows
    return None


def sheet_texts(sheet: Sheet) -> list[list[str]]:
    """Return all cells as text, error values and formulas without a result too."""
    texts = [[value if type(value) is str else as_text(value) for value in row] for row in sheet.rows]
    for (row, column), text in [*sheet.errors.items(), *((position, UNCACHED) for position in sheet.uncached)]:
        texts.extend([] for _ in range(len(texts), row + 1))
        texts[row].extend("" for _ in range(len(texts[row]), column + 1))
        texts[row][column] = text
    width = max(map(len, texts), default=0)
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in texts]
