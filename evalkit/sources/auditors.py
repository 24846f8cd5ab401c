"""The auditors of a study: codes, homes and capacities, without names of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.sources.register import Register
from evalkit.sources.tables import read_table

REGION = "region"
"""The column of the unit register that says in which region a unit lies."""


@dataclass(frozen=True, slots=True)
class Auditors:
    """``codes``; ``homes``: the unit or region where each lives, empty where not told; ``most``: ratings that each can
    take on, None for any number; ``region_of`` each unit, the unit itself where the register has no regions.
    """  # noqa: D205 - one sentence about each field

    codes: tuple[str, ...]
    homes: tuple[str, ...]
    most: tuple[int | None, ...]
    region_of: Mapping[str, str]


def read_auditors(path: Path, shown_as: str, register: Register) -> tuple[Auditors | None, list[Problem]]:
    """Read a table with the columns ``auditor`` and, where wanted, ``home`` and ``most``.

    ``home`` is a unit (id, name or alias) or a region of the register. Findings: ``EK201`` no column ``auditor``,
    ``EK248`` an empty code, ``EK202`` a code twice, ``EK626`` an unknown home, ``EK627`` no whole number in ``most``.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return None, problems
    if "auditor" not in table.header:
        return None, [
            *problems,
            problem("EK201", table.place.at(line=1), column="auditor", allowed=listed(table.header)),
        ]
    region_of = _regions(register)
    codes: list[str] = []
    homes: list[str] = []
    most: list[int | None] = []
    for line, cells in table.rows:
        row = {name: (cells[at].strip(), table.at(line, at)) for at, name in enumerate(table.header)}
        code, place = row["auditor"]
        if not code:
            problems.append(problem("EK248", place, column="auditor"))
        elif code in codes:
            problems.append(problem("EK202", place, id=code))
        home, where = row.get("home", ("", place))
        known = register.find(home) or (home if home in region_of.values() else "")
        if home and not known:
            near = suggestion(home, [*region_of.values(), *register.names.values()])
            problems.append(problem("EK626", where, name=home, **near))
        text, where = row.get("most", ("", place))
        if text and not (text.removesuffix(".0").isascii() and text.removesuffix(".0").isdigit()):
            problems.append(problem("EK627", where, value=text))
            text = ""
        codes.append(code)
        homes.append(known)
        most.append(int(text.removesuffix(".0")) if text else None)
    return (None if has_errors(problems) else Auditors(tuple(codes), tuple(homes), tuple(most), region_of)), problems


def _regions(register: Register) -> dict[str, str]:
    units = register.units
    if REGION not in register.frame.columns:
        return {unit: unit for unit in units}
    regions = [str(value).strip() for value in register.frame[REGION]]
    return {unit: region or unit for unit, region in zip(units, regions, strict=True)}
