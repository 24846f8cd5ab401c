from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.awards import AwardScheme
from evalkit.scoring.award_field import Earlier, Field
from evalkit.scoring.jury import Panel
from evalkit.sources.nominations import Form, Nominations, Submission
from evalkit.uncertainty.award_redraws import Redrawn, drawn_juries, drawn_wave, draws_more, held_fixed
from tests.award_fields import field

DRAWS = 4000
JURY = {"method": "jury", "fewest_judges": 1, "criteria": [{"id": "new", "name": "n"}]}
GROWTH = {"method": "improvement"}


def scheme(compare: Mapping[str, Any]) -> AwardScheme:
    award = {"id": "a", "name": "a", "compare": compare, "rule": {"method": "top", "count": 1}}
    return AwardScheme.model_validate({"id": "s", "version": "1", "name": "s", "awards": [award]})


def marked_by(judges: int) -> Field:
    forms = tuple(Form("S1", f"J{number}", "", {"new": 50.0 + number}) for number in range(judges))
    return field([50, 60], nominations=Nominations((Submission("S1", "s/a", "U1"),), forms))


def of_block(block: int, *, judges: bool = True) -> Redrawn:
    return Redrawn.of_block(7, block, judges=judges)


def test_the_mean_of_drawn_judges_varies_as_that_of_the_judges_there_are() -> None:
    forms = np.random.default_rng(1).normal(60, 10, (7, 1))
    drawn = drawn_juries({"s/a": Panel(forms)}, DRAWS, of_block(0).judges)
    means = np.array([each["s/a"].scores(trim=0, fewest=1)[0] for each in drawn])
    assert means.mean() == pytest.approx(forms.mean(), abs=0.2)
    assert means.std() == pytest.approx(forms.std(ddof=1) / np.sqrt(7), rel=0.04)


def test_judges_are_drawn_for_all_submissions_together() -> None:
    forms = np.random.default_rng(2).normal(60, 10, (5, 1)) + np.array([[0.0, 4.0]])
    drawn = drawn_juries({"s/a": Panel(forms)}, 200, of_block(0).judges)
    gaps = [np.diff(each["s/a"].scores(trim=1, fewest=3))[0] for each in drawn]
    assert gaps == pytest.approx([4.0] * 200)  # a severe judge is severe to both


def test_a_jury_of_one_and_juries_that_are_held_stay_as_they_are() -> None:
    one, several = Panel(np.array([[50.0]])), Panel(np.array([[50.0], [60.0]]))
    drawn = drawn_juries({"one": one, "several": several}, 3, of_block(0).judges)
    assert all(each["one"] is one for each in drawn)
    held = drawn_juries({"several": several}, 3, of_block(0, judges=False).judges)
    assert all(each["several"] is several for each in held)


def test_blocks_have_generators_of_their_own() -> None:
    panel = {"s/a": Panel(np.random.default_rng(3).normal(size=(6, 1)))}
    drawn = [drawn_juries(panel, 5, of_block(block).judges)[0]["s/a"] for block in (0, 0, 1)]
    scores = [each.scores(trim=0, fewest=1)[0] for each in drawn]
    assert scores[0] == scores[1] != scores[2]


def test_an_earlier_wave_is_drawn_at_the_nodes_whose_errors_are_known() -> None:
    scores = {"ROOT": np.array([50.0, 60.0]), "A": np.array([1.0, 2.0])}
    wave = Earlier("2023", scores, comparable=True, errors={"ROOT": np.array([2.0, 0.0])})
    drawn = drawn_wave(wave, of_block(0).earlier)
    assert drawn.scores["ROOT"][0] != 50
    assert drawn.scores["ROOT"][1] == 60
    assert drawn.scores["A"] is scores["A"]


@pytest.mark.parametrize(("judges", "held", "more"), [(1, ("submissions", "jury"), False), (2, ("submissions",), True)])
def test_what_is_held_of_an_award_by_a_jury(judges: int, held: tuple[str, ...], more: bool) -> None:
    where, given = marked_by(judges), scheme(JURY)
    assert held_fixed(given, given.awards[0], where) == held
    assert draws_more([given], where) is more


@pytest.mark.parametrize("known", [True, False])
def test_earlier_waves_are_held_where_their_errors_are_not_known(known: bool) -> None:
    scores = {"ROOT": np.array([40.0, 50.0])}
    wave = Earlier("2023", scores, comparable=True, errors={"ROOT": np.array([1.0, 1.0])} if known else {})
    where, given = replace(field([50, 60]), earlier=(wave,)), scheme(GROWTH)
    assert held_fixed(given, given.awards[0], where) == (() if known else ("earlier_waves",))
    assert draws_more([given], where) is known
    assert not draws_more([scheme({"method": "score"})], where)
