from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.definitions.bundle import load_bundle
from evalkit.definitions.checks import Check, year_of
from evalkit.definitions.form import stamp
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.screens import Screens
from tests.small_studies import QUESTIONNAIRE, form_study

ADDS_UP = {"id": "adds_up", "that": "Q6.phone + Q6.net = Q6.total"}


def check(that: str) -> Check:
    return Check.model_validate({"id": "c", "that": that})


@pytest.mark.parametrize(
    ("that", "tolerant"),
    [
        ("Q1 + Q2 = Q3", True),
        ("Q1 <= wave", True),
        ("Q1 >= 5", True),
        ("Q1 < 5", False),
        ("Q1 = yes", False),
        ("Q1 = 5 and Q2 = 3", False),
        ("not Q1 = 5", False),
        ("Q1 has a", False),
    ],
)
def test_a_tolerance_stands_between_two_numbers(that: str, tolerant: bool) -> None:
    assert (check(that).compared_numbers is not None) is tolerant


def test_answers_come_once_in_the_order_of_the_text_and_without_the_wave() -> None:
    judged = check("Q2 <= wave and Q1.a + Q2 > 5")
    assert [name.key for name in judged.answers({"Q1", "Q2"})] == ["Q2", "Q1.a"]
    assert judged.names_wave({"Q1", "Q2"})


def test_a_question_called_wave_is_that_question() -> None:
    judged = check("Q2 <= wave")
    assert [name.key for name in judged.answers({"Q2", "wave"})] == ["Q2", "wave"]
    assert not judged.names_wave({"Q2", "wave"})


@pytest.mark.parametrize(
    ("wave", "year"),
    [
        ("2024", 2024),
        ("2025Q1", 2025),
        ("第3轮2025", 2025),
        ("2025年上半年", 2025),
        ("", None),
        ("3", None),
        ("120240", None),
    ],
)
def test_the_year_of_a_wave(wave: str, year: int | None) -> None:
    assert year_of(wave) == year


def test_checks_leave_the_version_of_the_form_as_it_is() -> None:
    plain = Questionnaire.model_validate(QUESTIONNAIRE)
    checked = Questionnaire.model_validate({**QUESTIONNAIRE, "checks": [ADDS_UP]})
    assert checked.checks
    assert stamp(checked, "U1") == stamp(plain, "U1")
    changed = Questionnaire.model_validate({**QUESTIONNAIRE, "name": "other"})
    assert stamp(changed, "U1") != stamp(plain, "U1")


def test_a_question_that_only_a_check_uses_is_used(tmp_path: Path) -> None:
    points = {"method": "points", "points": {"yes": 1, "no": 0}}
    path = form_study(tmp_path / "study", {"id": "A", "name": "A", "measure": {"question": "Q1", "rule": points}}, {})
    assert unused(path) == {"Q3", "Q4"}
    form = path.parent / "form.yaml"
    checks = "checks: [{id: web, that: Q3 has web or Q6.net = 0}]\n"
    form.write_text(form.read_text(encoding="utf-8") + checks, encoding="utf-8")
    assert unused(path) == {"Q4"}


def unused(path: Path) -> set[str]:
    return {dict(each.params)["question"] for each in load_bundle(path)[1] if each.code == "EK304"}


def test_each_screen_can_be_turned_off_and_is_on_if_nothing_is_said() -> None:
    assert Screens() == Screens(straight_lining=6, identical=20, outlier_z=3.5, share_slack=0.5)
    off = Screens.model_validate(dict.fromkeys(Screens.model_fields))
    assert all(limit is None for limit in off.model_dump().values())
