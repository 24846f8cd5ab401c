"""Names of files made from names of units."""

from __future__ import annotations

import re

_LONGEST = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_name(stem: str) -> str:
    """Return what all file systems accept: no forbidden letters, no blank or dot at the ends, not too long."""
    return _UNSAFE.sub("_", stem)[:_LONGEST].strip(" .") or "_"
