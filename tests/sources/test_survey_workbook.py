from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.definitions.form import stamp
from evalkit.observations import STATUSES
from evalkit.problems import Place
from evalkit.sources.survey_workbook import SurveyReader
from tests.sources.hostile_files import book, ole
from tests.sources.returned_forms import (
    ANSWER_COLUMN,
    COUNT,
    Read,
    Typed,
    answer_cell,
    edited,
    form,
    questionnaire,
    register,
    row_of,
    sheets,
    with_answer,
)

Change = Callable[[Workbook], object]


def read(folder: Path, data: bytes, name: str = "广州.xlsx") -> Read:
    return Read(folder, {name: data})


def changed(folder: Path, change: Change, name: str = "广州.xlsx") -> Read:
    return read(folder, edited(form(), change), name)


def first_of(book: Workbook) -> Worksheet:
    return sheets(book)[0]


def without_stamps(book: Workbook, *, visible: bool = True, properties: bool = True) -> None:
    """Take the stamp away, from the hidden sheet in any case."""
    del book["_meta"]
    if properties:
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]  # it has
    if visible:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("evalkit:"):
                        cell.value = None


def test_a_good_form_is_read_whole_without_a_word(tmp_path: Path) -> None:
    found = read(tmp_path, form())
    assert found.problems == []
    assert found.states == ["read"]
    assert found.counts() == {"ok": COUNT}
    assert list(found.cells) == list(questionnaire().cell_keys)
    cells = found.cells
    assert [cells[key].number for key in ("Q01", "Q02", "Q03.cloud", "Q03.local", "Q04.phone")] == [0, 0, 1, 0, 20]
    assert cells["Q06"].number == dt.date(2020, 11, 1).toordinal()
    assert [cells[key].value for key in ("Q01", "Q02", "Q03.local", "Q06")] == ["yes", "built", "0", "2020-11-01"]
    assert (cells["Q02"].raw, cells["Q03.local"].raw) == ("已建成 / In place", "")


def test_every_cell_knows_where_it_stands(tmp_path: Path) -> None:
    found = read(tmp_path, form())
    for key, cell in found.cells.items():
        sheet, row = answer_cell_of(form(), key)
        assert (cell.sheet, cell.cell) == (sheet, f"D{row}")
    assert found.accounts[0].sha256 != ""


def answer_cell_of(data: bytes, code: str) -> tuple[str, int]:
    places: list[tuple[str, int]] = []

    def look(book: Workbook) -> None:
        sheet, row = answer_cell(book, code)
        places.append((sheet.title, row))

    edited(data, look)
    return places[0]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("Q05", "９5.1.2", "EK203"),
        ("Q08", "经长", "EK204"),
        ("Q05", 120, "EK205"),
        ("Q06", "昨天", "EK206"),
        ("Q05", dt.date(2020, 1, 5), "EK207"),
        ("Q05", "#DIV/0!", "EK208"),
        ("Q04.web", 1.5, "EK210"),
        ("Q05", "=1/0", "EK211"),
        ("Q04.web", "1,234", "EK214"),
        ("Q05", 0.951, "EK215"),
    ],
)
def test_a_finding_of_an_answer_names_file_sheet_cell_unit_and_question(
    tmp_path: Path, key: str, value: Typed, code: str
) -> None:
    data = with_answer(key, value)
    found = read(tmp_path, data)
    (finding,) = found.problems
    sheet, row = answer_cell_of(data, key)
    question = key.partition(".")[0]
    assert finding.code == code
    assert finding.place == Place("广州.xlsx", sheet, f"D{row}", unit="GZ", question=question)


