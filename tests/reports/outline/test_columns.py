"""Columns that sheets share."""

from __future__ import annotations

from evalkit.reports.outline.columns import place_columns, unit_columns


def test_a_row_says_whom_it_is_about_and_where_it_was_read() -> None:
    assert [column.title for column in unit_columns("en")] == ["Unit", "Name"]
    assert [column.title for column in place_columns("zh")] == ["文件", "位置"]
