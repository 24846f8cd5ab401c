from __future__ import annotations

import math

import pytest

from evalkit.definitions.base import Text
from evalkit.definitions.expression import choices, parse
from evalkit.definitions.options import find_option, option_position
from evalkit.definitions.questionnaire import Option, Question, Questionnaire, Section

QUESTION = Question(
    code="Q1",
    text=Text(zh="是否建成?"),
    type="single",
    options=(
        Option(code="all", name=Text(zh="是（全部）", en="Yes, all")),
        Option(code="part", name=Text(zh="部分", en="Partly")),
    ),
)
YES_NO = Question(code="Q2", text=Text(zh="有?"), type="yesno")
FORM = Questionnaire(
    id="f",
    version="1",
    name=Text(zh="卷"),
    sections=(Section(id="S", name=Text(zh="部"), questions=(QUESTION, YES_NO)),),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("all", "all"), ("是（全部）", "all"), ("是(全部)", "all"), (" Yes, all ", "all"), ("YES, ALL", "all"),
        ("ｐａｒｔ", "part"), ("部分", "part"), ("全部", None), ("", None), ("al", None),
    ],
)  # fmt: skip
def test_an_option_is_found_by_code_or_label_in_any_width(text: str, code: str | None) -> None:
    assert find_option(QUESTION, text) == code


def test_yes_and_no_are_the_options_of_a_yes_no_question() -> None:
    assert [find_option(YES_NO, text) for text in ("是", "Yes", "no", "否", "对")] == ["yes", "yes", "no", "no", None]


@pytest.mark.parametrize(
    ("formula", "position"),
    [("Q1 = part", 1), ('Q1 = "是（全部）"', 0), ("Q2 != 否", 1), ("Q1 = none", None), ("Q9 = a", None)],
)
def test_formulas_compare_by_position(formula: str, position: int | None) -> None:
    ((name, option),) = choices(parse(formula))
    found = option_position(FORM)(name, option)
    assert math.isnan(found) if position is None else found == position
