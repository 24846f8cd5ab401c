"""Awards: who gets which, on what basis, and whether the reason says what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.awards import AwardScheme
from evalkit.problems import Problem
from evalkit.scoring.award_field import Field
from evalkit.scoring.awards import Given, apply_scheme

NAN = float("nan")


def field(scores: Sequence[float], *, regions: Sequence[str] = (), other: Sequence[float] = ()) -> Field:
    count = len(scores)
    units = tuple(f"U{number}" for number in range(1, count + 1))
    return Field(
        units=units,
        scores={"ROOT": np.array(scores, dtype=float), "B": np.array(other or [50.0] * count, dtype=float)},
        columns={"unit": units, "region": list(regions) or ["east"] * count},
        root="ROOT",
        tolerance=1e-9,
        node_names={"ROOT": ("总指数", "Index"), "B": ("乙维度", "Dimension B")},
    )


def apply(
    where: Field, *awards: Mapping[str, Any], one_rung: bool = False
) -> tuple[dict[str, list[str]], list[Given], list[Problem]]:
    """The winners by award, all that was given, and the findings."""
    declared: list[dict[str, Any]] = [
        {"id": f"a{number}", "name": "prize", **each} for number, each in enumerate(awards, start=1)
    ]
    scheme = {"id": "s", "version": "1", "name": "s", "one_rung": one_rung, "awards": declared}
    given_awards, problems = apply_scheme(AwardScheme.model_validate(scheme), where)
    winners: dict[str, list[str]] = {each["id"]: [] for each in declared}
    for each in given_awards:
        winners[each.award].append(each.unit)
    return winners, given_awards, problems


def band(**keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a rule
    return {"rule": {"method": "band", **keys}}


def top(**keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a rule
    return {"rule": {"method": "top", **keys}}


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


@pytest.mark.parametrize(
    ("closed", "winners", "interval"),
    [
        ("left", ["U2", "U3"], "[60, 80)"),
        ("right", ["U3", "U4"], "(60, 80]"),
        ("both", ["U2", "U3", "U4"], "[60, 80]"),
        ("neither", ["U3"], "(60, 80)"),
    ],
)
def test_band_has_the_ends_that_it_states(closed: str, winners: list[str], interval: str) -> None:
    where = field([59.9, 60, 70, 80, 80.1, NAN])
    found, given_awards, problems = apply(where, band(low=60, high=80, closed=closed))
    assert found["a1"] == winners
    assert problems == []
    assert all(interval in each.reason and f"band={interval}" in each.basis for each in given_awards)


def test_band_may_be_open_at_one_end() -> None:
    found, given_awards, _ = apply(field([10, 90]), band(low=50), band(high=50))
    assert found == {"a1": ["U2"], "a2": ["U1"]}
    assert [each.basis for each in given_awards] == ["ROOT=90.0;band=[50, +∞)", "ROOT=10.0;band=(-∞, 50)"]


def test_score_just_below_a_bound_does_not_read_as_the_bound() -> None:
    found, given_awards, _ = apply(field([79.99999]), band(low=80), band(low=60, high=80))
    assert found == {"a1": [], "a2": ["U1"]}
    assert given_awards[0].reason == "总指数得分 79.99999,在 [60, 80) 内 / Index scores 79.99999, within [60, 80)"


def test_score_within_the_tolerance_of_a_bound_is_on_it() -> None:
    found, given_awards, _ = apply(field([80 - 1e-12]), band(low=80), band(low=60, high=80))
    assert found == {"a1": ["U1"], "a2": []}
    assert "80.00" in given_awards[0].reason


def test_top_places_go_to_the_best() -> None:
    found, given_awards, problems = apply(field([70, 90, NAN, 80]), top(count=2))
    assert found["a1"] == ["U2", "U4"]
    assert problems == []
    assert given_awards[1].basis == "ROOT=80.0;rank=2/3;places=2"
    assert given_awards[1].reason == (
        "总指数得分 80.00,在 3 个符合条件的单位中排第 2,取前 2 名 / "
        "Index scores 80.00, rank 2 of 3 eligible units; places: 2"
    )


@pytest.mark.parametrize(("rounding", "count"), [("down", 1), ("up", 2), ("nearest", 2)])
def test_percent_becomes_places_by_the_stated_rounding(rounding: str, count: int) -> None:
    found, _, _ = apply(field([5, 4, 3, 2, 1]), top(percent=30, rounding=rounding))
    assert found["a1"] == ["U1", "U2"][:count]


def test_places_are_given_in_each_group() -> None:
    where = field([90, 80, 70, 60], regions=["east", "east", "west", ""])
    found, given_awards, problems = apply(where, top(count=1, within="region"))
    assert found["a1"] == ["U1", "U3"]
    assert "“west”" in given_awards[1].reason
    assert given_awards[1].basis.endswith(";group=region:west")
    assert [(each.code, each.place.unit) for each in problems] == [("EK504", "U4")]


def test_only_eligible_units_with_the_minimum_take_part() -> None:
    where = field([90, 80, 70], regions=["east", "west", "west"], other=[50, 20, 30])
    award = top(count=1) | {"eligible": {"region": ["west"]}, "minimum": {"B": 30}}
    found, given_awards, problems = apply(where, award)
    assert found["a1"] == ["U3"]
    assert problems == []
    assert given_awards[0].reason.startswith(
        "总指数得分 70.00,在 1 个符合条件的单位中排第 1,取前 1 名;乙维度得分 30.00,不低于 30"
    )
    assert given_awards[0].basis.endswith(";B=30.0>=30")


def test_award_may_look_at_another_node() -> None:
    found, given_awards, _ = apply(field([90, 80], other=[1, 2]), top(count=1) | {"node": "B"})
    assert found["a1"] == ["U2"]
    assert given_awards[0].reason.startswith("乙维度得分 2.00")


def test_ladder_gives_a_unit_its_highest_rung_only() -> None:
    found, given_awards, _ = apply(field([95, 85, 75]), band(low=90), band(low=80), band(low=70), one_rung=True)
    assert found == {"a1": ["U1"], "a2": ["U2"], "a3": ["U3"]}
    assert [each.tier for each in given_awards] == [1, 2, 3]


def test_without_a_ladder_a_unit_may_have_several() -> None:
    found, given_awards, _ = apply(field([95]), band(low=90), band(low=80))
    assert found == {"a1": ["U1"], "a2": ["U1"]}
    assert [each.tier for each in given_awards] == [None, None]


@pytest.mark.parametrize(("count_from", "second"), [("remaining", ["U2", "U3"]), ("all", ["U2"])])
def test_higher_rung_takes_up_a_place_only_where_all_count(count_from: str, second: list[str]) -> None:
    where = field([90, 80, 70, 60])
    found, given_awards, _ = apply(where, top(count=1), top(count=2, count_from=count_from), one_rung=True)
    assert found["a2"] == second
    last = given_awards[-1]
    if count_from == "remaining":
        assert "在 3 个符合条件的单位中排第 2,取前 2 名;另有 1 个单位已获更高一级,不占名额" in last.reason
        assert "rank=2/3" in last.basis
    else:
        assert "在 4 个符合条件的单位中排第 2,取前 2 名" in last.reason
        assert "不占名额" not in last.reason


@pytest.mark.parametrize(("ties", "winners"), [("share", ["U1", "U2", "U3"]), ("leave", ["U1"])])
def test_tie_at_the_cut_is_shared_or_left_and_reported(ties: str, winners: list[str]) -> None:
    found, given_awards, problems = apply(field([90, 80, 80 + 1e-12, 70]), top(count=2, ties=ties))
    assert found["a1"] == winners
    assert codes(problems) == ["EK502"]
    assert "U2, U3" in problems[0].message("zh")
    if ties == "share":
        assert all("与 1 个单位并列" in each.reason for each in given_awards[1:])


def test_tie_that_the_places_hold_is_no_finding() -> None:
    found, _, problems = apply(field([90, 80, 80]), top(count=3, ties="leave"))
    assert found["a1"] == ["U1", "U2", "U3"]
    assert problems == []


def test_too_few_and_nobody_are_noted() -> None:
    _, _, problems = apply(field([90, NAN]), top(count=2))
    assert codes(problems) == ["EK501"]
    found, _, problems = apply(field([NAN, NAN]), top(count=1), band(low=0), top(percent=10))
    assert found == {"a1": [], "a2": [], "a3": []}
    assert codes(problems) == ["EK501", "EK503", "EK503", "EK503"]


AWARDS = st.one_of(
    st.builds(
        lambda low, closed: band(low=low, closed=closed), st.integers(0, 100), st.sampled_from(["left", "right"])
    ),
    st.builds(
        lambda count, ties, within, count_from: top(count=count, ties=ties, within=within, count_from=count_from),
        st.integers(1, 4),
        st.sampled_from(["share", "leave"]),
        st.sampled_from([None, "region"]),
        st.sampled_from(["remaining", "all"]),
    ),
)


@given(
    scores=st.lists(st.one_of(st.just(NAN), st.integers(0, 5).map(lambda each: 20.0 * each)), min_size=1, max_size=9),
    awards=st.lists(AWARDS, min_size=1, max_size=4),
    one_rung=st.booleans(),
    data=st.data(),
)
def test_every_reason_is_whole_and_true(
    scores: list[float], awards: list[dict[str, Any]], one_rung: bool, data: st.DataObject
) -> None:
    regions = data.draw(st.lists(st.sampled_from(["east", "west"]), min_size=len(scores), max_size=len(scores)))
    where = field(scores, regions=regions)
    _, given_awards, problems = apply(where, *awards, one_rung=one_rung)
    for each in given_awards:
        assert not {"{", "}"} & set(each.reason)
        assert not np.isnan(scores[where.units.index(each.unit)])
        parts = dict(piece.split("=", 1) for piece in each.basis.split(";"))
        if "rank" in parts:
            rank, count = map(int, parts["rank"].split("/"))
            assert 1 <= rank <= int(parts["places"])
            assert rank <= count
    for found in problems:
        assert "{" not in found.message("both") + found.hint("both")
    if one_rung:
        assert len({each.unit for each in given_awards}) == len(given_awards)
