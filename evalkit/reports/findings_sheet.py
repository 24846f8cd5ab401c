"""The sheet of a marked copy that lists its findings, each linked to its cell, with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.messages import Language, word
from evalkit.problems import Problem, Severity, cell_name
from evalkit.reports.excel_styles import FONT, NAVY, PALE, RED, height
from evalkit.reports.template_styles import clean

FINDINGS_SHEET = "问题 Findings"
COLOURS: Mapping[Severity, str] = {"error": "FF9B9B", "warning": "FFE066", "note": "CFE2F3"}
"""Fill of a cell by the gravest of its findings."""
_TITLES = ("severity", "cell", "message", "hint")
_WIDTHS = (16, 36, 66, 60)
_A4 = "9"


def list_findings(book: Workbook, findings: Sequence[Problem], language: Language, remarks: Sequence[str] = ()) -> None:
    """Add the sheet at the end and open the workbook there; ``remarks`` are lines above the table.

    The code of a question never stands alone in a cell, since a reader would look for a table of answers there.
    """
    sheet = book.create_sheet(FINDINGS_SHEET)
    lines = [word("sheet_findings", language), *remarks]
    for number, line in enumerate(lines, start=1):
        _write(
            sheet.cell(number, 1), line, Font(name=FONT, size=14 if number == 1 else 10, bold=number == 1, color=_INK)
        )
    head = len(lines) + 1
    for column, title in enumerate(_TITLES, start=1):
        cell = sheet.cell(head, column)
        _write(cell, word(title, language), Font(name=FONT, size=10, bold=True, color=_INK))
        cell.fill = _fill(PALE.removeprefix("#"))
    for number, each in enumerate(findings, start=head + 1):
        _write_finding(book, sheet, number, each, language)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _set_page(sheet, head)
    book.active = book.index(sheet)
    for other in book.worksheets:  # sheets that are selected together are edited together
        other.sheet_view.tabSelected = other is sheet


_INK = NAVY.removeprefix("#")


def _write_finding(book: Workbook, sheet: Worksheet, number: int, each: Problem, language: Language) -> None:
    severity = word(f"severity_{each.severity}", language)
    row = (severity, _place(each), each.message(language), each.hint(language))
    for column, text in enumerate(row, start=1):
        cell = sheet.cell(number, column)
        _write(cell, text, Font(name=FONT, size=10))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.cell(number, 1).fill = _fill(COLOURS[each.severity])
    if each.place.sheet in book.sheetnames and each.place.cell:
        _link(sheet.cell(number, 2), each.place.sheet, each.place.cell)
    sheet.row_dimensions[number].height = max(map(height, row, _WIDTHS))


def _write(cell: Cell | MergedCell, text: str, font: Font) -> None:
    cell.value = clean(text)
    cell.data_type = "s"
    cell.font = font


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def _place(each: Problem) -> str:
    spot = cell_name(each.place.sheet, each.place.cell)
    return f"{spot} ({each.place.question})" if each.place.question else spot


def _link(cell: Cell | MergedCell, sheet: str, target: str) -> None:
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")
    cell.font = Font(name=FONT, size=10, color="1F5FA8", underline="single")


def _set_page(sheet: Worksheet, head: int) -> None:
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.tabColor = RED.removeprefix("#")
    sheet.sheet_view.showGridLines = False
