"""CSV that opens in Excel, computes nothing there, and comes back as it was."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.reports.csv_text import as_csv, from_csv

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


def texts(*cells: str) -> pd.DataFrame:
    return pd.DataFrame({"unit": list(cells), "other": "x"}, dtype="str")


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_file_is_utf8_with_a_mark_and_plain_line_ends() -> None:
    assert as_csv(texts("甲市")) == b"\xef\xbb\xbfunit,other\n\xe7\x94\xb2\xe5\xb8\x82,x\n"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1"])
def test_text_cannot_become_a_formula_and_reads_back(text: str) -> None:
    data = as_csv(texts(text))
    [_, [cell, _]] = rows(data)
    assert cell == f"'{text}"
    assert from_csv(data)["unit"].tolist() == [text]


def test_name_of_a_column_cannot_become_a_formula_either() -> None:
    table = pd.DataFrame({"=1+1": ["a"], "": ["b"]}, dtype="str")
    data = as_csv(table)
    assert rows(data)[0] == ["'=1+1", ""]
    pd.testing.assert_frame_equal(from_csv(data), table)


@given(st.lists(TEXTS, max_size=5))
def test_any_text_reads_back_unchanged(cells: list[str]) -> None:
    assert from_csv(as_csv(texts(*cells)))["unit"].tolist() == cells


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_float_is_the_shortest_text_that_reads_back(number: float) -> None:
    [_, [cell]] = rows(as_csv(pd.DataFrame({"score": [number]})))
    assert cell == repr(number)
    assert float(cell) == number


def test_no_value_is_empty() -> None:
    table = pd.DataFrame({"score": [float("nan"), 1.0], "tier": pd.array([pd.NA, 2], dtype="Int64")})
    assert rows(as_csv(table)) == [["score", "tier"], ["", ""], ["1.0", "2"]]


def test_cell_may_be_very_long() -> None:
    text = "很长" * 100_000
    assert from_csv(as_csv(texts(text)))["unit"].tolist() == [text]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2,3\n", b'a,b\n"1,2\n', b"\xff\xfea"])
def test_text_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_csv(data)
