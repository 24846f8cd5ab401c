"""Native charts of ``results.xlsx``, beside the cells that hold all their data."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from evalkit.reports.excel_styles import FONT, NAVY
from evalkit.reports.figures.figure import COLOURS, DOWN, UP, Figure, FigureKind
from evalkit.reports.outline.sheet import plain

_GAP, _PANELS_ACROSS, _PANEL_WIDTH = 12, 2, 500
_BARS_WIDTH, _BAR_HEIGHT, _AROUND, _POINT_WIDTH, _POINTS_HEIGHT = 880, 20, 150, 26, 460
_TITLE, _SMALL = 12, 9
_FULL_SHARE = 1
_GREY, _LINE = "#6B7C8D", "#E7E6E6"


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the data of a chart stand: rows from ``first`` to ``last`` of a worksheet, titles in row ``head``."""

    page: str
    head: int
    first: int
    last: int

    def column(self, number: int) -> str:
        """Return the reference to a column of the data."""
        return f"={quote_sheetname(self.page)}!{xl_range_abs(self.first, number, self.last, number)}"

    def cell(self, row: int, column: int) -> list[str | int]:
        """Return the reference to a cell as XlsxWriter wants it for names."""
        return [self.page, row, column]


def add_charts(book: Workbook, page: Worksheet, figure: Figure, head: int) -> None:
    """Lay the charts of a figure, of a kind of :data:`DRAWN`, beside its table, whose titles stand in row ``head``."""
    heights = [0] * (_PANELS_ACROSS if figure.panel is not None else 1)
    for number, (first, last) in enumerate(figure.panels()):
        cells = _Cells(page.get_name(), head, head + 1 + first, head + 1 + last)
        chart, width, height = _MAKERS[figure.kind](book, figure, cells)
        _finish(chart, figure, cells, (width, height))
        across = number % len(heights)
        at = {"x_offset": _GAP + across * (width + _GAP), "y_offset": heights[across]}
        page.insert_chart(head + 1, len(figure.sheet.columns), chart, at | {"object_position": 3})
        heights[across] += height + _GAP


def _stacked(book: Workbook, figure: Figure, cells: _Cells) -> tuple[Chart, int, int]:
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for number, column in enumerate(figure.series):
        fill = {"color": COLOURS[number % len(COLOURS)]}
        chart.add_series(_series(figure, cells, column) | {"fill": fill, "gap": 30})
    chart.set_y_axis(_axis(reverse=True))
    chart.set_x_axis(_axis(cells.cell(cells.head, figure.axis)) | {"min": 0, "num_format": "0"})
    chart.set_legend({"position": "top", "font": _font()})
    return chart, _BARS_WIDTH, _bars_height(cells)


def _intervals(book: Workbook, figure: Figure, cells: _Cells) -> tuple[Chart, int, int]:
    """Return ranks as points, best on top, their intervals as error bars."""
    rank, _, high, below, above = figure.series
    values = figure.sheet.rows
    lowest = math.ceil(max(row[high] for row in values))  # the ends of error bars do not count for Excel's own scale
    bars = {
        "type": "custom", "direction": "both", "line": {"color": _GREY, "width": 1.5},
        "minus_values": cells.column(below), "minus_data": [plain(row[below]) for row in values],
        "plus_values": cells.column(above), "plus_data": [plain(row[above]) for row in values],
    }  # fmt: skip
    marker = {"type": "diamond", "size": 6, "fill": {"color": COLOURS[0]}, "border": {"color": COLOURS[0]}}
    chart = book.add_chart({"type": "line"})
    chart.add_series(_series(figure, cells, rank) | {"line": {"none": True}, "marker": marker, "y_error_bars": bars})
    chart.set_x_axis(_axis() | {"interval_unit": 1, "label_position": "high", "num_font": _font() | {"rotation": -90}})
    chart.set_y_axis(
        _axis(cells.cell(cells.head, figure.axis), reverse=True) | {"min": 0, "max": lowest + 1, "num_format": "0"}
    )
    chart.set_legend({"none": True})
    return chart, max(_PANEL_WIDTH, _AROUND + _POINT_WIDTH * (1 + cells.last - cells.first)), _POINTS_HEIGHT


