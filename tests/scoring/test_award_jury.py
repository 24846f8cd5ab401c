"""Awards by a jury and by a committee, to units and to persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from evalkit.problems import Problem
from evalkit.scoring.awards import Given
from evalkit.sources.nominations import Decided, Form, Nominations, Submission
from tests.award_fields import Outcome, award, field

NAME = "s/a1"
CRITERIA = [{"id": "new", "name": "创新", "weight": 3, "high": 10}, {"id": "use", "name": "成效"}]
JURY = {"method": "jury", "criteria": CRITERIA, "fewest_judges": 2}
TOP = {"method": "top", "count": 1}
Marks = Mapping[str, Mapping[str, tuple[float | None, float | None]]]


def forms(marks: Marks, units: Mapping[str, str]) -> list[Form]:
    """Forms by submission and judge; ``units`` says where judges belong."""
    return [
        Form(submission, judge, units.get(judge, ""), {"new": new, "use": use})
        for submission, of_judges in marks.items()
        for judge, (new, use) in of_judges.items()
    ]


def judged(
    marks: Marks,
    submissions: Sequence[Submission],
    *,
    judges: Mapping[str, str] | None = None,
    rule: Mapping[str, Any] = TOP,
    **keys: Any,  # noqa: ANN401 - any key of an award
) -> Outcome:
    nominations = Nominations(tuple(submissions), tuple(forms(marks, judges or {})))
    where = field([50, 60, 70], nominations=nominations)
    return award(where, rule, compare={**JURY, **keys.pop("compare", {})}, **keys)


def case(number: int, unit: str, person: str = "") -> Submission:
    return Submission(f"S{number}", NAME, unit, f"case {number}", person)


def test_unit_with_the_best_marked_submission_wins() -> None:
    marks = {
        "S1": {"J1": (8, 80), "J2": (6, 60)},
        "S2": {"J1": (9, 90), "J2": (9, 70)},
        "S3": {"J1": (1, 1), "J2": (1, 1)},
    }
    found = judged(marks, [case(1, "U1"), case(2, "U2"), case(3, "U2")])
    assert found.winners["a1"] == ["U2"]
    assert found.given[0].basis.startswith("jury=87.5;submission=S2;rank=1/2")
    assert "申报:case 2,有效评分 2 份" in found.why("U2")


def test_judges_of_the_unit_are_recused_and_too_few_forms_give_no_score() -> None:
    marks = {"S1": {"J1": (10, 100), "J2": (9, 90), "J3": (9, 90)}, "S2": {"J1": (5, 50), "J2": (5, 50)}}
    found = judged(marks, [case(1, "U1"), case(2, "U2")], judges={"J1": "U1", "J2": "U2"})
    assert found.winners["a1"] == ["U1"]
    assert found.given[0].basis.startswith("jury=90.0")
    assert [(each["unit"], each["submission"]) for each in found.of("EK517")] == [("U1", "S1"), ("U2", "S2")]
    assert found.of("EK518") == [{"award": NAME, "submission": "S2", "found": "1", "fewest": "2"}]


def test_forms_with_missing_or_impossible_marks_do_not_count() -> None:
    marks = {"S1": {"J1": (None, 100), "J2": (11, 90), "J3": (9, 90), "J4": (7, 70)}}
    found = judged(marks, [case(1, "U1")])
    assert found.given[0].basis.startswith("jury=80.0")
    assert [each["criteria"] for each in found.of("EK519")] == ["new"]
    assert [each["criteria"] for each in found.of("EK530")] == ["new"]


def test_trimming_blunts_the_marks_at_the_ends_and_agreement_is_reported() -> None:
    low, high = (0.0, 0.0), (10.0, 100.0)
    marks: Marks = {
        "S1": {"J1": high, "J2": (6, 60), "J3": (6, 60)},
        "S2": {"J1": low, "J2": (7, 70), "J3": (7, 70)},
        "S3": {"J1": (5, 50), "J2": (5, 50), "J3": (5, 50)},
    }
    cases = [case(1, "U1"), case(2, "U2"), case(3, "U3")]
    assert judged(marks, cases).winners["a1"] == ["U1"]
    trimmed = judged(marks, cases, compare={"trim": 1, "fewest_judges": 3})
    assert trimmed.winners["a1"] == ["U2"]
    (agreement,) = trimmed.of("EK516")
    assert (agreement["judges"], agreement["complete"]) == ("3", "3")
    assert float(agreement["w"]) == pytest.approx(1 / 3, abs=1e-3)


def test_equal_marks_are_a_tie_at_the_cut() -> None:
    marks = {"S1": {"J1": (8, 80), "J2": (8, 80)}, "S2": {"J1": (8, 80), "J2": (8, 80)}}
    found = judged(marks, [case(1, "U1"), case(2, "U2")])
    assert found.winners["a1"] == ["U1", "U2"]
    assert "EK502" in found.codes


def names(outcome: Outcome) -> list[tuple[str, list[str]]]:
    return [(each.unit, [person.name for person in each.people or ()]) for each in outcome.given]


def public_texts(given: Sequence[Given], problems: Sequence[Problem]) -> str:
    return " ".join([*(each.basis + each.reason for each in given), *(each.message() for each in problems)])


def test_persons_win_by_marks_and_only_their_number_is_public() -> None:
    marks = {f"S{number}": {"J1": (number, 50), "J2": (number, 50)} for number in range(1, 5)}
    people = ["甲某", "乙某", "丙某", "丁某"]
    submissions = [case(number, unit, people[number - 1]) for number, unit in enumerate(["U1", "U1", "U2", "U1"], 1)]
    found = judged(marks, submissions, rule={"method": "top", "count": 2}, to="person")
    assert names(found) == [("U1", ["丁某"]), ("U2", ["丙某"])]
    assert found.why("U1") == "1 名个人获奖;提名 3 名 / persons awarded: 1; nominated: 3"
    assert not any(person in public_texts(found.given, found.problems) for person in people)
    assert "评审得分" in next(iter(found.given[0].people or ())).reason


def decided(*decisions: Decided, **keys: Any) -> Outcome:  # noqa: ANN401 - any key of an award
    where = field([50, 60, 70], columns={"class": ["a", "a", "b"]}, nominations=Nominations(decisions=decisions))
    return award(where, {"method": "decision", **keys.pop("rule", {})}, **keys)


def test_committee_decides_and_its_reason_is_recorded() -> None:
    found = decided(
        Decided(NAME, "U2", "率先归并", by="2019-11 会议"), Decided(NAME, "U1", "开放数据"), rule={"count": 2}
    )
    assert found.winners["a1"] == ["U1", "U2"]
    assert found.why("U2") == "评审委员会决定:率先归并 / decided by the committee: 率先归并"
    assert found.given[1].basis == "decision=2019-11 会议"
    assert found.codes == []


def test_decision_cannot_pass_the_gates_by_nor_be_made_twice() -> None:
    found = decided(
        Decided(NAME, "U3", "x"), Decided(NAME, "U1", "y"), Decided(NAME, "U1", "z"), eligible={"class": ["a"]}
    )
    assert found.winners["a1"] == ["U1"]
    assert found.codes == ["EK522", "EK525"]
    assert "y" in found.why("U1")


def test_number_of_decisions_is_held_against_the_places() -> None:
    assert decided(Decided(NAME, "U1", "x"), rule={"count": 2}).of("EK523") == [
        {"award": NAME, "found": "1", "places": "2"}
    ]


def test_committee_may_honour_several_persons_of_a_unit() -> None:
    found = decided(
        Decided(NAME, "U1", "x", "甲某"),
        Decided(NAME, "U1", "y", "乙某"),
        Decided(NAME, "U2", "z", "丙某"),
        to="person",
    )
    assert names(found) == [("U1", ["甲某", "乙某"]), ("U2", ["丙某"])]
    assert found.why("U1") == "2 名个人获奖 / persons awarded: 2"
    assert "甲某" not in public_texts(found.given, found.problems)
