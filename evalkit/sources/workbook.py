"""Reading a workbook: the guard first, then calamine, then the cells as they stand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from evalkit.definitions.limits import Limits
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.sources import guard
from evalkit.sources.cells import Position, cell_name
from evalkit.sources.file_kind import is_old

__all__ = ["CellValue", "Limits", "Sheet", "Workbook", "cell_name", "read"]

CellValue = str | int | float | bool | datetime | date | time | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet; rows and columns count from 0 at A1 and follow the sheet, blank ones included.

    ``rows``: all of one length, to the last cell that holds anything; ``""`` is blank. Numbers are floats, a date at
    midnight is a ``date``. ``errors`` and ``uncached``: cells that ``rows`` shows as blank though they hold an error
    value (by its text), or a formula whose result was not saved.
    """

    name: str
    visible: bool
    rows: list[list[CellValue]]
    errors: Mapping[Position, str]
    uncached: frozenset[Position]

    def error_at(self, row: int, column: int) -> str | None:
        """Return the error value of the cell, such as ``#DIV/0!``; ``None`` where it holds none."""
        return self.errors.get((row, column))


@dataclass(frozen=True, slots=True)
class Workbook:
    """The worksheets in workbook order, hidden ones too."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name, exactly as written; ``None`` where there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read(data: bytes, place: Place, limits: Limits | None = None) -> tuple[Workbook | None, list[Problem]]:
    """Read the bytes of an .xlsx or .xlsm workbook; no workbook means that an error among the findings says why.

    Findings: those of :func:`evalkit.sources.guard.inspect`; ``EK223`` where calamine gives up, ``EK224`` where no
    sheet holds anything. An old workbook is read as :func:`evalkit.sources.old_workbook.read_old` says.
    """
    if is_old(data):
        return _old(data, limits or Limits(), place)
    inspection, problems = guard.inspect(data, limits or Limits(), place)
    if inspection is None:
        return None, problems
    try:
        rows = _rows(inspection.container, len(inspection.sheets))
    except BaseException as error:
        if not _is_of_calamine(error):
            raise
        reason = str(error)[:200]
        return None, [*problems, problem("EK223", place, reason_zh=f"读取程序报告 “{reason}”", reason_en=reason)]
    sheets = tuple(
        Sheet(each.name, each.state == "visible", found, each.errors, each.uncached)
        for each, found in zip(inspection.sheets, rows, strict=True)
    )
    return _not_empty(sheets, problems, place)


def _old(data: bytes, limits: Limits, place: Place) -> tuple[Workbook | None, list[Problem]]:
    from evalkit.sources.old_workbook import read_old  # noqa: PLC0415 - late: few need xlrd, and it loads in 60 ms

    found, problems = read_old(data, limits, place)
    if found is None:
        return None, problems
    sheets = tuple(Sheet(each.name, each.visible, each.rows, each.errors, frozenset()) for each in found)
    return _not_empty(sheets, problems, place)


def _not_empty(
    sheets: tuple[Sheet, ...], problems: list[Problem], place: Place
) -> tuple[Workbook | None, list[Problem]]:
    if not any(map(_holds_anything, sheets)):
        problems = [*problems, problem("EK224", place)]
    return (None if has_errors(problems) else Workbook(sheets)), problems


def _rows(container: bytes, count: int) -> list[list[list[CellValue]]]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(container)) as book:
        # Without the empty area, the first row and column would be those of the first filled cell.
        return [book.get_sheet_by_index(number).to_python(skip_empty_area=False) for number in range(count)]


def _is_of_calamine(error: BaseException) -> bool:
    """Tell errors of calamine, its panics included, which are no ``Exception``, from an interrupt and the like."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _holds_anything(sheet: Sheet) -> bool:
    return bool(sheet.errors or sheet.uncached) or any(value != "" for row in sheet.rows for value in row)
