"""A marked copy as openpyxl and our own reader find it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.messages import LANGUAGES, Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.annotated_copy import annotated_copy, is_drawn_on
from evalkit.reports.findings_sheet import COLOURS, FINDINGS_SHEET
from tests.sources.returned_forms import (
    ANSWER_COLUMN,
    Read,
    answer_cell,
    edited,
    form,
    sheets,
    with_answer,
)


def at(code: str, finding: str = "EK203", **params: str) -> Problem:
    """A finding at the answer cell of a question."""
    sheet, row = answer_cell(opened(form()), code)
    place = Place("广州.xlsx", sheet.title, f"D{row}", unit="GZ", question=code.partition(".")[0])
    return problem(finding, place, **(params or {"value": "很多"}))


def opened(data: bytes, *, results: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=results)


def marked(
    data: bytes, *findings: Problem, language: Language = "both", answers: Sequence[tuple[str, str]] = ()
) -> Workbook:
    return opened(annotated_copy(data, findings, answers, language))


def cell_of(book: Workbook, code: str) -> object:
    sheet, row = answer_cell(book, code)
    return sheet.cell(row, ANSWER_COLUMN)


def comment_of(book: Workbook, code: str) -> str:
    comment = cell_of(book, code).comment  # type: ignore[attr-defined]  # a cell
    return "" if comment is None else str(comment.text)


def fill_of(book: Workbook, code: str) -> str:
    return str(cell_of(book, code).fill.fgColor.rgb)[2:]  # type: ignore[attr-defined]  # a cell


WARNED = {"value": "0.95", "percent": "95"}


def test_the_cell_is_coloured_and_says_what_is_wrong_and_what_to_do() -> None:
    note = at("Q10", "EK268", question="Q10", condition_zh="Q03", condition_en="Q03")
    book = marked(form(), at("Q05"), at("Q04.web", "EK215", **WARNED), note, language="zh")
    assert [fill_of(book, key) for key in ("Q05", "Q04.web", "Q10")] == list(COLOURS.values())
    assert comment_of(book, "Q05") == "[evalkit]\n错误: 应为数值,读到 “很多”\n处理办法: 只填数字,单位和百分号不要填"
    assert comment_of(book, "Q04.web").startswith("[evalkit]\n警告: ")
    assert comment_of(book, "Q07") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language(language: Language) -> None:
    text = comment_of(marked(form(), at("Q05"), language=language), "Q05")
    assert ("应为数值" in text, "expected a number" in text) == (language != "en", language != "zh")


def test_several_findings_of_a_cell_share_its_comment_and_the_graver_colour() -> None:
    book = marked(form(), at("Q05", "EK215", **WARNED), at("Q05"))
    assert fill_of(book, "Q05") == COLOURS["error"]
    assert comment_of(book, "Q05").count("What to do") == 2


def test_findings_of_other_places_mark_no_cell() -> None:
    elsewhere = problem("EK203", Place("广州.xlsx", "没有这张表", "D5"), value="x")
    book = marked(form(), elsewhere, problem("EK233", Place("广州.xlsx"), count=1, codes="Q05"))
    assert all(cell.comment is None for sheet in sheets(book) for row in sheet.iter_rows() for cell in row)


def test_the_colour_goes_over_those_of_the_form() -> None:
    """The form greys out and yellows answers by conditional formats, which would hide a fill."""
    book = marked(form(), at("Q05"), at("Q04.web", "EK215", **WARNED))
    sheet, row = answer_cell(book, "Q05")
    rules = rules_of(book, sheet.title)
    where, first = min(rules, key=lambda each: each[1].priority)
    assert where == f"D{row}"
    assert (first.formula, first.stopIfTrue, first.dxf.fill.bgColor.rgb[2:]) == (["TRUE"], True, COLOURS["error"])
    before = {rule.priority for _, rule in rules_of(opened(form()), sheet.title)}
    assert {rule.priority for _, rule in rules} == {1, 2} | {priority + 3 for priority in before}


def rules_of(book: Workbook, sheet: str) -> list[tuple[str, Any]]:
    return [(str(area.sqref), rule) for area in book[sheet].conditional_formatting for rule in area.rules]


def listing(book: Workbook) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in book[FINDINGS_SHEET].iter_rows()]


def test_the_sheet_of_findings_opens_first_and_alone() -> None:
    book = marked(form(), at("Q05"), language="en")
    assert book.active is not None
    assert book.active.title == FINDINGS_SHEET == book.sheetnames[-1]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [FINDINGS_SHEET]
    sheet = book[FINDINGS_SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.freeze_panes) == ("landscape", 0, "A5")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_every_finding_is_listed_with_a_link_to_its_cell() -> None:
    book = marked(form(), at("Q05"), problem("EK233", Place("广州.xlsx"), count=2, codes="Q01, Q02"), language="en")
    title, _, back, head, first, second = listing(book)
    assert (title[0], back[0]) == ("Findings", "Please correct the answers, save, and send this workbook back.")
    assert head == ["Severity", "Place", "Message", "What to do"]
    sheet, row = answer_cell(book, "Q05")
    assert first == [
        "error",
        f"{sheet.title}!D{row} (Q05)",
        "expected a number, read “很多”",
        "give digits only, without unit or percent sign",
    ]
    link = book[FINDINGS_SHEET]["B5"].hyperlink
    assert (link.location, link.target) == (f"'{sheet.title}'!D{row}", None)
    assert second[:2] == ["warning", ""]
    assert book[FINDINGS_SHEET]["B6"].hyperlink is None


def test_text_of_a_finding_is_never_a_formula_and_may_hold_anything() -> None:
    bad = at("Q05", value='=HYPERLINK("http://x","y")\x07\ud800')
    bad = Problem("EK204", bad.place, (("value", "x"), ("suggestion_zh", ""), ("suggestion_en", ""), ("allowed", "=1")))
    lone = problem("EK223", bad.place, reason_zh="=1+1\x07\ud800", reason_en="=1+1\x07\ud800")
    book = marked(form(), bad, lone, language="en")
    cells = [cell for row in book[FINDINGS_SHEET].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "=1+1 " in comment_of(book, "Q05")


def test_a_very_long_comment_is_cut() -> None:
    found = [at("Q05", value="很多" * 30)] * 200
    assert len(comment_of(marked(form(), *found), "Q05")) == 4_000


def test_comments_of_the_unit_stay_and_ours_are_not_piled_up() -> None:
    def annotate(book: Workbook) -> None:
        for code in ("Q05", "Q07"):
            sheet, row = answer_cell(book, code)
            sheet.cell(row, ANSWER_COLUMN).comment = Comment("来自热线办", "李")

    once = annotated_copy(edited(form(), annotate), [at("Q05")], [], "zh")
    assert comment_of(opened(once), "Q05").startswith("来自热线办\n\n[evalkit]\n错误")
    assert comment_of(opened(once), "Q07") == "来自热线办"
    twice = opened(annotated_copy(once, [at("Q05"), at("Q08")], [], "zh"))
    assert comment_of(twice, "Q05").count("[evalkit]") == 1
    assert comment_of(twice, "Q08").count("[evalkit]") == 1
    assert twice.sheetnames.count(FINDINGS_SHEET) == 1


def test_marks_of_what_has_been_corrected_go_away() -> None:
    once = annotated_copy(form(), [at("Q05"), at("Q07", "EK215", **WARNED), at("Q01")], [], "zh")
    again = opened(annotated_copy(once, [at("Q07", "EK215", **WARNED)], [], "zh"))
    assert (comment_of(again, "Q05"), fill_of(again, "Q05")) == ("", "FFFFFF")
    assert (comment_of(again, "Q01"), fill_of(again, "Q07")) == ("", COLOURS["warning"])
    ours = [
        str(area.sqref)
        for sheet in sheets(again)
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.formula == ["TRUE"]
    ]
    assert ours == [f"D{answer_cell(again, 'Q07')[1]}"]


def test_validation_protection_stamps_and_hidden_sheets_stay() -> None:
    before, after = opened(form()), marked(form(), at("Q05"))
    assert after.sheetnames[:-1] == before.sheetnames
    for one, other in zip(before.worksheets, after.worksheets, strict=False):
        assert one.sheet_state == other.sheet_state
        assert one.protection.sheet == other.protection.sheet
        assert len(one.data_validations.dataValidation) == len(other.data_validations.dataValidation)
        assert one.print_title_rows == other.print_title_rows
    assert not cell_of(after, "Q05").protection.locked  # type: ignore[attr-defined]  # a cell
    assert sorted(before.defined_names) == sorted(after.defined_names)
    names = {each.name: each.value for each in after.custom_doc_props.props}  # type: ignore[attr-defined]  # it has
    assert names["evalkit_unit"] == "GZ"


@pytest.mark.parametrize("value", ["=1/0", "=3+4", '=TEXT(1,"0")'])
def test_a_formula_without_a_result_stays_in_its_place(value: str) -> None:
    def enter(book: Workbook) -> None:
        sheet, row = answer_cell(book, "Q07")
        sheet.cell(row, ANSWER_COLUMN).value = value

    data = edited(form(), enter)
    sheet, row = answer_cell(opened(data), "Q07")
    book = marked(data, at("Q05"), answers=[(sheet.title, f"D{row}"), ("", "")])
    assert cell_of(book, "Q07").value == value  # type: ignore[attr-defined]  # a cell


def with_results() -> bytes:
    """A workbook with formulas and their results, as Excel saves it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("表")
    for row, (formula, result) in enumerate((("=3+4", 7), ('="="&"1"', "=1"), ("=1/0", "#DIV/0!"), ("=2*2", 4))):
        sheet.write_formula(row, 0, formula, None, result)
    book.close()
    return stream.getvalue()


