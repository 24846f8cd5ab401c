from __future__ import annotations

import openpyxl.utils as peer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.sources.cells import cell_name, column_name, column_number, position


@given(st.integers(0, 16_383), st.integers(0, 1_048_575))
def test_names_and_positions_are_inverse_and_as_openpyxl_has_them(column: int, row: int) -> None:
    assert column_name(column) == peer.get_column_letter(column + 1)
    assert column_number(column_name(column)) == column
    assert position(cell_name(row, column)) == position(cell_name(row, column).lower()) == (row, column)


@pytest.mark.parametrize(
    "reference", ["", "A", "1", "A0", "A01", "1A", "$A$1", "A1:B2", "ABCD1", "A12345678", "Ａ1", "A１"]
)
def test_what_is_no_reference_has_no_position(reference: str) -> None:
    assert position(reference) is None
