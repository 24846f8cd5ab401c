from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluate.planning import Planned, PlannedRating, plan_study
from evalkit.problems import Problem
from tests.small_plans import AUDITORS, FIELDWORK, UNITS, bundle_of, options, plan_files
from tests.small_studies import write_table


def planned(folder: Path, auditors: Any = AUDITORS, **changes: Any) -> tuple[Planned | None, list[Problem]]:  # noqa: ANN401 - rows, options
    study, path = plan_files(folder, auditors)
    return plan_study(bundle_of(study), path, options(**changes))


def test_a_plan_says_who_calls_whom_how_and_when(tmp_path: Path) -> None:
    plan, problems = planned(tmp_path)
    assert problems == []
    assert plan is not None
    roles = Counter(rating.role for rating in plan.ratings)
    assert roles == {"first": 240, "reserve": 40, "second": 24}
    calls = defaultdict(set)
    for rating in plan.ratings:
        calls[rating.call].add((rating.unit, rating.scenario, rating.channel, rating.slot))
    assert len(calls) == 280
    assert all(len(about) == 1 for about in calls.values())
    assert plan.auditors_a_unit >= 4
    assert plan.connection.components == 1


def test_no_auditor_calls_his_home_town_or_region(tmp_path: Path) -> None:
    plan, _ = planned(tmp_path)
    assert plan is not None
    region = {unit: region for unit, _, region in UNITS}
    assert "U01" not in {rating.unit for rating in plan.ratings if rating.auditor == "A1"}
    assert "R2" not in {region[rating.unit] for rating in plan.ratings if rating.auditor == "A2"}


def test_the_forecast_is_made_with_the_stated_assumptions(tmp_path: Path) -> None:
    study, auditors = plan_files(tmp_path)
    few, many = (plan_study(bundle_of(study), auditors, options(calls=calls))[0] for calls in (6, 24))
    assert few is not None
    assert many is not None
    assert many.forecast.score_margin == pytest.approx(few.forecast.score_margin / 2)
    assert many.forecast.wrong_tiers < few.forecast.wrong_tiers
    assert many.forecast.calls_needed == few.forecast.calls_needed == 23


def test_the_same_seed_makes_the_same_plan(tmp_path: Path) -> None:
    study, auditors = plan_files(tmp_path)
    one, again, other = (plan_study(bundle_of(study), auditors, options(seed=seed))[0] for seed in (1, 1, 2))
    assert one is not None
    assert again is not None
    assert other is not None
    assert one.ratings == again.ratings != other.ratings


@pytest.mark.parametrize(
    ("auditors", "changes", "expected"),
    [
        (AUDITORS[2:5], {}, {"EK621"}),
        ([*AUDITORS[2:5], ("A9", "R1", "")], {}, {"EK621"}),
        ([(code, home, "20") for code, home, _ in AUDITORS], {}, {"EK622"}),
        (AUDITORS, {"calls": 3}, {"EK625"}),
    ],
)
def test_a_plan_that_cannot_work_is_refused(
    tmp_path: Path, auditors: list[tuple[str, ...]], changes: dict[str, int], expected: set[str]
) -> None:
    plan, problems = planned(tmp_path, auditors, **changes)
    assert plan is None
    assert {each.code for each in problems} == expected


def test_auditors_who_may_not_call_where_calls_are_lacking_are_no_capacity(tmp_path: Path) -> None:
    """Four of eight auditors live in one region, whose eight units have the others, for 24 of 56 calls."""
    rows = [(f"A{n}", "R1" if n < 4 else "", "6" if n >= 4 else "") for n in range(8)]
    plan, problems = planned(tmp_path, rows)
    assert plan is None
    assert [(each.code, each.place.unit, dict(each.params)) for each in problems] == [
        ("EK615", "U16", {"missing": "32"})
    ]


