"""Old workbooks: .xls of Excel 97 to 2003, and .et of WPS, which has the same form.

They are read by xlrd and not by calamine: it is slower, but all that a broken or hostile file can do to it is to make
it raise, while calamine would lay out 65,536 × 65,536 cells; and it keeps error values, which calamine makes blank.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import xlrd

from evalkit.definitions.limits import Limits
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cells import Position
from evalkit.sources.file_kind import is_old
from evalkit.sources.refusal import RefusedError, over_limit

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta

_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_UNKNOWN_ERROR = "#N/A"


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A worksheet: rows of one length from A1, as calamine gives those of an .xlsx; error values by position."""

    name: str
    visible: bool
    rows: list[list[Value]]
    errors: dict[Position, str]


def read_old(data: bytes, limits: Limits, place: Place) -> tuple[list[OldSheet] | None, list[Problem]]:
    """Read the bytes of an old workbook, of which :func:`is_old` is true.

    ``EK218`` notes that it was read. Not read: ``EK221`` where xlrd cannot, ``EK222`` a password, ``EK235`` over a
    limit. ``EK238`` warns of macros.
    """
    if not is_old(data):
        raise ValueError("not an old workbook")
    try:
        sheets = _sheets(data, limits, place)
    except RefusedError as refused:
        return None, [refused.problem]
    except Exception as error:  # noqa: BLE001 - xlrd raises anything for a file that it does not understand
        return None, [problem("EK222" if "encrypt" in str(error).lower() else "EK221", place)]
    return sheets, [problem(code, place) for code in ("EK218", "EK238") if code == "EK218" or _MACROS in data]


def _sheets(data: bytes, limits: Limits, place: Place) -> list[OldSheet]:
    if len(data) > limits.expanded_bytes:
        raise over_limit(place, "文件的字节数", "the size in bytes", len(data), limits.expanded_bytes)
    sheets = []
    area = 0
    with xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True) as book:
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            area += sheet.nrows * sheet.ncols
            for zh, en, found, limit in (
                ("行数", "the number of rows", sheet.nrows, limits.rows),
                ("列数", "the number of columns", sheet.ncols, limits.columns),
                ("各表单元格区域之和", "the area of cells of all sheets", area, limits.cells),
            ):
                if found > limit:
                    raise over_limit(place.at(sheet=sheet.name), zh, en, found, limit)
            sheets.append(_sheet(sheet, book.datemode))
            book.unload_sheet(number)
    return sheets


def _sheet(sheet: xlrd.sheet.Sheet, datemode: int) -> OldSheet:
    errors: dict[Position, str] = {}
    rows: list[list[Value]] = []
    for row in range(sheet.nrows):
        values: list[Value] = []
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind == xlrd.XL_CELL_ERROR:
                errors[row, column] = xlrd.error_text_from_code.get(value, _UNKNOWN_ERROR)
            values.append(_value(kind, value, datemode))
        rows.append(values + [""] * (sheet.ncols - len(values)))
    return OldSheet(sheet.name, sheet.visibility == 0, rows, errors)


def _value(kind: int, value: str | float, datemode: int) -> Value:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return _date(float(value), datemode) if kind == xlrd.XL_CELL_DATE else ""


def _date(days: float, datemode: int) -> Value:
    """Return a date, a time, or both, as calamine does; a number that is no date stays one."""
    try:
        moment: dt.datetime = xlrd.xldate.xldate_as_datetime(days, datemode)
    except (OverflowError, ValueError):
        return days
    if 0 <= days < 1:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment
