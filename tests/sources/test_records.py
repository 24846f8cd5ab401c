"""One file of work orders: whose a record is, what its cells hold, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.observations import ERROR, INVALID, OK
from evalkit.problems import Problem
from evalkit.sources.records import status_counts
from tests.small_records import HEAD, ROWS, changed, read_file, write_csv


def params(found: Problem) -> dict[str, str]:
    return dict(found.params)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_an_export_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    read, problems = read_file(write_csv(tmp_path / "a.csv", (HEAD, *ROWS), encoding))
    assert problems == []
    assert read is not None
    assert read.owners.tolist() == [0, 0, 0, 1]
    assert read.ids == ["1", "2", "3", "4"]
    assert read.cells["wait"].numbers.tolist() == [12, 16, 14, 9]
    assert read.cells["due"].numbers[0] - read.cells["received"].numbers[0] == 4 * 86_400 + 11 * 3600 + 29 * 60 + 54
    kinds, texts = read.about["department"]
    assert [texts[kind] if kind >= 0 else "" for kind in kinds.tolist()] == ["住建局", "住建局", "", "城管局"]
    assert sum(status_counts(read.cells.values())) == 6 * 4


def test_headings_stand_in_any_order_below_titles_and_under_several_names(tmp_path: Path) -> None:
    head = [name.replace("办结时间", " 办 结 时 间") for name in reversed(HEAD)]
    rows = (("某市工单导出表",), ("2024年3月",), head, *(tuple(reversed(row)) for row in ROWS))
    columns = {"closed": {"heading": ["完成时间", "办结时间"], "kind": "time"}}
    read, problems = read_file(write_csv(tmp_path / "a.csv", rows), columns=columns, header=3, order=())
    assert problems == []
    assert read is not None
    assert (read.cells["closed"].statuses == OK).tolist() == [True, True, False, True]
    assert read.at(0, "closed").cell == "E4"


def test_a_heading_that_lacks_is_told_with_a_near_one_and_its_cells_are_not_blank(tmp_path: Path) -> None:
    rows = ([name.replace("办结时间", "办结时间点") for name in HEAD], *ROWS)
    read, problems = read_file(write_csv(tmp_path / "a.csv", rows))
    assert [each.code for each in problems] == ["EK810"]
    assert params(problems[0])["suggestion_en"] == "; did you mean “办结时间点”?"
    assert read is not None
    assert set(read.cells["closed"].statuses.tolist()) == {INVALID}


def test_a_heading_that_stands_twice_means_neither_column(tmp_path: Path) -> None:
    rows = ((*HEAD, " 等待秒数"), *((*row, "99") for row in ROWS))
    read, problems = read_file(write_csv(tmp_path / "a.csv", rows))
    assert [(each.code, each.place.cell) for each in problems] == [("EK251", "J1")]
    assert read is not None
    assert set(read.cells["wait"].statuses.tolist()) == {INVALID}


def test_unknown_units_are_told_once_each_with_their_number(tmp_path: Path) -> None:
    rows = [(str(number), f"市{number % 12}", *ROWS[0][2:]) for number in range(40)]
    rows += [("41", "", *ROWS[0][2:]), ("42", "u2", *ROWS[0][2:])]
    read, problems = read_file(write_csv(tmp_path / "a.csv", (HEAD, *rows)))
    named = [each for each in problems if each.code == "EK811"]
    assert [params(each)["count"] for each in named] == ["4"] * 4 + ["3"] * 6
    assert (named[0].place.line, named[0].place.cell) == (2, "B2")
    (further,) = [each for each in problems if each.code == "EK824"]
    assert (params(further)["names"], params(further)["count"]) == ("2", "6")
    assert [(each.place.cell, params(each)["count"]) for each in problems if each.code == "EK812"] == [("B42", "1")]
    assert read is not None
    assert read.owners.tolist() == [-1] * 41 + [1]


@pytest.mark.parametrize(
    ("name", "unit", "owner", "codes"),
    [
        ("a.csv", {"value": "乙市"}, 1, []),
        ("a.csv", {"value": "戊市"}, None, ["EK242"]),
        ("2024 乙市 工单.csv", {"file": True}, 1, []),
        ("2024.csv", {"file": True}, None, ["EK813"]),
        ("a.csv", "城市名", None, ["EK810"]),
    ],
)
def test_a_file_may_be_of_one_unit(
    tmp_path: Path, name: str, unit: Any, owner: int | None, codes: list[str]  # noqa: ANN401 - heading or mapping
) -> None:  # fmt: skip
    read, problems = read_file(write_csv(tmp_path / name, (HEAD, *ROWS)), unit=unit)
    assert [each.code for each in problems] == codes
    assert (None if read is None else set(read.owners.tolist())) == (None if owner is None else {owner})


@pytest.mark.parametrize(
    ("cells", "code", "cell", "status"),
    [
        ({"closed": "2024-13-01"}, "EK817", "E3", INVALID),
        ({"closed": "#N/A"}, "EK817", "E3", ERROR),
        ({"wait": "十六"}, "EK817", "H3", INVALID),
        ({"visited": "不详"}, "EK818", "F3", INVALID),
        ({"satisfaction": "很满意"}, "EK818", "G3", INVALID),
    ],
)
def test_a_cell_that_cannot_be_read_is_counted_and_placed(
    tmp_path: Path, cells: dict[str, str], code: str, cell: str, status: int
) -> None:
    read, problems = read_file(write_csv(tmp_path / "a.csv", (HEAD, *changed(1, **cells))))
    ((name, text),) = cells.items()
    (found,) = problems
    assert (found.code, found.place.file, found.place.line, found.place.cell) == (code, "a.csv", 3, cell)
    assert params(found).items() >= {"name": name, "count": "1", "texts": "1", "examples": f"“{text}” ({cell})"}.items()
    assert read is not None
    assert read.cells[name].statuses[1] == status
    assert np.isnan(read.cells[name].numbers[1])


def test_a_thousand_unreadable_cells_are_one_finding(tmp_path: Path) -> None:
    rows = [(str(number), "甲市", f"第{number % 7}天", *ROWS[0][3:]) for number in range(1000)]
    _, problems = read_file(write_csv(tmp_path / "a.csv", (HEAD, *rows)))
    (found,) = problems
    assert params(found)["count"] == "1000"
    assert params(found)["texts"] == "7"
    assert params(found)["examples"] == "“第0天” (C2), “第1天” (C3), “第2天” (C4)"


def test_texts_that_stand_for_nothing_are_blank(tmp_path: Path) -> None:
    rows = changed(1, closed="1900-01-01 00:00:00", satisfaction="NULL", wait="--")
    nothing = ["null", "--", "1900-01-01 00:00:00"]
    read, problems = read_file(write_csv(tmp_path / "a.csv", (HEAD, *rows)), blank=nothing)
    assert problems == []
    assert read is not None
    assert [int(read.cells[name].statuses[1]) for name in ("closed", "satisfaction", "wait")] == [1, 1, 1]


def test_a_table_without_rows_is_said(tmp_path: Path) -> None:
    read, problems = read_file(write_csv(tmp_path / "a.csv", (HEAD,)))
    assert [each.code for each in problems] == ["EK825"]
    assert read is not None
    assert len(read.owners) == 0
