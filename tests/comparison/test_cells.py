"""The first differing cell of a table, named by its row."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.comparison.cells import FirstDifference, first_difference

COLUMNS = ["unit", "node", "score"]
ROWS: list[tuple[str, ...]] = [("U1", "A", "1"), ("U1", "B", "2"), ("U2", "A", "")]


def table(rows: list[tuple[str, ...]], columns: list[str] = COLUMNS) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype="str")


@pytest.mark.parametrize(
    ("rows", "columns", "found"),
    [
        (ROWS, COLUMNS, None),
        ([*ROWS[:2], ("U2", "A", "3")], COLUMNS, FirstDifference("U2 A", "score", "", "3")),
        (ROWS[1:], COLUMNS, FirstDifference("U1 A", "", "U1,A,1", None)),
        ([*ROWS, ROWS[0]], COLUMNS, FirstDifference("U1 A #2", "", None, "U1,A,1")),
        (ROWS[::-1], COLUMNS, FirstDifference("U1 A", "", "U1 A", "U2 A")),
        (ROWS, ["unit", "node", "points"], FirstDifference("", "3", "score", "points")),
        ([row[:2] for row in ROWS], COLUMNS[:2], FirstDifference("", "3", "score", None)),
    ],
    ids=["equal", "cell", "row gone", "row twice", "other order", "other column", "column gone"],
)
def test_the_first_difference_is_named(
    rows: list[tuple[str, ...]], columns: list[str], found: FirstDifference | None
) -> None:
    assert first_difference("scores", table(ROWS), table(rows, columns)) == found


CELLS = st.lists(st.tuples(*[st.sampled_from(["", "a", "b"])] * 3), max_size=4)


@given(CELLS, CELLS)
def test_tables_differ_exactly_where_one_is_named(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> None:
    assert (first_difference("scores", table(one), table(other)) is None) == (one == other)
