"""The types of the columns, in memory and from text."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import CALL_TABLES, EXTRA_TABLES, OF_DIAGNOSIS, OF_RECORDS, TABLES
from evalkit.evaluate.table_types import OPTIONAL, TYPES, typed


def test_every_table_has_types() -> None:
    assert tuple(TYPES) == (*TABLES, *CALL_TABLES, *OF_RECORDS, *OF_DIAGNOSIS, *EXTRA_TABLES)


@pytest.mark.parametrize("run", ["values_run", "form_run"])
def test_tables_of_a_run_have_them(run: str, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(run)
    for name, table in evaluation.tables.items():
        assert {str(table[column].dtype) for column in table.columns if column not in TYPES[name]} <= {"str"}
        types = {column: kind for column, kind in TYPES[name].items() if column not in OPTIONAL}
        assert {column: str(table[column].dtype) for column in types} == types
        pd.testing.assert_frame_equal(typed(name, table), table)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=False), min_size=1, max_size=20))
def test_floats_come_back_from_text_to_the_last_bit(floats: list[float]) -> None:
    column = {"value": floats, "n": [1] * len(floats), "unit": "U1"}
    table = typed("measures", pd.DataFrame(column))
    texts = table.astype(object).where(table.notna(), "").map(str)
    pd.testing.assert_frame_equal(typed("measures", texts), table, check_exact=True)


def test_no_value_is_the_empty_text() -> None:
    columns = {"tier": [None, 2], "stability": [None, 0.5], "tier_then": [None, 3], "tier_change": [None, 1]}
    table = typed("awards", pd.DataFrame(columns | {"reason": [None, "x"]}))
    assert table["reason"].tolist() == ["", "x"]
    assert table["tier"].isna().tolist() == [True, False]


@pytest.mark.parametrize("text", ["", "many", "1.5"])
def test_text_that_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        typed("observations", pd.DataFrame({"observation": [text]}))


def test_lacking_column_is_refused() -> None:
    with pytest.raises(ValueError, match="observation"):
        typed("observations", pd.DataFrame({"unit": ["U1"]}))
