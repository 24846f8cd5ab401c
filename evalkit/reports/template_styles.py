"""How a form looks: colours, formats, texts in two languages, and the height that a wrapped text needs.

Lengths across are in widths of a digit, as Excel gives the width of a column; heights are in points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evalkit.messages import Language, choose, word

FONT = "Microsoft YaHei"
Words = tuple[str, str]
"""A text in Chinese and in English."""
Layer = Mapping[str, object]

NAVY, INK, MUTED, RULE, HAIRLINE = "#1F3A5F", "#1F2933", "#6B7785", "#9FB3C8", "#DCE3EA"
PANEL, ANSWER_FRAME, MISSING_FILL, SKIPPED_FILL, SKIPPED_INK = "#F5F8FB", "#7FA7D1", "#FFF4CC", "#E4E6E9", "#A0A6AD"

_SIZE, _ENGLISH_SIZE = 10.0, 9.0
_BASE: Layer = {
    "font_name": FONT, "font_size": _SIZE, "font_color": INK, "text_wrap": True, "valign": "vcenter",
}  # fmt: skip
_ENGLISH: Layer = {"font_size": _ENGLISH_SIZE, "font_color": MUTED, "bold": False}
TITLE: Layer = {"font_size": 16, "bold": True, "font_color": NAVY, "text_wrap": False, "shrink": True}
HEADING: Layer = {"font_size": 12, "bold": True, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY}
SMALL: Layer = {"font_size": 8, "font_color": SKIPPED_INK, "text_wrap": False}
NOTICE: Layer = {"bold": True, "font_color": "#C00000", "text_wrap": False}
HEADER: Layer = {
    "bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "left": 1, "right": 1, "left_color": "#4A6890",
    "right_color": "#4A6890", "align": "left", "indent": 1,
}  # fmt: skip
BODY: Layer = {
    "left": 1, "right": 1, "left_color": HAIRLINE, "right_color": HAIRLINE, "bg_color": PANEL, "align": "left",
    "indent": 1,
}  # fmt: skip
FIRST: Layer = {"top": 1, "top_color": RULE}
INNER: Layer = {"top": 1, "top_color": HAIRLINE}
LAST: Layer = {"bottom": 1, "bottom_color": RULE}
CODE: Layer = {"font_size": 9, "font_color": MUTED, "text_wrap": False, "shrink": True}
NOTE: Layer = {"font_size": 9, "font_color": "#3E4C59"}
COMPUTED: Layer = {"bg_color": SKIPPED_FILL, "font_color": MUTED}
ANSWER: Layer = {"border": 1, "border_color": ANSWER_FRAME, "bg_color": "#FFFFFF", "locked": False}
LINK: Layer = {"font_color": "#1F5FA8", "underline": 1}
COMPLETE: Layer = {"bg_color": "#DCEFD8"}
MISSING: Layer = {"bg_color": MISSING_FILL}
SKIPPED: Layer = {"bg_color": SKIPPED_FILL, "font_color": SKIPPED_INK}

_LINE_POINTS = 1.45
"""height of a line for a font size of one point; Microsoft YaHei is a tall face"""
_PADDING_POINTS = 8.0
TALLEST_ROW = 409.0
_MARGIN_UNITS = 1.8
_APART = "\ue000"
_WIDE = "\u2e7f"
_WIDE_UNITS, _LATIN_UNITS = 1.92, 0.92
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_XML = re.compile(r"[\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Pen:
    """Writes texts in the language of the form; a format is made once, however often it is used."""

    book: Workbook
    language: Language
    formats: dict[frozenset[tuple[str, object]], Format] = field(default_factory=dict)
    changes: dict[frozenset[tuple[str, object]], Format] = field(default_factory=dict)

    def style(self, *layers: Layer) -> Format:
        """Return the cell format of layers, later ones over earlier ones, on the common base."""
        return self._format(self.formats, {key: value for layer in (_BASE, *layers) for key, value in layer.items()})

    def change(self, layer: Layer) -> Format:
        """Return the format that a conditional format lays over a cell."""
        return self._format(self.changes, layer)

    def _format(self, known: dict[frozenset[tuple[str, object]], Format], properties: Layer) -> Format:
        key = frozenset(properties.items())
        if key not in known:
            known[key] = self.book.add_format(dict(properties))
        return known[key]

    def say(self, words: Words, joint: str = "\n") -> str:
        """Return a text in the language of the form, both joined by ``joint``, without control characters."""
        return clean(choose(self.language, *words, joint))

    def write(self, sheet: Worksheet, row: int, column: int, words: Words, *layers: Layer, joint: str = "\n") -> None:
        """Write a text; where it stands in both languages, the English in smaller grey type.

        Raises ``ValueError`` for a text longer than a cell holds.
        """
        chinese, english = map(clean, words)
        style = self.style(*layers)
        if self.language == "both" and chinese and english and chinese != english:
            runs = (self.style(*layers), chinese + joint, self.style(*layers, _ENGLISH), english)
            _check(sheet.write_rich_string(row, column, *runs, style), chinese)
        else:
            write_plain(sheet, row, column, self.say(words, joint), style)

    def write_across(
        self, sheet: Worksheet, area: tuple[int, int, int, int], words: Words, *layers: Layer, joint: str = "\n"
    ) -> None:
        """Write a text into an area (first row, first column, last row, last column) merged to one cell."""
        first_row, first_column, last_row, last_column = area
        if (first_row, first_column) != (last_row, last_column):
            sheet.merge_range(*area, "", self.style(*layers))
        self.write(sheet, first_row, first_column, words, *layers, joint=joint)

    def joint(self, words: Words, width: float) -> str:
        """Return what joins the two languages in a cell ``width`` wide: a blank if both fit one line."""
        return " " if "\n" not in "".join(words) and _units(" ".join(words)) <= width - _MARGIN_UNITS else "\n"

    def height(self, words: Words, width: float, size: float = _SIZE, joint: str = "\n") -> float:
        """Return the points that a text needs in a cell ``width`` characters wide, as near as can be told unseen.

        Excel fits no merged cell by itself, and LibreOffice no row that has a height of its own.
        """
        text, _, second = self.say(words, _APART if joint == "\n" else joint).partition(_APART)
        points = _points(text, width, size) + (_points(second, width, _ENGLISH_SIZE) if second else 0.0)
        return min(TALLEST_ROW, points + _PADDING_POINTS)


def write_plain(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text that stays text, whatever it begins with.

    Raises ``ValueError`` for a text longer than a cell holds.
    """
    text = _NOT_XML.sub("\ufffd", text)
    if not text:
        sheet.write_blank(row, column, None, style)
    elif text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter would take it for its own markup
        _check(sheet.write_rich_string(row, column, style, text[:1], style, clean(text[1:]), style), text)
    else:
        _check(sheet.write_string(row, column, text, style), text)


