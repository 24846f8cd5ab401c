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

        Findings besides those of :func:`open_table`: ``EK810`` a heading lacks, ``EK811`` ``EK812`` ``EK824`` records
        of an unknown unit or of none, ``EK813`` nothing tells the unit, ``EK817`` ``EK818`` cells that cannot be read,
        a finding a column with the number and the first of them, ``EK825`` no records.
        """
        with collecting_later():
            return self._read(path, shown_as)

    def _read(self, path: Path, shown_as: str) -> ReadRecords | None:
        table, problems = open_table(path, shown_as, self.source, self.limits)
        if table is None:
            self.problems += problems
            return None
        one = self._only_unit(path, table)
        columns = {name: self._find(table, name, self.source.columns[name].heading) for name in self.needed}
        marks = {name: self._find(table, name, heading) for name, heading in self.source.about.items()}
        number = self._find(table, "id", self.source.id) if self.source.id else None
        unit = self._find(table, "unit", self.source.unit.column) if self.source.unit.column else None
        if one is None and unit is None:
            known = listed(self.register.names.values())
            self.problems += [*problems, problem("EK813", table.place, allowed=known)]
            return None
        blank = Blank(self.source.blank)
        readers = {name: reader_of(self.source.columns[name], blank) for name, at in columns.items() if at is not None}
        kinds = {name: CodedReader(blank) for name, at in marks.items() if at is not None}
        units, ids = CodedReader(blank), _Texts()
        lines: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        taken: list[tuple[int, ColumnReader | _Texts]] = [(columns[name] or 0, readers[name]) for name in readers]
        taken += [(marks[name] or 0, kinds[name]) for name in kinds]
        taken += [(at, reader) for at, reader in ((number, ids), (unit, units)) if at is not None]
        for numbers, texts in table.read([at for at, _ in taken]):
            lines.append(np.asarray(numbers, dtype=np.int64))
            for (_, reader), own in zip(taken, texts, strict=True):
                reader.add(own)
        self.problems += problems
        if has_errors(each for each in problems if each.code != "EK828"):
            return None
        rows = int(sum(map(len, lines)))
        if not rows:
            self.problems.append(problem("EK825", table.place))
        every = np.concatenate(lines)
        positions = {name: at for name, at in {**columns, "unit": unit, "id": number}.items() if at is not None}
        owners = np.full(rows, one if one is not None else -1, dtype=np.int64)
        if unit is not None:
            owners = self._owners(units, every, table, unit)
        cells = {}
        for name, at in columns.items():
            lacking = RecordCells(np.full(rows, np.nan), np.full(rows, INVALID, np.int8))
            cells[name] = readers[name].cells() if name in readers else lacking
            if name in readers and at is not None:
                self.problems += self._unread(name, readers[name].unread(), every, table, at)
        times = {name: each for name, each in readers.items() if isinstance(each, TimeReader)}
        dates = {
            name: (each.dates, table.at(int(every[each.first_date]), positions[name]))
            for name, each in times.items()
            if each.dates
        }
        about = {name: _kinds(reader, blank) for name, reader in kinds.items()}
        known_ids = None if number is None else ids.texts
        clocks = sum(each.clocks for each in times.values())
        return ReadRecords(table, owners, every, cells, positions, known_ids, about, dates, clocks)

    def _only_unit(self, path: Path, table: OpenTable) -> int | None:
        """Return the unit of the whole file, where the source says that there is one."""
        rule, names = self.source.unit, self.register
        found = names.find(rule.value) if rule.value is not None else None
        if rule.file:
            found = names.find_in_file_name(path.stem)
        if rule.value is not None and found is None:
            near = names.suggestion(rule.value)
            self.problems.append(problem("EK242", table.place, name=rule.value, **near))
        return None if found is None else names.units.index(found)

    def _find(self, table: OpenTable, name: str, wanted: Sequence[str]) -> int | None:
        at = table.find(wanted)
        if at is None:
            near = suggestion(wanted[0], [heading for heading in table.headings if heading])
            about = {"heading": " / ".join(wanted), "name": name, "allowed": listed(filter(None, table.headings))}
            self.problems.append(problem("EK810", _line(table, table.heading_line), **about, **near))
        return at

    def _owners(self, names: CodedReader, lines: NDArray[np.int64], table: OpenTable, column: int) -> NDArray[np.int64]:
        """Return the unit of each row; report unknown names, the commonest first."""
        position = {unit: number for number, unit in enumerate(self.register.units)}
        texts = [*names.numbers]
        found = [self.register.find(text) for text in texts]
        unit_of = np.array([-1 if unit is None else position[unit] for unit in found], dtype=np.int64)
        codes = names.codes
        counts = np.bincount(codes, minlength=len(texts))
        unknown = sorted((code for code, unit in enumerate(found) if unit is None), key=lambda code: -counts[code])
        blank = [code for code in unknown if names.blank.is_nothing(texts[code])]
        named = [code for code in unknown if code not in {*blank}]
        first = dict(zip(*(each.tolist() for each in np.unique(codes, return_index=True)), strict=True))
        for code in named[:_MOST_NAMES]:
            place, name = table.at(int(lines[first[code]]), column), shortened(texts[code])
            near = self.register.suggestion(name)
            self.problems.append(problem("EK811", place, name=name, count=counts[code], **near))
        if further := named[_MOST_NAMES:]:
            place = table.at(int(lines[first[further[0]]]), column)
            self.problems.append(problem("EK824", place, names=len(further), count=counts[further].sum()))
        if blank:
            place = table.at(int(lines[min(first[code] for code in blank)]), column)
            self.problems.append(problem("EK812", place, count=counts[blank].sum()))
        return unit_of[codes]

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
    """Keeps the texts as they are."""

    texts: list[str] = field(default_factory=list)

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""
        self.texts += texts


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
