"""A file of records opened: its headings, and the wanted columns below them block by block, every cell as text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path

from evalkit import library
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
from evalkit.sources.tables import filled_sheet, is_delimited

PARQUET = ".parquet"
_BLOCK = 1024  # rows that stay in the processor's cache: with 4,096 the same takes a third longer
Block = tuple[Sequence[int], list[Sequence[str]]]
"""The lines of some rows, and the texts of each wanted column in these rows."""
Rows = tuple[Sequence[int], list[list[str]]]
"""The lines of some rows, and their cells."""


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

    def find(self, wanted: Iterable[str]) -> list[int]:
        """Return the columns whose heading is the first of the ``wanted`` that there is; blanks, case do not matter."""
        plain = [_plain(heading) for heading in self.headings]
        found = ([column for column, heading in enumerate(plain) if heading == _plain(each)] for each in wanted)
        return next((columns for columns in found if columns), [])


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
    data, problems = library.read_bytes(path, place)
    if data is None:
        return None, problems
    if is_delimited(path, data):
        head: list[Problem] = []
        above = list(islice(delimited.read_records(data, place, head), source.header))
        blocks = partial(delimited.read_blocks, data, place, problems, _BLOCK)
        return _open(above, blocks, source.header, place, head or problems, digest=sha256(data))
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
    found = filled_sheet(book, source.sheet)
    if found is None:
        names = listed(each.name for each in book.sheets)
        return None, [*problems, problem("EK291", place, sheet=source.sheet or "", allowed=names)]
    name, rows = found

    def blocks() -> Iterator[Rows]:
        for start in range(0, len(rows), _BLOCK):
            lines, cells = zip(*rows[start : start + _BLOCK], strict=True)
            yield lines, list(cells)

    above = rows[: source.header]
    return _open(above, blocks, source.header, place.at(sheet=name), problems, digest=sha256(data))


def _open(
    above: list[tuple[int, list[str]]],
    blocks: Callable[[], Iterator[Rows]],
    header: int,
    place: Place,
    problems: list[Problem],
    *,
    digest: str,
) -> tuple[OpenTable | None, list[Problem]]:
    """Take the headings from the last of the rows ``above``; ``blocks`` begin with the first row of the file."""
    if len(above) < header and not has_errors(problems):
        problems.append(problem("EK250", place))
    if has_errors(problems):
        return None, problems
    line, cells = above[-1]
    headings = [trimmed(original(cell)) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()

    def read(wanted: Sequence[int]) -> Iterator[Block]:
        return _columns(blocks(), wanted, place, problems, heading_line=line, width=len(headings))

    return OpenTable(place, digest, tuple(headings), line, read, problems), problems


def _columns(
    blocks: Iterator[Rows],
    wanted: Sequence[int],
    place: Place,
    problems: list[Problem],
    *,
    heading_line: int,
    width: int,
) -> Iterator[Block]:
    """Yield the wanted columns of the rows below the headings."""
    too_long: list[int] = []
    for every_line, every_row in blocks:
        below = bisect_right(every_line, heading_line)
        lines, rows = every_line[below:], every_row[below:]
        if rows and max(map(len, rows)) > width:
            kept = [number for number, row in enumerate(rows) if not any(map(str.strip, row[width:]))]
            too_long += sorted({*lines} - {lines[number] for number in kept})
            lines, rows = [lines[number] for number in kept], [rows[number][:width] for number in kept]
        if rows:
            columns = list(zip_longest(*rows, fillvalue=""))
            columns += [("",) * len(lines)] * (width - len(columns))
            yield lines, [columns[column] for column in wanted]
    if too_long:
        problems.append(problem("EK828", place.at(line=too_long[0]), count=len(too_long), columns=width))
