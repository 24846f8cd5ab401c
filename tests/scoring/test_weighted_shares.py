"""The descriptive table over respondents."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.study import Percentages
from evalkit.scoring.measures import with_quotients
from evalkit.scoring.shares import share_rows
from evalkit.scoring.weighted_shares import WEIGHTED_SHARE_COLUMNS, weighted_share_rows
from tests.small_studies import answers, questionnaire

PEOPLE: list[dict[str, float | str]] = [
    {"Q1": 0.0, "Q3.web": 1.0, "Q3.app": 0.0, "Q4": 0.0, "Q5": 3.0, "Q6.net": 1.0, "Q6.total": 4.0, "Q10": 1.0},
    {"Q1": 1.0, "Q3.web": 0.0, "Q3.app": 1.0, "Q4": 2.0, "Q5": 5.0, "Q6.net": 3.0, "Q6.total": 4.0},
    {"Q1": 0.0, "Q3.web": 1.0, "Q3.app": 1.0, "Q4": "skipped", "Q5": "invalid"},
    {"Q1": "blank", "Q4": 2.0, "Q5": 10.0, "Q6.net": "not_applicable", "Q6.total": 8.0},
]
EQUAL = np.ones(4)
UNEQUAL = np.array([1.0, 2.0, 0.5, 4.0])


def table(weights: np.ndarray, **percentages: str | int) -> dict[tuple[str, str], dict[str, Any]]:
    known = with_quotients(answers(PEOPLE), questionnaire())
    rows = weighted_share_rows(questionnaire(), known, weights, Percentages.model_validate(percentages))
    return {(row["question"], row["option"]): row for row in rows}


def test_with_weights_of_one_the_table_is_that_of_units() -> None:
    known = with_quotients(answers(PEOPLE), questionnaire())
    plain = {(row["question"], row["option"]): row for row in share_rows(questionnaire(), known, Percentages())}
    found = table(EQUAL)
    assert list(found) == list(plain)
    for key, row in plain.items():
        for name, value in row.items():
            assert found[key][name] == pytest.approx(value, nan_ok=True), (key, name)


def test_every_column_is_one_of_the_table() -> None:
    for row in table(UNEQUAL).values():
        assert set(row) <= set(WEIGHTED_SHARE_COLUMNS)
        assert {"n", "base", "weighted_n", "weighted_base", "n_eff"} <= set(row)


def test_shares_are_quotients_of_sums_of_weights_over_those_who_answered() -> None:
    found = table(UNEQUAL)
    yes = found["Q1", "yes"]
    assert (yes["n"], yes["base"], yes["blank"]) == (2, 3, 1)
    assert (yes["weighted_n"], yes["weighted_base"], yes["share"]) == (1.5, 3.5, 1.5 / 3.5)
    assert yes["n_eff"] == pytest.approx(3.5**2 / (1 + 4 + 0.25))
    assert yes["percent"] == 42.9
    assert found["Q3", "app"]["share"] == 2.5 / 3.5
    fair = found["Q4", "fair"]
    assert (fair["n"], fair["base"], fair["skipped"], fair["share"]) == (2, 3, 1, 6 / 7)
    assert fair["cumulative_share"] == 1.0


def test_numbers_have_weighted_means_and_medians() -> None:
    row = table(UNEQUAL)["Q5", ""]
    assert row["mean"] == pytest.approx((3 + 10 + 40) / 7)
    assert (row["median"], row["minimum"], row["maximum"], row["total"], row["rejected"]) == (10, 3, 10, 53, 1)


def test_a_quotient_is_that_of_weighted_sums() -> None:
    row = table(UNEQUAL)["Q7", "net"]
    assert row["share"] == (1 + 6) / (4 + 8)
    assert (row["n"], row["percent"]) == (2, 58.3)
    assert math.isnan(row["total"])


def test_printed_percentages_can_add_up_whatever_the_weights() -> None:
    found = table(np.array([1 / 3, 1 / 7, 0.1, math.pi]), rounding="largest_remainder", decimals=1)
    printed = [row["percent"] for key, row in found.items() if key[0] == "Q4"]
    assert math.fsum(printed) == pytest.approx(100, abs=1e-9)


def test_nobody_has_no_share() -> None:
    known = with_quotients(answers([{}]), questionnaire())
    rows = list(weighted_share_rows(questionnaire(), known, np.ones(1), Percentages()))
    assert all(row["base"] == row["n"] == row["n_eff"] == 0 for row in rows)
    assert all(math.isnan(row["share"]) for row in rows if "share" in row)


def test_sums_past_the_largest_float_are_no_number() -> None:
    huge: dict[str, float | str] = {"Q5": 1.7e308, "Q6.net": 1.0, "Q6.total": 1.7e308}
    known = with_quotients(answers([huge, huge]), questionnaire())
    rows = list(weighted_share_rows(questionnaire(), known, np.full(2, 2.0), Percentages()))
    row = next(row for row in rows if row["question"] == "Q5")
    assert math.isnan(row["total"])
    assert (row["mean"], row["median"]) == (1.7e308, 1.7e308)
