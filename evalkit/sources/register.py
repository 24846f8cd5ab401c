"""The unit register: who is evaluated, under which names, in which peer groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evalkit.definitions.form import ERROR_VALUES
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.sources.cell_text import fold
from evalkit.sources.tables import UNCACHED, Table, read_table, trimmed_table

REQUIRED = ("unit", "name")
ALIASES = "aliases"
_ENDINGS = ("市", "区", "县", "省", "州", "盟")
_SHORTEST_FULL_NAME = 3
_BETWEEN_ALIASES = re.compile("[|｜]")
_BETWEEN_WORDS = re.compile(r"[\s_\-–—+,，、.·()（）\[\]【】]+")
_SHORTEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Register:
    """The units in the order of the file; ``frame`` has the file's columns as text, ``lookup`` folded names."""

    frame: pd.DataFrame
    lookup: dict[str, str]

    @property
    def units(self) -> tuple[str, ...]:
        """Unit ids."""
        return tuple(self.frame["unit"])

    @property
    def names(self) -> dict[str, str]:
        """Name by unit id."""
        return dict(zip(self.frame["unit"], self.frame["name"], strict=True))

    def find(self, text: str) -> str | None:
        """Return the unit known by an id, a name or an alias (width, case and blanks do not matter)."""
        return self.lookup.get(fold(text))

    def find_in_file_name(self, stem: str) -> str | None:
        """Return the unit that a file name without its ending means, wholly or by a word of it (``U01 广州市 (2)``).

        None where its words name several units. Numbers of up to three digits count as no word: they number copies.
        """
        whole = self.find(stem)
        if whole is not None:
            return whole
        words = (word for word in _BETWEEN_WORDS.split(stem) if not word.isdecimal() or len(word) >= _SHORTEST_DIGITS)
        found = {unit for word in words if (unit := self.find(word)) is not None}
        return found.pop() if len(found) == 1 else None

    def suggestion(self, text: str) -> dict[str, str]:
        """Return a near miss among ids and names, for a finding."""
        return suggestion(text, [*self.frame["unit"], *self.frame["name"]])


def read_register(path: Path, shown_as: str) -> tuple[Register | None, list[Problem]]:
    """Read the register from CSV or Excel: ``unit``, ``name``, ``aliases`` separated by ``|``, and any other columns.

    All is text, trimmed: ``007`` and ``NA`` stay what they are; ``EK217`` notes what is not seen and was taken away. No
    register, besides what :func:`read_table` reports: ``EK201`` a column lacks, ``EK245`` no units, ``EK248`` no id or
    name, ``EK202`` an id twice, ``EK212`` two units claim one name, ``EK208`` and ``EK211`` an error value or a formula
    without a result for a name. A name that ends in 市, 区, 县 … is also known without, unless several units would be.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return None, problems
    lacking = [column for column in REQUIRED if column not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return None, [*problems, *(problem("EK201", place, column=column, allowed=allowed) for column in lacking)]
    table, more = trimmed_table(table)
    problems += [*more, *_row_problems(table)]
    if not has_errors(problems):
        lookup, more = _lookup(table)
        problems += more
    if has_errors(problems):
        return None, problems
    frame = pd.DataFrame([cells for _, cells in table.rows], columns=list(table.header), dtype="str")
    return Register(frame, lookup), problems


def _row_problems(table: Table) -> list[Problem]:
    if not table.rows:
        return [problem("EK245", table.place)]
    problems = []
    naming = [(name, table.header.index(name)) for name in (*REQUIRED, ALIASES) if name in table.header]
    seen: set[str] = set()
    for line, cells in table.rows:
        for name, column in naming:
            text, place = cells[column], table.at(line, column)
            if text == "" and name in REQUIRED:
                problems.append(problem("EK248", place, column=name))
            elif text == UNCACHED:
                problems.append(problem("EK211", place))
            elif text.upper() in ERROR_VALUES:
                problems.append(problem("EK208", place, value=text))
        unit = cells[table.header.index("unit")]
        if unit and unit in seen:
            problems.append(problem("EK202", table.at(line).at(unit=unit), id=unit))
        seen.add(unit)
    return problems


def _lookup(table: Table) -> tuple[dict[str, str], list[Problem]]:
    """Every id, name and alias leads to one unit; a name without 市, 区 … does too, if nobody else claims it."""
    problems: list[Problem] = []
    lookup: dict[str, str] = {}
    unit_column, name_column = table.header.index("unit"), table.header.index("name")
    alias_column = table.header.index(ALIASES) if ALIASES in table.header else None
    for line, cells in table.rows:
        unit = cells[unit_column]
        aliases = _BETWEEN_ALIASES.split(cells[alias_column]) if alias_column is not None else []
        for alias in dict.fromkeys(map(fold, (unit, cells[name_column], *aliases))):
            if alias and lookup.setdefault(alias, unit) != unit:
                place = table.at(line).at(unit=unit)
                problems.append(problem("EK212", place, alias=alias, first=lookup[alias], second=unit))
    return _short_names(lookup.items()) | lookup, problems


def _short_names(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names without their ending that mean one unit only."""
    short: dict[str, set[str]] = {}
    for name, unit in known:
        if name.endswith(_ENDINGS) and len(name) >= _SHORTEST_FULL_NAME:
            short.setdefault(name[:-1], set()).add(unit)
    return {name: next(iter(units)) for name, units in short.items() if len(units) == 1}


def find_unit(frame: pd.DataFrame, text: str) -> str | None:
    """Return the unit of a register's ``frame`` that is known by an id, a name or an alias."""
    header = tuple(str(column) for column in frame.columns)
    rows = [(line, list(cells)) for line, cells in enumerate(frame.itertuples(index=False, name=None), start=2)]
    lookup, _ = _lookup(Table(header, rows, Place()))
    return lookup.get(fold(text))
