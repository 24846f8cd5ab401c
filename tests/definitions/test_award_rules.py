"""What the declarations of award rules accept, and what they know of themselves."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from evalkit.definitions.award_rules import Blocks
from evalkit.definitions.awards import Award, AwardScheme


def blocks(by: str, *cuts: dict[str, Any]) -> Blocks:
    listed = [{"id": f"b{number}", "name": "b", **cut} for number, cut in enumerate(cuts)]
    return Blocks.model_validate({"method": "blocks", "by": by, "blocks": listed})


def test_above_a_score_may_stand_over_at_least_that_score_for_the_score_itself() -> None:
    assert blocks("score", {"above": 80}, {"at_least": 80}, {}).unset == ()
    for cuts in ([{"at_least": 80}, {"above": 80}, {}], [{"above": 60}, {"at_least": 80}, {}]):
        with pytest.raises(ValidationError):
            blocks("score", *cuts)


def test_cuts_are_held_against_the_last_one_that_is_set() -> None:
    with pytest.raises(ValidationError):
        blocks("score", {"at_least": 60}, {}, {"at_least": 70}, {})


@pytest.mark.parametrize(
    ("by", "cuts", "unset"),
    [
        ("score", [{"at_least": 80}, {}, {}], (1,)),
        ("share", [{}, {"percent": 20}, {}], (0,)),
        ("places", [{"count": 1}, {"count": 2}, {}], ()),
        ("natural_breaks", [{}, {}], ()),
    ],
)
def test_block_without_a_cut_is_still_to_be_set_unless_it_is_the_last(
    by: str, cuts: list[dict[str, Any]], unset: tuple[int, ...]
) -> None:
    assert blocks(by, *cuts).unset == unset


def test_shares_that_make_up_the_whole_by_floats_are_no_more_than_the_whole() -> None:
    assert blocks("share", {"percent": 33.4}, {"percent": 33.3}, {"percent": 33.3}).by == "share"


def test_division_gives_its_blocks_and_an_award_itself() -> None:
    rule = {"method": "top", "count": 1}
    award = Award.model_validate({"id": "a", "name": "甲", "rule": rule})
    assert {gives: name.zh for gives, name in award.gives.items()} == {"a": "甲"}
    divided = Award.model_validate({"id": "a", "name": "甲", "rule": blocks("natural_breaks", {}, {}).model_dump()})
    assert list(divided.gives) == ["b0", "b1"]


@pytest.mark.parametrize(
    ("one_rung", "keys", "exclusion"),
    [(False, {}, None), (True, {}, ""), (True, {"beside": True}, None), (True, {"exclusive": "x"}, "x")],
)
def test_awards_exclude_each_other_as_rungs_or_by_their_word(
    one_rung: bool, keys: dict[str, Any], exclusion: str | None
) -> None:
    award = {"id": "a", "name": "a", "rule": {"method": "top", "count": 1}, **keys}
    scheme = {"id": "s", "version": "1", "name": "s", "one_rung": one_rung, "awards": [award]}
    declared = AwardScheme.model_validate(scheme)
    assert declared.exclusion(declared.awards[0]) == exclusion