def test_the_six_statuses_stay_apart(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        given = {"Q01": "否", "Q02": None, "Q05": "不适用", "Q07": "\u3000", "Q08": "有时", "Q10": "#N/A", "Q06": None}
        for code, value in given.items():
            sheet, row = answer_cell(book, code)
            sheet.cell(row, ANSWER_COLUMN).value = value
        sheet, row = answer_cell(book, "Q10")
        sheet.cell(row, ANSWER_COLUMN).data_type = "e"

    found = changed(tmp_path, change)
    expected = {"Q01": "ok", "Q02": "skipped", "Q06": "skipped", "Q05": "not_applicable", "Q07": "blank",
                "Q08": "invalid", "Q10": "error", "Q03.local": "ok"}  # fmt: skip
    assert {key: found.status(key) for key in expected} == expected
    assert found.cells["Q10"].raw == "#N/A"
    assert found.cells["Q07"].raw == "\u3000"
    assert sum(found.counts().values()) == COUNT


def test_deleted_rows_are_blank_and_listed(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet, row = answer_cell(book, "Q05")
        sheet.delete_rows(row)
        sheet, row = answer_cell(book, "Q03.other")
        sheet.delete_rows(row)

    found = changed(tmp_path, change)
    (finding,) = found.problems
    assert (finding.code, finding.place.unit) == ("EK233", "GZ")
    assert dict(finding.params) == {"count": "2", "codes": "Q03.other, Q05"}
    assert found.accounts[0].rows_missing == 2
    assert found.status("Q05") == "blank"
    # Nobody saw the option, so it cannot count as not chosen.
    assert found.status("Q03.other") == "blank"
    assert found.status("Q03.local") == "ok"


def insert_rows(book: Workbook) -> None:
    for sheet in sheets(book):
        sheet.insert_rows(2, 3)
        sheet.insert_rows(sheet.max_row - 1, 2)


def insert_columns(book: Workbook) -> None:
    for sheet in sheets(book):
        sheet.insert_cols(4, 2)
        sheet.insert_cols(1)
        sheet.cell(row_of(sheet, "Q01" if sheet is first_of(book) else "Q06", 2), 1).value = "备注"


def move_rows(book: Workbook) -> None:
    sheet, row = answer_cell(book, "Q05")
    values = [sheet.cell(row, column).value for column in range(1, 7)]
    other, end = sheets(book)[1], sheets(book)[1].max_row + 2
    for column, value in enumerate(values, start=1):
        other.cell(end, column).value = value
    sheet.delete_rows(row)


def rename_and_reorder(book: Workbook) -> None:
    first, second = sheets(book)
    book.move_sheet(second, -len(book.worksheets) + 1)
    first.title, second.title = "Sheet1", "甲"


def fold_codes(book: Workbook) -> None:
    for sheet in sheets(book):
        for row in range(1, sheet.max_row + 1):
            cell = sheet.cell(row, 1)
            if isinstance(cell.value, str) and cell.value.startswith("Q0"):
                cell.value = f"\u3000{cell.value.replace('Q', 'ｑ')} "


def header_of_one_language(book: Workbook) -> None:
    for sheet, names in zip(sheets(book), (("代码", "答 案"), ("code\n", "ＡＮＳＷＥＲ")), strict=True):
        row = row_of(sheet, "代码 Code")
        sheet.cell(row, 1).value, sheet.cell(row, ANSWER_COLUMN).value = names


@pytest.mark.parametrize(
    "change", [insert_rows, insert_columns, move_rows, rename_and_reorder, fold_codes, header_of_one_language]
)
def test_what_people_move_about_changes_no_answer(tmp_path: Path, change: Change) -> None:
    whole, found = read(tmp_path, form()), changed(tmp_path, change)
    assert found.problems == []
    assert found.counts() == {"ok": COUNT}
    assert [cell.number for cell in found.cells.values()] == [cell.number for cell in whole.cells.values()]


def test_a_copied_sheet_makes_its_codes_ambiguous(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.copy_worksheet(sheets(book)[1]).title = "备份"

    found = changed(tmp_path, change)
    doubled = ["Q06", "Q07", "Q08", "Q10", "Q11"]
    assert [each.place.question for each in found.of("EK234")] == doubled
    assert all(each.place.sheet == "备份" and each.severity == "error" for each in found.of("EK234"))
    assert {key: found.status(key) for key in ("Q07", "Q08", "Q10")} == dict.fromkeys(("Q07", "Q08", "Q10"), "invalid")
    assert found.status("Q05") == "ok"
    assert found.cells["Q07"].raw == "无"


def test_a_mistyped_code_is_suggested_and_its_row_missing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet, row = answer_cell(book, "Q04.phone")
        sheet.cell(row, 1).value = "Q04.phnoe"

    found = changed(tmp_path, change)
    assert found.codes == ["EK232", "EK233"]
    unknown = found.problems[0]
    assert "是不是 “Q04.phone”" in unknown.message("zh")
    assert (unknown.place.sheet, unknown.place.unit) == ("能力 Capacity", "GZ")
    assert (found.accounts[0].rows_unknown, found.accounts[0].rows_missing) == (1, 1)
    assert found.status("Q04.phone") == "blank"


def test_very_many_unknown_rows_are_counted_but_not_all_listed(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = first_of(book)
        for row in range(sheet.max_row + 1, sheet.max_row + 401):
            sheet.cell(row, 1).value = f"Z{row}"

    found = changed(tmp_path, change)
    assert found.accounts[0].rows_unknown == 400
    assert len(found.of("EK232")) == 50
    (rest,) = found.of("EK252")
    assert dict(rest.params)["count"] == "350"
    assert found.counts() == {"ok": COUNT}


def translate(sheet: Worksheet, column: int) -> None:
    sheet.cell(row_of(sheet, "代码 Code"), column).value = "Antwort"


@pytest.mark.parametrize("column", [1, ANSWER_COLUMN])
def test_a_sheet_without_a_known_header_is_named_and_the_others_are_read(tmp_path: Path, column: int) -> None:
    found = changed(tmp_path, lambda book: translate(first_of(book), column))
    assert found.codes[:2] == ["EK225", "EK233"]
    assert found.problems[0].place == Place("广州.xlsx", "能力 Capacity", unit="GZ")
    assert found.status("Q04.web") == "blank"
    assert found.status("Q07") == "ok"


def test_a_workbook_without_any_known_header_is_rejected(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for sheet in sheets(book):
            translate(sheet, ANSWER_COLUMN)

    found = changed(tmp_path, change)
    assert found.codes == ["EK225", "EK225"]
    assert (found.states, found.accounts[0].unit, found.batches) == (["unreadable"], "GZ", [])


def test_a_workbook_without_the_sheets_of_questions_is_rejected(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for sheet in sheets(book):
            book.remove(sheet)

    found = changed(tmp_path, change)
    assert (found.codes, found.states) == (["EK225"], ["unreadable"])


def test_a_deleted_answer_column(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for sheet in sheets(book):
            sheet.delete_cols(ANSWER_COLUMN)

    assert changed(tmp_path, change).states == ["unreadable"]


def test_two_answer_columns_are_not_guessed_between(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = first_of(book)
        sheet.cell(row_of(sheet, "代码 Code"), 9).value = "答案"

    found = changed(tmp_path, change)
    assert found.codes[:2] == ["EK251", "EK233"]
    assert found.problems[0].place.cell == f"I{row_of_header()}"
    assert found.status("Q05") == "blank"


def row_of_header() -> int:
    return answer_cell_of(form(), "Q01")[1] - 1


def test_without_the_two_stamps_in_sheets_that_of_the_properties_counts(tmp_path: Path) -> None:
    found = changed(tmp_path, lambda book: without_stamps(book, properties=False), "无名.xlsx")
    assert found.problems == []
    assert found.accounts[0].unit == "GZ"


def test_without_the_hidden_sheet_the_visible_stamp_counts(tmp_path: Path) -> None:
    found = changed(tmp_path, lambda book: without_stamps(book, visible=False), "无名.xlsx")
    assert found.problems == []
    assert found.accounts[0].unit == "GZ"


@pytest.mark.parametrize(
    "name", ["广州.xlsx", "GZ 广州市.xlsx", "GZ_广州市 (2).xlsx", "2020调查-羊城-副本.xlsx", "穗.xlsx"]
)
def test_without_any_stamp_the_file_name_counts(tmp_path: Path, name: str) -> None:
    found = changed(tmp_path, without_stamps, name)
    assert found.codes == ["EK229"]
    assert (found.accounts[0].unit, found.states) == ("GZ", ["read"])


@pytest.mark.parametrize("name", ["问卷.xlsx", "广州 深圳.xlsx", "广洲市.xlsx"])
def test_without_stamp_and_name_the_unit_is_unknown(tmp_path: Path, name: str) -> None:
    found = changed(tmp_path, without_stamps, name)
    assert found.codes == ["EK229", "EK227"]
    assert (found.states, found.accounts[0].unit, found.batches) == (["unassigned"], "", [])
    if name == "广洲市.xlsx":
        assert "是不是 “广州市”" in found.problems[1].message("zh")


def test_a_blank_form_belongs_to_the_unit_of_the_file_name(tmp_path: Path) -> None:
    found = read(tmp_path, form(""), "深圳.xlsx")
    assert (found.codes, found.accounts[0].unit) == ([], "SZ")


def test_a_stamp_of_an_unknown_unit(tmp_path: Path) -> None:
    found = read(tmp_path, form("XX"), "广州.xlsx")
    assert found.codes == ["EK227"]
    assert found.states == ["unassigned"]


def test_the_stamp_goes_before_the_file_name(tmp_path: Path) -> None:
    found = read(tmp_path, form("GZ"), "深圳.xlsx")
    assert found.codes == ["EK240"]
    assert (found.accounts[0].unit, found.states) == ("GZ", ["read"])
    assert found.problems[0].place == Place("深圳.xlsx", unit="GZ")


def test_another_questionnaire_is_not_read(tmp_path: Path) -> None:
    found = read(tmp_path, form(identity="other"))
    assert found.codes == ["EK230"]
    assert found.problems[0].place == Place("广州.xlsx", unit="GZ")
    assert (found.states, found.accounts[0].unit) == (["unreadable"], "GZ")


def test_a_sheet_of_another_unit_is_pointed_out(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = sheets(book)[1]
        sheet.cell(2, 1).value = str(sheet.cell(2, 1).value).replace("unit=GZ", "unit=SZ")

    found = changed(tmp_path, change)
    assert found.codes == ["EK254"]
    assert (found.problems[0].place.sheet, found.problems[0].severity) == ("效果 Effect", "warning")


def as_csv() -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([["代码", "答案"], ["Q01", "是"]])
    return stream.getvalue().encode("gb18030")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EK224"),
        (book(""), "EK224"),
        (form()[:4000], "EK223"),
        (as_csv(), "EK220"),
        (ole(encrypted=False), "EK221"),
        (ole(encrypted=True), "EK222"),
    ],
    ids=["empty", "sheet without a table", "cut off", "csv", "old workbook", "password"],
)
def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_go_on(tmp_path: Path, data: bytes, code: str) -> None:
    found = Read(tmp_path, {"广州.xlsx": data, "深圳.xlsx": form("SZ")})
    assert found.codes == [code]
    assert found.problems[0].place.unit == "GZ"
    assert found.states == ["unreadable", "read"]
    assert [batch.unit for batch in found.batches] == ["SZ"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    returned, problems = SurveyReader(questionnaire(), register(tmp_path)).read(tmp_path / "广州.xlsx", "广州.xlsx")
    assert [each.code for each in problems] == ["EK001"]
    assert (returned.unit, returned.cells) == ("GZ", None)


def test_a_row_of_ticks_without_any_is_blank_and_a_refused_tick_is_no_answer(tmp_path: Path) -> None:
    def change(mark: str | None) -> Change:
        def apply(book: Workbook) -> None:
            sheet, row = answer_cell(book, "Q03.cloud")
            sheet.cell(row, ANSWER_COLUMN).value = mark

        return apply

    none, cross, no = (changed(tmp_path, change(mark)) for mark in (None, "×", "否"))
    keys = ("Q03.cloud", "Q03.local", "Q03.other")
    assert [none.status(key) for key in keys] == ["blank"] * 3
    assert [cross.status(key) for key in keys] == ["invalid", "blank", "blank"]
    assert [(no.status(key), no.cells[key].number) for key in keys] == [("ok", 0)] * 3


def test_the_hash_on_the_stamp_is_of_the_content() -> None:
    assert stamp(questionnaire(), "GZ") == stamp(questionnaire.__wrapped__(), "GZ")
    assert stamp(questionnaire(), "").hash != stamp(questionnaire("2"), "").hash


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(["Q01", "q02", "Q03.cloud", "Q99", "代码", "Code", "答案", "Answer", "√", "x", "不适用",
                     "是", "#N/A", "evalkit:small;version=1;hash=x;unit=SZ",
                     "evalkit:other;version=1;hash=x;unit=", "１２", "=1/0"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=10).filter(lambda text: text[:1] != "="),
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 22), st.integers(1, 7), VALUES), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_whatever_cells_people_change_every_cell_of_the_form_is_accounted_for_once(
    tmp_path: Path, edits: list[tuple[int, int, int, Typed]]
) -> None:
    def change(book: Workbook) -> None:
        for number, row, column, value in edits:
            cell = book.worksheets[number % len(book.worksheets)].cell(row, column)
            if type(cell).__name__ != "MergedCell":
                cell.value = value

    found = changed(tmp_path, change)
    (account,) = found.accounts
    if account.state != "read":
        assert any(each.severity == "error" for each in found.problems)
        return
    assert list(found.cells) == list(questionnaire().cell_keys)
    assert [list(STATUSES)[cell.status] for cell in found.cells.values()].count("ok") == account.counts[0]
    standing = [(cell.sheet, cell.cell) for cell in found.cells.values() if cell.cell]
    assert len(set(standing)) == len(standing)
    for each in found.problems:
        assert each.place.file == "广州.xlsx"
        assert each.message("zh")
        assert each.message("en")
    for cell in found.cells.values():
        assert math.isnan(cell.number) == (STATUSES[cell.status] != "ok")
