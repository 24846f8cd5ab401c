"""Sheets and the halves of bilingual texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalkit.evaluate import Evaluation
from evalkit.messages import LANGUAGES, Language
from evalkit.problems import problem
from evalkit.reports.outline import outline
from evalkit.reports.outline.sheet import Marked, in_language, plain


@pytest.mark.parametrize("run", ["values_run", "form_run", "corrected_run"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_as_long_as_the_titles(run: str, language: Language, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(run)
    sheets = list(outline(evaluation, language))
    assert len({sheet.title for sheet in sheets}) == len(sheets)
    for sheet in sheets:
        assert {len(row) for row in sheet.rows} <= {len(sheet.columns)}
        assert all(column.title for column in sheet.columns)


@pytest.mark.parametrize("value", ["N/A", "a / b", "a / b / c", "/"])
def test_slash_in_an_answer_does_not_part_a_finding(value: str) -> None:
    found = problem("EK203", value=value)
    assert in_language(found.message("both"), "zh") == found.message("zh")
    assert in_language(found.message("both"), "en") == found.message("en")
    assert in_language(found.message("both"), "both") == found.message("both")


@pytest.mark.parametrize("text", ["", "the same in both", "a / b / c"])
def test_text_without_halves_is_left_whole(text: str) -> None:
    assert in_language(text, "zh") == in_language(text, "en") == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (np.float64(1.5), 1.5),
        (np.int64(3), 3),
        (float("nan"), None),
        (pd.NA, None),
        (Marked("x", "error"), "x"),
        ("", ""),
    ],
)
def test_cells_are_plain_values(cell: object, value: object) -> None:
    assert plain(cell) == value
    assert type(plain(cell)) is type(value)
