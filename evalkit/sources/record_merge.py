"""The files of a source put together: records that stand twice, times out of order, and what formulas can name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalkit.definitions.records import RecordSource
from evalkit.observations import INVALID
from evalkit.problems import NOWHERE, Place, Problem, problem
from evalkit.records import RecordCells, RecordFile, Records
from evalkit.sources.cell_text import shortened
from evalkit.sources.record_columns import Options, joined
from evalkit.sources.records import ReadRecords
from evalkit.sources.register import Register

Marks = Mapping[str, tuple[NDArray[np.int64], tuple[str, ...]]]


@dataclass(slots=True)
class Merger:
    """Puts the tables of one source together; each has cells of the columns ``needed``."""

    name: str
    source: RecordSource
    needed: Sequence[str]
    register: Register
    read: Sequence[ReadRecords]
    problems: list[Problem] = field(default_factory=list)

    def merge(self) -> Records:
        """Return the records that count, in the order of files and rows.

        Findings: ``EK815`` records that stand twice with the same content and count once, ``EK816`` records of one id
        that differ and do not count, ``EK819`` times out of order, whose later one counts as unreadable, ``EK820``
        dates without a time of day.
        """
        owners = _together([each.owners for each in self.read])
        in_file = np.repeat(np.arange(len(self.read)), [len(each.owners) for each in self.read]).astype(np.int32)
        cells = {name: joined([each.cells[name] for each in self.read]) for name in self.needed}
        about = _marks([each.about for each in self.read], [len(each.owners) for each in self.read])
        kept = owners >= 0
        repeated = self._repeated(owners, cells, about, kept)
        kept &= ~repeated
        self._put_in_order(cells, kept)
        self.problems += self._without_clock()
        places = np.flatnonzero(kept)
        rows = cells if kept.all() else {name: each.rows(places) for name, each in cells.items()}
        rows |= {name: RecordCells.constant(value, len(places)) for name, value in self.source.constants.items()}
        files = tuple(self._file(number, in_file, kept, repeated) for number in range(len(self.read)))
        marks = {name: (kinds[places], texts) for name, (kinds, texts) in about.items()}
        return Records(
            self.name, self.register.units, owners[places], rows, in_file[places], files, self._known(rows), marks,
            self.source.sample,
        )  # fmt: skip

    def place(self, row: int, name: str) -> Place:
        """Return the place of a cell by its row among all."""
        for each in self.read:
            if row < len(each.owners):
                return each.at(row, name)
            row -= len(each.owners)
        return NOWHERE

    def _repeated(
        self, owners: NDArray[np.int64], cells: Mapping[str, RecordCells], about: Marks, kept: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return which rows do not count since their id stands several times."""
        out = np.zeros(len(owners), dtype=bool)
        if not self.source.id:
            return out
        ids = [text for each in self.read for text in each.ids or [""] * len(each.owners)]
        if len({*ids}) == len(ids):
            return out
        texts = np.array(ids, dtype=object)
        codes = pd.factorize(texts)[0]
        blank = np.array([not text.strip() for text in texts[np.unique(codes, return_index=True)[1]]], dtype=bool)
        codes = np.where(kept & ~blank[codes], codes, -1)
        counts = np.bincount(codes[codes >= 0], minlength=1)
        several = np.flatnonzero((codes >= 0) & (counts[codes] > 1))
        if not len(several):
            return out
        ordered = several[np.argsort(codes[several], kind="stable")]
        starts = np.flatnonzero(np.diff(codes[ordered], prepend=-1))
        first = np.repeat(ordered[starts], np.diff(starts, append=len(ordered)))
        same = owners[ordered] == owners[first]
        for each in cells.values():
            one, other = each.numbers[ordered], each.numbers[first]
            same &= (one == other) | (np.isnan(one) & np.isnan(other))
            same &= each.statuses[ordered] == each.statuses[first]
        for kinds, _ in about.values():
            same &= kinds[ordered] == kinds[first]
        alike = np.repeat(np.logical_and.reduceat(same, starts), np.diff(starts, append=len(ordered)))
        surplus, differing = ordered[alike & (ordered != first)], ordered[~alike]
        if len(surplus):
            self.problems.append(problem("EK815", self.place(int(surplus.min()), "id"), count=len(surplus)))
        if len(differing):
            row = int(differing.min())
            several_ids = len(np.unique(codes[differing]))
            about_them = {"id": shortened(texts[row]), "ids": several_ids, "count": len(differing)}
            self.problems.append(problem("EK816", self.place(row, "id"), **about_them))
        out[surplus] = out[differing] = True
        return out

    def _put_in_order(self, cells: dict[str, RecordCells], kept: NDArray[np.bool_]) -> None:
        """Mark a time that comes before one that it must follow as unreadable."""
        wrong: dict[str, NDArray[np.bool_]] = {}
        for earlier, later in combinations(self.source.order, 2):
            before = kept & (cells[later].numbers < cells[earlier].numbers)
            if before.any():
                place = self.place(int(np.flatnonzero(before)[0]), later)
                about = {"earlier": earlier, "later": later, "count": int(before.sum())}
                self.problems.append(problem("EK819", place, **about))
                wrong[later] = wrong.get(later, before) | before
        for name, rows in wrong.items():
            values, statuses = cells[name].numbers.copy(), cells[name].statuses.copy()
            values[rows], statuses[rows] = np.nan, INVALID
            cells[name] = RecordCells(values, statuses)

    def _without_clock(self) -> Iterator[Problem]:
        """Yield columns that mix dates with times, where nothing says what a date means."""
        if not any(each.clocks for each in self.read):
            return
        for name, column in self.source.columns.items():
            found = [each.dates[name] for each in self.read if name in each.dates]
            if found and column.day is None:
                yield problem("EK820", found[0][1], name=name, count=sum(count for count, _ in found))

    def _known(self, cells: Mapping[str, RecordCells]) -> dict[str, dict[str, int]]:
        """Return the positions of the options that formulas can name."""
        known: dict[str, dict[str, int]] = {}
        for name, column in self.source.columns.items():
            if name in cells and column.kind in {"category", "yes_no"}:
                declared = Options.of(column)
                met = {} if column.codes else {text: at for at, text in enumerate(cells[name].options)}
                known[name] = {**met, **declared.known}
        return known

    def _file(
        self, number: int, in_file: NDArray[np.int32], kept: NDArray[np.bool_], repeated: NDArray[np.bool_]
    ) -> RecordFile:
        table, own = self.read[number].table, in_file == number
        unassigned = int((self.read[number].owners < 0).sum())
        counts = int(own.sum()), int(kept[own].sum()), unassigned, int(repeated[own].sum())
        return RecordFile(table.place.file or "", table.sha256, *counts)


def _together(pieces: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([np.empty(0, np.int64), *pieces])


def _marks(tables: Sequence[Marks], rows: Sequence[int]) -> dict[str, tuple[NDArray[np.int64], tuple[str, ...]]]:
    """Put the kinds of several files together by their texts; a file that lacks the column says nothing."""
    names = dict.fromkeys(name for table in tables for name in table)
    found = {}
    for name in names:
        texts: dict[str, int] = {}
        pieces = []
        for table, count in zip(tables, rows, strict=True):
            kinds, own = table.get(name, (np.full(count, -1, np.int64), ()))
            position = np.array([*(texts.setdefault(text, len(texts)) for text in own), -1], dtype=np.int64)
            pieces.append(position[kinds])
        found[name] = (_together(pieces), tuple(texts))
    return found