def test_second_scores_that_nobody_can_make_are_missed(tmp_path: Path) -> None:
    """Region R1 has 56 calls and five second scores for four auditors with 58 ratings in all."""
    rows = [(f"A{n}", "R1" if n < 4 else "", ("15", "15", "14", "14")[n - 4] if n >= 4 else "") for n in range(8)]
    plan, problems = planned(tmp_path, rows, seed=7)
    assert plan is not None
    assert [(each.code, each.severity) for each in problems] == [("EK616", "warning")]
    said = dict(problems[0].params)
    assert int(said["found"]) == sum(rating.role == "second" for rating in plan.ratings) < int(said["wanted"]) == 24


def test_units_in_two_parts_that_share_no_auditor_are_refused(tmp_path: Path) -> None:
    """Every auditor lives in one half of the country, so that nobody calls in both."""
    study, path = plan_files(tmp_path)
    half = [(unit, name, "north" if index < 20 else "south") for index, (unit, name, _) in enumerate(UNITS)]
    write_table(tmp_path / "units.csv", [("unit", "name", "region"), *half])
    auditors = [(f"A{n}", "north" if n < 4 else "south", "") for n in range(8)]
    write_table(path, [("auditor", "home", "most"), *auditors])
    plan, problems = plan_study(bundle_of(study), path, options())
    assert plan is None
    assert [(each.code, dict(each.params)["parts"]) for each in problems] == [("EK624", "2")]


def test_a_channel_that_a_unit_lacks_is_not_used_there(tmp_path: Path) -> None:
    study, path = plan_files(tmp_path, header="phone")
    rows = [(unit, name, "否" if index < 20 else "是") for index, (unit, name, _) in enumerate(UNITS)]
    write_table(tmp_path / "units.csv", [("unit", "name", "phone"), *rows])
    write_table(path, [("auditor",), *((f"A{n}",) for n in range(8))])
    plan, problems = plan_study(bundle_of(study), path, options())
    assert problems == []
    assert plan is not None
    without = {unit for unit, _, _ in UNITS[:20]}
    assert {(rating.scenario, rating.channel) for rating in plan.ratings if rating.unit in without} == {("S2", "web")}


def test_a_unit_without_any_channel_is_named(tmp_path: Path) -> None:
    study, path = plan_files(tmp_path)
    rows = [(unit, name, "no" if unit == "U07" else "", "no" if unit == "U07" else "") for unit, name, _ in UNITS]
    write_table(tmp_path / "units.csv", [("unit", "name", "phone", "web"), *rows])
    write_table(path, [("auditor",), *((f"A{n}",) for n in range(8))])
    plan, problems = plan_study(bundle_of(study), path, options())
    assert plan is None
    assert [(each.code, each.place.unit) for each in problems] == [("EK623", "U07")]


def dated(
    folder: Path, more: Sequence[str] = (), rows: Sequence[Sequence[str]] = AUDITORS, **fieldwork: object
) -> tuple[Planned | None, list[Problem]]:
    study, path = plan_files(folder, rows, more=more, fieldwork=FIELDWORK | fieldwork)
    return plan_study(bundle_of(study), path, options())


def test_calls_have_dates_within_the_daily_capacity(tmp_path: Path) -> None:
    plan, problems = dated(tmp_path)
    assert problems == []
    assert plan is not None
    first = [rating for rating in plan.ratings if rating.role == "first"]
    days = {rating.date for rating in first}
    assert days == {f"2025-03-{day:02}" for day in range(3, 15) if day != 6}
    assert max(Counter((rating.auditor, rating.date) for rating in first).values()) <= 4
    assert max(Counter((rating.unit, rating.date) for rating in first).values()) == 1
    spread = Counter(rating.date for rating in first).values()
    assert max(spread) - min(spread) <= 8, "240 calls in eleven days are 22 a day"
    assert {rating.date for rating in plan.ratings if rating.role == "reserve"} == {""}
    dates = {rating.call: rating.date for rating in first}
    assert all(rating.date == dates[rating.call] for rating in plan.ratings if rating.role == "second")


def test_without_fieldwork_nothing_else_changes(tmp_path: Path) -> None:
    with_days, _ = dated(tmp_path, daily=400)
    without, _ = planned(tmp_path)
    assert with_days is not None
    assert without is not None
    assert tuple(replace(rating, date="") for rating in with_days.ratings) == without.ratings


