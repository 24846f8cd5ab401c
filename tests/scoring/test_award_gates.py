"""Gates: vetoes, samples, columns, minima, alone and together, of the scheme and of an award."""

from __future__ import annotations

from tests.award_fields import NAN, award, awards, field

TOP = {"method": "top", "count": 1}
VETO = {"name": {"zh": "重大事故", "en": "grave accident"}, "column": "accident", "values": ["yes"]}


def test_veto_by_a_column_bars_the_best_and_says_so() -> None:
    where = field([90, 80], columns={"accident": ["yes", "no"]})
    found = award(where, TOP, veto=[VETO])
    assert found.winners["a1"] == ["U2"]
    assert found.of("EK505") == [{"unit": "U1", "award": "s/a1", "veto_zh": "重大事故", "veto_en": "grave accident"}]


def test_veto_by_a_score_bars_below_and_above_but_not_on_the_bound_nor_without_a_score() -> None:
    where = field([90, 80, 70, 60, 50], nodes={"B": [39, 40, NAN, 61, 60]})
    found = award(where, {"method": "band", "low": 0}, veto=[{"name": "v", "node": "B", "below": 40, "above": 60}])
    assert found.winners["a1"] == ["U2", "U3", "U5"]


def test_small_samples_do_not_compete() -> None:
    where = field([90, 80, 70, 60], sizes={"ROOT": [4, 5, 0, 9]}, columns={"calls": ["30", "29", "", "many"]})
    by_node = award(where, TOP, sample={"minimum": 5, "node": "ROOT"})
    assert by_node.winners["a1"] == ["U2"]
    assert [(each["unit"], each["found"]) for each in by_node.of("EK506")] == [("U1", "4"), ("U3", "0")]
    by_column = award(where, TOP, sample={"minimum": 30, "column": "calls"})
    assert by_column.winners["a1"] == ["U1"]
    assert [each["found"] for each in by_column.of("EK506")] == ["29", "-", "-"]


def test_gates_of_the_scheme_hold_for_every_award_and_are_said_once() -> None:
    where = field([90, 80, 70], columns={"accident": ["yes", "no", "no"], "class": ["a", "a", "b"]})
    found = awards(where, [{"rule": TOP}, {"rule": TOP, "eligible": {"class": ["b"]}}], gates={"veto": [VETO]})
    assert found.winners == {"a1": ["U2"], "a2": ["U3"]}
    assert [each["award"] for each in found.of("EK505")] == ["s"]


def test_award_among_too_few_units_is_not_given() -> None:
    where = field([90, 80, 70], columns={"class": ["a", "a", "b"]})
    rule = {"method": "top", "percent": 50, "rounding": "up", "within": "class"}
    found = award(where, rule, least_units=2)
    assert found.winners["a1"] == ["U1"]
    assert found.of("EK507") == [{"award": "s/a1", "group": "b", "found": "1", "least": "2"}]
    assert award(where, rule).winners["a1"] == ["U1", "U3"]


def test_vetoed_unit_falls_into_the_block_for_it_if_it_could_take_part_at_all() -> None:
    where = field([90, 80, 50], columns={"accident": ["yes", "no", "yes"], "class": ["a", "a", "b"]})
    blocks = [{"id": "pass", "name": "合格", "at_least": 60}, {"id": "fail", "name": "不合格"}]
    rule = {"method": "blocks", "by": "score", "vetoed": "fail", "blocks": blocks}
    found = award(where, rule, veto=[VETO], eligible={"class": ["a"]})
    assert found.winners == {"pass": ["U2"], "fail": ["U1"]}
    assert found.why("U1") == "单项否决:重大事故 / veto: grave accident"
    without = award(where, {**rule, "vetoed": None}, veto=[VETO])
    assert without.winners == {"pass": ["U2"], "fail": []}
