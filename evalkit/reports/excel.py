"""``results.xlsx``: the sheets of the outline, formatted for evaluators."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import xlsxwriter

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.tables import OUTLINE, Column, Sheet, plain, study_name

FONT = "Microsoft YaHei"
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel has no time zones; fixed for identical bytes
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {},
    "long": {"text_wrap": True},
    "integer": {"num_format": "0"},
    "score": {"num_format": "0.00"},
    "number": {"num_format": "#,##0.##"},
    "percent": {"num_format": "0.0%"},
    "exact": {},
}
_BAR_COLOUR = "#9DC3E6"
_LONGEST_CELL = 32_767
_MOST_BARS = 12


def write_results(evaluation: Evaluation, path: Path, language: Language) -> None:
    """Write the workbook; text that begins with ``=`` stays text, and numbers keep full precision."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": study_name(evaluation, language), "created": _CREATED})
        styles = _Styles(workbook)
        for make in OUTLINE:
            _write_sheet(workbook, make(evaluation, language), styles)


class _Styles:
    def __init__(self, workbook: Any) -> None:  # noqa: ANN401 - XlsxWriter is not typed
        base = {"font_name": FONT, "font_size": 10, "valign": "top"}
        self.by_kind = {kind: workbook.add_format(base | extra) for kind, extra in _FORMATS.items()}
        head = {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = workbook.add_format(base | head)
        self.title = workbook.add_format(base | {"bold": True, "font_size": 14})
        self.note = workbook.add_format(base | {"font_color": "#C00000"})


def _write_sheet(workbook: Any, sheet: Sheet, styles: _Styles) -> None:  # noqa: ANN401 - XlsxWriter is not typed
    page = workbook.add_worksheet(sheet.title[:31])
    page.write_string(0, 0, sheet.title, styles.title)
    page.set_row(0, 22)
    for number, note in enumerate(sheet.notes, start=1):
        page.write_string(number, 0, note, styles.note)
    head = len(sheet.notes) + 1
    page.set_row(head, 15 * max(_lines(column) for column in sheet.columns) + 4)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, styles.by_kind[column.kind])
        page.write_string(head, index, column.title, styles.head)
    for number, row in enumerate(sheet.rows, start=head + 1):
        for index, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(page, number, index, plain(value), styles.by_kind[column.kind])
    last = head + max(len(sheet.rows), 1)
    page.freeze_panes(head + 1, sheet.frozen)
    page.autofilter(head, 0, last, len(sheet.columns) - 1)
    bars = [index for index, column in enumerate(sheet.columns) if column.kind == "score"]
    for index in bars[:_MOST_BARS] if sheet.rows else ():
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": _BAR_COLOUR, "min_type": "num", "max_type": "num"}
        page.conditional_format(head + 1, index, last, index, bar | {"min_value": 0, "max_value": 100})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _lines(column: Column) -> int:
    width = sum(2 if ord(letter) > 0x2E80 else 1 for letter in column.title)  # noqa: PLR2004 - from CJK on, two wide
    return max(1, math.ceil(width / max(column.width - 1, 1)))


def _write_cell(page: Any, row: int, column: int, value: Any, style: Any) -> None:  # noqa: ANN401 - XlsxWriter
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, bool | str):
        page.write_string(row, column, str(value)[:_LONGEST_CELL], style)
    else:
        page.write_number(row, column, value, style)
