"""Texts of columns of records: numbers with a status, options by their texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.records import RecordColumn
from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK
from evalkit.records import RecordCells
from evalkit.sources.record_columns import Blank, ColumnReader, joined, reader_of

NAN = float("nan")


def reader(kind: str, *blank: str, **keys: Any) -> ColumnReader:  # noqa: ANN401 - any key of a column
    return reader_of(RecordColumn.model_validate({"heading": "x", "kind": kind, **keys}), Blank(blank))


def cells(kind: str, texts: list[str], *blank: str, **keys: Any) -> RecordCells:  # noqa: ANN401 - as above
    reading = reader(kind, *blank, **keys)
    reading.add(texts)
    return reading.cells()


@pytest.mark.parametrize(
    ("kind", "text", "number", "status"),
    [
        ("number", "12", 12, OK),
        ("number", "007", 7, OK),
        ("number", "1,234.5", 1234.5, OK),
        ("number", "１２", 12, OK),
        ("number", "-3.5", -3.5, OK),
        ("number", "12秒", NAN, INVALID),
        ("number", "1e999", NAN, INVALID),
        ("number", "9" * 400, NAN, INVALID),
        ("number", "", NAN, BLANK),
        ("number", " \u3000", NAN, BLANK),
        ("number", "NULL", NAN, BLANK),
        ("number", "null ", NAN, BLANK),
        ("number", "-1", NAN, BLANK),
        ("number", "#DIV/0!", NAN, ERROR),
        ("number", "=", NAN, ERROR),
        ("number", "不适用", NAN, NOT_APPLICABLE),
        ("yes_no", "是", 1, OK),
        ("yes_no", "Y", 1, OK),
        ("yes_no", "0", 0, OK),
        ("yes_no", "已回访", 1, OK),
        ("yes_no", "未知", NAN, INVALID),
        ("yes_no", "", NAN, BLANK),
        ("time", "1970-01-02", 86_400, OK),
        ("time", "1900-01-01 00:00:00", NAN, BLANK),
        ("time", "1900/1/1 0:00", NAN, BLANK),
        ("time", "#N/A", NAN, ERROR),
        ("time", "昨天", NAN, INVALID),
        ("time", "", NAN, BLANK),
    ],
)
def test_a_text_has_one_number_or_one_status(kind: str, text: str, number: float, status: int) -> None:
    keys = {"options": {"yes": "已回访"}} if kind == "yes_no" else {}
    found = cells(kind, [text], "NULL", "-1", "1900-01-01 00:00:00", **keys)
    assert found.statuses.tolist() == [status]
    assert np.array_equal(found.numbers, [number], equal_nan=True)


def test_declared_options_have_their_places_and_others_are_unreadable() -> None:
    reading = reader("category", options={"good": ["满意", "非常满意"], "bad": "不满意"})
    reading.add(["非常满意", "不满意 ", "good", "很好", "", "很好"])
    found = reading.cells()
    assert found.options == ("good", "bad")
    assert np.array_equal(found.numbers, [0, 1, 0, NAN, NAN, NAN], equal_nan=True)
    assert found.statuses.tolist() == [OK, OK, OK, INVALID, BLANK, INVALID]
    assert [(each.row, each.text) for each in reading.unread()] == [(3, "很好"), (5, "很好")]


def test_without_options_every_text_is_one() -> None:
    found = cells("category", ["A", "a ", "B", "", "#N/A", "不适用"])
    assert found.options == ("a", "b")
    assert found.statuses.tolist() == [OK, OK, OK, BLANK, ERROR, NOT_APPLICABLE]
    assert found.numbers[:3].tolist() == [0, 0, 1]


def test_a_deadline_ends_with_its_day() -> None:
    texts = ["1970-01-01", "1970-01-01 12:00:00"]
    assert cells("time", texts, day="end").numbers.tolist() == [86_399, 43_200]
    assert cells("time", texts, day="start").numbers.tolist() == [0, 43_200]


@given(st.lists(st.lists(st.sampled_from(["A", "B", "C", "", "#N/A"]), max_size=5), max_size=5))
def test_tables_put_together_keep_their_options(tables: list[list[str]]) -> None:
    together = joined([cells("category", texts) for texts in tables])
    alone = cells("category", [text for texts in tables for text in texts])
    assert together.options == alone.options
    assert np.array_equal(together.numbers, alone.numbers, equal_nan=True)
    assert together.statuses.tolist() == alone.statuses.tolist()


@given(st.sampled_from(["number", "time", "yes_no", "category"]), st.lists(st.text(max_size=12), max_size=8))
def test_any_text_has_a_status_and_a_number_only_if_it_is_ok(kind: str, texts: list[str]) -> None:
    found = cells(kind, texts)
    assert ((found.statuses == OK) == ~np.isnan(found.numbers)).all()
    assert set(found.statuses.tolist()) <= {OK, BLANK, NOT_APPLICABLE, INVALID, ERROR}
