from __future__ import annotations

from typing import Any

import pytest

from evalkit.definitions.condition_words import condition_words
from evalkit.definitions.expression import parse
from evalkit.definitions.questionnaire import Questionnaire


def options(**labels: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"code": code, "name": {"zh": zh, "en": en}} for code, (zh, en) in labels.items()]


QUESTIONS: list[dict[str, Any]] = [
    {"code": "Q1", "type": "yesno"},
    {
        "code": "Q2",
        "type": "multiple",
        "options": options(public=("公有云", "Public cloud"), own=("自建“机房”", 'Own "room"')),
    },
    {"code": "Q3", "type": "number"},
    {
        "code": "Q4",
        "type": "numbers",
        "parts": [{"code": "a", "name": {"zh": "甲", "en": "A"}}, {"code": "b", "name": "乙"}],
    },
    {"code": "Q5", "type": "scale", "options": options(s1=("第1档", "Step 1"), s2=("第2档", "Step 2"))},
]


def form(*more: dict[str, Any]) -> Questionnaire:
    section = {"id": "S", "name": "S", "questions": [{"text": "?", **each} for each in (*QUESTIONS, *more)]}
    return Questionnaire.model_validate({"id": "q", "version": "1", "name": "q", "sections": [section]})


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("Q1 = yes", "Q1 = 是", "Q1 = Yes"),
        ('Q1 != "否"', "Q1 ≠ 否", "Q1 ≠ No"),
        ("Q5 = s2", "Q5 = 第2档", "Q5 = “Step 2”"),
        ("Q2 has public", "Q2 勾选“公有云”", "Q2 “Public cloud” ticked"),
        ("Q4.a >= 1000 or Q4.b > 0", "Q4“甲” ≥ 1000 或 Q4“乙” > 0", "Q4 “A” ≥ 1000 or Q4 “乙” > 0"),
        ("not (Q1 = yes and Q3 > 2)", "非 (Q1 = 是 且 Q3 > 2)", "not (Q1 = Yes and Q3 > 2)"),
        ("(Q1 = yes or Q3 < 1) and Q3 < 5", "(Q1 = 是 或 Q3 < 1) 且 Q3 < 5", "(Q1 = Yes or Q3 < 1) and Q3 < 5"),
        ("sum(Q4.a, Q4.b) / -Q3 > 1", "合计(Q4“甲”, Q4“乙”) ÷ -Q3 > 1", "sum(Q4 “A”, Q4 “乙”) ÷ -Q3 > 1"),
    ],
)
def test_a_condition_is_told_in_words(text: str, zh: str, en: str) -> None:
    assert condition_words(parse(text), form(), "zh") == zh
    assert condition_words(parse(text), form(), "en") == en


@pytest.mark.parametrize("text", ["Q9 = yes", "Q2 has fax", "Q4.c > 1", "Q1 = maybe"])
def test_what_the_questionnaire_does_not_have_is_told_as_it_is_written(text: str) -> None:
    for name in ("fax", "maybe", "Q9", "c"):
        assert (name in text) <= (name in condition_words(parse(text), form(), "zh"))


def test_the_wave_of_the_study_is_told_in_words_unless_it_is_a_question() -> None:
    condition = parse("Q3 <= wave")
    assert condition_words(condition, form(), "zh") == "Q3 ≤ 本期年份"
    assert condition_words(condition, form(), "en") == "Q3 ≤ the year of this wave"
    assert condition_words(condition, form({"code": "wave", "type": "number"}), "zh") == "Q3 ≤ wave"
