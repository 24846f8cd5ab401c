"""Distances to the cuts of awards: who gains what lacks gets the award, who loses what is over loses it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from evalkit.definitions.awards import AwardScheme
from evalkit.evaluate import Evaluation
from evalkit.evaluate.award_distances import Distance, award_distances
from evalkit.evaluate.stored_schemes import stored_schemes
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.scoring.award_field import Field
from evalkit.scoring.awards import apply_scheme
from tests.every_award_rule import award_study
from tests.small_studies import run

STEP = 0.001


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return run(award_study(tmp_path_factory.mktemp("study")))


def field_of(ran: Evaluation) -> Field:
    wide = wide_scores(ran)
    return Field(
        units=tuple(wide.index),
        scores={str(node): wide[node].to_numpy() for node in wide},
        columns={str(name): list(values) for name, values in ran["units"].items()},
        root=ran.root,
        tolerance=1e-9,
        node_names={str(node): (str(node), str(node)) for node in wide},
    )


def held_after(scheme: AwardScheme, field: Field, each: Distance, award: str, change: float) -> set[str]:
    """What the unit holds when its score at the node of the award changes by so much."""
    node = next(one.node for one in scheme.awards if award in one.gives) or field.root
    scores = field.scores[node].copy()
    scores[field.units.index(each.unit)] += change
    given, _ = apply_scheme(scheme, replace(field, scores={**field.scores, node: scores}))
    return {one.award for one in given if one.unit == each.unit}


def test_a_unit_that_gains_what_it_lacks_reaches_the_award_or_a_higher_one(ran: Evaluation) -> None:
    schemes, field, tried = {each.id: each for each in stored_schemes(ran)}, field_of(ran), 0
    for each in award_distances(ran):
        if not each.reach:
            continue
        scheme = schemes[each.scheme]
        names = [gives for award in scheme.awards for gives in award.gives]
        after = held_after(scheme, field, each, each.reach, each.short + STEP)
        above = names[: names.index(each.reach) + 1]
        assert after & set(above), each
        tried += 1
    assert tried > 100


def test_a_unit_that_loses_what_it_is_over_no_longer_holds_the_award(ran: Evaluation) -> None:
    schemes, field, tried = {each.id: each for each in stored_schemes(ran)}, field_of(ran), 0
    for each in award_distances(ran):
        if math.isnan(each.over):
            continue
        assert each.over >= 0
        assert each.award not in held_after(schemes[each.scheme], field, each, each.award, -each.over - STEP)
        tried += 1
    assert tried > 50


def test_a_ladder_is_told_once_a_unit_and_its_lower_rungs_are_not_reached_again(ran: Evaluation) -> None:
    ladder = ["best", "first", "few", "steady", "other"]
    rows = [
        each
        for each in award_distances(ran)
        if each.scheme == "ladder" and each.award in ladder and each.reach in ladder
    ]
    assert rows
    assert all(ladder.index(each.reach) < ladder.index(each.award) for each in rows)


def test_blocks_are_measured_and_awards_of_an_unknown_scheme_are_not(ran: Evaluation) -> None:
    assert {each.award for each in award_distances(ran)} >= {"sh-up0", "pl-down1", "sc-x0", "na-x0"}
    table = ran["awards"].assign(scheme="other")
    found = award_distances(Evaluation({**ran.tables, "awards": table}, ran.manifest))
    assert not [each for each in found if each.award]


def test_rules_that_name_unknown_nodes_are_left_out(ran: Evaluation) -> None:
    manifest = ran.manifest["awards"][0]
    changed = {**manifest, "rules": {**manifest["rules"], "gates": {"minimum": {"NO": 1}}}}
    assert award_distances(Evaluation(ran.tables, {**ran.manifest, "awards": [changed]})) == []
    assert np.isfinite([each.short for each in award_distances(ran) if each.reach]).all()
