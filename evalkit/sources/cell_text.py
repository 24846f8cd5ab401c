"""Text of cells: as a person would have typed it, as it is compared, and as a finding shows it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_EXACT = 2.0**53
_LONGEST_SHOWN = 80
_UNSEEN_ONES = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_UNSEEN = re.compile(f"[{_UNSEEN_ONES}\ufe00-\ufe0f]")
_CONTROL_ONES = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_CONTROLS = re.compile(f"[{_CONTROL_ONES}]+")
_ENDS = re.compile(rf"\A[\s{_UNSEEN_ONES}{_CONTROL_ONES}]+|[\s{_UNSEEN_ONES}{_CONTROL_ONES}]+\Z")
_WITHIN = re.compile(f"[{_UNSEEN_ONES}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


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
    """Return text as it is read: NFKC, and trimmed."""
    return text.strip() if text.isascii() and text.isprintable() else trimmed(unicodedata.normalize("NFKC", text))


def trimmed(text: str) -> str:
    """Return text with nothing unseen, control characters as blanks, no outer blanks of any kind (U+3000, no-break)."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _CONTROLS.sub(" ", _UNSEEN.sub("", text)).strip()


def taken_away(text: str) -> str:
    """Return which characters :func:`trimmed` takes away, such as ``U+3000, U+00A0``; empty for none but plain blanks.

    A line break or tab within the text is none: it became a blank; nor is what only chooses the look of a character.
    """
    if text.isascii() and text.isprintable():
        return ""
    found = {*"".join(_ENDS.findall(text)), *_WITHIN.findall(text)} - {" "}
    return ", ".join(f"U+{ord(character):04X}" for character in sorted(found))


def fold(text: str) -> str:
    """Return text as names are compared: normalised, without blanks, without regard to case."""
    return "".join(normalise(text).casefold().split())


def shortened(text: str) -> str:
    """Return text on one line, cut where it is too long for a finding."""
    line = _CONTROLS.sub(" ", text)
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
