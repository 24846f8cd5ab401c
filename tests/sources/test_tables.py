from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl.workbook.workbook import Workbook

from evalkit.problems import Place
from evalkit.sources.tables import UNCACHED, Table, read_table
from tests.sources.hostile_files import book, ole, parts_of, sheet_xml, zipped
from tests.sources.returned_forms import edited


def workbook(*rows: Sequence[object], name: str = "名册") -> bytes:
    """Return a workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.write(row, column, value)
    return stream.getvalue()


def read(folder: Path, data: bytes, name: str = "units.xlsx") -> tuple[Table | None, list[str]]:
    (folder / name).write_bytes(data)
    table, problems = read_table(folder / name, Place(file=name))
    return table, [each.code for each in problems]


def test_values_of_a_sheet_become_text_and_rows_keep_their_number(tmp_path: Path) -> None:
    table, codes = read(
        tmp_path,
        workbook(
            (),
            (" unit ", "name", "n", "date"),
            ("007", "NA", 3, dt.date(2020, 11, 1)),
            (),
            ("None", " a ", 0.1, True),
        ),
    )
    assert codes == []
    assert table is not None
    assert table.header == ("unit", "name", "n", "date")
    assert table.rows == [(3, ["007", "NA", "3", "2020-11-01"]), (5, ["None", " a ", "0.1", "TRUE"])]
    assert table.at(3, 1) == Place("units.xlsx", "名册", "B3")


def test_values_of_a_text_file_stay_as_they_stand(tmp_path: Path) -> None:
    table, codes = read(tmp_path, b"unit,name\n007,NA\n\n 1 ,None\n", "units.csv")
    assert codes == []
    assert table is not None
    assert table.rows == [(2, ["007", "NA"]), (4, [" 1 ", "None"])]
    assert table.at(4, 1) == Place("units.csv", None, "B4", line=4)


def test_error_values_and_formulas_without_result_are_no_blanks(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#DIV/0!</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><f>A3</f></c></row>'
    )
    table, codes = read(tmp_path, book(rows))
    assert codes == []
    assert table is not None
    assert table.rows == [(2, ["1", "#DIV/0!"]), (3, ["2", UNCACHED])]


def test_a_formula_without_result_beyond_all_values_is_seen(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
        '<row r="4"><c r="A4"><f>A2</f></c></row><row r="5"><c r="C5"><f>A2</f></c></row>'
    )
    table, codes = read(tmp_path, book(rows))
    assert table is not None
    assert table.rows == [(2, ["1"]), (4, [UNCACHED])]
    assert codes == ["EK246"]


def test_the_first_visible_sheet_with_anything_in_it_is_read(tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        made.worksheets[0].sheet_state = "hidden"
        made.create_sheet("空")
        made.create_sheet("名册").append(["unit", "visible"])

    table, _ = read(tmp_path, edited(workbook(("unit", "hidden"), name="旧"), change))
    assert table is not None
    assert (table.header, table.place.sheet) == (("unit", "visible"), "名册")


def test_a_workbook_of_hidden_sheets_only_is_read_all_the_same(tmp_path: Path) -> None:
    one = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c></row>')
    table, codes = read(tmp_path, zipped(parts_of(one, states={1: "hidden"})))
    assert codes == []
    assert table is not None
    assert (table.header, table.rows) == (("unit",), [])


@pytest.mark.parametrize("name", ["units.csv", "units.xlsx"])
def test_a_column_name_twice(tmp_path: Path, name: str) -> None:
    data = b"unit,a,a\n1,2,3\n" if name.endswith("csv") else workbook(("unit", "a", " a"), (1, 2, 3))
    table, codes = read(tmp_path, data, name)
    assert (table, codes) == (None, ["EK251"])


@pytest.mark.parametrize("name", ["units.csv", "units.xlsx"])
def test_a_row_beyond_the_header_is_left_out_and_reported(tmp_path: Path, name: str) -> None:
    data = b"unit,a\n1,2,3\n4,5\n" if name.endswith("csv") else workbook(("unit", "a"), (1, 2, 3), (4, 5))
    table, codes = read(tmp_path, data, name)
    assert codes == ["EK246"]
    assert table is not None
    assert table.rows == [(3, ["4", "5"])]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"unit,name\n", "EK220"),
        ("a.xlsx", workbook(("", " ")), "EK224"),
        ("a.csv", ole(encrypted=False), "EK221"),
        ("a.csv", b"unit\0", "EK247"),
        ("a.csv", b"", "EK250"),
        ("a.xlsx", b"", "EK224"),
    ],
)
def test_what_holds_no_table(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert read(tmp_path, data, name) == (None, [code])


def test_a_workbook_that_is_named_csv_is_read(tmp_path: Path) -> None:
    table, codes = read(tmp_path, workbook(("unit",), ("GZ",)), "units.csv")
    assert codes == []
    assert table is not None
    assert table.rows == [(2, ["GZ"])]
