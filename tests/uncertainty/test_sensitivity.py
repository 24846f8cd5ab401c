from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty import sensitivity
from evalkit.uncertainty.inputs import Inputs, read_inputs
from evalkit.uncertainty.method_space import MethodDraws
from evalkit.uncertainty.sensitivity import choices_of, indices, rank_shift
from tests.uncertainty.sampled_study import sampled_study


def inputs(folder: Path, **choices: object) -> Inputs:
    project = evalkit.load(sampled_study(folder, uncertainty={"replicates": 100} | choices))
    return read_inputs(project.bundle, project.run())[0]


def test_the_shift_is_the_mean_over_the_units_that_have_both_ranks() -> None:
    ranks = np.array([[1, 2, 3.0], [3, 2, np.nan], [np.nan, np.nan, np.nan]])
    assert rank_shift(ranks, np.array([1, 3, np.nan])).tolist() == [0.5, 1.5, 0.0]


def test_only_what_varies_is_a_choice(tmp_path: Path) -> None:
    assert choices_of(inputs(tmp_path / "a")) == ["weights"]
    assert choices_of(inputs(tmp_path / "b", aggregate=["harmonic"], drop_one=True)) == [
        "weights",
        "aggregate",
        "dropped",
    ]
    assert indices(inputs(tmp_path / "c"), np.arange(1.0, 5)) == []


def test_indices_of_an_additive_output_are_its_shares_of_the_variance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # output = 3 x [aggregate] + [normalise], each choice 0 or 1 with even odds: variances 9 / 4 and 1 / 4
    asked = inputs(tmp_path, aggregate=["harmonic"], normalise=[{"method": "rank"}], sensitivity={"runs": 4096})

    def additive(_inputs: object, sample: MethodDraws, _official: object) -> FloatArray:
        return np.asarray(3.0 * sample.aggregate + sample.normalise)

    monkeypatch.setattr(sensitivity, "_shifts", additive)
    found = {(each.choice, each.order): each for each in indices(asked, np.arange(1.0, 5))}
    for order in ("first", "total"):
        assert found["aggregate", order].value == pytest.approx(0.9, abs=0.05)
        assert found["normalise", order].value == pytest.approx(0.1, abs=0.05)
        assert found["weights", order].value == pytest.approx(0, abs=0.01)
    assert all(each.low <= each.value <= each.high for each in found.values())


def test_the_same_seed_gives_the_same_indices(tmp_path: Path) -> None:
    asked = inputs(tmp_path, aggregate=["harmonic"], sensitivity={"runs": 128})
    official = np.array([3, 2, 1, 4.0])
    assert indices(asked, official) == indices(asked, official)
    assert {each.choice for each in indices(asked, official)} == {"weights", "aggregate"}
