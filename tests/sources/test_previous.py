"""Numbers of an earlier wave as its run left them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.observations import OBSERVATION_COLUMNS
from evalkit.problems import Problem
from evalkit.reports.csv_text import as_csv
from evalkit.sources.previous import Previous, read_previous
from tests.sources.returned_forms import register

KEYS = {"Q1": 0, "Q4.web": 1, "column:calls": 2}
ROWS = (
    {"unit": "GZ", "question": "Q1", "value": "10"},
    {"unit": "GZ", "question": "Q4", "item": "web", "value": "2.5"},
    {"unit": "深圳市", "question": "Q1", "value": "-3"},
    {"unit": "SZ", "question": "calls", "instrument": "values", "value": "7"},
    {"unit": "SZ", "question": "Q9", "value": "1"},
    {"unit": "成都", "question": "Q1", "value": "1"},
    {"unit": "HZ", "question": "Q1", "value": "4", "status": "invalid"},
    {"unit": "HZ", "question": "Q4", "item": "web", "value": "4", "instrument": "other"},
)


def table(*rows: dict[str, str]) -> bytes:
    """The table of observations as a run writes it."""
    usual = dict.fromkeys(OBSERVATION_COLUMNS, "") | {"instrument": "small", "wave": "2024", "status": "ok"}
    return as_csv(pd.DataFrame([usual | row for row in rows], columns=list(OBSERVATION_COLUMNS), dtype=str))


def read(
    folder: Path, data: bytes | None = None, name: str = "2024/tables/observations.csv", ask: str = "2024", **now: str
) -> tuple[Previous | None, list[Problem]]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(table(*ROWS) if data is None else data)
    now = {"instrument": "small", "wave": "2025"} | now
    return read_previous(folder / ask, ask, register(folder), KEYS, **now)


@pytest.mark.parametrize(
    ("name", "ask", "file"),
    [
        ("2024/tables/observations.csv", "2024", "2024/tables/observations.csv"),
        ("2024/observations.csv", "2024/", "2024/observations.csv"),
        ("old.csv", "old.csv", "old.csv"),
    ],
)
def test_the_folder_of_a_run_or_its_table(tmp_path: Path, name: str, ask: str, file: str) -> None:
    found, problems = read(tmp_path, None, name, ask)
    assert problems == []
    assert found is not None
    assert (found.wave, found.file) == ("2024", file)
    assert found.sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    expected = [[10, 2.5, np.nan], [-3, np.nan, 7], [np.nan, np.nan, np.nan]]
    np.testing.assert_array_equal(found.numbers, expected)


def test_what_several_rows_say_is_left_out(tmp_path: Path) -> None:
    respondents = [{"unit": "GZ", "question": "Q1", "value": value} for value in ("10", "20")]
    found, problems = read(tmp_path, table(*respondents, ROWS[1]))
    assert (found is not None, problems) == (True, [])
    assert found is not None
    assert np.isnan(found.numbers[0, 0])
    assert found.numbers[0, 1] == 2.5


def test_text_where_a_number_should_be_is_no_number(tmp_path: Path) -> None:
    found, problems = read(tmp_path, table({"unit": "GZ", "question": "Q1", "value": "很多"}, ROWS[1]))
    assert problems == []
    assert found is not None
    assert np.isnan(found.numbers[0, 0])


@pytest.mark.parametrize("rows", [(), (ROWS[4],), ({**ROWS[0], "instrument": "other"},), (ROWS[5],)])
def test_nothing_to_compare_is_a_warning(tmp_path: Path, rows: tuple[dict[str, str], ...]) -> None:
    found, problems = read(tmp_path, table(*rows))
    assert (found, [(each.code, each.severity) for each in problems]) == (None, [("EK258", "warning")])
    assert problems[0].place.file == "2024/tables/observations.csv"


def test_the_wave_of_today_is_not_compared_with_itself(tmp_path: Path) -> None:
    found, problems = read(tmp_path, wave="2024")
    assert (found, [each.code for each in problems]) == (None, ["EK259"])
    unnamed, problems = read(tmp_path, table({**ROWS[0], "wave": ""}), wave="")
    assert unnamed is not None
    assert (unnamed.wave, problems) == ("", [])


def test_a_table_that_is_not_there_or_is_another(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    given = register(tmp_path)
    for name in ("none", "empty", "none.csv"):
        found, problems = read_previous(tmp_path / name, name, given, KEYS, instrument="small", wave="")
        assert (found, [each.code for each in problems]) == (None, ["EK001"])
    found, problems = read(tmp_path, b"unit,question,value\nGZ,Q1,5\n")
    assert found is None
    assert [dict(each.params)["column"] for each in problems] == ["instrument", "item", "wave", "status"]
