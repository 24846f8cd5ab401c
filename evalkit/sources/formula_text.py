"""Text in a CSV file that no spreadsheet may compute: an apostrophe stands before it, and is taken off on reading."""

from __future__ import annotations

import re

# Spreadsheets of East Asian locales take the full-width signs too, and some pass over blanks before a sign.
_BEGINS = r"(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"
_FORMULA = re.compile(f"'*{_BEGINS}")
_PROTECTED = re.compile(f"''*{_BEGINS}")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)


def protected(text: str) -> str:
    """Return ``text`` so that no spreadsheet computes it; plain numbers such as ``-5`` stay as they are.

    What begins with apostrophes before a sign gets one more, so that :func:`original` gives back every text.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def original(text: str) -> str:
    """Return the text that was protected: without its first apostrophe where a sign comes after."""
    return text[1:] if text.startswith("'") and _PROTECTED.match(text) else text
