"""What a plain (unquoted) word of YAML is: text, but for few.

``true`` ``false``, ``null`` ``~`` and nothing at all, and decimal numbers (``5`` ``-5`` ``+5`` ``.5`` ``1.`` ``1e3``)
are more. ``no``, ``True``, ``12:30``, ``010000``, ``1_000``, ``0x1F``, ``.inf``, ``.`` and dates stay text, and so do
whole numbers of more than 18 digits and numbers too large for a float.
"""

from __future__ import annotations

import math
import re
from typing import Self

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_MOST_DIGITS = 18
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class _WrittenInteger(int):
    """A whole number whose text is the one in the file."""

    written: str

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.written = text
        return number

    def __str__(self) -> str:
        return self.written


class _WrittenFloat(float):
    """A number whose text is the one in the file."""

    written: str

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.written = text
        return number

    def __str__(self) -> str:
        return self.written


def scalar(text: str) -> str | int | float | bool | None:
    """Return the value of a plain word.

    A number remembers how it was written: where text belongs, ``2020.10`` is not ``2020.1``.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return text if len(text.lstrip("+-")) > _MOST_DIGITS else _WrittenInteger(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return _WrittenFloat(text)
    return text
