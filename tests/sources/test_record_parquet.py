"""Parquet: the same records as from text, the extra that reads it, and files that are none."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.limits import Limits
from evalkit.problems import Problem
from evalkit.sources.record_table import OpenTable, open_table
from tests.small_records import HEAD, ROWS, read_file, source, write_csv


def parquet() -> tuple[Any, Any]:
    """pyarrow and its module of Parquet files; the test is left out where the extra is not installed."""
    pytest.importorskip("pyarrow", reason="needs the extra records")
    return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:  # noqa: ANN401 - values of any type
    arrow, file = parquet()
    file.write_table(arrow.table(columns), path, **options)
    return path


def texts() -> dict[str, list[str]]:
    return {name: [row[place] for row in ROWS] for place, name in enumerate(HEAD)}


def opened(path: Path, limits: Limits | None = None) -> tuple[OpenTable | None, list[Problem]]:
    return open_table(path, path.name, source(), limits or Limits())


def test_texts_give_the_same_as_a_text_file(tmp_path: Path) -> None:
    same, _ = read_file(write_csv(tmp_path / "a.csv", (HEAD, *ROWS)))
    read, problems = read_file(written(tmp_path / "a.parquet", texts(), row_group_size=3))
    assert problems == []
    assert read is not None
    assert same is not None
    assert read.lines.tolist() == [1, 2, 3, 4]
    for name, cells in same.cells.items():
        assert np.array_equal(read.cells[name].numbers, cells.numbers, equal_nan=True), name
        assert read.cells[name].statuses.tolist() == cells.statuses.tolist(), name


def test_times_numbers_truths_and_nulls_have_their_types(tmp_path: Path) -> None:
    moment = dt.datetime.fromisoformat("2024-03-01 12:30:05")
    columns: dict[str, Any] = texts() | {
        "受理时间": [moment] * 4,
        "办结时限": [dt.date.fromisoformat("2024-03-05")] * 4,
        "办结时间": [moment + dt.timedelta(days=1), None, None, None],
        "是否有效回访": [True, False, None, True],
        "等待秒数": [12, None, 14, 9],
        "未用": [[1], [2], [3], [4]],
    }
    read, problems = read_file(written(tmp_path / "a.parquet", columns))
    assert problems == []
    assert read is not None
    assert read.cells["received"].numbers.tolist() == [1_709_296_205] * 4
    assert read.cells["due"].numbers.tolist() == [1_709_683_199] * 4
    assert read.cells["closed"].statuses.tolist() == [0, 1, 1, 1]
    assert np.array_equal(read.cells["visited"].numbers, [1, 0, np.nan, 1], equal_nan=True)
    assert np.array_equal(read.cells["wait"].numbers, [12, np.nan, 14, 9], equal_nan=True)


def test_a_column_of_lists_is_refused_where_it_is_needed(tmp_path: Path) -> None:
    read, problems = read_file(written(tmp_path / "a.parquet", texts() | {"等待秒数": [[1], [2], [3], [4]]}))
    assert read is None
    assert [each.code for each in problems] == ["EK826"]


def test_one_long_text_a_million_times_stays_one(tmp_path: Path) -> None:
    rows = 200_000
    arrow, _ = parquet()
    places = arrow.array(np.zeros(rows, np.int32))
    columns = {
        name: arrow.DictionaryArray.from_arrays(places, [text])
        for name, text in (("受理城市", "甲市"), ("承办单位", "住" * 10_000))
    }
    path = written(tmp_path / "a.parquet", columns, store_schema=False)
    assert path.stat().st_size < 1 << 20
    read, problems = read_file(path, columns={"wait": {"heading": "受理城市", "kind": "category"}}, id=(), order=())
    assert problems == []
    assert read is not None
    assert len(read.about["department"][1]) == 1
    assert read.owners.tolist() == [0] * rows


def test_limits_are_held_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", texts())
    for limits in (Limits(record_rows=3), Limits(record_bytes=path.stat().st_size - 1)):
        assert [each.code for each in opened(path, limits)[1]] == ["EK235"]


def test_cut_and_changed_files_give_a_finding(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.parquet", texts()).read_bytes()
    broken = [b"", b"PAR1", whole[:-1], whole[: len(whole) // 2], b"PAR1" + b"\xff" * 200 + b"PAR1", b"A,B\n1,2\n"]
    broken += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(len(whole) - 60, len(whole), 7)]
    for number, content in enumerate(broken):
        path = tmp_path / f"{number}.parquet"
        path.write_bytes(content)
        read, problems = read_file(path)
        assert {each.code for each in problems} <= {"EK826", "EK235", "EK810", "EK817", "EK818", "EK811", "EK812"}
        assert read is not None or problems


def test_without_the_extra_the_finding_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    table, (found,) = opened(path)
    assert table is None
    assert (found.code, dict(found.params)) == ("EK827", {"extra": "records"})
    assert 'pip install "hotline-evalkit[records]"' in found.hint("en")
