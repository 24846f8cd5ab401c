from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from evalkit.problems import Place
from evalkit.sources.workbook import Limits, Workbook, cell_name, read
from tests.sources import hostile_files as files

PLACE = Place(file="城市.xlsx")
GOOD = files.by_xlsxwriter()


def workbook(data: bytes) -> Workbook:
    book, problems = read(data, PLACE)
    assert book is not None, problems
    return book


def as_openpyxl(value: object) -> object:
    """Return a value of calamine as openpyxl gives it."""
    if value == "":
        return None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Excel knows no time zone
    return value


@pytest.mark.parametrize(
    "data", [GOOD, files.by_openpyxl(), files.with_zip64_fields()], ids=["xlsxwriter", "openpyxl", "zip64"]
)
def test_cells_are_those_that_openpyxl_reads(data: bytes) -> None:
    theirs = openpyxl.load_workbook(io.BytesIO(data))
    ours = workbook(data)
    assert [sheet.name for sheet in ours.sheets] == theirs.sheetnames
    compared = 0
    for sheet in ours.sheets:
        other = theirs[sheet.name]
        assert sheet.visible == (other.sheet_state == "visible")
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                assert as_openpyxl(value) == other.cell(row + 1, column + 1).value
                compared += 1
        assert len(sheet.rows) >= max(cell.row for line in other.iter_rows() for cell in line if cell.value is not None)
    assert compared > 20


@pytest.mark.parametrize("data", [GOOD, files.by_openpyxl()], ids=["xlsxwriter", "openpyxl"])
def test_cells_are_those_that_bare_calamine_reads(data: bytes) -> None:
    bare = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in workbook(data).sheets:
        assert sheet.rows == bare.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)


def test_rows_and_columns_count_from_the_first_cell_of_the_sheet() -> None:
    sheet = workbook(files.book('<row r="3"><c r="C3"><v>7</v></c></row>')).sheet("Sheet1")
    assert sheet is not None
    assert sheet.rows == [["", "", ""], ["", "", ""], ["", "", 7.0]]
    assert cell_name(2, 2) == "C3"


def test_error_values_keep_their_text_and_formulas_without_result_are_told() -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="e"><v>#SPILL!</v></c><c r="C1"><f>A1</f></c>'
        '<c r="D1" t="str"><f>T(1)</f><v>#SPILL!</v></c><c r="E1" t="str"><f>T(1)</f><v></v></c></row>'
    )
    [sheet] = workbook(files.book(rows)).sheets
    assert [sheet.error_at(0, column) for column in range(5)] == ["#DIV/0!", "#SPILL!", None, None, None]
    assert sheet.uncached == {(0, 2)}
    assert sheet.rows == [["", "", "", "#SPILL!", ""]]


def test_a_sheet_of_nothing_but_an_error_is_not_empty() -> None:
    [sheet] = workbook(files.book('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>')).sheets
    assert sheet.error_at(0, 0) == "#N/A"


def test_dates_that_count_from_1904() -> None:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = dt.datetime(2020, 11, 1, 8, 30)  # noqa: DTZ001 - Excel knows no time zone
    book.save(stream)
    [sheet] = workbook(stream.getvalue()).sheets
    assert sheet.rows == [[dt.datetime(2020, 11, 1, 8, 30)]]  # noqa: DTZ001 - Excel knows no time zone


@pytest.mark.parametrize("quote", ['"', "'"])
def test_prefixes_and_single_quotes_read_alike(quote: str) -> None:
    xml = files.sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>是</t></is></c></row>')
    for tag in ("worksheet", "dimension", "sheetData", "row", "c", "v", "is", "t"):
        xml = (
            xml.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ").replace(f"</{tag}>", f"</x:{tag}>")
        )
    data = files.with_part("xl/worksheets/sheet1.xml", xml.replace("xmlns=", "xmlns:x=").replace('"', quote))
    assert workbook(data).sheets[0].rows == [[1.0, "是"]]


def test_a_wrong_dimension_loses_no_row() -> None:
    xml = files.sheet_xml(files.cells("A1", "B5"), dimension="A1")
    assert len(workbook(files.with_part("xl/worksheets/sheet1.xml", xml)).sheets[0].rows) == 5


def test_a_workbook_without_a_filled_cell_is_empty() -> None:
    for data in (b"", files.book(""), files.book('<row r="1"><c r="A1" s="1"/></row>'), files.zipped(files.parts_of())):
        book, problems = read(data, PLACE)
        assert book is None
        assert [each.code for each in problems] == ["EK224"]


def test_what_calamine_cannot_read_is_a_finding() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>99</v></c></row>'
    book, problems = read(files.book(rows), PLACE)
    assert book is None
    assert [each.code for each in problems] == ["EK223"]


def test_warnings_stand_beside_the_workbook() -> None:
    book, problems = read(files.with_part("xl/vbaProject.bin", b"\0"), PLACE)
    assert book is not None
    assert [each.code for each in problems] == ["EK238"]


def test_a_refused_file_comes_with_its_finding() -> None:
    book, problems = read(files.far_cell(), PLACE)
    assert book is None
    assert [(each.code, each.place.sheet) for each in problems] == [("EK235", "Sheet1")]


@given(st.data())
def test_damage_of_any_kind_raises_nothing(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from([GOOD, files.book()])))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(damaged[: data.draw(st.integers(0, len(damaged)))]) if data.draw(st.booleans()) else bytes(damaged)
    book, problems = read(cut, PLACE, Limits(cells=100_000))
    assert (book is None) == any(each.severity == "error" for each in problems)


ROW_TAGS = ["<row>", '<row r="2">', "</row>", "</sheetData>", "<sheetData>", "<!--", "-->", " "]
CELL_TAGS = ['<c r="B2">', "<c>", "</c>", '<c t="s">', '<c t="e" r="A1">', "<x:c>"]
VALUE_TAGS = ["<v>", "</v>", "<f>", "</f>", "<v/>", "<f/>", "1", "#N/A", "&lt;"]
TAGS = st.sampled_from([*ROW_TAGS, *CELL_TAGS, *VALUE_TAGS])


@given(st.lists(TAGS, max_size=25))
def test_sheets_of_any_tags_raise_nothing(tags: list[str]) -> None:
    book, problems = read(files.book("".join(tags)), PLACE, Limits(cells=100_000))
    assert (book is None) == any(each.severity == "error" for each in problems)


CONTENTS = st.sampled_from(["<v>{}</v>", "<f>A1</f><v>{}</v>", "<f>A1</f>", ""])
PLACES = st.tuples(st.integers(2, 40), st.integers(0, 30), CONTENTS)
CELLS = st.lists(PLACES, max_size=15, unique_by=lambda each: each[:2])


@given(CELLS)
def test_sheets_in_the_plain_form_and_in_others_read_alike(filled: list[tuple[int, int, str]]) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="{cell_name(row - 1, column)}">{content.format(row)}</c></row>'
        for row, column, content in filled
    )
    plain = files.book(rows + files.ONE_CELL)
    other = files.book("<!-- -->" + rows + files.ONE_CELL)
    one, two = workbook(plain).sheets[0], workbook(other).sheets[0]
    assert one.rows == two.rows
    assert one.uncached == two.uncached
