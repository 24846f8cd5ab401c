from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.board import NOBODY
from evalkit.audits.design import connection
from evalkit.audits.plan import Plan, make_plan
from evalkit.audits.request import NoCapacityError, NoDaysError, Request
from evalkit.audits.schedule import Calendar, Room, no_room_needed, room, schedule
from evalkit.scoring.arrays import IntArray

UNITS, AUDITORS, SCENARIOS, SLOTS, REGIONS = 60, 15, 18, 4, 12


def request(**changes: object) -> Request:
    draws = np.random.default_rng(0)
    region, home = draws.integers(0, REGIONS, UNITS), draws.integers(0, REGIONS, AUDITORS)
    usual = Request(
        calls=11,
        reserves=1,
        double=0.1,
        applies=np.ones((UNITS, SCENARIOS), dtype=bool),
        allowed=region[:, None] != home,
        most=np.full(AUDITORS, 10_000),
        room=no_room_needed(SLOTS, AUDITORS),
        region=region,
        slots=SLOTS,
        seed=1,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # the fields of a request, of mixed type


@cache
def usual() -> Plan:
    return make_plan(request())


def by(rows: IntArray, columns: IntArray) -> IntArray:
    table = np.zeros((int(rows.max()) + 1, int(columns.max()) + 1), np.int64)
    np.add.at(table, (rows, columns), 1)
    return table


def test_every_unit_gets_its_calls_and_reserves() -> None:
    plan = usual()
    assert np.bincount(plan.unit[~plan.reserve]).tolist() == [11] * UNITS
    assert np.bincount(plan.unit[plan.reserve]).tolist() == [1] * UNITS


def test_scenarios_and_slots_are_balanced_within_units_and_over_all() -> None:
    plan = usual()
    kept = ~plan.reserve
    assert by(plan.unit, plan.scenario).max() == 1, "12 calls, 18 scenarios: none twice"
    assert np.ptp(np.bincount(plan.scenario[kept])) <= 2
    assert np.ptp(by(plan.unit[kept], plan.slot[kept])) <= 1


def test_auditors_are_balanced_in_load_scenarios_slots_and_regions() -> None:
    plan, asked = usual(), request()
    assert np.ptp(np.bincount(plan.auditor)) <= 2
    scenarios, slots = by(plan.auditor, plan.scenario), by(plan.auditor, plan.slot)
    assert np.ptp(scenarios) <= 3
    assert np.ptp(slots) <= 6
    assert (by(plan.auditor, asked.region[plan.unit]) > 0).sum(axis=1).min() >= 10


def test_swaps_even_out_what_the_first_draw_left() -> None:
    """By lot, an auditor's calls of one scenario would vary with the root of their mean, 3; here by far less."""
    scenarios = by(usual().auditor, usual().scenario)
    assert scenarios.std() < 0.5 * np.sqrt(scenarios.mean())


def test_no_unit_has_fewer_than_four_auditors_and_none_calls_home() -> None:
    plan = usual()
    assert (by(plan.unit, plan.auditor) > 0).sum(axis=1).min() >= 4
    assert request().allowed[plan.unit, plan.auditor].all()


def test_no_auditor_plays_a_scenario_twice_at_a_unit_even_when_scenarios_come_again() -> None:
    few = make_plan(request(applies=np.ones((UNITS, 4), dtype=bool)))
    assert by(few.unit, few.scenario).max() == 3
    assert by(few.unit * 4 + few.scenario, few.auditor).max() == 1


def test_double_scores_are_a_share_spread_over_units_by_another_auditor() -> None:
    plan = usual()
    second = plan.second != NOBODY
    assert second.sum() == 66
    assert not (second & plan.reserve).any()
    assert np.bincount(plan.unit[second], minlength=UNITS).max() <= 2
    assert (plan.second[second] != plan.auditor[second]).all()
    assert request().allowed[plan.unit[second], plan.second[second]].all()


def test_auditors_and_units_can_be_told_apart() -> None:
    found = connection(usual().unit, usual().auditor)
    assert found.components == 1
    assert found.efficiency > 0.8


def test_a_scenario_that_does_not_apply_is_not_played() -> None:
    applies = np.ones((UNITS, SCENARIOS), dtype=bool)
    applies[:30, :9] = False
    plan = make_plan(request(applies=applies))
    assert applies[plan.unit, plan.scenario].all()


def test_the_seed_decides_the_plan() -> None:
    again, other = make_plan(request()), make_plan(request(seed=2))
    for name in ("unit", "scenario", "slot", "auditor", "second"):
        np.testing.assert_array_equal(getattr(again, name), getattr(usual(), name))
    assert (other.auditor != usual().auditor).any()


def test_capacity_is_kept_or_refused() -> None:
    most = np.full(AUDITORS, 100)
    most[0] = 5
    plan = make_plan(request(most=most))
    ratings = np.concatenate([plan.auditor, plan.second[plan.second != NOBODY]])
    assert (np.bincount(ratings, minlength=AUDITORS) <= most).all()
    with pytest.raises(NoCapacityError):
        make_plan(request(most=np.full(AUDITORS, 3)))


@pytest.mark.parametrize("name", ["applies", "allowed"])
def test_a_unit_that_nobody_can_call_is_refused(name: str) -> None:
    table = np.ones((UNITS, AUDITORS if name == "allowed" else SCENARIOS), dtype=bool)
    table[7] = False
    with pytest.raises(ValueError, match="every unit"):
        make_plan(request(**{name: table}))


def test_capacity_by_days_is_kept_or_refused() -> None:
    """Two of four slots are within the first set of days, all within the second; sixty units call for 660 calls."""
    within = np.array([[True, True, False, False], [True] * 4])
    calls = usual().slot[~usual().reserve]
    first = -(-np.isin(calls, (0, 1)).sum() // AUDITORS) + 1
    plan = make_plan(request(room=Room(within, np.array([[first] * AUDITORS, [45] * AUDITORS]))))
    taken = by(plan.auditor[~plan.reserve], plan.slot[~plan.reserve])
    assert (taken[:, :2].sum(axis=1) <= first).all()
    assert (taken.sum(axis=1) <= 45).all()
    with pytest.raises(NoDaysError) as caught:
        make_plan(request(room=Room(within, np.array([[first] * AUDITORS, [40] * AUDITORS]))))
    assert caught.value.calls == 60


@settings(max_examples=25)
@given(seed=st.integers(0, 1000), days=st.integers(1, 9), daily=st.integers(1, 4))
def test_every_plan_with_room_finds_its_days(seed: int, days: int, daily: int) -> None:
    """What the room lets through can be given days, which :func:`schedule` refuses otherwise."""
    open_days = np.array([np.arange(days) % 7 < 5, np.ones(days, dtype=bool)])
    calendar = Calendar(open_days, np.full((5, days), daily))
    small = Request(
        calls=4, reserves=1, double=0.1, applies=np.ones((8, 3), dtype=bool), allowed=np.ones((8, 5), dtype=bool),
        most=np.full(5, 100), room=room(calendar), region=np.zeros(8, np.int64), slots=2, seed=seed,
    )  # fmt: skip
    try:
        plan = make_plan(small)
    except NoDaysError:
        assert 5 * days * daily < 2 * 32, "twice the room is enough for a plan to be found"
        return
    kept = ~plan.reserve
    day = schedule(plan.unit[kept], plan.slot[kept], plan.auditor[kept], calendar, seed)
    assert by(plan.auditor[kept], day).max() <= daily
