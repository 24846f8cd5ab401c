"""The limits of a study: what it raises or lowers, and that the refusal names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from evalkit.definitions.limits import EXCEL_ROWS, Limits
from evalkit.problems import Problem
from evalkit.sources.reading import Reading
from evalkit.sources.survey import read_survey
from evalkit.sources.values import read_values
from tests.sources.returned_forms import form, questionnaire, register
from tests.sources.test_tables import workbook


def read(folder: Path, **limits: int) -> list[Problem]:
    (folder / "广州.xlsx").write_bytes(form())
    reading = Reading(limits=Limits.model_validate(limits))
    return read_survey(questionnaire(), register(folder), [(folder / "广州.xlsx", "广州.xlsx")], reading=reading)[1]


def test_no_limit_is_beyond_what_a_sheet_can_have() -> None:
    assert Limits(rows=EXCEL_ROWS).rows == EXCEL_ROWS
    with pytest.raises(ValidationError):
        Limits(rows=EXCEL_ROWS + 1)


@pytest.mark.parametrize(
    ("name", "limit", "said"),
    [
        ("rows", 5, "the row of the farthest cell"),
        ("columns", 3, "the column of the farthest cell"),
        ("cells", 20, "the area of cells"),
        ("parts", 6, "the number of parts"),
        ("expanded_bytes", 9_000, "the unpacked size in bytes"),
        ("text", 200, "text"),
        ("structure_bytes", 100, ""),
    ],
)
def test_a_lower_limit_refuses_and_names_itself_and_what_was_found(
    tmp_path: Path, name: str, limit: int, said: str
) -> None:
    assert read(tmp_path) == []
    (found,) = read(tmp_path, **{name: limit})
    assert (found.code, found.place.unit) == ("EK235", "GZ")
    params = dict(found.params)
    assert params["limit"] == str(limit)
    assert int(params["found"]) > limit
    assert said in params["what_en"]
    assert "limits:" in found.hint("zh")
    assert read(tmp_path, **{name: 16_000 if name in {"rows", "columns"} else 10_000_000}) == []


def test_ready_made_values_are_held_to_them_too(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    path.write_bytes(workbook(("unit", "calls"), ("GZ", 1), ("SZ", 2)))
    given = register(tmp_path)
    assert read_values(path, "values.xlsx", given, ["calls"])[1] == []
    batches, (found,) = read_values(path, "values.xlsx", given, ["calls"], Limits(rows=2))
    assert (batches, found.code) == ([], "EK235")
