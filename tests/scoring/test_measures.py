"""Raw values through real definitions: every rule, its zero denominators, its skips and its blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.indicators import Measure
from evalkit.observations import STATUSES, Answers
from evalkit.scoring.measures import Measured, measure, with_quotients
from tests.small_studies import Cell, answers, questionnaire

NAN = float("nan")
POINTS = {"method": "points", "points": {"own": 100, "rented": 40, "none": 0}}
SHARE = {"method": "share"}


def measured(declared: Mapping[str, Any], units: Sequence[Mapping[str, Cell]]) -> Measured:
    given = with_quotients(answers(units), questionnaire())
    return measure(Measure.model_validate(declared), given, questionnaire())


def by_rule(question: str, rule: Mapping[str, Any], *units: Mapping[str, Cell]) -> Measured:
    return measured({"question": question, "rule": rule}, units)


def statuses(result: Measured) -> list[str]:
    return [(*STATUSES, "absent")[status] for status in result.statuses]


@pytest.mark.parametrize(
    ("question", "rule", "unit", "expected"),
    [
        ("Q1", {"method": "points", "points": {"yes": 100, "no": 10}}, {"Q1": 0}, 100),
        ("Q1", {"method": "points", "points": {"yes": 100, "no": 10}}, {"Q1": 1}, 10),
        ("Q2", POINTS, {"Q2": 1}, 40),
        ("Q4", {"method": "points", "points": dict.fromkeys(("best", "good", "fair"), 7.5)}, {"Q4": 2}, 7.5),
        ("Q3", SHARE, {"Q3.web": 1, "Q3.app": 0, "Q3.mail": 0, "Q3.fax": 0}, 25),
        ("Q3", SHARE, {"Q3.web": 1, "Q3.app": 0, "Q3.mail": 1, "Q3.fax": "not_applicable"}, 100 * 2 / 3),
        ("Q3", SHARE | {"weights": {"fax": 0}}, {"Q3.web": 1, "Q3.app": 0, "Q3.mail": 0, "Q3.fax": 1}, 100 / 3),
        ("Q3", SHARE | {"weights": {"web": 3}}, {"Q3.web": 1, "Q3.app": 0, "Q3.mail": 0, "Q3.fax": 0}, 50),
        ("Q3", SHARE | {"full": 2}, {"Q3.web": 1, "Q3.app": 0, "Q3.mail": 0, "Q3.fax": 0}, 50),
        ("Q3", SHARE | {"full": 2}, {"Q3.web": 1, "Q3.app": 1, "Q3.mail": 1, "Q3.fax": 0}, 100),
        ("Q4", {"method": "scale"}, {"Q4": 1}, 75),
        ("Q5", {"method": "number"}, {"Q5": -2.5}, -2.5),
        ("Q6", {"method": "number", "part": "net"}, {"Q6.net": 12}, 12),
        ("Q7", {"method": "number", "part": "net"}, {"Q6.net": 1, "Q6.total": 8}, 12.5),
        ("Q6", {"method": "ratio", "numerator": "net", "denominator": "total"}, {"Q6.net": 1, "Q6.total": 8}, 12.5),
        (
            "Q6",
            {"method": "ratio", "numerator": "net", "denominator": "total", "scale": 1},
            {"Q6.net": 1, "Q6.total": 8},
            0.125,
        ),
        ("Q6", {"method": "sum"}, {"Q6.phone": 1, "Q6.net": 2, "Q6.total": 3}, 6),
        ("Q6", {"method": "sum"}, {"Q6.phone": 1, "Q6.net": "not_applicable", "Q6.total": 3}, 4),
        ("Q6", {"method": "sum", "parts": ["phone", "net"]}, {"Q6.phone": 1, "Q6.net": 2, "Q6.total": 99}, 3),
        ("Q3", {"method": "count"}, {"Q3.web": 1, "Q3.app": 1, "Q3.mail": 0, "Q3.fax": 0}, 2),
        (
            "Q3",
            {"method": "count", "options": ["web", "fax"]},
            {"Q3.web": 1, "Q3.app": 1, "Q3.mail": 0, "Q3.fax": 0},
            1,
        ),
        ("Q5", {"method": "formula", "formula": "if(Q5 <= 3, 100, 50) + Q6.net"}, {"Q5": 3, "Q6.net": 1}, 101),
    ],
)
def test_rule_gives_the_points_computed_by_hand(
    question: str, rule: Mapping[str, Any], unit: Mapping[str, Cell], expected: float
) -> None:
    result = by_rule(question, rule, unit)
    assert result.raw.tolist() == pytest.approx([expected], abs=1e-12)
    assert statuses(result) == ["ok"]


def test_scale_may_have_the_worst_option_first() -> None:
    definition = questionnaire()
    section = definition.sections[0]
    turned = [
        each.model_copy(update={"best_first": False}) if each.code == "Q4" else each for each in section.questions
    ]
    other = definition.model_copy(update={"sections": (section.model_copy(update={"questions": tuple(turned)}),)})
    rule = Measure.model_validate({"question": "Q4", "rule": {"method": "scale"}})
    assert measure(rule, answers([{"Q4": 1}]), other).raw.tolist() == [25]


@pytest.mark.parametrize("status", ["blank", "skipped", "not_applicable", "invalid", "error", "absent"])
@pytest.mark.parametrize(
    ("declared", "key"),
    [
        ({"question": "Q2", "rule": POINTS}, "Q2"),
        ({"question": "Q4", "rule": {"method": "scale"}}, "Q4"),
        ({"question": "Q5", "rule": {"method": "number"}}, "Q5"),
        ({"formula": "if(Q5 > 3, 100, 0)"}, "Q5"),
        ({"question": "Q6", "rule": {"method": "ratio", "numerator": "net", "denominator": "total"}}, "Q6.total"),
    ],
)
def test_no_answer_gives_no_value_and_says_what_happened(declared: Mapping[str, Any], key: str, status: str) -> None:
    result = measured(declared, [{"Q6.net": 1, key: status}])
    assert np.isnan(result.raw).all()
    assert statuses(result) == [status]


def test_worst_of_several_cells_is_the_status() -> None:
    none = dict.fromkeys(("Q6.phone", "Q6.net", "Q6.total"), "blank")
    result = by_rule("Q6", {"method": "sum"}, none, none | {"Q6.net": "error"}, none | {"Q6.net": "skipped"})
    assert statuses(result) == ["blank", "error", "skipped"]


@pytest.mark.parametrize(
    "rule",
    [
        {"method": "count", "options": ["web"]},
        {"method": "share", "weights": {"app": 0, "mail": 0, "fax": 0}},
    ],
)
def test_option_that_does_not_apply_leaves_nothing_to_count(rule: Mapping[str, Any]) -> None:
    unit: dict[str, Cell] = {"Q3.web": "not_applicable", "Q3.app": 1, "Q3.mail": 0, "Q3.fax": 0}
    result = by_rule("Q3", rule, unit)
    assert np.isnan(result.raw).all()
    assert statuses(result) == ["not_applicable"]


def test_skipped_question_is_left_out_or_earns_the_stated_points() -> None:
    unit: dict[str, Cell] = {"Q8": "skipped"}
    assert np.isnan(by_rule("Q8", {"method": "number"}, unit).raw).all()
    scored = by_rule("Q8", {"method": "number", "skipped": 0}, unit, {"Q8": "blank"}, {"Q8": 5})
    assert scored.raw.tolist() == pytest.approx([0, NAN, 5], nan_ok=True)
    assert statuses(scored) == ["ok", "blank", "ok"]


@pytest.mark.parametrize(
    "declared",
    [
        {"question": "Q6", "rule": {"method": "ratio", "numerator": "net", "denominator": "total"}},
        {"question": "Q7", "rule": {"method": "number", "part": "net"}},
        {"formula": "Q6.net / Q6.total"},
    ],
)
def test_zero_denominator_is_told_only_where_it_is_the_reason(declared: Mapping[str, Any]) -> None:
    units: list[Mapping[str, Cell]] = [
        {"Q6.net": 1, "Q6.total": 0},
        {"Q6.net": 0, "Q6.total": 0},
        {"Q6.net": 0, "Q6.total": 4},
        {"Q6.net": "blank", "Q6.total": 0},
    ]
    result = measured(declared, units)
    assert result.raw.tolist() == pytest.approx([NAN, NAN, 0, NAN], nan_ok=True)
    assert result.parts[0].divided_by_zero.tolist() == [True, True, False, False]
    assert statuses(result) == ["invalid", "invalid", "ok", "blank"]


@pytest.mark.parametrize(
    "declared",
    [
        {"question": "Q6", "rule": {"method": "ratio", "numerator": "net", "denominator": "total"}},
        {"question": "Q6", "rule": {"method": "sum", "parts": ["net", "phone"]}},
        {"formula": "Q6.net * Q6.net"},
    ],
)
def test_value_too_large_for_a_number_is_none_and_marked(declared: Mapping[str, Any]) -> None:
    result = measured(
        declared, [{"Q6.net": 1.7e308, "Q6.phone": 1.7e308, "Q6.total": 0.5}, {"Q6.net": 1, "Q6.total": 1}]
    )
    assert np.isnan(result.raw[0])
    assert result.infinite.tolist() == [True, False]
    assert statuses(result)[0] == "invalid"


def test_infinite_ready_made_value_is_none_and_marked() -> None:
    numbers = np.array([[np.inf], [1.0], [-np.inf]])
    given = Answers(("U1", "U2", "U3"), {"column:x": 0}, numbers, np.zeros((3, 1), np.int8), np.ones((3, 1), np.int64))
    result = measure(Measure(column="x"), given, None)
    assert result.raw.tolist() == pytest.approx([NAN, 1, NAN], nan_ok=True)
    assert result.infinite.tolist() == [True, False, True]


def test_column_that_the_data_lack_is_absent() -> None:
    result = measure(Measure(column="x"), answers([{}]), None)
    assert np.isnan(result.raw).all()
    assert statuses(result) == ["absent"]


def test_questions_need_a_questionnaire() -> None:
    with pytest.raises(ValueError, match="questionnaire"):
        measure(Measure.model_validate({"question": "Q2", "rule": POINTS}), answers([{}]), None)


PARTS = {
    "parts": [
        {"question": "Q4", "rule": {"method": "scale"}, "weight": 3},
        {"question": "Q2", "rule": POINTS},
        {"question": "Q8", "rule": {"method": "number", "skipped": 0}, "weight": 4},
    ]
}


def test_parts_are_averaged_by_weight_and_missing_ones_made_up_for() -> None:
    everything = {"Q4": 0.0, "Q2": 1.0, "Q8": 10.0}
    result = measured(
        PARTS, [everything, everything | {"Q2": "blank"}, everything | {"Q8": "skipped"}, {"Q2": "blank"}]
    )
    expected = [(3 * 100 + 40 + 4 * 10) / 8, (3 * 100 + 4 * 10) / 7, (3 * 100 + 40) / 8, NAN]
    assert result.raw.tolist() == pytest.approx(expected, nan_ok=True)
    weights = np.column_stack([part.weights for part in result.parts])
    assert weights[0].tolist() == pytest.approx([3 / 8, 1 / 8, 4 / 8])
    assert weights[1].tolist() == pytest.approx([3 / 7, 0, 4 / 7])
    assert weights[3].tolist() == [0, 0, 0]
    assert statuses(result) == ["ok", "ok", "ok", "blank"]


def test_formula_passes_over_what_was_skipped_but_not_over_a_blank() -> None:
    formula = {"formula": "if(Q1 = yes, Q8, 7)"}
    result = measured(
        formula, [{"Q1": 0, "Q8": 3}, {"Q1": 1, "Q8": "skipped"}, {"Q1": 0, "Q8": "blank"}, {"Q8": "skipped"}]
    )
    assert result.raw.tolist() == pytest.approx([3, 7, NAN, NAN], nan_ok=True)
    assert statuses(result) == ["ok", "ok", "blank", "skipped"]


def test_quotients_are_added_with_the_status_of_their_operands() -> None:
    units: list[Mapping[str, Cell]] = [
        {"Q6.net": 3, "Q6.total": 4},
        {"Q6.net": 3, "Q6.total": 0},
        {"Q6.net": "invalid", "Q6.total": 4},
        {"Q6.net": 1e308, "Q6.total": 1e-5},
    ]
    given = with_quotients(answers(units), questionnaire())
    assert given.number("Q7.net").tolist() == pytest.approx([75, NAN, NAN, NAN], nan_ok=True)
    assert given.statuses[:, given.keys["Q7.net"]].tolist() == [
        STATUSES.index(each) for each in ("ok", *["invalid"] * 3)
    ]


def test_computed_quotient_leads_to_the_cells_behind_it() -> None:
    result = by_rule("Q7", {"method": "number", "part": "net"}, {"Q6.net": 1, "Q6.total": 2})
    assert result.parts[0].keys == ("Q6.net", "Q6.total")
