"""One award at a time: blocks with their sizes and reasons, peer groups, exclusion, listing in no order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.award_fields import NAN, award, awards, field

GRADES: list[dict[str, Any]] = [
    {"id": "high", "name": {"zh": "高", "en": "high"}, "above": 80},
    {"id": "middle", "name": {"zh": "中", "en": "middle"}, "at_least": 60},
    {"id": "low", "name": {"zh": "低", "en": "low"}},
]
PLAIN = [{"id": each["id"], "name": each["name"]} for each in GRADES]


def test_blocks_by_score_say_their_ends_and_sizes() -> None:
    found = award(field([80.0, 80.1, 60, 10, NAN]), {"method": "blocks", "by": "score", "blocks": GRADES})
    assert found.winners == {"high": ["U2"], "middle": ["U1", "U3"], "low": ["U4"]}
    assert found.why("U1") == "总指数得分 80.00,在 [60, 80] 内 / Index scores 80.00, within [60, 80]"
    assert [each.tier for each in found.given] == [2, 1, 2, 3]
    assert found.given[1].basis == "ROOT=80.1;block=1/3;interval=(80, +∞)"
    (sizes,) = found.of("EK509")
    assert sizes["sizes_en"] == "high 1 (25.0%), middle 2 (50.0%), low 1 (25.0%)"
    assert found.codes == ["EK509"]


def test_tier_that_nobody_reaches_is_noted() -> None:
    found = award(field([70, 61]), {"method": "blocks", "by": "score", "blocks": GRADES})
    assert [each["award"] for each in found.of("EK503")] == ["s/high", "s/low"]


def test_units_about_a_cut_that_is_not_set_get_no_block() -> None:
    blocks = [GRADES[0], PLAIN[1], PLAIN[2]]
    found = award(field([90, 70, 50]), {"method": "blocks", "by": "score", "blocks": blocks})
    assert found.winners == {"high": ["U1"], "middle": [], "low": []}
    assert found.of("EK508") == [{"award": "s/a1", "blocks": "middle", "count": "2"}]


@pytest.mark.parametrize(("ties", "sizes"), [("up", [3, 1, 1]), ("down", [1, 3, 1])])
def test_blocks_by_share_keep_tied_units_together_and_say_so(ties: str, sizes: list[int]) -> None:
    shares = [PLAIN[0] | {"percent": 40}, PLAIN[1] | {"percent": 40}, PLAIN[2]]
    rule = {"method": "blocks", "by": "share", "blocks": shares, "ties": ties}
    found = award(field([90, 80, 80, 70, 60]), rule)
    assert [len(units) for units in found.winners.values()] == sizes
    assert [each["units"] for each in found.of("EK527")] == ["U2, U3"]


def test_shares_of_the_published_blocks_give_the_published_sizes() -> None:
    shares = [PLAIN[0] | {"percent": 41.43}, PLAIN[1] | {"percent": 34.86}, PLAIN[2]]
    scores = np.random.default_rng(1).permutation(350).astype(float)
    found = award(field(scores.tolist()), {"method": "blocks", "by": "share", "blocks": shares})
    assert [len(units) for units in found.winners.values()] == [145, 122, 83]
    best = found.winners["high"]
    assert {int(scores[int(unit[1:]) - 1]) for unit in best} == set(range(205, 350))


def test_blocks_by_places_say_rank_and_places() -> None:
    rule = {"method": "blocks", "by": "places", "blocks": [PLAIN[0] | {"count": 1}, PLAIN[1] | {"count": 2}, PLAIN[2]]}
    found = award(field([70, 90, 80, 60]), rule)
    assert found.winners == {"high": ["U2"], "middle": ["U1", "U3"], "low": ["U4"]}
    assert found.why("U1").startswith("总指数得分 70.00,在 4 个符合条件的单位中排第 3,本档为第 2 至 3 名")


def test_natural_breaks_are_made_in_each_peer_group_and_a_group_of_equals_is_not_divided() -> None:
    where = field([90, 89, 50, 30, 29, 10, 5, 5], columns={"class": list("aaabbbcc")})
    found = award(where, {"method": "blocks", "by": "natural_breaks", "blocks": PLAIN[:2], "within": "class"})
    assert found.winners == {"high": ["U1", "U2", "U4", "U5"], "middle": ["U3", "U6"]}
    assert "本档 2 个单位,得分 89.00 至 90.00" in found.why("U1")
    assert "在“b”内比较" in found.why("U4")
    assert [each["group"] for each in found.of("EK509")] == ["a", "b"]
    assert [(each["found"], each["blocks"]) for each in found.of("EK510")] == [("1", "2")]


def test_best_in_each_node_may_be_one_prize_a_unit() -> None:
    where = field([1, 1, 1], nodes={"A": [9, 8, 7], "B": [9, 8, 7], "C": [9, 7, 8]})
    best = [{"node": node, "rule": {"method": "top", "count": 1}} for node in "ABC"]
    assert awards(where, best).winners == {"a1": ["U1"], "a2": ["U1"], "a3": ["U1"]}
    exclusive = awards(where, [each | {"exclusive": "dimension"} for each in best])
    assert exclusive.winners == {"a1": ["U1"], "a2": ["U2"], "a3": ["U3"]}
    assert "另有 2 个单位已获更高一级,不占名额" in exclusive.why("U3")
    assert [each.tier for each in exclusive.given] == [None] * 3


def test_awards_beside_a_ladder_take_no_rung_and_are_barred_by_none() -> None:
    rungs = [{"rule": {"method": "band", "low": 80}}, {"rule": {"method": "band", "low": 60}}]
    beside = {"beside": True, "rule": {"method": "top", "count": 1}}
    found = awards(field([90, 70]), [rungs[0], beside, rungs[1]], one_rung=True)
    assert found.winners == {"a1": ["U1"], "a2": ["U1"], "a3": ["U2"]}
    assert [each.tier for each in found.given] == [1, None, 2]


def test_a_unit_of_two_groups_competes_in_each_column_by_itself() -> None:
    where = field([90, 80, 70], columns={"class": ["a", "b", "b"], "region": ["east", "east", "west"]})
    rules = [{"rule": {"method": "top", "count": 1, "within": column}} for column in ("class", "region")]
    found = awards(where, rules)
    assert found.winners == {"a1": ["U1", "U2"], "a2": ["U1", "U3"]}


def test_winners_in_no_order_stand_by_unit_code() -> None:
    where = field([90, 80, 70], units=("C3", "A1", "B2"))
    assert award(where, {"method": "top", "count": 3}).winners["a1"] == ["C3", "A1", "B2"]
    unordered = awards(where, [{"rule": {"method": "top", "count": 3}}], unordered=True)
    assert unordered.winners["a1"] == ["A1", "B2", "C3"]


def test_award_without_a_published_rule_is_not_given() -> None:
    found = award(field([90]), {"method": "unset"})
    assert found.winners["a1"] == []
    assert found.codes == ["EK529"]


def test_ties_may_be_broken_by_other_nodes_in_turn() -> None:
    where = field([80, 80, 80, 80, 70], nodes={"A": [5, 9, 9, NAN, 9], "B": [9, 1, 2, 9, 9]})
    rule = {"method": "top", "count": 2, "tie_break": ["A", "B"]}
    found = award(where, rule)
    assert found.winners["a1"] == ["U2", "U3"]
    assert found.codes == []
    assert found.given[1].basis == "ROOT=80.0;rank=1/5;places=2"
    assert "另有 3 个单位得分相同,按 节点A、节点B 的得分分先后" in found.why("U3")
    tied = award(where, {**rule, "count": 1, "tie_break": ["A"]})
    assert tied.winners["a1"] == ["U2", "U3"]
    assert [each["units"] for each in tied.of("EK502")] == ["U2, U3"]
