from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evalkit
from evalkit.uncertainty.inputs import Inputs, read_inputs
from evalkit.uncertainty.method_space import BLOCK, NONE, SpaceError, blocks, draw_block, draw_one, scenario, without
from tests.uncertainty.sampled_study import sampled_study


def inputs(folder: Path, **choices: Any) -> Inputs:  # noqa: ANN401 - any choice
    project = evalkit.load(sampled_study(folder, uncertainty={"replicates": 700, "seed": 3} | choices))
    return read_inputs(project.bundle, project.run())[0]


SPACES = [
    {"method": "uniform"},
    {"method": "dirichlet", "concentration": 30},
    {"method": "share", "share": 0.5},
    {"method": "bounds", "bounds": {"A": [0.5, 0.9]}, "order": [["A1", "A2"]]},
    {"method": "experts", "experts": [{"A": 1, "B": 1}, {"A": 9, "B": 1}]},
]


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space["method"])
def test_weights_of_siblings_sum_to_one_in_every_space(tmp_path: Path, space: dict[str, Any]) -> None:
    found = draw_block(inputs(tmp_path, weights=space), 0).shares
    assert found.shape == (BLOCK, 5)
    assert found[:, [1, 4]].sum(axis=1) == pytest.approx(1)  # A and B
    assert found[:, [2, 3]].sum(axis=1) == pytest.approx(1)  # A1 and A2
    assert found[:, 1].std() > 0.02


def test_bounds_orders_and_experts_are_kept(tmp_path: Path) -> None:
    bounded = draw_block(inputs(tmp_path / "a", weights=SPACES[3]), 0).shares
    assert bounded[:, 1].min() >= 0.5 - 1e-9
    assert bounded[:, 1].max() <= 0.9 + 1e-9
    assert (bounded[:, 2] >= bounded[:, 3] - 1e-9).all()
    experts = draw_block(inputs(tmp_path / "b", weights=SPACES[4]), 0).shares
    assert (experts[:, 1].min(), experts[:, 1].max()) == pytest.approx((0.5, 0.9), abs=0.01)
    assert (experts[:, 2] == 0.5).all()  # nobody gave weights to these


def test_only_the_named_nodes_vary(tmp_path: Path) -> None:
    found = draw_block(inputs(tmp_path, weights={"method": "uniform", "nodes": ["A"]}), 0).shares
    assert (found[:, 1] == 0.75).all()
    assert found[:, 2].std() > 0.2


def test_any_draw_can_be_made_again(tmp_path: Path) -> None:
    asked = inputs(tmp_path, normalise=[{"method": "rank"}], outliers=[3.5, 2], aggregate=["geometric"], drop_one=True)
    assert blocks(asked.choices) == 2
    for number in (0, 499, 500, 699):
        block = draw_block(asked, number // BLOCK)
        again = draw_one(asked, number)
        assert np.array_equal(again.shares[0], block.shares[number % BLOCK])
        for name in ("normalise", "outliers", "aggregate", "missing", "dropped"):
            assert getattr(again, name)[0] == getattr(block, name)[number % BLOCK]
    for number in (-1, 700):
        with pytest.raises(ValueError, match="numbered"):
            draw_one(asked, number)


def test_the_first_draws_do_not_depend_on_how_many_are_asked_for(tmp_path: Path) -> None:
    few, many = (inputs(tmp_path / str(count), replicates=count) for count in (1000, 5000))
    assert np.array_equal(draw_block(few, 1).shares, draw_block(many, 1).shares)


def test_every_choice_is_drawn_as_often_as_any_other(tmp_path: Path) -> None:
    asked = inputs(tmp_path, replicates=500, aggregate=["geometric", "harmonic"], drop_one=True)
    found = draw_block(asked, 0)
    assert np.bincount(found.aggregate) == pytest.approx([500 / 3] * 3, abs=45)
    assert np.bincount(found.dropped - NONE) == pytest.approx([125] * 4, abs=40)
    assert (found.normalise == 0).all()
    assert scenario(asked, 0, 0, 2, 0).nodes[1].aggregate == "harmonic"
    assert scenario(asked, 0, 0, 0, 0).nodes == asked.recipe.nodes


def test_leaving_an_indicator_out_gives_its_weight_to_its_siblings(tmp_path: Path) -> None:
    asked = inputs(tmp_path)
    official = np.tile([1.0, 0.75, 0.5, 0.5, 0.25], (4, 1))
    found = without(asked.recipe.nodes, official, np.array([NONE, 0, 1, 2]))
    assert found.tolist() == [
        [1, 0.75, 0.5, 0.5, 0.25],
        [1, 0.75, 0, 1, 0.25],
        [1, 0.75, 1, 0, 0.25],
        [1, 1, 0.5, 0.5, 0],
    ]


def test_a_space_too_narrow_to_be_drawn_from_is_named(tmp_path: Path) -> None:
    narrow = {"method": "bounds", "bounds": {"A": [0.2, 0.2], "B": [0.1, 0.8]}, "order": [["A", "B"]]}
    with pytest.raises(SpaceError) as error:
        draw_block(inputs(tmp_path, weights=narrow), 0)
    assert error.value.problem.code == "EK707"
