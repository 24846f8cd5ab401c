"""The key to the auditors: which person is behind which code. It is private; results show codes only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import fold
from evalkit.sources.tables import read_table

REQUIRED = ("auditor", "name")
_PERSON = re.compile("[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})?")


def read_auditor_key(path: Path, shown_as: str) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the code by folded name from a table with the columns ``auditor`` and ``name``.

    Findings, none of which tells a name: ``EK201`` a column lacks, ``EK248`` a cell is empty, ``EK667`` a name stands
    for two codes; such lines are left out.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return {}, problems
    lacking = [column for column in REQUIRED if column not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return {}, [*problems, *(problem("EK201", place, column=column, allowed=allowed) for column in lacking)]
    code_at, name_at = (table.header.index(column) for column in REQUIRED)
    codes: dict[str, str] = {}
    for line, cells in table.rows:
        code, name = cells[code_at].strip(), fold(cells[name_at])
        empty = [(at, column) for at, column in ((code_at, "auditor"), (name_at, "name")) if not cells[at].strip()]
        problems += [problem("EK248", table.at(line, at), column=column) for at, column in empty]
        if not empty and codes.setdefault(name, code) != code:
            problems.append(problem("EK667", table.at(line, name_at), first=codes[name], second=code))
    return codes, problems


def looks_like_a_person(auditor: str) -> bool:
    """Tell whether a code may be a Chinese name: a few characters, no letter and no digit."""
    return _PERSON.fullmatch(auditor) is not None
