"""Files put together: records that stand twice, times out of order, dates without a time of day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from evalkit.observations import INVALID, OK
from evalkit.problems import Problem
from tests.small_records import COLUMNS, HEAD, ROWS, changed, read_all


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(each.code, f"{each.place.file} {each.place.cell}") for each in problems]


def test_files_follow_each_other_and_options_meet(tmp_path: Path) -> None:
    columns = COLUMNS | {"satisfaction": {"heading": "满意度", "kind": "category"}}
    other = [("9", "乙市", *ROWS[0][2:6], "不满意", *ROWS[0][7:])]
    records, problems = read_all(tmp_path, {"a.csv": ROWS, "b.csv": other}, columns=columns)
    assert problems == []
    cells = records.cells["satisfaction"]
    assert [cells.options[int(at)] for at in cells.numbers[cells.statuses == OK]] == [
        "满意",
        "不满意",
        "基本满意",
        "不满意",
    ]
    assert records.known["satisfaction"] == {"满意": 0, "不满意": 1, "基本满意": 2}
    assert records.per_unit.tolist() == [3, 2, 0]
    assert [(each.name, each.rows, each.used) for each in records.files] == [("a.csv", 4, 4), ("b.csv", 1, 1)]
    assert [each.name for each in records.files_of(1)] == ["a.csv", "b.csv"]


def test_the_same_record_in_two_exports_counts_once(tmp_path: Path) -> None:
    records, problems = read_all(tmp_path, {"a.csv": ROWS, "b.csv": ROWS[1:3]})
    assert said(problems) == [("EK815", "b.csv A2")]
    assert dict(problems[0].params)["count"] == "2"
    assert records.per_unit.tolist() == [3, 1, 0]
    assert [(each.used, each.repeated) for each in records.files] == [(4, 0), (0, 2)]


def test_records_of_one_id_that_differ_do_not_count(tmp_path: Path) -> None:
    again = changed(1, closed="2024-03-03 10:00:00")[1:2]
    moved = changed(0, 承办单位="城管局")[:1]
    records, problems = read_all(tmp_path, {"a.csv": ROWS, "b.csv": again, "c.csv": moved})
    assert said(problems) == [("EK816", "a.csv A2")]
    assert dict(problems[0].params).items() >= {"id": "1", "ids": "2", "count": "4"}.items()
    assert records.per_unit.tolist() == [1, 1, 0]


def test_blank_ids_and_records_of_unknown_units_are_no_copies(tmp_path: Path) -> None:
    rows = [("", *ROWS[0][1:]), ("", *ROWS[0][1:]), ("1", "戊市", *ROWS[0][2:]), ROWS[0]]
    records, problems = read_all(tmp_path, {"a.csv": rows})
    assert said(problems) == [("EK811", "a.csv B4")]
    assert records.per_unit.tolist() == [3, 0, 0]
    assert [(each.unassigned, each.repeated) for each in records.files] == [(1, 0)]


def test_a_time_before_the_one_that_it_follows_is_unreadable(tmp_path: Path) -> None:
    rows = changed(1, closed="2024-02-29 10:00:00")
    records, problems = read_all(tmp_path, {"a.csv": rows})
    assert said(problems) == [("EK819", "a.csv E3")]
    assert records.cells["closed"].statuses[1] == INVALID
    assert np.isnan(records.cells["closed"].numbers[1])
    assert records.cells["received"].statuses[1] == OK


def test_dates_among_times_need_to_be_explained(tmp_path: Path) -> None:
    plain: dict[str, Any] = COLUMNS | {"due": {"heading": "办结时限", "kind": "time"}}
    _, problems = read_all(tmp_path / "a", {"a.csv": ROWS}, columns=plain)
    assert said(problems) == [("EK820", "a.csv D2")]
    assert dict(problems[0].params) == {"name": "due", "count": "4"}
    dates = [tuple(cell.split(" ")[0] for cell in row) for row in ROWS]
    _, problems = read_all(tmp_path / "b", {"a.csv": dates}, columns=plain)
    assert problems == []


def test_settings_stand_beside_the_columns(tmp_path: Path) -> None:
    records, _ = read_all(tmp_path, {"a.csv": ROWS}, settings={"limit": 15, "as_of": "1970-01-02", "strict": False})
    assert records.cells["limit"].numbers.tolist() == [15] * 4
    assert records.cells["as_of"].numbers.tolist() == [86_400] * 4
    assert records.cells["strict"].numbers.tolist() == [0] * 4


def test_no_file_gives_no_record(tmp_path: Path) -> None:
    records, problems = read_all(tmp_path, {})
    assert problems == []
    assert records.per_unit.tolist() == [0, 0, 0]
    assert len(HEAD) == len(ROWS[0])
