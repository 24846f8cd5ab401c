"""Texts of a CSV file that a spreadsheet would take for a formula: an apostrophe stands before them."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"''*[=+\-@\t\r\n]")


def original(text: str) -> str:
    """Return a text as it was before an apostrophe kept it from being computed."""
    return text[1:] if _QUOTED.match(text) else text
