"""A copy of a returned workbook with its faults marked: cells coloured, findings as comments and on a sheet."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.messages import Language, word
from evalkit.problems import Problem
from evalkit.reports.excel_styles import FONT, NAVY, display_width, height
from evalkit.reports.template_styles import clean

FINDINGS_SHEET = "问题 Findings"
AUTHOR = "evalkit"
COLOURS = {"error": "FF9B9B", "warning": "FFE066"}
"""Fill of a cell with an error or a warning; notes are no faults and are not marked."""
_OURS = "[evalkit]"
_LONGEST_COMMENT = 4_000
_WIDTHS = (12, 34, 70, 60)
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_LETTERS = 340, 17, 46
_ANSWER = "FFFFFF"


def annotated_copy(
    data: bytes, findings: Sequence[Problem], answers: Iterable[tuple[str, str]], language: Language
) -> bytes:
    """Return the workbook with ``findings`` marked; ``answers`` are sheet and name of the cells that hold answers.

    Validation, protection, formats, stamps and comments stay; macros and links to other files do not. A formula in an
    answer cell is replaced by its result, since a formula cannot be written together with its result; any other is
    computed when the workbook is opened. Marks of an earlier copy are taken away. Raises whatever openpyxl raises for a
    workbook that it cannot open: the caller has to have it guarded.
    """
    book = _opened(data)
    _put_results(book, answers, data)
    _remove_marks(book)
    at_cells: dict[tuple[str, str], list[Problem]] = {}
    for each in findings:
        if each.place.sheet in book.sheetnames and each.place.cell and each.severity in COLOURS:
            at_cells.setdefault((each.place.sheet, each.place.cell), []).append(each)
    for sheet in book.worksheets:
        _mark_sheet(sheet, {cell: found for (name, cell), found in at_cells.items() if name == sheet.title}, language)
    _list_findings(book, findings, language)
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _opened(data: bytes, *, results: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep
        warnings.filterwarnings("error", message=".*decompression bomb")
        return openpyxl.load_workbook(io.BytesIO(data), keep_links=False, rich_text=True, data_only=results)


def _put_results(book: Workbook, answers: Iterable[tuple[str, str]], data: bytes) -> None:
    formulas = [(sheet, cell) for sheet, cell in answers if cell and book[sheet][cell].data_type == "f"]
    if not formulas:
        return
    results = _opened(data, results=True)
    for sheet, cell in formulas:
        result = results[sheet][cell]
        if result.value is not None and result.data_type != "e":
            book[sheet][cell].value = result.value
            if result.data_type == "s":
                book[sheet][cell].data_type = "s"


def _remove_marks(book: Workbook) -> None:
    """Take away what an earlier copy of ours was marked with."""
    if FINDINGS_SHEET in book.sheetnames:
        del book[FINDINGS_SHEET]
    ours = {f"FF{colour}" for colour in COLOURS.values()} | {f"00{colour}" for colour in COLOURS.values()}
    for sheet in book.worksheets:
        for cell in [*sheet._cells.values()]:  # noqa: SLF001 - the public way makes a cell of every place in between
            if cell.comment is None or _OURS not in cell.comment.text:
                continue
            theirs = cell.comment.text.partition(_OURS)[0].rstrip()
            cell.comment = Comment(theirs, cell.comment.author) if theirs else None
            if cell.fill.fgColor.rgb in ours:
                cell.fill = PatternFill("solid", fgColor=_ANSWER)
        for area in [*sheet.conditional_formatting]:
            if all(rule.formula == ["TRUE"] and rule.stopIfTrue for rule in area.rules):
                del sheet.conditional_formatting[area.sqref]


def _mark_sheet(sheet: Worksheet, faulty: Mapping[str, Sequence[Problem]], language: Language) -> None:
    if not faulty:
        return
    coloured: dict[str, list[str]] = {colour: [] for colour in COLOURS}
    for name, found in faulty.items():
        cell = _top_left(sheet, name)
        severity = "error" if any(each.severity == "error" for each in found) else "warning"
        cell.fill = PatternFill("solid", fgColor=COLOURS[severity])
        coloured[severity].append(cell.coordinate)
        _comment(cell, found, language)
    _colour_above_all(sheet, coloured)


def _top_left(sheet: Worksheet, name: str) -> Cell:
    """Return the cell, or the first of the merged area that it lies in, which alone can hold anything."""
    for area in sheet.merged_cells.ranges:
        if name in area:
            return sheet.cell(area.min_row, area.min_col)  # type: ignore[return-value]  # the first is never merged away
    return sheet[name]  # type: ignore[no-any-return]  # one name gives one cell


def _comment(cell: Cell, found: Sequence[Problem], language: Language) -> None:
    theirs = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    author = cell.comment.author if cell.comment is not None else AUTHOR
    said = "\n\n".join(_said(each, language) for each in found)
    text = f"{theirs}{_OURS}\n{said}"[:_LONGEST_COMMENT]
    lines = sum(1 + display_width(line) // _COMMENT_LETTERS for line in text.split("\n"))
    cell.comment = Comment(text, author, height=_COMMENT_LINE * (lines + 1), width=_COMMENT_WIDTH)


def _said(each: Problem, language: Language) -> str:
    lines = [f"{word(f'severity_{each.severity}', language)}: {each.message(language)}"]
    lines += [f"{word('hint', language)}: {hint}" for hint in [each.hint(language)] if hint]
    return "\n".join("".join(map(clean, line.splitlines())) for line in lines)


def _colour_above_all(sheet: Worksheet, coloured: Mapping[str, Sequence[str]]) -> None:
    """Lay the colours over those of the form too, which shows blank and spared answers by conditional formats."""
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.priority += len(coloured)
    for priority, (severity, cells) in enumerate(coloured.items(), start=1):
        if cells:
            style = DifferentialStyle(fill=PatternFill("solid", bgColor=COLOURS[severity]))
            rule = Rule("expression", priority=priority, stopIfTrue=True, dxf=style, formula=["TRUE"])
            sheet.conditional_formatting.add(" ".join(cells), rule)


def _list_findings(book: Workbook, findings: Sequence[Problem], language: Language) -> None:
    """Add the sheet at the end; a place is linked to its cell.

    The code of a question never stands alone in a cell, since a reader would look for a table of answers there.
    """
    sheet = book.create_sheet(FINDINGS_SHEET)
    titles = ("severity", "cell", "message", "hint")
    rows = [[word(title, language) for title in titles]]
    rows += [
        [word(f"severity_{each.severity}", language), _place(each), each.message(language), each.hint(language)]
        for each in findings
    ]
    head, body = Font(name=FONT, size=10, bold=True, color=NAVY.removeprefix("#")), Font(name=FONT, size=10)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = clean(text)
            cell.data_type = "s"
            cell.font = head if number == 1 else body
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        tallest = max(height(text, width) for text, width in zip(row, _WIDTHS, strict=True))
        sheet.row_dimensions[number].height = tallest
    for number, each in enumerate(findings, start=2):
        if each.severity in COLOURS:
            sheet.cell(number, 1).fill = PatternFill("solid", fgColor=COLOURS[each.severity])
        if each.place.sheet in book.sheetnames and each.place.cell:
            _link(sheet.cell(number, 2), each.place.sheet, each.place.cell)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _place(each: Problem) -> str:
    spot = "!".join(part for part in (each.place.sheet, each.place.cell) if part)
    return f"{spot} ({each.place.question})" if each.place.question else spot


def _link(cell: Cell, sheet: str, target: str) -> None:
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")
    cell.font = Font(name=FONT, size=10, color="1F5FA8", underline="single")
