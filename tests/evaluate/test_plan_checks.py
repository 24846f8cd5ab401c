"""Filled call sheets held against the plan that the study names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import evalkit
from evalkit.problems import Problem
from tests.small_audits import calls_study, row
from tests.small_studies import write_table

HEADER = ["call", "unit", "name", "scenario", "channel", "slot", "auditor", "role"]
PLAN = [
    ["C1", "U1", "甲市", "S1", "phone", "day", "A1", "first"],
    ["C1", "U1", "甲市", "S1", "phone", "day", "A2", "second"],
    ["C2", "U1", "甲市", "S2", "phone", "day", "A1", "first"],
    ["C3", "U2", "乙市", "S1", "phone", "day", "A2", "first"],
    ["C4", "U2", "乙市", "S2", "web", "day", "A2", "reserve"],
]
MADE = [row("C1"), row("C1", auditor="A2"), row("C2", scenario="S2"), row("C3", unit="U2", auditor="A2")]


def check(
    folder: Path, rows: Sequence[Mapping[str, str]], plan: Sequence[Sequence[str]] = PLAN, header: list[str] = HEADER
) -> list[Problem]:
    path = calls_study(folder / "s", rows, data={"audit": "calls/*.csv", "plan": "plan.csv"})
    write_table(folder / "s" / "plan.csv", [header, *plan])
    return [each for each in evalkit.load(path).check() if each.code not in {"EK231", "EK661"}]


def test_calls_as_planned_are_in_order_and_reserves_need_not_be_made(tmp_path: Path) -> None:
    assert check(tmp_path, MADE) == []


def test_a_call_that_is_not_planned(tmp_path: Path) -> None:
    (found,) = check(tmp_path, [*MADE, row("C9")])
    assert (found.code, found.severity, str(found.place)) == ("EK651", "warning", "calls/a.csv:6 A6")


def test_what_is_otherwise_than_planned_is_said_at_its_cell(tmp_path: Path) -> None:
    other = row("C2", scenario="S2", channel="web", slot="day", auditor="A3", G4="")
    (found,) = check(tmp_path, [*MADE[:2], other, MADE[3]])
    assert (found.code, str(found.place)) == ("EK652", "calls/a.csv:4 A4")
    assert dict(found.params)["what_en"] == "channel web for phone; auditor A3 for A1"
    assert dict(found.params)["what_zh"] == "渠道计划为 phone,实为 web;拨测员计划为 A1,实为 A3"
    assert dict(found.params)["planned_at"] == "plan.csv:4 A4"


def test_missing_ratings_are_counted_by_auditor(tmp_path: Path) -> None:
    problems = check(tmp_path, MADE[:1])
    assert [(each.code, each.severity, dict(each.params)) for each in problems] == [
        ("EK653", "warning", {"auditor": "A1", "count": "1", "overdue": "-", "calls": "C2"}),
        ("EK653", "warning", {"auditor": "A2", "count": "2", "overdue": "-", "calls": "C1, C3"}),
    ]


def test_missing_ratings_are_overdue_once_a_later_day_was_called(tmp_path: Path) -> None:
    days = ["2025-06-02", "2025-06-02", "2025-06-03", "2025-06-03", ""]
    plan = [[*line, day] for line, day in zip(PLAN, days, strict=True)]
    problems = check(
        tmp_path, [MADE[0] | {"date": "2025-06-02"}, MADE[2] | {"date": "2025-06-03"}], plan, [*HEADER, "date"]
    )
    assert [(dict(each.params)["count"], dict(each.params)["overdue"]) for each in problems] == [("2", "1")]


def test_a_second_score_does_not_stand_in_for_the_first(tmp_path: Path) -> None:
    problems = check(tmp_path, MADE[1:])
    assert [(each.code, dict(each.params)["auditor"], dict(each.params)["calls"]) for each in problems] == [
        ("EK653", "A1", "C1")
    ]


def test_a_reserve_stands_in_for_a_call_of_its_unit(tmp_path: Path) -> None:
    reserve = row("C4", unit="U2", scenario="S2", channel="web", auditor="A2", G4="")
    assert check(tmp_path, [*MADE[:3], reserve]) == []
    problems = check(tmp_path / "b", [*MADE[:2], MADE[3], reserve])
    assert [(each.code, dict(each.params)["calls"]) for each in problems] == [("EK653", "C2")]


def test_a_call_on_another_day_than_planned(tmp_path: Path) -> None:
    plan = [[*each, "2025-06-03"] for each in PLAN]
    rows = [each | {"date": "2025/6/3"} for each in MADE]
    rows[1]["date"], rows[2]["date"] = "2025-06-05", "2025-06-04"
    (found,) = check(tmp_path, rows, plan, [*HEADER, "date"])
    assert (found.code, str(found.place)) == ("EK655", "calls/a.csv:4 A4")
    assert dict(found.params) == {"call": "C2", "date": "2025-06-04", "planned": "2025-06-03"}


def test_a_call_made_from_another_number_than_planned(tmp_path: Path) -> None:
    """Second scores are made from the recording, and what was not entered or not planned is not asked about."""
    numbers = ["N1", "N1", "N2", "N3", ""]
    plan = [[*line, number] for line, number in zip(PLAN, numbers, strict=True)]
    used = ["N1", "N9", "N1", ""]
    rows = [each | {"number": number} for each, number in zip(MADE, used, strict=True)]
    (found,) = check(tmp_path, rows, plan, [*HEADER, "number"])
    assert (found.code, found.severity, str(found.place)) == ("EK636", "warning", "calls/a.csv:4 A4")
    assert dict(found.params) == {"call": "C2", "number": "N1", "planned": "N2"}


def test_a_plan_outside_the_study_or_without_a_protocol_is_refused(tmp_path: Path) -> None:
    path = calls_study(tmp_path / "s", MADE, data={"audit": "calls/*.csv", "plan": "../plan.csv"})
    assert "EK003" in {each.code for each in evalkit.load(path).check()}


def test_the_plan_is_an_input_of_the_run(tmp_path: Path) -> None:
    check(tmp_path, MADE)
    assert "plan.csv" in evalkit.load(tmp_path / "s" / "study.yaml").run().manifest["inputs"]
