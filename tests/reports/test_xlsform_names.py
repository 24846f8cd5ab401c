import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.reports.xlsform_names import FieldNames, field_names
from tests.reports.form_of_all_types import form

CODES = st.from_regex(r"\A[A-Za-z_甲乙][A-Za-z0-9_甲]{0,3}\Z").filter(
    lambda code: code not in {"and", "or", "not", "has"}
)
VALID = re.compile(r"[A-Za-z_一-鿿][A-Za-z0-9_一-鿿-]*")


def every(names: FieldNames) -> list[str]:
    return [*names.answers.values(), *names.groups.values(), *names.absent.values(), *names.notes]


def numbers(code: str, *parts: str) -> dict[str, Any]:
    return {"code": code, "type": "numbers", "parts": [{"code": part, "name": part} for part in parts]}


def test_a_part_is_named_after_its_question_and_itself() -> None:
    assert field_names(form([numbers("Q04", "wechat", "web")])).answers == {
        "Q04.wechat": "Q04_wechat", "Q04.web": "Q04_web",
    }  # fmt: skip


def test_a_name_that_is_taken_gets_a_number() -> None:
    questions = [numbers("Q04", "web"), {"code": "Q04_web", "type": "text"}, {"code": "q04_WEB", "type": "text"}]
    assert field_names(form(questions)).answers == {
        "Q04.web": "Q04_web", "Q04_web": "Q04_web__2", "q04_WEB": "q04_WEB__3",
    }  # fmt: skip


def test_answers_are_named_before_groups() -> None:
    names = field_names(form([{"code": "A", "type": "yesno"}]))
    assert names.answers == {"A": "A"}
    assert names.groups == {"section A": "A__2"}


def test_an_id_that_is_no_name_becomes_one() -> None:
    section = {"id": "1.网-a", "name": "节", "questions": [{"code": "Q1", "type": "yesno", "text": "题"}]}
    assert field_names(form(sections=[section])).groups == {"section 1.网-a": "_1_网-a"}


def test_names_that_platforms_use_are_left_to_them() -> None:
    assert field_names(form([{"code": "meta", "type": "text"}])).answers == {"meta": "meta__2"}


@given(st.lists(st.tuples(CODES, st.lists(CODES, min_size=1, max_size=3, unique=True)), min_size=1, max_size=5))
def test_names_are_valid_and_lead_back_to_one_answer_whatever_the_case(drawn: list[tuple[str, list[str]]]) -> None:
    unique = dict(drawn)
    questionnaire: Questionnaire = form([numbers(code, *parts) for code, parts in unique.items()])
    names = field_names(questionnaire)
    assert list(names.answers) == list(questionnaire.cell_keys)
    folded = [name.casefold() for name in every(names)]
    assert len(folded) == len(set(folded))
    assert all(VALID.fullmatch(name) for name in every(names))
    assert names == field_names(questionnaire)
