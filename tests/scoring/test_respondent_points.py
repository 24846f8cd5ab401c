from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

import evalkit
from evalkit.scoring.respondent_points import PartPoints, answered
from tests.respondent_studies import respondent_study


def points_of(folder: Path, rules: Mapping[str, object]) -> dict[str, tuple[PartPoints, ...]]:
    path = respondent_study(folder, recipe={"respondents": rules}, uncertainty={"seed": 1})
    found = evalkit.load(path).run().respondent_refits
    assert found is not None
    return dict(found.by_indicator)


def test_every_part_has_the_points_of_all_who_count(tmp_path: Path) -> None:
    found = points_of(tmp_path, {"method": "median"})
    assert list(found) == ["OPEN", "GOOD", "MIXED"]
    (good,) = found["GOOD"]
    assert good.points.tolist() == [100, 0, 50, 100]  # b, c and d of U1, then a of U2
    assert good.together == "median"
    share, quotient = found["MIXED"]
    assert share.weights[:2].tolist() == [0.75, 0.75]
    assert quotient.weights[:2].tolist() == [0.25, 0.25]


def test_a_share_is_a_mean_of_who_reaches_the_limit(tmp_path: Path) -> None:
    rules = {"method": "median", "questions": {"Q4": {"method": "share", "at_least": 50}}}
    (good,) = points_of(tmp_path, rules)["GOOD"]
    assert good.points.tolist() == [100, 0, 100, 100]
    assert good.together == "mean"


def test_who_has_points_in_any_part_has_answered() -> None:
    parts = tuple(
        PartPoints(np.array(points), "mean", np.ones(1)) for points in ([1.0, np.nan, np.nan], [np.nan, 2.0, np.nan])
    )
    assert answered(parts).tolist() == [True, True, False]
