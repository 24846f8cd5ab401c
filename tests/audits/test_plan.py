from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.board import Slate
from evalkit.audits.calendar import UNLIMITED, Calendar, without_days
from evalkit.audits.design import connection
from evalkit.audits.plan import Plan, lay_out, make_plan
from evalkit.audits.request import NoCapacityError, NoDaysError, Request
from evalkit.audits.schedule import schedule
from evalkit.audits.seats import NOBODY
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
        calendar=without_days(SLOTS, AUDITORS),
        region=region,
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


def test_slots_are_balanced_over_all_whatever_the_reserves() -> None:
    """Eleven calls and a reserve are three turns of four slots: reserves must not fall on one slot every time."""
    plan = usual()
    for kept in (plan.reserve, ~plan.reserve):
        assert np.ptp(np.bincount(plan.slot[kept], minlength=SLOTS)) <= 1
    kept = ~plan.reserve
    assert np.ptp(by(plan.scenario[kept], plan.slot[kept])) <= 2, "no scenario goes with one slot"


@pytest.mark.parametrize("calls", [6, 9, 18])
def test_units_share_scenarios_when_a_turn_holds_whole_units(calls: int) -> None:
    """Three units of six calls have all eighteen scenarios; the next three must not have them in the same parts."""
    plan = make_plan(request(calls=calls, reserves=0))
    assert connection(plan.unit, plan.scenario).components == 1
    assert np.ptp(np.bincount(plan.scenario)) <= 1


def test_capacity_by_days_is_kept_to_the_last_seat_or_refused() -> None:
    """Two slots on two days, two on all seven; 660 calls fill what fifteen auditors have."""
    open_days = np.array([np.arange(7) < 2, np.arange(7) < 2, np.ones(7, dtype=bool), np.ones(7, dtype=bool)])
    daily = np.repeat([[11, 11, 5, 5, 4, 4, 4]], AUDITORS, axis=0)
    calendar = Calendar(open_days, daily, 5)
    plan = make_plan(request(calendar=calendar))
    kept = ~plan.reserve
    day = schedule(plan.unit[kept], plan.slot[kept], plan.auditor[kept], calendar, 1)
    assert by(plan.auditor[kept], day).tolist() == daily.tolist()
    fewer = daily.copy()
    fewer[3, 0] -= 1
    with pytest.raises(NoDaysError) as caught:
        make_plan(request(calendar=Calendar(open_days, fewer, 5)))
    assert (caught.value.calls, caught.value.days) == (1, 1)


small_requests = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 99),
        "calls": st.integers(1, 3),
        "reserves": st.integers(0, 1),
        "most": st.lists(st.integers(0, 5), min_size=3, max_size=3),
        "daily": st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=3, max_size=3),
        "in_slot": st.sampled_from([1, 2, UNLIMITED]),
        "open": st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=2, max_size=2),
        "away": st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=2, max_size=2),
    }
)


def small(drawn: dict[str, Any]) -> Request:
    """Two units, three auditors, two slots and three days, everything scarce."""
    allowed = np.array(drawn["away"])
    allowed[:, 0] |= ~allowed.any(axis=1)
    calendar = Calendar(np.array(drawn["open"]), np.array(drawn["daily"]), 2, drawn["in_slot"])
    return request(
        calls=drawn["calls"], reserves=drawn["reserves"], double=0.0, applies=np.ones((2, 3), dtype=bool),
        allowed=allowed, most=np.array(drawn["most"]), calendar=calendar,
        region=np.zeros(2, np.int64), seed=drawn["seed"],
    )  # fmt: skip


def most_seated(asked: Request, slate: Slate, *, by_day: bool = True) -> int:
    """Return how many calls can have an auditor, and a day, by trying everything.

    ``total``: what is left of each auditor's ratings; ``seats``: of his calls by day, and by slot and day.
    """
    calendar = asked.calendar

    def best(call: int, total: tuple[int, ...], seats: tuple[int, ...]) -> int:
        if call == len(slate.unit):
            return 0
        found = best_of(call + 1, total, seats)
        for auditor in np.flatnonzero(asked.allowed[slate.unit[call]] & (np.array(total) > 0)).tolist():
            left = tuple(each - (who == auditor) for who, each in enumerate(total))
            if slate.reserve[call] or not by_day:
                found = max(found, 1 + best_of(call + 1, left, seats))
                continue
            slot = int(slate.slot[call])
            for day in np.flatnonzero(calendar.open[slot]).tolist():
                taken = (auditor * 3 + day, 9 + slot * 9 + auditor * 3 + day)
                if all(seats[place] for place in taken):
                    rest = tuple(each - (place in taken) for place, each in enumerate(seats))
                    found = max(found, 1 + best_of(call + 1, left, rest))
        return found

    best_of = cache(best)
    in_slots = np.full(18, min(calendar.in_slot, 9))
    return best_of(0, tuple(asked.most.tolist()), tuple(np.concatenate([calendar.daily.ravel(), in_slots]).tolist()))


def found_or_refused(asked: Request) -> Plan | NoDaysError | NoCapacityError:
    try:
        return make_plan(asked)
    except (NoDaysError, NoCapacityError) as error:
        return error


@settings(max_examples=150)
@given(small_requests)
def test_a_plan_is_found_if_and_only_if_there_is_one(drawn: dict[str, Any]) -> None:
    """Held against trying everything; a refusal tells exactly how many calls are too many."""
    asked = small(drawn)
    slate = lay_out(asked, np.random.Generator(np.random.PCG64(asked.seed)))
    calls, seated, without_days_too = (
        len(slate.unit),
        most_seated(asked, slate),
        most_seated(asked, slate, by_day=False),
    )
    plan = found_or_refused(asked)
    if isinstance(plan, NoCapacityError):
        assert plan.calls == calls - without_days_too > 0
    elif isinstance(plan, NoDaysError):
        assert plan.calls == calls - seated > 0
        assert without_days_too == calls
        assert plan.days >= -(-plan.calls // 2)
    else:
        assert seated == calls
        assert (np.bincount(plan.auditor, minlength=3) <= asked.most).all()
        assert asked.allowed[plan.unit, plan.auditor].all()
        kept = ~plan.reserve
        day = schedule(plan.unit[kept], plan.slot[kept], plan.auditor[kept], asked.calendar, asked.seed)
        load = np.zeros((3, 3), np.int64)
        np.add.at(load, (plan.auditor[kept], day), 1)
        assert (load <= asked.calendar.daily).all()
        assert asked.calendar.open[plan.slot[kept], day].all()
        assert by(plan.auditor[kept] * 2 + plan.slot[kept], day).max() <= asked.calendar.in_slot


def test_second_scores_find_room_that_calls_must_make() -> None:
    """Twelve ratings and room for twelve: only the third auditor can score the second time at the first unit."""
    allowed = np.array([[True, False, True], [True, True, True], [True, True, True]])
    few = request(
        calls=3, reserves=0, double=1 / 3, applies=np.ones((3, 3), dtype=bool), allowed=allowed,
        most=np.array([4, 4, 4]), calendar=without_days(1, 3), region=np.zeros(3, np.int64),
    )  # fmt: skip
    for seed in range(20):
        plan = make_plan(replace(few, seed=seed))
        second = plan.second != NOBODY
        assert second.sum() == 3
        assert (plan.second[second] != plan.auditor[second]).all()
        assert allowed[plan.unit[second], plan.second[second]].all()
        assert (np.bincount(np.concatenate([plan.auditor, plan.second[second]])) <= few.most).all()