def test_the_result_of_an_answer_takes_the_place_of_its_formula() -> None:
    sheet = marked(with_results(), answers=[("表", f"A{row}") for row in (1, 2, 3)])["表"]
    assert [(sheet[f"A{row}"].value, sheet[f"A{row}"].data_type) for row in range(1, 5)] == [
        (7, "n"),
        ("=1", "s"),
        ("=1/0", "f"),
        ("=2*2", "f"),
    ]


def test_a_finding_in_a_merged_area_marks_the_cell_that_shows() -> None:
    def merge(book: Workbook) -> None:
        sheet, row = answer_cell(book, "Q07")
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=4, end_column=5)

    data = edited(form(), merge)
    sheet, row = answer_cell(opened(data), "Q07")
    inside = problem("EK203", Place("广州.xlsx", sheet.title, f"E{row + 1}"), value="x")
    book = marked(data, inside)
    assert fill_of(book, "Q07") == COLOURS["error"]
    assert "[evalkit]" in comment_of(book, "Q07")


def drawn(picture: bool = True) -> bytes:
    """A form of one sheet with a chart or a picture on it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("表")
    sheet.write(0, 0, 5)
    if picture:
        sheet.insert_image(2, 2, "evidence.png", {"image_data": io.BytesIO(PICTURE)})
    else:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$A$1:$A$1"})
        sheet.insert_chart(2, 2, chart)
    book.close()
    return stream.getvalue()


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fea135"
    "81e40000000049454e44ae426082"
)


@pytest.mark.parametrize("picture", [True, False])
def test_pictures_and_charts_do_not_stay_and_the_sheet_says_so(picture: bool) -> None:
    data = drawn(picture)
    assert is_drawn_on(data)
    copy = annotated_copy(data, [problem("EK203", Place("a.xlsx", "表", "A1"), value="x")], [], "en")
    assert not is_drawn_on(copy)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert not [name for name in archive.namelist() if "media" in name or "chart" in name]
    assert "correct the original and send that back" in listing(opened(copy))[2][0]


def test_a_form_is_not_drawn_on() -> None:
    assert not is_drawn_on(form())
    assert not is_drawn_on(annotated_copy(form(), [at("Q05")], [], "zh"))


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.create_sheet("封面", 0),
        lambda book: setattr(sheets(book)[0], "title", "改名'后"),
        lambda book: sheets(book)[0].delete_rows(sheets(book)[0].max_row),
    ],
)
def test_a_marked_copy_reads_back_with_the_same_answers(tmp_path: Path, change: Callable[[Workbook], object]) -> None:
    data = edited(with_answer("Q05", "很多"), change)
    before = Read(tmp_path, {"广州.xlsx": data})
    faulty = [each for each in before.problems if each.severity != "note"]
    copy = annotated_copy(data, faulty, [(cell.sheet, cell.cell) for cell in before.cells.values()], "both")
    after = Read(tmp_path, {"广州.xlsx": copy})
    assert repr(after.cells) == repr(before.cells)
    assert after.problems == before.problems


def test_the_fill_of_the_unit_stays_where_nothing_is_wrong() -> None:
    def colour(book: Workbook) -> None:
        cell_of(book, "Q07").fill = PatternFill("solid", fgColor=COLOURS["error"])  # type: ignore[attr-defined]  # a cell

    assert fill_of(marked(edited(form(), colour), at("Q05")), "Q07") == COLOURS["error"]


def test_equal_findings_give_equal_answers_and_marks() -> None:
    one, other = (marked(form(), at("Q05")) for _ in range(2))
    for left, right in zip(one.worksheets, other.worksheets, strict=True):
        assert contents(left) == contents(right)


def contents(sheet: Worksheet) -> list[object]:
    return [
        (cell.coordinate, cell.value, cell.comment and cell.comment.text) for row in sheet.iter_rows() for cell in row
    ]
