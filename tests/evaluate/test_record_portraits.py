"""Portraits from records: the indicators among those of one department, beside the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.evaluate import Evaluation
from evalkit.evaluate.portraits import MOST_VALUES, PORTRAIT_COLUMNS
from evalkit.scoring.portraits import SMALLEST_SHOWN
from tests.small_records import HEAD, ROWS, record_study
from tests.small_studies import codes, run

SAID = ("住建局", "住建局", " 住建局", "住建局", "住建局", "城管局", "城管局", "", "住建局")
WAITS = ("1", "2", "3", "4", "100", "5", "6", "7", "")


def rows(said: tuple[str, ...] = SAID) -> list[tuple[str, ...]]:
    return [
        (str(number), "甲市" if number < 7 else "乙市", *ROWS[0][2:7], wait, department)
        for number, (wait, department) in enumerate(zip(WAITS, said, strict=False))
    ]


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return run(record_study(tmp_path_factory.mktemp("portraits"), {"a.csv": rows()}))


def chosen(evaluation: Evaluation, value: str, unit: str) -> pd.Series:
    table = evaluation["portraits"]
    own = table[(table["value"] == value) & (table["unit"] == unit) & (table["indicator"] == "WAIT")]
    assert len(own) == 1
    return own.iloc[0]


def test_a_row_is_the_indicator_among_the_records_of_one_kind(evaluation: Evaluation) -> None:
    assert tuple(evaluation["portraits"].columns) == PORTRAIT_COLUMNS
    field = chosen(evaluation, "住建局", "")
    assert (field["n"], field["base"], field["mean"], field["overall"]) == (5, 6, 3, 4.5)
    own = chosen(evaluation, "住建局", "U1")
    assert (own["n"], own["base"], own["mean"], own["overall"]) == (5, 5, 3, 4)
    assert np.isnan(own["standard_error"])
    assert np.isnan(own["n_eff"])


def test_few_records_have_no_mean(evaluation: Evaluation) -> None:
    few = chosen(evaluation, "城管局", "U1")
    assert few["n"] < SMALLEST_SHOWN
    assert np.isnan(few["mean"])


def test_the_field_comes_first_and_kinds_in_their_order(evaluation: Evaluation) -> None:
    table = evaluation["portraits"]
    assert list(dict.fromkeys(table["unit"])) == ["", "U1", "U2"]
    assert list(dict.fromkeys(table["value"])) == sorted({"住建局", "城管局"})


def test_records_of_no_kind_are_told(evaluation: Evaluation) -> None:
    (found,) = [each for each in evaluation.problems if each.code == "EK823"]
    assert dict(found.params) == {"about": "department", "count": "1", "all": "9"}


def test_a_column_of_ids_sorts_nothing(tmp_path: Path) -> None:
    many = [(str(number), *ROWS[0][1:8], f"单位{number}") for number in range(MOST_VALUES + 1)]
    evaluation = run(record_study(tmp_path, {"a.csv": many}))
    assert "EK440" in codes(evaluation)
    assert evaluation["portraits"].empty
    assert HEAD[8] == "承办单位"
