"""The descriptive table: counts, bases, shares and moments of every question type, by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.study import Percentages
from evalkit.observations import STATUSES
from evalkit.scoring.measures import with_quotients
from evalkit.scoring.shares import SHARE_COLUMNS, share_rows
from tests.small_studies import Cell, answers, questionnaire

HALF_UP = Percentages(decimals=1, rounding="half_up")


def rows(units: list[dict[str, Cell]], percentages: Percentages = HALF_UP) -> dict[tuple[str, str], dict[str, Any]]:
    given_answers = with_quotients(answers(units), questionnaire())
    table = share_rows(questionnaire(), given_answers, percentages)
    return {(row["question"], row["option"]): row for row in table}


def test_single_choice_has_a_row_an_option_and_a_running_total() -> None:
    table = rows([{"Q2": 0}, {"Q2": 0}, {"Q2": 2}, {"Q2": "blank"}, {"Q2": "invalid"}])
    own, rented, none = (table["Q2", code] for code in ("own", "rented", "none"))
    assert [each["n"] for each in (own, rented, none)] == [2, 0, 1]
    assert [each["base"] for each in (own, rented, none)] == [3, 3, 3]
    assert [each["share"] for each in (own, rented, none)] == [2 / 3, 0, 1 / 3]
    assert [each["percent"] for each in (own, rented, none)] == [66.7, 0, 33.3]
    assert [each["cumulative_n"] for each in (own, rented, none)] == [2, 2, 3]
    assert [each["cumulative_share"] for each in (own, rented, none)] == [2 / 3, 2 / 3, 1]
    assert (own["blank"], own["rejected"]) == (1, 1)


def test_yes_and_no_and_a_scale_are_choices_too() -> None:
    table = rows([{"Q1": 0, "Q4": 4}, {"Q1": 1, "Q4": 0}, {"Q1": 0, "Q4": 4}])
    assert [table["Q1", code]["n"] for code in ("yes", "no")] == [2, 1]
    assert [table["Q4", code]["n"] for code in ("best", "good", "fair", "poor", "worst")] == [1, 0, 0, 0, 2]
    assert table["Q4", "poor"]["cumulative_share"] == 1 / 3


def test_multiple_choice_may_sum_to_more_than_everybody_and_has_a_base_an_option() -> None:
    every: dict[str, Cell] = {"Q3.web": 1, "Q3.app": 1, "Q3.mail": 0, "Q3.fax": 0}
    table = rows([every, every | {"Q3.app": "not_applicable"}, {}])
    assert [table["Q3", code]["share"] for code in ("web", "app", "mail")] == [1, 1, 0]
    assert [table["Q3", code]["base"] for code in ("web", "app")] == [2, 1]
    assert table["Q3", "app"]["not_applicable"] == 1
    assert "cumulative_n" not in table["Q3", "web"]


def test_numbers_have_moments_over_those_who_gave_one() -> None:
    table = rows([{"Q5": 1}, {"Q5": 2}, {"Q5": 6}, {"Q5": "error"}])
    row = table["Q5", ""]
    assert [row[name] for name in ("n", "base", "rejected")] == [3, 3, 1]
    assert [row[name] for name in ("mean", "median", "minimum", "maximum", "total")] == [3, 2, 1, 6, 9]
    assert "mean" not in table["Q6", "net"]


def test_mean_does_not_depend_on_the_order_of_the_units() -> None:
    tenths: list[dict[str, Cell]] = [{"Q5": value} for value in (0.1, 1e16, 0.3, -1e16)]
    assert rows(list(tenths))["Q5", ""]["mean"] == rows(list(reversed(tenths)))["Q5", ""]["mean"] == 0.1


def test_numbers_whose_sum_is_too_large_have_no_total_but_a_mean() -> None:
    row = rows([{"Q5": 1.7e308}, {"Q5": 1.7e308}])["Q5", ""]
    assert math.isnan(row["total"])
    assert (row["mean"], row["median"]) == (1.7e308, 1.7e308)


def test_ratio_is_the_quotient_of_sums_with_the_moments_of_the_quotients() -> None:
    units: list[dict[str, Cell]] = [
        {"Q6.net": 1, "Q6.total": 2},
        {"Q6.net": 0, "Q6.total": 6},
        {"Q6.net": 5, "Q6.total": 0},
        {"Q6.net": 5, "Q6.total": "blank"},
    ]
    row = rows(units)["Q7", "net"]
    assert (row["n"], row["base"], row["rejected"], row["blank"]) == (2, 2, 1, 1)
    assert (row["share"], row["percent"]) == (0.125, 12.5)
    assert (row["mean"], row["minimum"], row["maximum"]) == (25, 0, 50)
    assert math.isnan(row["total"])


def test_ratio_is_rounded_half_up_like_every_other_share() -> None:
    units: list[dict[str, Cell]] = [{"Q6.net": 1, "Q6.total": 8}]
    assert rows(units, Percentages(decimals=0))["Q7", "net"]["percent"] == 13


def test_ratio_of_nothing_has_no_share() -> None:
    row = rows([{}])["Q7", "net"]
    assert row["base"] == 0
    assert math.isnan(row["share"])
    assert math.isnan(row["percent"])


def test_dates_and_texts_are_counted() -> None:
    table = rows([{"Q9": 1, "Q10": 1}, {"Q9": 1}])
    assert (table["Q9", ""]["n"], table["Q10", ""]["n"], table["Q10", ""]["blank"]) == (2, 1, 1)


def test_question_that_nobody_answered_has_a_base_of_zero() -> None:
    row = rows([{}, {}])["Q2", "own"]
    assert (row["n"], row["base"], row["blank"]) == (0, 0, 2)
    assert math.isnan(row["share"])
    assert math.isnan(row["percent"])


def test_largest_remainder_makes_the_options_of_a_choice_add_up() -> None:
    units: list[dict[str, Cell]] = [{"Q2": option} for option in (0, 1, 2)]
    halves = rows(units)
    whole = rows(units, Percentages(decimals=1, rounding="largest_remainder"))
    assert sum(halves["Q2", code]["percent"] for code in ("own", "rented", "none")) == pytest.approx(99.9)
    assert [whole["Q2", code]["percent"] for code in ("own", "rented", "none")] == [33.4, 33.3, 33.3]


@given(
    cells=st.lists(
        st.one_of(st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([*STATUSES[1:], "absent"])), min_size=1, max_size=20
    )
)
def test_base_and_what_is_left_out_add_up_to_the_returned_units(cells: list[Cell]) -> None:
    table = rows([{"Q2": cell} for cell in cells])
    returned = sum(cell != "absent" for cell in cells)
    left_out = ("blank", "skipped", "not_applicable", "rejected")
    for code in ("own", "rented", "none"):
        row = table["Q2", code]
        assert row["base"] + sum(row[name] for name in left_out) == returned
    assert sum(table["Q2", code]["n"] for code in ("own", "rented", "none")) == table["Q2", "own"]["base"]


def test_rows_follow_the_questionnaire_and_say_what_was_asked() -> None:
    table = rows([{"Q1": 0}])
    assert list(dict.fromkeys(question for question, _ in table)) == list(questionnaire().questions)
    assert table["Q1", "yes"]["text_zh"] == "是否开通?"
    assert (table["Q1", "yes"]["label_zh"], table["Q1", "yes"]["label_en"]) == ("是", "Yes")
    assert table["Q5", ""]["label_zh"] == ""
    assert {name for row in table.values() for name in row} <= set(SHARE_COLUMNS)
