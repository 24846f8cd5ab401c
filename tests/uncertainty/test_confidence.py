from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

import evalkit
from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.confidence import confidence_factors
from evalkit.uncertainty.inputs import Inputs, read_inputs
from tests.uncertainty.sampled_study import SCALE, VALUES, sampled_study

EVERYONE = np.ones(4, dtype=bool)
ONLY_B = (0.0, 0.0, 1.0)


def inputs(folder: Path, values: Sequence[Sequence[str]] = VALUES, mean: str = "arithmetic") -> Inputs:
    defaults = {"normalise": SCALE, "aggregate": mean}
    project = evalkit.load(sampled_study(folder, values, defaults=defaults, uncertainty={"replicates": 2000}))
    return read_inputs(project.bundle, project.run())[0]


def central(*weights: Sequence[float]) -> FloatArray:
    return np.array([*weights, *[(np.nan,) * 3] * (4 - len(weights))])


def test_a_unit_is_as_sure_as_the_errors_leave_it(tmp_path: Path) -> None:
    # by A1 alone: U3 90 (3) before U1 80 (2); U1 is the first where the difference of 10 is turned round
    found = confidence_factors(inputs(tmp_path), central((1.0, 0.0, 0.0), ONLY_B), EVERYONE)
    assert found[0] == pytest.approx(norm.cdf(-10 / np.hypot(2, 3)), abs=0.01)
    assert found[1] == 1  # U2 by B, which has no error
    assert np.isnan(found[2:]).all()


def test_without_errors_a_factor_is_one_or_nothing(tmp_path: Path) -> None:
    values = [row if row[0] == "unit" else (row[0], row[1], "0", row[3], "0", row[5]) for row in VALUES]
    found = confidence_factors(inputs(tmp_path, values), central((1.0, 0.0, 0.0), ONLY_B), EVERYONE)
    assert found[:2].tolist() == [0, 1]


def test_who_has_no_score_is_no_rival_and_a_gap_of_a_rival_leaves_it_open(tmp_path: Path) -> None:
    gone = inputs(tmp_path / "gone", [*VALUES[:4], ("U4", "", "", "", "", "")])
    assert confidence_factors(gone, central(ONLY_B, ONLY_B), EVERYONE[:4] & [True, True, True, False])[1] == 1
    assert np.isnan(confidence_factors(gone, central(ONLY_B, ONLY_B), EVERYONE)).all()


def test_other_means_have_no_factor(tmp_path: Path) -> None:
    found = confidence_factors(inputs(tmp_path, mean="geometric"), central(ONLY_B, ONLY_B), EVERYONE)
    assert np.isnan(found).all()
