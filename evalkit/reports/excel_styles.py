"""Fonts, colours, number formats and sizes of ``results.xlsx``."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from evalkit.reports.outline.sheet import Column, Kind, Mark, Sheet, plain

FONT = "Microsoft YaHei"
NAVY, PALE, RULE, RED = "#1F3864", "#DDEBF7", "#BFBFBF", "#C00000"
BAR: dict[str, Any] = {
    "type": "data_bar", "bar_solid": True, "bar_color": "#BDD7EE", "bar_border_color": "#BDD7EE",
    "min_type": "num", "max_type": "num",
}  # fmt: skip
SCALE: dict[str, Any] = {
    "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
    "min_color": "#F8CBAD", "mid_color": "#FFFFFF", "max_color": "#A9D08E",
}  # fmt: skip
_FORMATS: dict[Kind, str] = {
    "text": "@", "long": "@", "integer": "#,##0", "score": "0.00", "heat": "0.00", "number": "#,##0.00", "printed": "0",
    "percent": "0.0%",
}  # fmt: skip
_MARKS: dict[Mark, str] = {
    "error": "#F8CBAD", "warning": "#FFE699",
    "tier1": "#FFD966", "tier2": "#C6E0B4", "tier3": "#BDD7EE", "tier4": "#EDEDED", "tier5": "#F7F7F7",
}  # fmt: skip
_NARROWEST, _LINE, _TALLEST, _WIDEST_HEAD = 6, 15, 409, 14
_WIDE = frozenset("WF")


class Styles:
    """The formats of the workbook, each made once, when it is first needed."""

    def __init__(self, book: Workbook) -> None:
        """Make the formats of titles and heads."""
        self.book = book
        self.made: dict[tuple[object, ...], Format] = {}
        self.title = self._make({"bold": True, "font_size": 14, "font_color": NAVY})
        self.notice = self._make({"font_color": RED})
        self.note = self._make({"font_color": "#7F7F7F"})
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": RULE}
        self.head = self._make(head | {"bg_color": PALE, "font_color": NAVY})
        self.group = self._make(head | {"bg_color": NAVY, "font_color": "#FFFFFF", "align": "center"})

    def of(self, column: Column, value: object, mark: Mark | None) -> Format:
        """Return the format of a cell. Whole numbers show no decimals; a rank of 2.5 shows one."""
        number = _number_format(column, value)
        key = (number, column.kind, mark)
        if key not in self.made:
            colour = {"bg_color": _MARKS[mark]} if mark else {}
            shape = {"text": {"indent": 1}, "long": {"indent": 1, "text_wrap": True}}.get(column.kind, {})
            below = {"bottom": 1, "bottom_color": "#E7E6E6"}
            self.made[key] = self._make({"num_format": number} | shape | colour | below)
        return self.made[key]

    def _make(self, properties: dict[str, Any]) -> Format:
        return self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter"} | properties)


def _number_format(column: Column, value: object) -> str:
    if column.kind == "printed":
        return "0." + "0" * column.decimals if column.decimals else "0"
    if isinstance(value, int | float):
        whole = float(value).is_integer()
        if column.kind == "number" and whole:
            return _FORMATS["integer"]
        if column.kind == "integer" and not whole:
            return "#,##0.0"
    return _FORMATS[column.kind]


def display_width(text: str) -> int:
    """Return the width of a text in half-width characters; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in text)


def widths(sheet: Sheet) -> list[int]:
    """Return the widths of the columns: as wide as their contents need, at most what the sheet allows."""
    return [_width(sheet, index) for index in range(len(sheet.columns))]


def _width(sheet: Sheet, index: int) -> int:
    column = sheet.columns[index]
    if column.kind not in {"text", "long"}:
        return column.width
    texts = {str(plain(row[index]) or "") for row in sheet.rows}
    longest = max([*map(display_width, texts), min(display_width(column.title), _WIDEST_HEAD), _NARROWEST])
    return min(longest + 3, column.width)


def height(text: str, available: int, spare: int = 3) -> int:
    """Return the height in points of a text wrapped in a column, less ``spare`` for a filter button or an indent."""
    lines = sum(math.ceil(max(display_width(line), 1) / max(available - spare, 1)) for line in text.split("\n"))
    return min(_LINE * lines + 3, _TALLEST)