def _change(book: Workbook, figure: Figure, cells: _Cells) -> tuple[Chart, int, int]:
    column = figure.series[-1]
    colours = [{"fill": {"color": DOWN if row[column] < 0 else UP}} for row in figure.sheet.rows]
    chart = book.add_chart({"type": "bar"})
    chart.add_series(_series(figure, cells, column) | {"points": colours, "gap": 30})
    chart.set_y_axis(_axis(reverse=True) | {"label_position": "low"})
    chart.set_x_axis(_axis(cells.cell(cells.head, figure.axis)) | {"num_format": "0"})
    chart.set_legend({"none": True})
    return chart, _BARS_WIDTH, _bars_height(cells)


def _shares(book: Workbook, figure: Figure, cells: _Cells) -> tuple[Chart, int, int]:
    (column,) = figure.series
    said = {"value": True, "num_format": "0.0%", "font": _font()}
    chart = book.add_chart({"type": "bar"})
    chart.add_series(_series(figure, cells, column) | {"fill": {"color": COLOURS[0]}, "gap": 40, "data_labels": said})
    chart.set_y_axis(_axis(reverse=True))
    chart.set_x_axis(_axis() | {"min": 0, "max": _FULL_SHARE, "num_format": "0%"})
    chart.set_legend({"none": True})
    return chart, _PANEL_WIDTH, _bars_height(cells, each=28)


_MAKERS: Mapping[FigureKind, Callable[[Workbook, Figure, _Cells], tuple[Chart, int, int]]] = {
    "stacked": _stacked, "intervals": _intervals, "change": _change, "shares": _shares,
}  # fmt: skip
DRAWN = frozenset(_MAKERS)
"""The kinds that are drawn here; heat maps are the colours of the sheets themselves."""


def _bars_height(cells: _Cells, each: int = _BAR_HEIGHT) -> int:
    return _AROUND + each * (1 + cells.last - cells.first)


def _series(figure: Figure, cells: _Cells, column: int) -> dict[str, Any]:
    return {
        "name": cells.cell(cells.head, column),
        "categories": cells.column(figure.label),
        "values": cells.column(column),
    }


def _font(size: int = _SMALL, *, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": bold}


def _axis(title: list[str | int] | None = None, *, reverse: bool = False) -> dict[str, Any]:
    """Return how an axis looks; the title is a reference, so that no text from outside can be taken for one."""
    lines = {"major_gridlines": {"visible": title is not None, "line": {"color": _LINE}}, "line": {"color": _GREY}}
    named = {} if title is None else {"name": title, "name_font": _font()}
    return {"reverse": reverse, "num_font": _font(), "interval_unit": 1 if reverse else None} | lines | named


def _finish(chart: Chart, figure: Figure, cells: _Cells, size: tuple[int, int]) -> None:
    """Set title and size. The title is a reference too: that of the sheet, or the text of the panel."""
    at = cells.cell(0, 0) if figure.panel is None else cells.cell(cells.first, figure.panel)
    chart.set_title({"name": at, "name_font": _font(_TITLE, bold=True) | {"color": NAVY}, "overlay": False})
    chart.set_chartarea({"border": {"color": _LINE}})
    chart.set_size({"width": size[0], "height": size[1]})
    _name_chinese_face(chart)


def _name_chinese_face(chart: Chart) -> None:
    """Name the face for Chinese too: XlsxWriter names it for Latin letters, and Excel takes the rest from its theme."""
    latin = chart._write_a_latin  # noqa: SLF001 - XlsxWriter has no name for it

    def both(attributes: list[tuple[str, Any]]) -> None:
        latin(attributes)
        chart._xml_empty_tag("a:ea", attributes)  # noqa: SLF001 - as above

    chart._write_a_latin = both  # noqa: SLF001 - as above
