"""One file of work orders or call records: whose each record is, and the cells of the columns that are needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.limits import Limits
from evalkit.definitions.records import RecordSource
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import ERROR, INVALID
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.records import RecordCells
from evalkit.sources.cell_text import shortened
from evalkit.sources.many_objects import collecting_later
from evalkit.sources.record_columns import Blank, CodedReader, ColumnReader, TimeReader, Unread, reader_of
from evalkit.sources.record_table import OpenTable, open_table
from evalkit.sources.register import Register

_MOST_NAMES = 10
_MOST_EXAMPLES = 3
_APART = "\0"


@dataclass(frozen=True, slots=True, eq=False)
class ReadRecords:
    """The rows of a file: ``owners`` (rows,) are positions in the register, -1 for none; ``lines`` where they stand.

    ``ids`` are the numbers of the orders, None where the source names no such column. ``about`` are coded texts.
    ``positions`` says in which column a name stands. ``dates`` and ``clocks`` count times without and with a time of
    day by column, the first with the place of the first.
    """

    table: OpenTable
    owners: NDArray[np.int64]
    lines: NDArray[np.int64]
    cells: Mapping[str, RecordCells]
    positions: Mapping[str, int]
    ids: list[str] | None
    about: Mapping[str, tuple[NDArray[np.int64], tuple[str, ...]]]
    dates: Mapping[str, tuple[int, Place]]
    clocks: int

    def at(self, row: int, name: str) -> Place:
        """Return the place of a cell; of the row where the file lacks the column."""
        return self.table.at(int(self.lines[row]), self.positions.get(name, 0))


@dataclass(slots=True)
class RecordReader:
    """Reads the files of a source; only the columns ``needed`` are kept, and what sorts and tells records apart."""

    source: RecordSource
    needed: Collection[str]
    register: Register
    limits: Limits
    problems: list[Problem] = field(default_factory=list)

    def read(self, path: Path, shown_as: str) -> ReadRecords | None:
        """Read a file; None where that is not possible.

        Findings besides those of :func:`open_table`: ``EK810`` a heading lacks, ``EK251`` or stands twice, so that
        nobody can tell which column is meant; ``EK811`` ``EK812`` ``EK824`` records of an unknown unit or of none,
        ``EK813`` nothing tells the unit; ``EK817`` ``EK818`` cells that cannot be read, a finding a column with the
        number and the first of them; ``EK825`` no records.
        """
        with collecting_later():
            return self._read(path, shown_as)

    def _read(self, path: Path, shown_as: str) -> ReadRecords | None:
        table, problems = open_table(path, shown_as, self.source, self.limits)
        if table is None:
            self.problems += problems
            return None
        intake = self._intake(table)
        one = None if self.source.unit.column else self._only_unit(path, table)
        if one is None and "unit" not in intake.positions:
            return None
        lines = intake.take(table)
        self.problems += problems
        if has_errors(each for each in problems if each.code != "EK828"):
            return None
        if not len(lines):
            self.problems.append(problem("EK825", table.place))
        owners = np.full(len(lines), -1 if one is None else one, dtype=np.int64)
        if one is None:
            owners = self._owners(intake.units, lines, table, intake.positions["unit"])
        cells = {}
        for name in self.needed:
            lacking = RecordCells(np.full(len(lines), np.nan), np.full(len(lines), INVALID, np.int8))
            cells[name] = intake.readers[name].cells() if name in intake.readers else lacking
            if name in intake.readers:
                self.problems += self._unread(name, intake.readers[name].unread(), lines, table, intake.positions[name])
        times = {name: each for name, each in intake.readers.items() if isinstance(each, TimeReader)}
        dates = {
            name: (each.dates, table.at(int(lines[each.first_date]), intake.positions[name]))
            for name, each in times.items()
            if each.dates
        }
        return ReadRecords(
            table=table,
            owners=owners,
            lines=lines,
            cells=cells,
            positions=intake.positions,
            ids=intake.ids.texts if "id" in intake.positions else None,
            about={name: _kinds(reader, intake.units.blank) for name, reader in intake.kinds.items()},
            dates=dates,
            clocks=sum(each.clocks for each in times.values()),
        )

    def _intake(self, table: OpenTable) -> _Intake:
        """Find the columns, and prepare a reader for each that is there."""
        source, blank = self.source, Blank(self.source.blank)
        wanted = {name: source.columns[name].heading for name in self.needed}
        wanted |= {"id": source.id} if source.id else {}
        wanted |= {"unit": source.unit.column} if source.unit.column else {}
        places = {name: self._find(table, name, headings) for name, headings in wanted.items()}
        marks = {name: self._find(table, name, headings) for name, headings in source.about.items()}
        return _Intake(
            positions={name: at for name, at in places.items() if at is not None},
            marks={name: at for name, at in marks.items() if at is not None},
            readers={name: reader_of(source.columns[name], blank) for name in self.needed if places[name] is not None},
            kinds={name: CodedReader(blank) for name, at in marks.items() if at is not None},
            units=CodedReader(blank),
        )

    def _only_unit(self, path: Path, table: OpenTable) -> int | None:
        """Return the unit of the whole file, where the source says that there is one."""
        rule, names = self.source.unit, self.register
        found = names.find(rule.value) if rule.value is not None else None
        if rule.file:
            found = names.find_in_file_name(path.stem)
        if rule.value is not None and found is None:
            near = names.suggestion(rule.value)
            self.problems.append(problem("EK242", table.place, name=rule.value, **near))
        elif found is None:
            self.problems.append(problem("EK813", table.place, allowed=listed(names.names.values())))
        return None if found is None else names.units.index(found)

    def _find(self, table: OpenTable, name: str, wanted: Sequence[str]) -> int | None:
        found = table.find(wanted)
        if len(found) > 1:
            place = table.at(max(table.heading_line, 1), found[1])
            self.problems.append(problem("EK251", place, column=table.headings[found[1]]))
        elif not found:
            near = suggestion(wanted[0], [heading for heading in table.headings if heading])
            about = {"heading": " / ".join(wanted), "name": name, "allowed": listed(filter(None, table.headings))}
            self.problems.append(problem("EK810", _line(table, table.heading_line), **about, **near))
        return found[0] if len(found) == 1 else None

    def _owners(self, names: CodedReader, lines: NDArray[np.int64], table: OpenTable, column: int) -> NDArray[np.int64]:
        """Return the unit of each row; report unknown names, the commonest first."""
        position = {unit: number for number, unit in enumerate(self.register.units)}
        texts = [*names.numbers]
        found = [self.register.find(text) for text in texts]
        unit_of = np.array([-1 if unit is None else position[unit] for unit in found], dtype=np.int64)
        codes = names.codes
        unknown = [code for code, unit in enumerate(found) if unit is None]
        if unknown:
            first = np.zeros(len(texts), np.int64)
            first[codes[::-1]] = np.arange(len(codes))[::-1]
            counts = np.bincount(codes, minlength=len(texts))
            places = [table.at(int(lines[row]), column) for row in first.tolist()]
            self.problems += self._unknown(names, unknown, counts, places)
        return unit_of[codes]

    def _unknown(
        self, names: CodedReader, unknown: list[int], counts: NDArray[np.int64], places: Sequence[Place]
    ) -> Iterator[Problem]:
        """Yield what is said of unknown names, the commonest first, and of records without one."""
        texts = [*names.numbers]
        blank = [code for code in unknown if names.blank.is_nothing(texts[code])]
        named = sorted({*unknown} - {*blank}, key=lambda code: (-counts[code], code))
        for code in named[:_MOST_NAMES]:
            name = shortened(texts[code])
            near = self.register.suggestion(name)
            yield problem("EK811", places[code], name=name, count=counts[code], **near)
        if further := named[_MOST_NAMES:]:
            yield problem("EK824", places[further[0]], names=len(further), count=counts[further].sum())
        if blank:
            yield problem("EK812", places[blank[0]], count=counts[blank].sum())

    def _unread(
        self, name: str, cells: list[Unread], lines: NDArray[np.int64], table: OpenTable, column: int
    ) -> Iterator[Problem]:
        """Yield one finding for all cells of the column that hold something unreadable."""
        if not cells:
            return
        first: dict[str, Unread] = {}
        for each in cells:
            first.setdefault(each.text, each)
        places = [(each, table.at(int(lines[each.row]), column)) for each in [*first.values()][:_MOST_EXAMPLES]]
        examples = ", ".join(f"“{shortened(each.text)}” ({place.cell})" for each, place in places)
        about = {"name": name, "count": len(cells), "texts": len(first), "examples": examples}
        codes = self.source.columns[name].codes
        if codes:
            near = suggestion(places[0][0].text, [*codes, *_all_texts(self.source, name)])
            yield problem("EK818", places[0][1], **about, allowed=listed(codes), **near)
        else:
            yield problem("EK817", places[0][1], **about)


def _line(table: OpenTable, line: int) -> Place:
    return table.at(line, 0) if line else table.place


def _all_texts(source: RecordSource, name: str) -> list[str]:
    return [text for texts in source.columns[name].options.values() for text in texts]


@dataclass(slots=True)
class _Texts:
    """Keeps the texts, written together so that a million of them do not fill the memory while the file is read."""

    pieces: list[str] = field(default_factory=list)

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""
        together = _APART.join(texts)
        if together.count(_APART) != len(texts) - 1:
            together = _APART.join(text.replace(_APART, " ") for text in texts)
        self.pieces.append(together)

    @property
    def texts(self) -> list[str]:
        """Return all texts."""
        return [text for piece in self.pieces for text in piece.split(_APART)]


@dataclass(slots=True)
class _Intake:
    """What is taken of one file: where the columns stand by name, those of kinds apart, and a reader for each."""

    positions: dict[str, int]
    marks: dict[str, int]
    readers: dict[str, ColumnReader]
    kinds: dict[str, CodedReader]
    units: CodedReader
    ids: _Texts = field(default_factory=_Texts)

    def take(self, table: OpenTable) -> NDArray[np.int64]:
        """Read all rows; return their lines."""
        taken: list[tuple[int, ColumnReader | _Texts]] = [
            (self.positions[name], self.readers[name]) for name in self.readers
        ]
        taken += [(self.marks[name], self.kinds[name]) for name in self.kinds]
        others: dict[str, ColumnReader | _Texts] = {"id": self.ids, "unit": self.units}
        taken += [(self.positions[name], reader) for name, reader in others.items() if name in self.positions]
        lines: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        for numbers, texts in table.read([at for at, _ in taken]):
            lines.append(np.fromiter(numbers, np.int64, len(numbers)))
            for (_, reader), own in zip(taken, texts, strict=True):
                reader.add(own)
        return np.concatenate(lines)


def _kinds(reader: CodedReader, blank: Blank) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the kind of each row, -1 for none, and the texts of the kinds, trimmed."""
    kinds: dict[str, int] = {}
    table = [-1 if blank.is_nothing(text) else kinds.setdefault(text.strip(), len(kinds)) for text in reader.numbers]
    return np.array(table, dtype=np.int64)[reader.codes], tuple(kinds)


def status_counts(cells: Collection[RecordCells]) -> tuple[int, ...]:
    """Return how many cells have each status, in the order of ``STATUSES``."""
    counts: Counter[int] = Counter()
    for each in cells:
        counts.update(dict(enumerate(np.bincount(each.statuses, minlength=ERROR + 1).tolist())))
    return tuple(counts[status] for status in range(ERROR + 1))
