"""The plan of mystery calls, as ``evalkit plan`` wrote it, read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from evalkit.calls import FIRST, RESERVE, SECOND
from evalkit.definitions.limits import Limits
from evalkit.definitions.protocol import Protocol
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.sources.audit_names import Names, names_of
from evalkit.sources.audit_timing import read_timing
from evalkit.sources.register import Register
from evalkit.sources.tables import Table, read_table, trimmed_table
from evalkit.sources.telephones import telephone

REQUIRED = ("call", "unit", "scenario", "channel", "slot", "auditor", "role")
_ROLES = (FIRST, SECOND, RESERVE)
_NAMED = ("scenario", "channel", "slot")


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A rating that is to be made: names are codes of the protocol; ``date`` is None where the plan names no day.

    ``number``: code of the telephone number that the call is made from, empty where the plan names none.
    """

    call: str
    unit: str
    scenario: str
    channel: str
    slot: str
    auditor: str
    role: str
    date: dt.date | None
    place: Place
    number: str = ""


def read_call_plan(
    path: Path, shown_as: str, protocol: Protocol, register: Register, limits: Limits | None = None
) -> tuple[tuple[PlannedCall, ...], list[Problem]]:
    """Read a plan; it may have the columns ``date`` and ``number``, and others, which are for people.

    A line that is wrong is left out with a finding: ``EK601`` a field is blank, ``EK242`` an unknown unit, ``EK602`` an
    unknown scenario, channel or slot, ``EK663`` an unknown role, ``EK604`` a call of two units, scenarios or channels,
    ``EK662`` a call twice for one auditor. ``EK201``: a column is lacking, and nothing is read. ``EK657``: no date.
    """
    table, problems = read_table(path, Place(file=shown_as), limits)
    if table is None:
        return (), problems
    lacking = [column for column in REQUIRED if column not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return (), [*problems, *(problem("EK201", place, column=column, allowed=allowed) for column in lacking)]
    table, more = trimmed_table(table)
    problems += more
    names = names_of(protocol)
    seen: dict[tuple[str, str], Place] = {}
    calls: dict[str, tuple[tuple[str, str, str], Place]] = {}
    planned = []
    for line, cells in table.rows:
        found, more = _planned(table, line, dict(zip(table.header, cells, strict=True)), register, names)
        problems += more
        if found is None:
            continue
        about = (found.unit, found.scenario, found.channel)
        known, first = calls.setdefault(found.call, (about, found.place))
        if known != about:
            shown = {"known": ", ".join(known), "found": ", ".join(about)}
            problems.append(problem("EK604", found.place, call=found.call, first=first, **shown))
        elif (where := seen.setdefault((found.call, found.auditor), found.place)) is not found.place:
            problems.append(problem("EK662", found.place, call=found.call, auditor=found.auditor, first=where))
        else:
            planned.append(found)
    return tuple(planned), problems


def _planned(
    table: Table, line: int, row: dict[str, str], register: Register, names: Names
) -> tuple[PlannedCall | None, list[Problem]]:
    def place(name: str) -> Place:
        return table.at(line, table.header.index(name))

    problems = [problem("EK601", place(name), column=name) for name in REQUIRED if not row[name]]
    if problems:
        return None, problems
    unit = register.find(row["unit"])
    if unit is None:
        problems.append(problem("EK242", place("unit"), name=row["unit"], **register.suggestion(row["unit"])))
    codes = {}
    for kind in _NAMED:
        codes[kind] = names.find(kind, row[kind])
        if not codes[kind]:
            problems.append(names.unknown(kind, row[kind], place(kind)))
    if row["role"] not in _ROLES:
        problems.append(problem("EK663", place("role"), value=row["role"]))
    if unit is None or problems:
        return None, problems
    timing, problems = read_timing({"date": row.get("date", "")}, place)
    about = (codes["scenario"], codes["channel"], codes["slot"], row["auditor"], row["role"])
    number = "" if telephone(row.get("number", "")) else row.get("number", "")
    return PlannedCall(row["call"], unit, *about, timing.date, place("call").at(unit=unit), number), problems