def test_auditors_have_their_own_limits_and_days_off(tmp_path: Path) -> None:
    rows = [(*row, "", "") for row in AUDITORS[:-2]]
    rows += [(*AUDITORS[-2], "1", ""), (*AUDITORS[-1], "", "2025-03-03;2025-03-04;2025-03-05")]
    plan, problems = dated(tmp_path, ("daily", "off"), rows, last="2025-03-16")
    assert problems == []
    assert plan is not None
    first = [rating for rating in plan.ratings if rating.role == "first"]
    assert set(Counter(rating.date for rating in first if rating.auditor == "A7").values()) == {1}
    assert min(rating.date for rating in first if rating.auditor == "A8") == "2025-03-07"


def test_too_few_days_are_told_in_auditor_days(tmp_path: Path) -> None:
    plan, problems = dated(tmp_path, last="2025-03-05", holidays=[])
    assert plan is None
    assert [(each.code, dict(each.params)) for each in problems] == [
        ("EK640", {"missing": "144", "days": "36", "daily": "4"})
    ]


def most_of(ratings: Sequence[PlannedRating], *names: str) -> int:
    """Return the most calls that agree in these fields."""
    first = [rating for rating in ratings if rating.role == "first"]
    return max(Counter(tuple(getattr(rating, name) for name in names) for rating in first).values())


def test_limits_of_a_slot_and_of_a_unit_are_kept(tmp_path: Path) -> None:
    """The small protocol has one slot, so that three calls in it are three calls a day: room for 264 of 240 calls."""
    plan, problems = dated(tmp_path, slot_daily=3, unit_daily=1)
    assert problems == []
    assert plan is not None
    assert most_of(plan.ratings, "auditor", "date", "slot") == 3
    assert most_of(plan.ratings, "unit", "date") == 1


def test_a_slot_that_holds_too_few_calls_is_a_lack_of_days(tmp_path: Path) -> None:
    plan, problems = dated(tmp_path, slot_daily=2)
    assert plan is None
    assert [(each.code, dict(each.params)) for each in problems] == [
        ("EK640", {"missing": "64", "days": "32", "daily": "4"})
    ]


def test_units_that_may_be_called_less_often_than_planned_are_counted(tmp_path: Path) -> None:
    """Four days hold four of six calls to each of forty units."""
    plan, problems = dated(tmp_path, last="2025-03-07", daily=20, unit_daily=1)
    assert plan is None
    assert [(each.code, dict(each.params)) for each in problems] == [
        ("EK617", {"limit": "1", "units": "40", "missing": "80"})
    ]


def test_days_that_do_not_suit_units_and_auditors_together(tmp_path: Path) -> None:
    """Six days for six calls to each of forty units, but on the last of them all auditors are off."""
    rows = [(*row, "2025-03-09") for row in AUDITORS]
    plan, problems = dated(tmp_path, ("off",), rows, last="2025-03-09", daily=40, unit_daily=1)
    assert plan is None
    assert [(each.code, dict(each.params)) for each in problems] == [("EK618", {"limit": "1", "count": "40"})]


def test_calls_crowded_into_one_day_are_said_to_be_conspicuous(tmp_path: Path) -> None:
    rows = [(*row, "N1;N2") for row in AUDITORS]
    plan, problems = dated(tmp_path, ("numbers",), rows, last="2025-03-03", holidays=[], daily=30)
    assert plan is not None
    counts = [(each.code, dict(each.params)["count"]) for each in problems]
    assert counts == [("EK642", "200"), ("EK643", "160")], "six calls to each of 40 units in one slot, by two numbers"


def test_a_hotline_is_called_by_another_number_each_time(tmp_path: Path) -> None:
    rows = [(*row, f"138000000{index};139000000{index}") for index, row in enumerate(AUDITORS)]
    plan, problems = dated(tmp_path, ("numbers",), rows)
    assert problems == []
    assert plan is not None
    called = Counter((rating.unit, rating.number) for rating in plan.ratings if rating.role != "second")
    assert max(called.values()) == 1
    assert set(plan.telephones) == {rating.number for rating in plan.ratings}
    assert not any("1380000" in text for rating in plan.ratings for text in astuple(rating))
