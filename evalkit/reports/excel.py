"""``results.xlsx``: the sheets of the outline, formatted for evaluators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.excel_charts import DRAWN, add_charts
from evalkit.reports.excel_styles import BAR, SCALE, Styles, height, widths
from evalkit.reports.figures import figures
from evalkit.reports.figures.figure import Figure
from evalkit.reports.outline import outline
from evalkit.reports.outline.names import study_name
from evalkit.reports.outline.sheet import Column, Marked, Sheet, plain
from evalkit.reports.template_styles import in_footer

_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel has no time zones; fixed for identical bytes
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST_CELL, _LONGEST_NAME = 32_767, 31
_A3, _A4, _MOST_COLUMNS_ON_A4 = 8, 9, 16
_FULL_MARKS = 100
_ROW = 18


def write_results(evaluation: Evaluation, path: Path, language: Language) -> None:
    """Write the workbook: the first sheet of the outline, the charts, the other sheets.

    Text that begins with ``=`` stays text, and numbers keep full precision.
    A text of over 32,767 characters, the most that a cell holds, is cut and ends in ``…``. Raises OSError.
    """
    first, *others = outline(evaluation, language)
    write_sheets([first, *figures(evaluation, language, DRAWN), *others], path, study_name(evaluation, language))


def write_sheets(sheets: Iterable[Sheet | Figure], path: Path, title: str) -> None:
    """Write a workbook of sheets, formatted as :func:`write_results` says; a figure is a sheet with charts beside it.

    Raises OSError.
    """
    try:
        _write(sheets, path, title)
    except FileCreateError as error:  # XlsxWriter's own name for it
        raise OSError(str(error)) from error


def _write(sheets: Iterable[Sheet | Figure], path: Path, title: str) -> None:
    with Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"title": title[:255], "author": "evalkit", "created": _CREATED})
        styles = Styles(book)
        for each in sheets:
            sheet = each.sheet if isinstance(each, Figure) else each
            page = book.add_worksheet(sheet.title[:_LONGEST_NAME])
            wide = widths(sheet)
            head = _write_head(page, sheet, wide, styles)
            _write_rows(page, sheet, head + 1, wide, styles)
            _colour(page, sheet, head + 1)
            _set_page(page, sheet, head, title)
            if isinstance(each, Figure):
                add_charts(book, page, each, head)


def _write_head(page: Worksheet, sheet: Sheet, wide: Sequence[int], styles: Styles) -> int:
    """Write title, notes, merged titles and titles; return the row of the titles."""
    page.write_string(0, 0, sheet.title, styles.title)
    page.set_row(0, 24)
    above = [(sheet.notice, styles.notice)] if sheet.notice else []
    above += [(note, styles.note) for note in sheet.notes]
    for number, (text, style) in enumerate(above, start=1):
        page.write_string(number, 0, _cut(text), style)
    head = len(above) + 1
    groups = [each for each in _groups(sheet.columns) if each[2]]
    if groups:
        page.set_row(head, max(height(title, sum(wide[first : last + 1])) for first, last, title in groups))
        for first, last, title in groups:
            if last > first:
                page.merge_range(head, first, head, last, "", styles.group)
            page.write_string(head, first, title, styles.group)
        head += 1
    page.set_row(head, max(height(column.title, wide[at]) for at, column in enumerate(sheet.columns)))
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, wide[index])
        page.write_string(head, index, column.title, styles.head)
    return head


def _groups(columns: Sequence[Column]) -> Iterator[tuple[int, int, str]]:
    """Yield first column, last column and title of each run of columns of one group."""
    at = 0
    for group, run in groupby(columns, key=lambda column: column.group):
        count = len(list(run))
        yield at, at + count - 1, group
        at += count


def _write_rows(page: Worksheet, sheet: Sheet, first: int, wide: Sequence[int], styles: Styles) -> None:
    wrapped = [index for index, column in enumerate(sheet.columns) if column.kind == "long"]
    for number, row in enumerate(sheet.rows, start=first):
        tallest = max((height(str(plain(row[index]) or ""), wide[index], spare=1) for index in wrapped), default=_ROW)
        page.set_row(number, max(tallest, _ROW))
        for index, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(page, (number, index), value, column, styles)


def _write_cell(page: Worksheet, at: tuple[int, int], value: Any, column: Column, styles: Styles) -> None:  # noqa: ANN401 - a cell of any type
    shown = plain(value)
    style = styles.of(column, shown, value.mark if isinstance(value, Marked) else None)
    if shown is None or shown == "":
        page.write_blank(*at, None, style)
    elif isinstance(shown, str):
        page.write_string(*at, _cut(shown), style)
    else:
        page.write_number(*at, shown, style)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _colour(page: Worksheet, sheet: Sheet, first: int) -> None:
    """Lay bars and colours from 0 to 100 behind scores; where scores lie outside, from the lowest to the highest."""
    last = first + len(sheet.rows) - 1
    for kind, form in (("score", BAR), ("heat", SCALE)):
        chosen = [index for index, column in enumerate(sheet.columns) if column.kind == kind]
        known = [plain(row[index]) for row in sheet.rows for index in chosen]
        scores = [score for score in known if score is not None]
        if not scores:
            continue
        limits = (min(0, *scores), max(_FULL_MARKS, *scores))
        low, high = (0, _FULL_MARKS) if limits == (0, _FULL_MARKS) else (min(scores), max(scores))
        ends = {"min_value": low, "max_value": high} | ({"mid_value": (low + high) / 2} if kind == "heat" else {})
        for index in chosen:
            page.conditional_format(first, index, last, index, form | ends)


def _set_page(page: Worksheet, sheet: Sheet, head: int, title: str) -> None:
    page.freeze_panes(head + 1, sheet.frozen)
    page.autofilter(head, 0, head + max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(_A4 if len(sheet.columns) <= _MOST_COLUMNS_ON_A4 else _A3)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_footer(f"&L&8 {in_footer(title[:100])}&R&8 &P / &N")
