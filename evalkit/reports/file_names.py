"""Names of files made from names of units."""

from __future__ import annotations

import re

_LONGEST = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_name(stem: str) -> str:
    """Return what all file systems accept: no forbidden letters, no blank or dot at the ends, not too long."""
    return _UNSAFE.sub("_", stem)[:_LONGEST].strip(" .") or "_"


def free_name(stem: str, taken: set[str]) -> str:
    """Return the name, numbered where another unit has it; names that differ by case alone are one on many systems.

    It is added to ``taken``.
    """
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number})"
    taken.add(name.casefold())
    return name
