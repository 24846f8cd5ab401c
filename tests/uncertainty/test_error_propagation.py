from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evalkit
from evalkit.uncertainty.error_propagation import NodeErrors, propagate
from evalkit.uncertainty.inputs import Inputs, read_inputs
from evalkit.uncertainty.normal_draws import variances
from tests.uncertainty.sampled_study import TREE, VALUES, sampled_study


def inputs(path: Path) -> Inputs:
    project = evalkit.load(path)
    return read_inputs(project.bundle, project.run())[0]


def errors(folder: Path, **keys: Any) -> dict[str, NodeErrors]:  # noqa: ANN401 - any key of a study
    keys = {"uncertainty": {"replicates": 20_000}} | keys
    return propagate(inputs(sampled_study(folder, **keys)))


def test_on_fixed_scales_the_errors_are_those_of_the_delta_method(tmp_path: Path) -> None:
    found = errors(tmp_path)
    assert set(found) == {"ROOT", "A", "A1", "A2"}
    a1, a2 = np.array([2, 1, 3, 1.0]), np.array([4, 1, 1.5, 2])
    assert np.sqrt(found["A1"].covariance) == pytest.approx(a1, rel=0.02)
    assert np.sqrt(found["A"].covariance) == pytest.approx(np.hypot(a1, a2) / 2, rel=0.02)
    assert np.sqrt(found["ROOT"].covariance) == pytest.approx(0.75 * np.hypot(a1, a2) / 2, rel=0.02)


def test_what_stands_in_the_scale_of_all_is_correlated(tmp_path: Path) -> None:
    found = errors(tmp_path, defaults={"normalise": {"method": "minmax"}})["A1"].covariance
    assert found.shape == (4, 4)
    # U3 at the top and U4 at the bottom of the scale have no error; the others share theirs, by the delta method
    span, value, error = 70.0, np.array([80, 50, 90, 20.0]), np.array([2, 1, 3, 1.0])
    position = (value - 20) / span
    jacobian = 100 / span * (np.eye(4) - np.outer(position, [0, 0, 1, 0]) - np.outer(1 - position, [0, 0, 0, 1]))
    assert found == pytest.approx(jacobian @ np.diag(error**2) @ jacobian.T, abs=0.35)


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
def test_other_means_are_propagated_too(tmp_path: Path, method: str) -> None:
    found = errors(tmp_path, recipe={"aggregate": method})["A"]
    a, b, ea, eb = 80.0, 60.0, 2.0, 4.0
    if method == "geometric":
        slopes = np.array([np.sqrt(b / a), np.sqrt(a / b)]) / 2
    else:
        slopes = 2 * np.array([b, a]) ** 2 / (a + b) ** 2
    assert np.sqrt(found.covariance[0]) == pytest.approx(np.hypot(slopes[0] * ea, slopes[1] * eb), rel=0.03)


def test_missing_siblings_give_their_weight_and_so_their_part_of_the_error(tmp_path: Path) -> None:
    table = [list(each) for each in VALUES]
    table[1][3] = table[1][4] = ""
    values = tuple(tuple(each) for each in table)
    found = errors(tmp_path, values=values)
    assert np.sqrt(found["A"].covariance[0]) == pytest.approx(2, rel=0.02)
    assert found["A2"].covariance[0] == 0


def test_draws_without_a_score_are_counted(tmp_path: Path) -> None:
    table = [list(each) for each in VALUES]
    table[4][1] = "1"
    found = errors(
        tmp_path,
        values=table,
        recipe={"aggregate": "geometric"},
        defaults={"normalise": {"method": "none"}},
    )["A"]
    assert found.lost[3] == pytest.approx(0.16, abs=0.01)  # one standard error above zero
    assert found.lost[:3].tolist() == [0, 0, 0]


def test_the_same_seed_gives_the_same_errors(tmp_path: Path) -> None:
    first, again = (errors(tmp_path / name, uncertainty={"replicates": 700}) for name in ("a", "b"))
    other = errors(tmp_path / "c", uncertainty={"replicates": 700, "seed": 2})
    assert np.array_equal(first["ROOT"].covariance, again["ROOT"].covariance)
    assert not np.array_equal(first["ROOT"].covariance, other["ROOT"].covariance)


def test_indicators_without_error_leave_nothing_behind(tmp_path: Path) -> None:
    tree = TREE | {"children": [*TREE["children"][:1], TREE["children"][1] | {"weight": 99}]}
    found = errors(tmp_path, tree=tree)
    assert np.all(np.sqrt(variances(found["ROOT"].covariance)) < 0.1)
