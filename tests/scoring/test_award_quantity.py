"""What is compared: growth since an earlier wave, several waves together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring.award_quantity import combined, growth
from tests.award_fields import NAN, award, field

TOP = {"method": "top", "count": 1}


def test_who_fell_or_stood_still_or_is_new_has_no_growth() -> None:
    now, before = np.array([60.0, 50, 50, 50, NAN]), np.array([50.0, 50, 60, NAN, 40])
    np.testing.assert_array_equal(growth(now, before, percent=False), [10, NAN, NAN, NAN, NAN])


def test_growth_in_percent_needs_a_base_above_zero() -> None:
    found = growth(np.array([30.0, 10, 10]), np.array([20.0, 0, -5]), percent=True)
    np.testing.assert_array_equal(found, [50, NAN, NAN])


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=8),
    st.one_of(st.none(), st.floats(0, 100)),
)
def test_growth_is_positive_and_from_the_base_up(pairs: list[tuple[float, float]], base: float | None) -> None:
    now, before = (np.array(each) for each in zip(*pairs, strict=True))
    found = growth(now, before, percent=False, minimum_base=base)
    grown = ~np.isnan(found)
    assert (found[grown] > 0).all()
    assert base is None or (before[grown] >= base).all()
    np.testing.assert_array_equal(found[grown], (now - before)[grown])


def test_waves_are_added_up_or_averaged_over_those_that_are_there() -> None:
    scores = np.array([[10.0, 20, 30], [NAN, 20, 30], [NAN, NAN, NAN]])
    np.testing.assert_array_equal(combined(scores, mean=False, least=3), [60, NAN, NAN])
    np.testing.assert_array_equal(combined(scores, mean=False, least=2), [60, 50, NAN])
    np.testing.assert_array_equal(combined(scores, mean=True, least=1), [20, 25, NAN])


def test_greatest_improvement_wins_from_the_minimum_base_up() -> None:
    where = field([70, 66, 80], earlier={"2022": [0, 0, 0], "2023": [20, 50, 78]})
    found = award(where, TOP, compare={"method": "improvement", "minimum_base": 40})
    assert found.winners["a1"] == ["U2"]
    assert found.why("U2") == (
        "总指数自 2023 以来的提高 16.00,在 2 个符合条件的单位中排第 1,取前 1 名;2023 得分 50.00,本期 66.00 / "
        "Index, growth since 2023: 16.00, rank 1 of 2 eligible units; places: 1; 50.00 in 2023, 66.00 in this wave"
    )
    assert found.given[0].basis.startswith("ROOT=66.0;before=50.0;growth=16.0;rank=1/2")
    assert [each["count"] for each in found.of("EK528")] == ["1"]
    assert award(where, TOP, compare={"method": "improvement", "on": "2022"}).winners["a1"] == ["U3"]
    percent = {"method": "improvement", "measure": "percent"}
    assert award(where, TOP, compare=percent).winners["a1"] == ["U1"]


def test_another_framework_is_not_compared_unless_the_award_says_so() -> None:
    where = field([70, 60], earlier={"2023": [50, 55]}, comparable=False)
    refused = award(where, TOP, compare={"method": "improvement"})
    assert refused.winners["a1"] == []
    assert "EK513" in refused.codes
    told = award(where, TOP, compare={"method": "improvement", "across_frameworks": True})
    assert told.winners["a1"] == ["U1"]
    assert told.codes == ["EK514"]


def test_without_an_earlier_wave_nobody_has_improved() -> None:
    found = award(field([70]), TOP, compare={"method": "improvement"})
    assert found.winners["a1"] == []
    assert [each["wave"] for each in found.of("EK512")] == ["-"]
    named = award(field([70], earlier={"2023": [60]}), TOP, compare={"method": "improvement", "on": "2021"})
    assert [each["wave"] for each in named.of("EK512")] == ["2021"]


@pytest.mark.parametrize("waves", [{"waves": ["2021", "2022"]}, {"last": 2}])
def test_several_waves_count_together(waves: dict[str, object]) -> None:
    where = field([60, 70, 99], earlier={"2020": [99, 0, 0], "2021": [60, 40, NAN], "2022": [60, 60, 80]})
    found = award(where, {"method": "top", "count": 3}, compare={"method": "waves", **waves})
    assert found.winners["a1"] == ["U1", "U2"]
    assert found.why("U1").startswith("总指数多期累计得分 180.00,")
    assert "有 3 期得分,共 3 期" in found.why("U1")
    lenient = award(where, TOP, compare={"method": "waves", **waves, "least_waves": 2, "combine": "mean"})
    assert lenient.winners["a1"] == ["U3"]


def test_waves_that_are_not_there_are_reported() -> None:
    where = field([60], earlier={"2022": [50]})
    named = award(where, TOP, compare={"method": "waves", "waves": ["2021", "2022"]})
    assert [each["wave"] for each in named.of("EK512")] == ["2021"]
    last = award(where, TOP, compare={"method": "waves", "last": 3})
    assert "EK512" in last.codes
    assert last.winners["a1"] == []


def test_what_is_compared_goes_with_any_rule() -> None:
    where = field([70, 66, 52], earlier={"2023": [50, 60, 50]}, columns={"class": ["a", "a", "b"]})
    compare = {"method": "improvement"}
    assert award(where, {"method": "band", "low": 5, "high": 10}, compare=compare).winners["a1"] == ["U2"]
    within = award(where, {"method": "top", "count": 1, "within": "class"}, compare=compare)
    assert within.winners["a1"] == ["U1", "U3"]
    blocks = [{"id": "fast", "name": "快", "at_least": 10}, {"id": "slow", "name": "慢"}]
    divided = award(where, {"method": "blocks", "by": "score", "blocks": blocks}, compare=compare)
    assert divided.winners == {"fast": ["U1"], "slow": ["U2", "U3"]}
