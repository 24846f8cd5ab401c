"""The example of the award language gives the winners that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate import Evaluation

STUDY = Path(__file__).parents[2] / "examples" / "awards" / "study.yaml"


@pytest.fixture(scope="module")
def night() -> Evaluation:
    return evalkit.load(STUDY).run()


def winners(night: Evaluation, award: str) -> list[str]:
    table = night["awards"]
    return list(table[table["award"] == award]["unit"])


def reason(night: Evaluation, award: str, unit: str) -> str:
    table = night["awards"]
    return str(table[(table["award"] == award) & (table["unit"] == unit)]["reason"].iloc[0])


def findings(night: Evaluation, code: str) -> list[dict[str, str]]:
    return [dict(each.params) for each in night.problems if each.code == code]


def test_nothing_is_wrong_with_the_example() -> None:
    assert {each.code for each in evalkit.load(STUDY).check()} == {"EK311"}  # the builtin scheme's placeholder


def test_index_has_its_deductions_and_its_bonus(night: Evaluation) -> None:
    scores = night["scores"].query("node == 'INDEX'").set_index("unit")["score"]
    assert scores["H04"] == pytest.approx((100 * 90 / 95 + 2 * 78) / 3 - 3)
    assert scores["H12"] == pytest.approx((100 * 92 / 95 + 2 * 79) / 3 - 1 + 2)
    assert scores["H11"] == pytest.approx((105 + 2 * 80) / 3 + 3)
    assert evalkit.explain(night, "H02").adds_up


def test_ladder_passes_by_who_is_barred_and_goes_on_in_each_class(night: Evaluation) -> None:
    assert winners(night, "excellent") == ["H01", "H05"]
    assert winners(night, "class-leader") == ["H03", "H06", "H08"]
    assert winners(night, "steady") == ["H04", "H11", "H12"]
    assert [each["unit"] for each in findings(night, "EK505")] == ["H02"]
    assert [each["unit"] for each in findings(night, "EK506")] == ["H07"]
    assert [each["group"] for each in findings(night, "EK507")] == ["直辖市"]


def test_awards_beside_the_ladder_go_to_whoever_earned_them(night: Evaluation) -> None:
    assert winners(night, "best-connected") == ["H11"]
    assert winners(night, "climber") == ["H05"]
    assert "2024 得分 78.00" in reason(night, "climber", "H05")
    assert [each["count"] for each in findings(night, "EK528")] == ["1"]  # H10 grew by more, from 25
    assert winners(night, "three-years") == ["H01"]


def test_grades_hold_all_eligible_units_and_the_vetoed_one(night: Evaluation) -> None:
    grades = {grade: winners(night, grade) for grade in "ABC"}
    assert sorted(unit for units in grades.values() for unit in units) == [
        f"H{number:02}" for number in range(1, 13) if number != 7
    ]
    assert "H02" in grades["C"]
    assert reason(night, "C", "H02") == "单项否决:发生重大责任事故 / veto: grave accident"


def test_jury_recuses_trims_and_says_how_far_it_agrees(night: Evaluation) -> None:
    assert winners(night, "case") == ["H05"]
    # forms of S2: 86, 90, 86, 36, 84; without the highest and the lowest
    assert f"评审得分 {(86 + 86 + 84) / 3:.2f}" in reason(night, "case", "H05")
    assert [each["unit"] for each in findings(night, "EK517")] == ["H01"]
    assert [each["judges"] for each in findings(night, "EK516")] == ["5"]


def test_committee_gives_its_reason_and_persons_are_numbers(night: Evaluation) -> None:
    assert "率先完成热线归并" in reason(night, "committee", "H04")
    assert reason(night, "star", "H05") == "2 名个人获奖 / persons awarded: 2"
    assert list(night.private["people"]["person"]) == ["陈示例", "林示例", "周示例"]
    assert not any("示例" in text for text in night["awards"]["reason"])
