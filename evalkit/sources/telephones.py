"""Telephone numbers that calls are made from: told from their codes, and read as codes by a private key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import normalise
from evalkit.sources.private_keys import read_codes

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
    return read_codes(path, shown_as, ("number", "telephone"), telephone, _two_codes)


def _two_codes(place: Place, first: str, second: str) -> Problem:
    return problem("EK646", place, first=first, second=second)
