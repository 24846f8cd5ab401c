"""Text of cells: as a person would have typed it, as it is compared, and as a finding shows it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_EXACT = 2.0**53
_LONGEST_SHOWN = 80
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def as_text(value: object) -> str:
    """Return a cell's value as the text a person would have typed; text stays as it stands."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)


def normalise(text: str) -> str:
    """Return text as it is read: NFKC, nothing unseen, control characters as blanks, no outer blanks."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _CONTROLS.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text))).strip()


def fold(text: str) -> str:
    """Return text as names are compared: normalised, without blanks, without regard to case."""
    return "".join(normalise(text).casefold().split())


def shortened(text: str) -> str:
    """Return text on one line, cut where it is too long for a finding."""
    line = _CONTROLS.sub(" ", text)
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
