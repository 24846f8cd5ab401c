from __future__ import annotations

from evalkit.definitions.limits import EXCEL_COLUMNS, EXCEL_ROWS, WorkbookLimits
from evalkit.definitions.study import Study
from evalkit.sources.limits import Limits


def test_a_study_that_says_nothing_changes_no_limit() -> None:
    study = Study.model_validate({"study": "s", "indicators": "i.yaml", "units": "u.csv"})
    assert study.limits.model_dump(exclude_none=True) == {}


def test_each_limit_of_the_guard_that_a_refusal_names_can_be_set() -> None:
    assert set(WorkbookLimits.model_fields) == set(Limits.__dataclass_fields__) - {"ratio_from"}


def test_the_largest_sheet_of_excel_can_be_allowed() -> None:
    limits = WorkbookLimits(rows=EXCEL_ROWS, columns=EXCEL_COLUMNS)
    assert (limits.rows, limits.columns) == (1_048_576, 16_384)
