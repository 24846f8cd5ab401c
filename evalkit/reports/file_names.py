"""Names of files that all file systems accept."""

from __future__ import annotations

import re

_LONGEST = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_name(stem: str) -> str:
    """Return a name without forbidden letters, without blank or dot at its ends, and not too long."""
    return _UNSAFE.sub("_", stem)[:_LONGEST].strip(" .") or "_"
