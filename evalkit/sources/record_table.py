"""A file of records opened: its headings, and the wanted columns below them block by block, every cell as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

from evalkit.definitions.limits import Limits
from evalkit.definitions.records import RecordSource
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.provenance import sha256
from evalkit.sources import delimited, workbook
from evalkit.sources.cell_text import trimmed
from evalkit.sources.cells import cell_name
from evalkit.sources.formula_text import original
from evalkit.sources.refusal import over_limit
from evalkit.sources.tables import is_delimited, read_bytes, sheet_texts
from evalkit.sources.workbook import Workbook

PARQUET = ".parquet"
_BLOCK = 8192
Block = tuple[Sequence[int], list[Sequence[str]]]
"""The lines of some rows, and the texts of each wanted column in these rows."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table whose rows are read once, by :meth:`blocks`; ``problems`` grow while they are."""

    place: Place
    sha256: str
    headings: tuple[str, ...]
    heading_line: int
    read: Callable[[Sequence[int]], Iterator[Block]]
    problems: list[Problem] = field(default_factory=list)

    def at(self, line: int, column: int) -> Place:
        """Return the place of a cell; ``column`` counts from 0."""
        place = self.place.at(cell=cell_name(line - 1, column))
        return place if place.sheet is not None else place.at(line=line)

    def find(self, wanted: Iterable[str]) -> int | None:
        """Return the column whose heading is one of the ``wanted``, the first that there is."""
        known = {_plain(heading): column for column, heading in reversed([*enumerate(self.headings)]) if heading}
        return next((known[_plain(each)] for each in wanted if _plain(each) in known), None)


def _plain(heading: str) -> str:
    return "".join(trimmed(heading).casefold().split())


def open_table(
    path: Path, shown_as: str, source: RecordSource, limits: Limits
) -> tuple[OpenTable | None, list[Problem]]:
    """Open a file of records: CSV by the reader of text files, Parquet by its name, anything else as a workbook.

    No table: what the guard or the reader found, ``EK235`` a file over the limit ``record_bytes``, ``EK250`` or
    ``EK224`` nothing there, ``EK291`` no sheet of that name. Rows with more cells than there are headings, as after a
    comma without quotation marks, are left out with ``EK828``.
    """
    place = Place(file=shown_as)
    if (refused := _too_large(path, place, limits)) is not None:
        return None, [refused]
    if path.suffix.lower() == PARQUET:
        from evalkit.sources.record_parquet import open_parquet  # noqa: PLC0415 - late: most have no Parquet

        return open_parquet(path, place, limits)
    data, problems = read_bytes(path, place)
    if data is None:
        return None, problems
    if is_delimited(path, data):
        return _open(delimited.read_records(data, place, problems), place, sha256(data), source.header, problems)
    return _open_workbook(data, place, source, limits)


def _too_large(path: Path, place: Place, limits: Limits) -> Problem | None:
    try:
        size = path.stat().st_size
    except OSError:
        return None  # said when it is read
    if size <= limits.record_bytes:
        return None
    what = ("文件的字节数", "the size of the file, in bytes,")
    return over_limit(place, *what, f"{size:,}", f"{limits.record_bytes:,}").problem


def _open_workbook(
    data: bytes, place: Place, source: RecordSource, limits: Limits
) -> tuple[OpenTable | None, list[Problem]]:
    book, problems = workbook.read(data, place, limits)
    if book is None:
        return None, problems
    found = _sheet(book, source.sheet)
    if found is None:
        names = listed(each.name for each in book.sheets)
        return None, [*problems, problem("EK291", place, sheet=source.sheet or "", allowed=names)]
    name, rows = found
    return _open(iter(rows), place.at(sheet=name), sha256(data), source.header, problems)


def _sheet(book: Workbook, wanted: str | None) -> tuple[str, list[tuple[int, list[str]]]] | None:
    for sheet in sorted(book.sheets, key=lambda each: not each.visible):
        if wanted is not None and sheet.name != wanted:
            continue
        rows = [(line, cells) for line, cells in enumerate(sheet_texts(sheet), start=1) if any(map(str.strip, cells))]
        if rows or wanted is not None:
            return sheet.name, rows
    return None


def _open(
    rows: Iterator[tuple[int, list[str]]], place: Place, digest: str, header: int, problems: list[Problem]
) -> tuple[OpenTable | None, list[Problem]]:
    """Take the headings off the rows."""
    above = list(islice(rows, header))
    if len(above) < header and not has_errors(problems):
        problems.append(problem("EK250", place))
    if has_errors(problems):
        return None, problems
    line, cells = above[-1]
    headings = [trimmed(original(cell)) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    width = len(headings)
    return OpenTable(
        place, digest, tuple(headings), line, lambda wanted: _blocks(rows, wanted, width, place, problems), problems
    ), problems


def _blocks(
    rows: Iterator[tuple[int, list[str]]],
    wanted: Sequence[int],
    width: int,
    place: Place,
    problems: list[Problem],
) -> Iterator[Block]:
    too_long: list[int] = []
    while block := list(islice(rows, _BLOCK)):
        lines, cells = zip(*block, strict=True)
        if max(map(len, cells)) > width:
            kept = [(line, row) for line, row in block if len(row) <= width or not any(map(str.strip, row[width:]))]
            too_long += sorted({*lines} - {line for line, _ in kept})
            if not kept:
                continue
            lines, cells = zip(*kept, strict=True)
        columns = list(zip_longest(*cells, fillvalue=""))
        columns += [("",) * len(lines)] * (width - len(columns))
        yield lines, [columns[column] for column in wanted]
    if too_long:
        problems.append(problem("EK828", place.at(line=too_long[0]), count=len(too_long), columns=width))
