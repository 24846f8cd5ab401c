"""Ready-made values: a wide table with the unit and one column a measure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evalkit.definitions.limits import Limits
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import COLUMN_PREFIX, Batch, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import parse_number, read_cell
from evalkit.sources.register import Register
from evalkit.sources.tables import Table, read_table

UNIT_COLUMN = "unit"
_EXPLAINS = {UNIT_COLUMN, "name"}


def read_values(
    path: Path, shown_as: str, register: Register, columns: Sequence[str], limits: Limits | None = None
) -> tuple[list[Batch], list[Problem]]:
    """Read the ``columns`` that indicators use; the unit may be given by id, name or alias.

    Batches come in the order of the register; a cell's key is ``column:NAME``. Findings: ``EK201`` a column that
    lacks, ``EK248`` no unit, ``EK242`` an unknown unit, ``EK253`` a unit with several rows (none is used), ``EK243`` a
    column that nobody uses, and those of the cells, as for a number in a questionnaire.
    """
    table, problems = read_table(path, Place(file=shown_as), limits)
    if table is None:
        return [], problems
    allowed = listed(table.header)
    for name in columns:
        if name not in table.header:
            problems.append(problem("EK201", table.place.at(line=1), column=name, allowed=allowed))
    batches, more = values_of(table, shown_as, register, columns)
    return batches, [*problems, *more]


def values_of(
    table: Table, shown_as: str, register: Register, columns: Sequence[str]
) -> tuple[list[Batch], list[Problem]]:
    """Return the values of those of the ``columns`` that a table has; findings as of :func:`read_values`."""
    if UNIT_COLUMN not in table.header:
        allowed = listed(table.header)
        return [], [problem("EK201", table.place.at(line=1), column=UNIT_COLUMN, allowed=allowed)]
    unread = [name for name in columns if name not in table.header]
    problems = [
        problem("EK243", table.place.at(line=1), column=name, **suggestion(name, unread))
        for name in table.header
        if name and name not in {*columns, *_EXPLAINS}
    ]
    rows, more = _rows_by_unit(table, register)
    problems += more
    batches = []
    for unit in register.units:
        if unit in rows:
            cells, more = _cells(table, *rows[unit], unit, columns)
            problems += more
            batches.append(Batch(unit, "values", shown_as, tuple(cells)))
    return batches, problems


def _rows_by_unit(table: Table, register: Register) -> tuple[dict[str, tuple[int, list[str]]], list[Problem]]:
    """Return the row of each unit that has exactly one."""
    problems: list[Problem] = []
    rows: dict[str, list[tuple[int, list[str]]]] = {}
    column = table.header.index(UNIT_COLUMN)
    for line, cells in table.rows:
        name = cells[column].strip()
        unit = register.find(name)
        if not name:
            problems.append(problem("EK248", table.at(line, column), column=UNIT_COLUMN))
        elif unit is None:
            problems.append(problem("EK242", table.at(line, column), name=name, **register.suggestion(name)))
        else:
            rows.setdefault(unit, []).append((line, cells))
    for unit, several in rows.items():
        if len(several) > 1:
            place = table.at(several[1][0], column).at(unit=unit)
            problems.append(problem("EK253", place, id=unit, count=len(several)))
    return {unit: several[0] for unit, several in rows.items() if len(several) == 1}, problems


def _cells(
    table: Table, line: int, values: list[str], unit: str, columns: Sequence[str]
) -> tuple[list[Cell], list[Problem]]:
    cells: list[Cell] = []
    problems: list[Problem] = []
    for name in columns:
        if name in table.header:
            column = table.header.index(name)
            place = table.at(line, column).at(unit=unit, question=name)
            cell, finding = read_cell(f"{COLUMN_PREFIX}{name}", parse_number, values[column], None, place)
            cells.append(cell)
            problems += [finding] if finding else []
    return cells, problems
