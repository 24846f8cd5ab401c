"""Numbers of an earlier wave as its run left them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.observations import OBSERVATION_COLUMNS
from evalkit.problems import Place, Problem
from evalkit.reports.csv_text import as_csv
from evalkit.sources.earlier_answers import EarlierNumbers, read_earlier_numbers
from evalkit.sources.earlier_run import EarlierRun
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


def before(**tables: bytes) -> EarlierRun:
    """The run of 2024, which wrote these tables."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in tables.items()}
    return EarlierRun(
        folder="2024", place=Place(file="study.yaml", line=7), wave="2024", study="small", indicators="set 1",
        questionnaire="small 1", sha256="", tables=hashes, units=pd.DataFrame(), choices={}, shares={}, scores={},
        errors={}, awards=(),
    )  # fmt: skip


def read(folder: Path, data: bytes, run: EarlierRun | None = None) -> tuple[EarlierNumbers | None, list[Problem]]:
    path = folder / "2024" / "tables" / "observations.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    run = before(observations=data) if run is None else run
    return read_earlier_numbers(folder / "2024", run, register(folder), KEYS, instrument="small")


def test_numbers_stand_where_those_of_today_do(tmp_path: Path) -> None:
    found, problems = read(tmp_path, table(*ROWS))
    assert problems == []
    assert found is not None
    assert (found.wave, found.file) == ("2024", "2024/tables/observations.csv")
    assert found.sha256 == hashlib.sha256((tmp_path / found.file).read_bytes()).hexdigest()
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
def test_nothing_to_compare_is_none(tmp_path: Path, rows: tuple[dict[str, str], ...]) -> None:
    assert read(tmp_path, table(*rows)) == (None, [])


def test_a_run_without_observations_has_no_numbers(tmp_path: Path) -> None:
    assert read(tmp_path, table(*ROWS), before()) == (None, [])


@pytest.mark.parametrize(
    ("data", "code"), [(table(*ROWS) + b"x", "EK414"), (b"unit,question,value\nGZ,Q1,5\n", "EK413")]
)
def test_a_table_that_was_changed_or_is_another_is_not_believed(tmp_path: Path, data: bytes, code: str) -> None:
    run = before(observations=table(*ROWS) if code == "EK414" else data)
    found, problems = read(tmp_path, data, run)
    assert (found, [(each.code, each.place.line) for each in problems]) == (None, [(code, 7)])


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    run = before(observations=b"")
    found, (problem,) = read_earlier_numbers(tmp_path / "2024", run, register(tmp_path), KEYS, instrument="small")
    assert (found, problem.code) == (None, "EK413")
    assert "2024/tables/observations.csv" in problem.message("en")
