"""The key to the auditors: which person is behind which code. It is private; results show codes only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import fold
from evalkit.sources.private_keys import read_codes

_PERSON = re.compile("[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})?")


def read_auditor_key(path: Path, shown_as: str) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the code by folded name from a table with the columns ``auditor`` and ``name``.

    Findings, none of which tells a name: ``EK201`` a column lacks, ``EK248`` a cell is empty, ``EK667`` a name stands
    for two codes; such lines are left out.
    """
    return read_codes(path, shown_as, ("auditor", "name"), fold, _two_codes)


def _two_codes(place: Place, first: str, second: str) -> Problem:
    return problem("EK667", place, first=first, second=second)


def looks_like_a_person(auditor: str) -> bool:
    """Tell whether a code may be a Chinese name: a few characters, no letter and no digit."""
    return _PERSON.fullmatch(auditor) is not None
