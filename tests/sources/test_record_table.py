"""Files of records opened: text, workbooks, rows that do not fit their headings, sizes."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.limits import Limits
from evalkit.sources.record_table import OpenTable, open_table
from evalkit.sources.records import status_counts
from tests.small_records import HEAD, ROWS, read_file, source, write_csv


def rows_of(table: OpenTable, *wanted: int) -> list[tuple[int, ...] | tuple[str, ...]]:
    found = []
    for lines, columns in table.read(wanted):
        found += [(str(line), *texts) for line, *texts in zip(lines, *columns, strict=True)]
    return list(found)


def opened(path: Path, limits: Limits | None = None) -> OpenTable:
    table, problems = open_table(path, path.name, source(), limits or Limits())
    assert problems == []
    assert table is not None
    return table


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'A,B\n\n1,"x\ny"\n,\n2,z\n3\n')
    assert rows_of(opened(path), 1, 0) == [("3", "x\ny", "1"), ("6", "z", "2"), ("7", "", "3")]


@pytest.mark.parametrize("count", [1023, 1024, 1025, 2048, 3000])
def test_no_row_is_lost_between_blocks(tmp_path: Path, count: int) -> None:
    path = write_csv(
        tmp_path / "a.csv", [("A", "B"), *((str(row), "多\n行" if row % 500 == 0 else "x") for row in range(count))]
    )
    found = rows_of(opened(path), 0)
    assert [text for _, text in found] == [str(row) for row in range(count)]
    assert [int(line) for line, _ in found] == [row + 2 + (row + 499) // 500 for row in range(count)]


def test_rows_with_too_many_cells_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("A,B\n1,x\n2,路灯,不亮\n3,y,\n4,a,b,c\n".encode())
    table = opened(path)
    assert rows_of(table, 0, 1) == [("2", "1", "x"), ("4", "3", "y")]
    (found,) = table.problems
    assert (found.code, found.place.line, dict(found.params)["count"]) == ("EK828", 3, "2")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EK250"),
        (b"\n\n", "EK250"),
        (b"A,B\n1,\0\n", "EK247"),
        (b"\xff\xfe\xff", "EK241"),
        (b'A,B\n1,"x\n2,y\n', "EK249"),
        (b"PK\x03\x04 no workbook", "EK223"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    columns = {"wait": {"heading": "A", "kind": "number"}}
    read, problems = read_file(path, columns=columns, unit={"value": "甲市"}, id=(), about={}, order=())
    assert read is None
    assert [each.code for each in problems] == [code]


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", (HEAD, *ROWS))
    table, problems = open_table(path, "a.csv", source(), Limits(record_bytes=100))
    assert table is None
    assert [each.code for each in problems] == ["EK235"]


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    table, problems = open_table(tmp_path / "a.csv", "a.csv", source(), Limits())
    assert table is None
    assert [each.code for each in problems] == ["EK001"]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("工单")
    sheet.append(HEAD)
    moment = dt.datetime.fromisoformat("2024-03-01 12:30:05")
    sheet.append([1, "甲市", moment, dt.date.fromisoformat("2024-03-05"), "=1/0", True, "满意", 12.0, "住建局"])
    sheet.append([2, "乙市", 45352.5208333333, "2024年3月5日", moment + dt.timedelta(days=1), "否", "", "9", ""])
    book.save(path)
    return path


def test_a_workbook_keeps_times_numbers_and_error_values(tmp_path: Path) -> None:
    read, problems = read_file(workbook(tmp_path / "a.xlsx"), sheet="工单")
    assert read is not None
    assert read.owners.tolist() == [0, 1]
    assert read.cells["received"].numbers.tolist() == [1_709_296_205, 1_709_296_200]
    assert read.cells["due"].numbers.tolist() == [1_709_683_199] * 2
    assert read.cells["visited"].numbers.tolist() == [1, 0]
    assert np.array_equal(read.cells["wait"].numbers, [12, 9])
    assert [(each.code, each.place.sheet, each.place.cell) for each in problems] == [("EK817", "工单", "E2")]


def test_a_sheet_that_lacks_is_said(tmp_path: Path) -> None:
    read, problems = read_file(workbook(tmp_path / "a.xlsx"), sheet="话务")
    assert read is None
    assert [each.code for each in problems] == ["EK291"]


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.parquet", "a.txt"]))
def test_any_bytes_give_findings_and_raise_nothing(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read, problems = read_file(path)
    assert read is None
    assert problems


CELLS = st.sampled_from(
    ["", "甲市", "乙", "2024-03-01", "2024/13/1", "是", "满意", "12", "#N/A", "=", "不适用", "\u3000", "1e999"]
)


@given(st.lists(st.lists(CELLS, max_size=11), max_size=12))
def test_any_cells_are_accounted_for(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, problems = read_file(write_csv(Path(folder) / "a.csv", (HEAD, *rows)))
    assert read is not None
    cells = status_counts(read.cells.values())
    assert sum(cells) == 6 * len(read.owners)
    long = sum(any(cell.strip() for cell in row[9:]) for row in rows)
    blank = sum(not any(cell.strip() for cell in row) for row in rows)
    assert len(read.owners) == len(rows) - long - blank
    assert ("EK828" in {each.code for each in problems}) == (long > 0)
