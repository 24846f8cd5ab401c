"""Names that may mean one body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.sources.same_body import MOST_COMPARED, likeness, proposals, taken_apart


@pytest.mark.parametrize(
    ("name", "place", "words"),
    [
        ("广州市12345政府热线", "广州", ""),
        ("12345海口市民服务智慧联动平台", "海口", "民智慧联动"),
        ("浙江省嘉兴市12345政务热线服务中心", "嘉兴", ""),
        ("成都市龙泉驿区行政审批局", "龙泉驿", "行政审批局"),
        ("郑州市12345市长热线", "郑州", "市长"),
        ("鄂尔多斯市市长热线", "鄂尔多斯", "市长"),
        ("Hotline", "", "hotline"),
        ("", "", ""),
    ],
)
def test_a_name_has_a_place_and_words(name: str, place: str, words: str) -> None:
    body = taken_apart(name)
    assert (body.place, body.words) == (place, words)


def test_a_known_place_is_found_without_its_ending() -> None:
    assert taken_apart("广州12345政府服务热线", ["广州", "州"]).place == "广州"
    assert taken_apart("广州12345政府服务热线").place == ""


def test_width_quotes_and_brackets_do_not_matter() -> None:
    (proposal,) = proposals(["银川市（12345）“一号通”", "银川市12345一号通"])
    assert proposal.likeness == 1


def test_names_of_different_places_are_not_compared() -> None:
    assert proposals(["苏州市便民服务中心", "昆山市便民服务中心", "热线", "热线二"]) == []


def test_likest_come_first_within_a_place() -> None:
    found = proposals(["甲乙市投诉举报平台", "甲乙市热线", "甲乙市12345热线", "甲乙市投诉举报中心"])
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)
    assert [each.alike for each in found] == [True, True, False, False, False, False]


def test_of_very_many_in_one_place_only_those_with_the_same_words_are_compared() -> None:
    offices = [f"甲乙市第{number}局" for number in range(MOST_COMPARED)]
    found = proposals([*offices, "甲乙市第7局热线"])
    assert [(each.first, each.second) for each in found] == [("甲乙市第7局", "甲乙市第7局热线")]


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_symmetric_from_0_to_1_and_1_for_equals(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_names_can_be_compared(names: list[str]) -> None:
    for each in proposals(names):
        assert each.place
        assert each.first != each.second


def test_names_that_differ_in_a_number_are_not_alike() -> None:
    assert likeness("第10分局", "第1009分局") == 0
    assert likeness("第10分局", "10分局") > 0
