"""Sheets of the outline as text: numbers as in the workbook, no value as a dash."""

from __future__ import annotations

import pytest

from evalkit.reports.outline.sheet import Column, Kind, Marked, Sheet
from evalkit.reports.page.tables import as_table


def cell(kind: Kind, value: object, decimals: int = 2) -> tuple[str, str]:
    column = Column("title", kind, decimals=decimals)
    found = as_table(Sheet("sheet", (column,), [[value]])).rows[0][0]
    return found.text, found.classes


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("integer", 1234.0, "1,234"), ("integer", 2.5, "2.5"), ("score", 97.719, "97.72"), ("number", 3.14159, "3.14"),
        ("number", 1000000, "1,000,000"), ("percent", 0.937, "93.7%"), ("text", "=1+1", "=1+1"), ("text", 7, "7"),
        ("heat", 49.6, "50"), ("number", None, "–"), ("number", float("nan"), "–"), ("text", None, ""),
    ],
)  # fmt: skip
def test_values_in_words(kind: Kind, value: object, text: str) -> None:
    assert cell(kind, value)[0] == text


def test_printed_numbers_keep_the_decimals_of_their_column() -> None:
    assert cell("printed", 18.7, decimals=1)[0] == "18.7"
    assert cell("printed", 20, decimals=1)[0] == "20.0"


@pytest.mark.parametrize(("score", "step"), [(0, 0), (4.9, 0), (50, 5), (100, 10), (130, 10), (-20, 0)])
def test_heat_has_eleven_steps_and_no_more(score: float, step: int) -> None:
    assert cell("heat", score)[1] == f"number heat{step}"


def test_marks_become_classes() -> None:
    assert cell("text", Marked("gold", "tier1")) == ("gold", "text tier1")


def test_titles_over_neighbours_are_joined() -> None:
    columns = (Column("a"), Column("b", group="X"), Column("c", group="X"), Column("d", group="Y"))
    assert as_table(Sheet("sheet", columns, [])).groups == (("", 1), ("X", 2), ("Y", 1))
    assert as_table(Sheet("sheet", (Column("a"),), [])).groups == ()
