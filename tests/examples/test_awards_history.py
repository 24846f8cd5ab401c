"""The winners of 2018 and 2019: the printed counts, names that lead to one unit each, and cities that hold two."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from evalkit.sources.register import Register, read_register
from evalkit.sources.same_body import proposals

FOLDER = Path(__file__).parents[2] / "examples" / "awards-history"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


AWARDS = rows("awards.csv")
NAMES = list(dict.fromkeys(row["name"] for row in AWARDS))


@pytest.fixture(scope="module")
def register() -> Register:
    found, problems = read_register(FOLDER / "units.csv", "units.csv")
    assert problems == []
    assert found is not None
    return found


def unit(register: Register, name: str) -> str:
    found = register.find(name)
    assert found is not None, name
    return found


def test_every_award_has_as_many_winners_as_were_announced() -> None:
    assert Counter((row["year"], row["award"]) for row in AWARDS) == {
        ("2018", "金锐奖"): 4,
        ("2018", "金桥奖"): 4,
        ("2018", "金数奖"): 2,
        ("2018", "金创奖"): 1,
        ("2019", "卓越管理创新奖"): 15,
        ("2019", "最佳管理效率奖"): 12,
        ("2019", "卓越百姓服务奖"): 26,
        ("2019", "最佳服务案例奖"): 10,
        ("2019", "大数据应用创新示范奖"): 8,
    }
    assert {row["award"]: row["winners"] for row in rows("people.csv")} == {
        "杰出贡献奖": "12", "卓越管理人奖": "12", "卓越服务之星": "14",
    }  # fmt: skip


def test_of_2019_there_are_52_units_and_19_of_them_won_twice(register: Register) -> None:
    won = Counter(unit(register, row["name"]) for row in AWARDS if row["year"] == "2019")
    assert Counter(won.values()) == {1: 33, 2: 19}


def test_every_printed_name_leads_to_one_unit_and_every_unit_won(register: Register) -> None:
    assert {unit(register, name) for name in NAMES} == set(register.units)
    assert (len(NAMES), len(register.units)) == (62, 58)


def test_aliases_of_one_body_are_one_unit(register: Register) -> None:
    alike = {frozenset((each.first, each.second)) for each in proposals(NAMES) if each.alike}
    by_unit: dict[str, set[str]] = defaultdict(set)
    for name in NAMES:
        by_unit[unit(register, name)].add(name)
    assert alike == {frozenset(names) for names in by_unit.values() if len(names) > 1}
    assert {each.place for each in proposals(NAMES) if each.alike} == {"佛山", "银川", "广州", "南京"}
    one, other = "广州市12345政府热线", "广州12345政府服务热线"
    assert unit(register, one) == unit(register, other)


def test_units_that_won_in_both_years(register: Register) -> None:
    years: dict[str, set[str]] = defaultdict(set)
    for row in AWARDS:
        years[unit(register, row["name"])].add(row["year"])
    both = {register.names[each] for each, found in years.items() if len(found) == 2}
    assert {name[:2] for name in both} == {"天津", "佛山", "银川", "广州", "南京"}


def test_a_city_can_hold_two(register: Register) -> None:
    cities = Counter(register.frame["city"])
    assert {city for city, count in cities.items() if count > 1} == {
        "郑州市",
        "成都市",
        "佛山市",
        "苏州市",
        "北京市",
        "海口市",
    }
    assert unit(register, "郑州市12345市长热线") != unit(register, "郑州市投诉举报平台")
    apart = [each for each in proposals(NAMES) if not each.alike]
    assert {each.place for each in apart} == {"北京", "成都", "海口", "郑州"}
    assert all(unit(register, each.first) != unit(register, each.second) for each in apart)


def test_what_is_left_open_says_so(register: Register) -> None:
    frame = register.frame
    open_questions = frame[frame["open_question"] != ""]
    assert sorted(open_questions["city"]) == ["北京市", "成都市", "海口市"]
    for text in open_questions["open_question"]:
        assert [each for each in register.units if each in text]
