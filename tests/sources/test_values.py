from __future__ import annotations

import math
from pathlib import Path

import pytest

from evalkit.observations import STATUSES, Batch
from evalkit.problems import Place, Problem
from evalkit.sources.values import read_values
from tests.sources.hostile_files import book
from tests.sources.returned_forms import register
from tests.sources.test_tables import workbook


def read(folder: Path, data: str | bytes, *columns: str, name: str = "values.csv") -> tuple[list[Batch], list[Problem]]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_values(path, name, register(folder), columns)


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def test_units_by_id_name_and_alias_in_the_order_of_the_register(tmp_path: Path) -> None:
    batches, problems = read(tmp_path, "unit,name,calls\n杭州,x,3\nSZ,,2\n穗,,1.5\n", "calls")
    assert problems == []
    assert [batch.unit for batch in batches] == ["GZ", "SZ", "HZ"]
    assert [batch.cells[0].number for batch in batches] == [1.5, 2, 3]
    cell = batches[0].cells[0]
    assert (cell.key, cell.raw, cell.value, cell.cell) == ("column:calls", "1.5", "1.5", "C4")
    assert (batches[0].instrument, batches[0].file) == ("values", "values.csv")


def test_an_unknown_unit_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    batches, problems = read(tmp_path, "unit,calls\n广洲市,1\n,2\nSZ,3\n", "calls")
    assert codes(problems) == ["EK242", "EK248"]
    assert "是不是 “广州市”" in problems[0].message("zh")
    assert problems[0].place == Place("values.csv", None, "A2", line=2)
    assert [batch.unit for batch in batches] == ["SZ"]


def test_a_unit_with_two_rows_is_not_guessed_between(tmp_path: Path) -> None:
    batches, (problem,) = read(tmp_path, "unit,calls\nGZ,1\nSZ,2\n广州,3\n", "calls")
    assert (problem.code, problem.severity) == ("EK253", "error")
    assert problem.place == Place("values.csv", None, "A4", line=4, unit="GZ")
    assert [batch.unit for batch in batches] == ["SZ"]


def test_a_column_that_lacks_and_one_that_nobody_uses(tmp_path: Path) -> None:
    batches, problems = read(tmp_path, "unit,cals,score\nGZ,1,2\n", "calls", "score")
    assert codes(problems) == ["EK201", "EK243"]
    assert dict(problems[0].params)["column"] == "calls"
    assert "是不是 “calls”" in problems[1].message("zh")
    assert [cell.key for cell in batches[0].cells] == ["column:score"]


def test_a_table_without_units(tmp_path: Path) -> None:
    batches, problems = read(tmp_path, "city,calls\nGZ,1\n", "calls")
    assert (batches, codes(problems)) == ([], ["EK201"])


@pytest.mark.parametrize(
    ("text", "status", "number", "found"),
    [
        ("1.5", "ok", 1.5, []),
        ("1e3", "ok", 1000, []),
        ("１２", "ok", 12, ["EK214"]),
        ('"1,234"', "ok", 1234, ["EK214"]),
        ("", "blank", None, []),
        ("不适用", "not_applicable", None, []),
        ("NA", "not_applicable", None, []),
        ("#N/A", "error", None, ["EK208"]),
        ("95.1％", "invalid", None, ["EK203"]),
        ("1e999", "invalid", None, ["EK203"]),
        ("nan", "invalid", None, ["EK203"]),
        ("None", "invalid", None, ["EK203"]),
        ("2020-11-01", "invalid", None, ["EK203"]),
    ],
)
def test_cells(tmp_path: Path, text: str, status: str, number: float | None, found: list[str]) -> None:
    (batch,), problems = read(tmp_path, f"unit,calls\nGZ,{text}\n", "calls")
    (cell,) = batch.cells
    assert (STATUSES[cell.status], codes(problems)) == (status, found)
    assert math.isnan(cell.number) if number is None else cell.number == number
    for each in problems:
        assert each.place == Place("values.csv", None, "B2", line=2, unit="GZ", question="calls")


def test_the_raw_text_stays_as_it_stood(tmp_path: Path) -> None:
    (batch,), _ = read(tmp_path, 'unit,calls\nGZ," 95.1％ "\n', "calls")
    assert batch.cells[0].raw == " 95.1％ "


def test_a_workbook_of_values_with_errors_and_formulas_without_result(tmp_path: Path) -> None:
    names = "".join(
        f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>' for cell, text in (("A1", "unit"), ("B1", "calls"))
    )
    units = [
        f'<c r="A{row}" t="inlineStr"><is><t>{unit}</t></is></c>' for row, unit in ((2, "GZ"), (3, "SZ"), (4, "HZ"))
    ]
    cells = ['<c r="B2"><v>2.5</v></c>', '<c r="B3" t="e"><v>#DIV/0!</v></c>', '<c r="B4"><f>B2</f></c>']
    rows = "".join(f'<row r="{row}">{a}{b}</row>' for row, (a, b) in enumerate(zip(units, cells, strict=True), start=2))
    batches, problems = read(tmp_path, book(f'<row r="1">{names}</row>{rows}'), "calls", name="v.xlsx")
    assert [STATUSES[batch.cells[0].status] for batch in batches] == ["ok", "error", "error"]
    assert [(each.code, each.place) for each in problems] == [
        ("EK208", Place("v.xlsx", "Sheet1", "B3", unit="SZ", question="calls")),
        ("EK211", Place("v.xlsx", "Sheet1", "B4", unit="HZ", question="calls")),
    ]
    assert batches[0].cells[0].sheet == "Sheet1"


def test_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "unit,calls\n", "calls") == ([], [])
    assert codes(read(tmp_path, workbook(("", "")), name="v.xlsx")[1]) == ["EK224"]
