"""Methods in one line."""

from __future__ import annotations

from typing import Any

import pytest

from evalkit.definitions.describe import describe_measure, describe_measure_fully, describe_method
from evalkit.definitions.indicators import Measure
from evalkit.definitions.rules import Goalposts, Unchanged

SCALE = {"question": "Q1", "rule": {"method": "scale"}, "weight": 2.5}
SUM = {"question": "Q2", "rule": {"method": "sum", "parts": ["a", "b"]}}


@pytest.mark.parametrize(
    ("content", "brief", "full"),
    [
        (None, "", ""),
        ({"column": "x"}, "column x", "column x"),
        ({"formula": "Q1 + Q2"}, "formula Q1 + Q2", "formula Q1 + Q2"),
        ({"question": "Q1", "rule": {"method": "scale"}}, "Q1 scale x1", "Q1 scale x1"),
        ({"parts": [SCALE, SUM]}, "Q1 scale x2.5 + Q2 sum x1", "Q1 scale x2.5 + Q2 sum(parts=[a, b]) x1"),
        (
            {"question": "Q1", "rule": {"method": "points", "points": {"yes": 100, "no": 0.5}, "skipped": 0}},
            "Q1 points x1",
            "Q1 points(skipped=0, points={yes=100, no=0.5}) x1",
        ),
    ],
)
def test_a_measure_is_told_in_one_line(content: dict[str, Any] | None, brief: str, full: str) -> None:
    declared = None if content is None else Measure.model_validate(content)
    assert (describe_measure(declared), describe_measure_fully(declared)) == (brief, full)


def test_a_method_is_told_with_its_settings() -> None:
    goalposts = Goalposts(method="goalposts", low=0, high=90.5)
    assert describe_method(goalposts) == "goalposts(range=[0, 100], low=0, high=90.5, clip=true)"
    assert describe_method(Unchanged(method="none")) == "none"
