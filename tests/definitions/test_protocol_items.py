from __future__ import annotations

from evalkit.definitions.protocol_items import Item


def item(**keys: object) -> Item:
    return Item.model_validate({"code": "G1", "text": "问", "base": "reached"} | keys)


def test_steps_without_points_stand_at_equal_distances() -> None:
    steps = [{"code": code, "name": code} for code in ("a", "b", "c", "d", "e")]
    assert item(type="scale", steps=steps).points_by_answer == {"a": 100, "b": 75, "c": 50, "d": 25, "e": 0}


def test_steps_have_their_own_points_where_they_say_so() -> None:
    steps = [{"code": "a", "name": "好", "points": 90}, {"code": "b", "name": "差", "points": 10}]
    assert item(type="scale", steps=steps).points_by_answer == {"a": 90, "b": 10}


def test_yes_is_best_unless_the_item_says_otherwise() -> None:
    assert item(type="yesno").points_by_answer == {"yes": 100, "no": 0}
    assert item(type="yesno", points={"yes": 0, "no": 100}).points_by_answer == {"yes": 0, "no": 100}


def test_an_outcome_is_not_asked() -> None:
    outcome = item(type="outcome", points={"good": 100})
    assert not outcome.is_asked
    assert outcome.points_by_answer == {"good": 100}
