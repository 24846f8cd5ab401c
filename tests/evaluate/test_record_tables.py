"""The table of records: one row a unit and indicator, every record in one column."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evalkit.evaluate.record_tables import REASONS, RECORD_COLUMNS
from evalkit.evaluate.table_types import typed
from evalkit.reports.csv_text import as_csv, from_csv
from tests.small_records import changed, record_study
from tests.small_studies import run


@pytest.fixture
def table(tmp_path: Path) -> pd.DataFrame:
    rows = changed(1, closed="2024-13-01", wait="#N/A")
    return run(record_study(tmp_path, {"a.csv": rows[:2], "b.csv": rows[2:]}))["records"]


def test_columns_and_rows(table: pd.DataFrame) -> None:
    assert tuple(table.columns) == RECORD_COLUMNS
    assert list(zip(table["unit"], table["indicator"], strict=True))[:4] == [
        ("U1", "ON-TIME"), ("U1", "HOURS"), ("U1", "WAIT"), ("U2", "ON-TIME"),
    ]  # fmt: skip
    assert table["method"].tolist()[:3] == ["share", "mean", "median"]
    assert table["files"].tolist()[::3] == ["records/a.csv|records/b.csv", "records/b.csv", ""]


def test_every_record_stands_in_one_column(table: pd.DataFrame) -> None:
    assert (table["total"] == table[["outside", "base", *REASONS]].sum(axis=1)).all()
    assert table["unit"].tolist()[:3] == ["U1"] * 3
    assert table["n"].tolist()[:3] == [1, 1, 2]
    assert table["base"].tolist()[:3] == [2, 1, 2]
    assert table["blank"].tolist()[:3] == [0, 1, 0]
    assert table["invalid"].tolist()[:3] == [1, 1, 0]
    assert table["error"].tolist()[:3] == [0, 0, 1]


def test_values_follow_from_the_sums_where_there_are_any(table: pd.DataFrame) -> None:
    sums = table[table["method"] != "median"]
    again = sums["scale"] * sums["numerator"] / sums["denominator"]
    assert again.equals(sums["value"])
    assert table.loc[table["method"] == "median", "numerator"].isna().all()


def test_the_table_is_the_same_read_back(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(typed("records", from_csv(as_csv(table))), table)
