"""A copy of a returned workbook with its faults marked: cells coloured, findings as comments and on a sheet."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.messages import Language, word
from evalkit.problems import SEVERITIES, Problem, Severity
from evalkit.reports.excel_styles import display_width
from evalkit.reports.findings_sheet import COLOURS, FINDINGS_SHEET, list_findings
from evalkit.reports.template_styles import clean

AUTHOR = "evalkit"
_OURS = "[evalkit]"
_LONGEST_COMMENT = 4_000
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_LETTERS = 340, 17, 46
_ANSWER = "FFFFFF"
_DRAWING = re.compile(rb"<(?:[\w.-]+:)?wsDr[\s/>]")
_DRAWN = re.compile(rb"<(?:[\w.-]+:)?(?:pic|graphicFrame|sp|grpSp|cxnSp)[\s/>]")
_NOTHING_DRAWN = b'<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'


def annotated_copy(
    data: bytes, findings: Sequence[Problem], answers: Iterable[tuple[str, str]], language: Language
) -> bytes:
    """Return the workbook with ``findings`` marked; ``answers`` are sheet and name of the cells that hold answers.

    Validation, protection, formats, stamps and comments stay; macros, links to other files, pictures and charts do not
    (:func:`is_drawn_on`). A formula in an answer cell is replaced by its result, since a formula cannot be written
    together with its result; any other is computed when the workbook is opened. Marks of an earlier copy are taken
    away. Raises whatever openpyxl raises for a workbook that it cannot open: the caller has to have it guarded.
    """
    last = word("copy_without_pictures", language) if is_drawn_on(data) else word("copy_send_back", language)
    data = _without_drawings(data)
    book = _opened(data)
    _put_results(book, answers, data)
    _remove_marks(book)
    at_cells: dict[tuple[str, str], list[Problem]] = {}
    for each in findings:
        if each.place.sheet in book.sheetnames and each.place.cell:
            at_cells.setdefault((each.place.sheet, each.place.cell), []).append(each)
    for sheet in book.worksheets:
        _mark_sheet(sheet, {cell: found for (name, cell), found in at_cells.items() if name == sheet.title}, language)
    list_findings(book, findings, language, [word("copy_how", language), last])
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def is_drawn_on(data: bytes) -> bool:
    """Tell whether a workbook has pictures, charts or shapes, which its copy will not have."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = map(archive.read, archive.namelist())
        return any(_DRAWN.search(content) for content in parts if _DRAWING.search(content))


def _without_drawings(data: bytes) -> bytes:
    """Return the workbook with nothing drawn on it: openpyxl would decode pictures, or drop them without a word."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as without:
        for name in archive.namelist():
            content = archive.read(name)
            without.writestr(name, _NOTHING_DRAWN if _DRAWING.search(content) else content)
    return stream.getvalue()


def _opened(data: bytes, *, results: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep
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
    coloured: dict[Severity, list[str]] = {severity: [] for severity in SEVERITIES}
    for name, found in faulty.items():
        cell = _top_left(sheet, name)
        severity = min((each.severity for each in found), key=SEVERITIES.index)
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


def _colour_above_all(sheet: Worksheet, coloured: Mapping[Severity, Sequence[str]]) -> None:
    """Lay the colours over those of the form too, which shows blank and spared answers by conditional formats."""
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.priority += len(coloured)
    for priority, (severity, cells) in enumerate(coloured.items(), start=1):
        if cells:
            style = DifferentialStyle(fill=PatternFill("solid", bgColor=COLOURS[severity]))
            rule = Rule("expression", priority=priority, stopIfTrue=True, dxf=style, formula=["TRUE"])
            sheet.conditional_formatting.add(" ".join(cells), rule)
