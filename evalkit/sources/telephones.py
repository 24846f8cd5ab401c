"""Telephone numbers that calls are made from: told from their codes, and read as codes by a private key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import normalise
from evalkit.sources.tables import read_table

REQUIRED = ("number", "telephone")
_TELEPHONE = re.compile(r"\+?[0-9 ()-]+")
_BETWEEN = re.compile(r"[ ()-]")
_FEWEST_DIGITS = 5


def telephone(text: str) -> str:
    """Return the digits of a telephone number, of five digits or more; empty for anything else, which is a code."""
    number = normalise(text).removesuffix(".0")
    digits = _BETWEEN.sub("", number)
    return digits if _TELEPHONE.fullmatch(number) and len(digits.lstrip("+")) >= _FEWEST_DIGITS else ""


def read_number_key(path: Path, shown_as: str) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the code by telephone number from a table with ``number``, the code, and ``telephone``.

    ``evalkit plan`` writes it as ``private/numbers.csv``. Findings, none of which tells a number: ``EK201`` a column
    lacks, ``EK248`` a cell is empty or no telephone number, ``EK646`` a telephone number stands for two codes; such
    lines are left out.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return {}, problems
    lacking = [column for column in REQUIRED if column not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return {}, [*problems, *(problem("EK201", place, column=column, allowed=allowed) for column in lacking)]
    code_at, telephone_at = (table.header.index(column) for column in REQUIRED)
    codes: dict[str, str] = {}
    for line, cells in table.rows:
        code, digits = cells[code_at].strip(), telephone(cells[telephone_at])
        read = ((code_at, "number", code), (telephone_at, "telephone", digits))
        empty = [(at, column) for at, column, text in read if not text]
        problems += [problem("EK248", table.at(line, at), column=column) for at, column in empty]
        if not empty and codes.setdefault(digits, code) != code:
            problems.append(problem("EK646", table.at(line, telephone_at), first=codes[digits], second=code))
    return codes, problems
