"""Ready-made values that readers of one's own bring, file by file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit.definitions.bundle import Bundle, data_files
from evalkit.observations import COLUMN_PREFIX, Batch
from evalkit.problems import Place, Problem, problem
from evalkit.registry import PlugIn
from evalkit.sources.cell_text import as_text
from evalkit.sources.register import Register
from evalkit.sources.tables import Table
from evalkit.sources.values import values_of


@dataclass(frozen=True, slots=True)
class ReadValues:
    """What the readers brought: batches, the columns that they have, and the files they were read from."""

    batches: list[Batch]
    columns: frozenset[str]
    files: dict[str, Path]


def read_by_plug_ins(bundle: Bundle, register: Register, columns: Sequence[str]) -> tuple[ReadValues, list[Problem]]:
    """Let each reader of the study read its files; a value counts as one of a table of ready-made values does.

    Findings, besides those of :func:`evalkit.sources.values.values_of`: ``EK422`` a reader fails or gives no rows,
    ``EK426`` two files give a unit the same value, of which the first is used.
    """
    batches: list[Batch] = []
    files: dict[str, Path] = {}
    known: set[str] = set()
    given: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for index, reading in enumerate(bundle.study.data.read):
        plug_in = bundle.plug_ins.find("readers", reading.reader)
        if plug_in is None:
            continue
        found, more = data_files(bundle, reading.files, bundle.document.place(("data", "read", index, "files")))
        problems += more
        for path, name in found:
            files[name] = path
            table, more = _table(plug_in, path, name, reading.settings)
            problems += more
            if table is not None:
                known |= set(table.header) & set(columns)
                read, more = values_of(table, name, register, columns)
                problems += more
                batches += [_first_only(batch, given, problems) for batch in read]
    return ReadValues(batches, frozenset(known), files), problems


def _table(plug_in: PlugIn, path: Path, name: str, settings: Mapping[str, Any]) -> tuple[Table | None, list[Problem]]:
    """Return what a reader gives for a file, as texts; a row of it counts as a line."""
    place = Place(file=name)
    try:
        rows = _rows(plug_in.function(str(path), **settings))
    except Exception as error:  # noqa: BLE001 - whatever the code of others does
        what = f"{type(error).__name__}: {error}"
        return None, [problem("EK422", place, name=plug_in.name, path=plug_in.origin, error=what)]
    header = tuple(dict.fromkeys(key for row in rows for key in row))
    texts = [[_text(row.get(key)) for key in header] for row in rows]
    return Table(header, list(enumerate(texts, start=1)), place), []


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a reader gives
    """Return a value as it would stand in a table; None and NaN are no value."""
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else as_text(value)


def _rows(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows. Raises TypeError for what is no mapping of names to values."""
    rows = []
    for row in given:
        if not isinstance(row, Mapping) or not all(isinstance(key, str) for key in row):
            raise TypeError(f"a row is a mapping of names to values, not {type(row).__name__}")
        rows.append(dict(row))
    return rows


def _first_only(batch: Batch, given: dict[tuple[str, str], str], problems: list[Problem]) -> Batch:
    """Return the batch without values that a file before has given."""
    cells = []
    for cell in batch.cells:
        first = given.setdefault((batch.unit, cell.key), batch.file)
        if first == batch.file:
            cells.append(cell)
        else:
            place = Place(file=batch.file, unit=batch.unit)
            about = {"column": cell.key.removeprefix(COLUMN_PREFIX), "first": first}
            problems.append(problem("EK426", place, **about))
    return Batch(batch.unit, batch.instrument, batch.file, tuple(cells))
