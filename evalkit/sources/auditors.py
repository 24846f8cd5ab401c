"""The auditors of a study: codes, homes, capacities and numbers to call from, without names of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evalkit.definitions.questionnaire import spelling
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.sources.answer_cells import parse_date
from evalkit.sources.register import Register
from evalkit.sources.tables import Table, read_table
from evalkit.sources.telephones import telephone

REGION = "region"
"""The column of the unit register that says in which region a unit lies."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "auditor": ("auditor", "拨测员"),
    "home": ("home", "住地"),
    "most": ("most", "总次数上限"),
    "daily": ("daily", "每日上限"),
    "off": ("off", "休息日"),
    "numbers": ("numbers", "主叫号码"),
}
"""What is read of an auditor, by the headers it may have."""
_SEVERAL = re.compile(r"[;；,，、|\n]")
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Auditor:
    """One who calls.

    ``home``: the unit or region where he lives, empty where not told. ``most``: ratings that he can take on, and
    ``daily``: calls that he can make a day, None where not told. ``off``: days without calls, as ISO dates.
    ``numbers``: codes of the numbers that he calls from.
    """

    code: str
    home: str = ""
    most: int | None = None
    daily: int | None = None
    off: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Auditors:
    """The auditors; ``region_of`` each unit, the unit itself where the register has no regions.

    ``telephones`` is the key to the codes of numbers that the table gives in full: private, for no public output.
    """

    each: tuple[Auditor, ...]
    region_of: Mapping[str, str]
    telephones: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the auditors."""
        return tuple(auditor.code for auditor in self.each)


def read_auditors(path: Path, shown_as: str, register: Register) -> tuple[Auditors | None, list[Problem]]:
    """Read a table with the column ``auditor`` and, where wanted, the others of :data:`FIELDS`.

    ``home`` is a unit (id, name or alias) or a region of the register; ``off`` and ``numbers`` hold several, separated
    by semicolons. A number with five digits or more is a telephone number and gets a code, N1, N2, ... as they come;
    anything else is a code already. Findings: ``EK201`` no column ``auditor``, ``EK248`` an empty code, ``EK202`` a
    code twice, ``EK626`` an unknown home, ``EK627`` no whole number in ``most`` or ``daily``, ``EK641`` no date in
    ``off``; as warnings ``EK644`` no number where others have one, ``EK645`` a column that is read under a name much
    like its own. Other columns are left to their owner.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return None, problems
    reader = _Reader(table, register, _regions(register))
    if "auditor" not in reader.columns:
        allowed = listed(table.header)
        return None, [*problems, problem("EK201", table.place.at(line=1), column="auditor", allowed=allowed)]
    reader.mistyped()
    auditors = tuple(reader.auditors())
    problems += reader.problems
    without = [auditor.code for auditor in auditors if not auditor.numbers]
    if "numbers" in reader.columns and without:
        problems.append(problem("EK644", table.place, count=len(without), auditors=listed(without)))
    telephones = {code: number for number, code in reader.codes.items()}
    return (None if has_errors(problems) else Auditors(auditors, reader.region_of, telephones)), problems


def _regions(register: Register) -> dict[str, str]:
    units = register.units
    if REGION not in register.frame.columns:
        return {unit: unit for unit in units}
    regions = [str(value).strip() for value in register.frame[REGION]]
    return {unit: region or unit for unit, region in zip(units, regions, strict=True)}


class _Reader:
    """Reads row by row, and keeps the codes that telephone numbers were given."""

    def __init__(self, table: Table, register: Register, region_of: Mapping[str, str]) -> None:
        known = {spelling(name): each for each, names in FIELDS.items() for name in names}
        headers = {known.get(spelling(name), ""): position for position, name in reversed([*enumerate(table.header)])}
        self.columns = {name: position for name, position in headers.items() if name}
        self.table, self.register, self.region_of = table, register, region_of
        self.codes: dict[str, str] = {}
        self.taken = {part for cells in self._texts("numbers") for part in _parts(cells)}
        self.problems: list[Problem] = []

    def _texts(self, name: str) -> Iterator[str]:
        return (cells[self.columns[name]] for _, cells in self.table.rows if name in self.columns)

    def mistyped(self) -> None:
        """Report columns that are hardly anything else than a mistyped one."""
        names = [name for field in FIELDS.values() for name in field]
        for position, name in enumerate(self.table.header):
            near = suggestion(name, names)
            if position not in self.columns.values() and near["suggestion_en"]:
                place = self.table.at(1, position)
                self.problems.append(problem("EK645", place, column=name, allowed=listed(names), **near))

    def auditors(self) -> Iterator[Auditor]:
        """Yield the auditor of each row."""
        seen: set[str] = set()
        for line, cells in self.table.rows:
            row = {name: (cells[at].strip(), self.table.at(line, at)) for name, at in self.columns.items()}
            code, place = row["auditor"]
            if not code:
                self.problems.append(problem("EK248", place, column="auditor"))
            elif code in seen:
                self.problems.append(problem("EK202", place, id=code))
            seen.add(code)
            given = {name: row.get(name, ("", place)) for name in FIELDS}
            yield Auditor(
                code=code,
                home=self._home(*given["home"]),
                most=self._whole("most", *given["most"]),
                daily=self._whole("daily", *given["daily"]),
                off=tuple(self._off(*given["off"])),
                numbers=tuple(dict.fromkeys(self._number(text) for text in _parts(given["numbers"][0]))),
            )

    def _home(self, text: str, place: Place) -> str:
        regions = dict.fromkeys(self.region_of.values())
        known = self.register.find(text) or (text if text in regions else "")
        if text and not known:
            near = suggestion(text, [*regions, *self.register.names.values()])
            self.problems.append(problem("EK626", place, name=text, **near))
        return known

    def _whole(self, column: str, text: str, place: Place) -> int | None:
        number = text.removesuffix(".0")
        if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
            return int(number)
        if text:
            self.problems.append(problem("EK627", place, column=column, value=text))
        return None

    def _off(self, text: str, place: Place) -> Iterator[str]:
        for part in _parts(text):
            _, day, wrong = parse_date(part.split(" ")[0], part.split(" ")[0])
            if wrong is None:
                yield day
            else:
                self.problems.append(problem("EK641", place, value=part))

    def _number(self, text: str) -> str:
        """Return the code of a number; a telephone number gets one that no other has."""
        number = telephone(text)
        if not number:
            return text
        if number not in self.codes:
            count = len(self.codes) + 1
            while f"N{count}" in self.taken:
                count += 1
            self.codes[number] = f"N{count}"
            self.taken.add(f"N{count}")
        return self.codes[number]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]
