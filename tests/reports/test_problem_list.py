"""``problems.xlsx``: totals by unit, and all findings."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.messages import LANGUAGES, Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.problem_list import write_problem_list

NAMES = {"U1": "甲市", "U2": "=乙市", "U3": "丙市"}
FOUND = [
    problem("EK214", Place("a.xlsx", "表", "D5", unit="U2", question="Q1"), value="１", read="1"),
    problem("EK311", Place("awards.yaml", line=10, column=18), award="a"),
    problem("EK203", Place("b.xlsx", "表", "D6", unit="U9", question="Q2"), value="=1+1\x07"),
    problem("EK231", Place(unit="U1"), unit="U1", name="甲市"),
    problem("EK203", Place("a.xlsx", "表", "D7", unit="U2", question="Q3"), value="x"),
    problem("EK242", Place("c.csv", None, "A3", line=3), name="x", suggestion_zh="", suggestion_en=""),
]
Row = list[object]


def written(
    folder: Path, problems: list[Problem], language: Language = "zh", notice: str = ""
) -> tuple[list[Row], list[Row]]:
    write_problem_list(problems, NAMES, folder / "problems.xlsx", language, notice=notice)
    book = openpyxl.load_workbook(folder / "problems.xlsx")
    totals, listed = (texts(sheet) for sheet in book.worksheets)
    return totals, listed


def texts(sheet: Worksheet) -> list[Row]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_totals_of_every_unit_and_of_what_belongs_to_none(tmp_path: Path) -> None:
    totals, _ = written(tmp_path, FOUND)
    assert totals[1:] == [
        ["单位", "名称", "错误", "警告", "提示", "合计"],
        ["U1", "甲市", 0, 1, 0, 1],
        ["U2", "=乙市", 1, 0, 1, 2],
        ["U3", "丙市", 0, 0, 0, 0],
        ["U9", None, 1, 0, 0, 1],
        [None, "不属于某一单位", 1, 1, 0, 2],
        [None, "合计", 3, 2, 1, 6],
    ]


def test_totals_add_up_to_the_list(tmp_path: Path) -> None:
    totals, listed = written(tmp_path, FOUND)
    *units, last = totals[2:]
    for column in range(2, 6):
        assert sum(int(str(row[column])) for row in units) == last[column]
    assert last[-1] == len(listed) - 2 == len(FOUND)


def test_findings_stand_unit_by_unit_the_gravest_first(tmp_path: Path) -> None:
    _, listed = written(tmp_path, FOUND)
    assert listed[1] == ["单位", "名称", "级别", "代码", "内容", "文件", "位置", "题目", "处理办法"]
    assert [[row[0], row[3], row[6]] for row in listed[2:]] == [
        ["U1", "EK231", None],
        ["U2", "EK203", "表!D7"],
        ["U2", "EK214", "表!D5"],
        ["U9", "EK203", "表!D6"],
        [None, "EK242", "3"],
        [None, "EK311", "10:18"],
    ]
    assert listed[3][:5] == ["U2", "=乙市", "错误", "EK203", "应为数值,读到 “x”"]


def test_text_stays_text_whatever_it_holds(tmp_path: Path) -> None:
    written(tmp_path, FOUND)
    book = openpyxl.load_workbook(tmp_path / "problems.xlsx")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    listed = book.worksheets[1]
    assert "=1+1 " in str(listed["E6"].value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_is_said(tmp_path: Path, language: Language) -> None:
    totals, listed = written(tmp_path, [], language, notice="合成数据")
    assert [totals[1][0], listed[1][0]] == ["合成数据", "合成数据"]
    said = {"zh": "没有发现问题", "en": "nothing found"}.get(language, "没有发现问题 nothing found")
    assert listed[2][0] == said
    assert totals[-1][2:] == [0, 0, 0, 0]


def test_the_same_findings_make_the_same_file(tmp_path: Path) -> None:
    files = []
    for name in ("a.xlsx", "b.xlsx"):
        write_problem_list(FOUND, NAMES, tmp_path / name, "both")
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no"):
        write_problem_list(FOUND, NAMES, tmp_path / "no" / "problems.xlsx", "zh")