def _check(result: int, text: str) -> None:
    if result:
        raise ValueError(f"a cell of Excel holds 32,767 characters, not: {text[:50]}…")


def clean(text: str) -> str:
    """Return a text with blanks for control characters, which most parts of a workbook cannot hold."""
    return _CONTROL.sub(" ", text)


def in_footer(text: str) -> str:
    """Return a text as it can stand in a footer, where an ampersand begins a field.

    A full-width one stands for it: XlsxWriter takes the escaped ``&&G`` for a picture.
    """
    return clean(text).replace("&", "＆")


def words(key: str, **params: object) -> Words:
    """Return a text of the catalogue in both languages."""
    return word(key, "zh", **params), word(key, "en", **params)


def cut(text: str, longest: int) -> str:
    """Return as much of a text as fits ``longest`` characters as Excel counts them (UTF-16 units)."""
    encoded = text.encode("utf-16-le", "replace")
    if len(encoded) <= 2 * longest:
        return text
    return encoded[: 2 * (longest - 1)].decode("utf-16-le", "ignore") + "…"


def _points(text: str, width: float, size: float) -> float:
    room = (width - _MARGIN_UNITS) * _SIZE / size
    lines = sum(max(1, math.ceil(_units(line) / room)) for line in text.split("\n"))
    return lines * size * _LINE_POINTS


def _units(text: str) -> float:
    """Return the width of a text in widths of a digit."""
    wide = sum(character > _WIDE for character in text)
    return wide * _WIDE_UNITS + (len(text) - wide) * _LATIN_UNITS
