"""The private keys of a study, by which names and numbers in call sheets become codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.sources.tables import read_table


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """Codes: of auditors by folded name, and of numbers that calls are made from by the digits of the telephone.

    ``agents``: the secret from which codes of agents are made, empty for none.
    """

    auditors: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    agents: bytes = b""


NO_KEYS = PrivateKeys()


def read_codes(
    path: Path,
    shown_as: str,
    columns: tuple[str, str],
    read: Callable[[str], str],
    two_codes: Callable[[Place, str, str], Problem],
) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the code by what is kept private, from a table with ``columns``: the code, and what it stands for.

    ``read`` turns a cell of the second column into what is looked up, empty for what is none. Findings, none of which
    tells what is private: ``EK201`` a column lacks, ``EK248`` a cell is empty or none, what ``two_codes`` makes of a
    place and the codes where one stands for two; such lines are left out.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return {}, problems
    lacking = [column for column in columns if column not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return {}, [*problems, *(problem("EK201", place, column=column, allowed=allowed) for column in lacking)]
    code_at, private_at = (table.header.index(column) for column in columns)
    codes: dict[str, str] = {}
    for line, cells in table.rows:
        code, private = cells[code_at].strip(), read(cells[private_at])
        both = zip((code_at, private_at), columns, (code, private), strict=True)
        empty = [(at, column) for at, column, text in both if not text]
        problems += [problem("EK248", table.at(line, at), column=column) for at, column in empty]
        if not empty and codes.setdefault(private, code) != code:
            problems.append(two_codes(table.at(line, private_at), codes[private], code))
    return codes, problems
