"""Natural breaks against brute force over all divisions, and at their edges."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.scoring.natural_breaks import natural_breaks

NAN = float("nan")


def squares(classes: list[list[float]]) -> float:
    return sum(float(np.sum((np.array(each) - np.mean(each)) ** 2)) for each in classes)


def every_division(values: list[float], classes: int) -> list[list[list[float]]]:
    """All divisions of the values, in descending order, that tear no equal values apart."""
    ordered = sorted(values, reverse=True)
    starts = [index for index in range(1, len(ordered)) if ordered[index] < ordered[index - 1]]
    return [
        [ordered[a:b] for a, b in zip((0, *cuts), (*cuts, len(ordered)), strict=True)]
        for cuts in combinations(starts, classes - 1)
    ]


@given(st.lists(st.integers(0, 12).map(float), min_size=1, max_size=9), st.integers(1, 4))
def test_no_division_has_smaller_squares(values: list[float], classes: int) -> None:
    divisions = every_division(values, classes)
    found = natural_breaks(np.array(values), classes)
    if not divisions:
        assert found is None
        return
    assert found is not None
    mine = [[value for value, label in zip(values, found, strict=True) if label == number] for number in range(classes)]
    assert all(mine)
    assert squares(mine) <= min(map(squares, divisions)) + 1e-9
    for higher, lower in pairwise(mine):
        assert min(higher) > max(lower)


def test_of_equally_good_divisions_the_upper_classes_are_larger() -> None:
    found = natural_breaks(np.array([3.0, 2.0, 1.0]), 2)
    assert found is not None
    assert found.tolist() == [0, 0, 1]


def test_large_scores_far_from_zero_are_divided_as_well() -> None:
    found = natural_breaks(1e9 + np.array([0.0, 1.0, 2.0, 10.0, 11.0, 20.0]), 3)
    assert found is not None
    assert found.tolist() == [2, 2, 2, 1, 1, 0]


def test_units_without_a_score_are_in_no_class_and_ties_stay_together() -> None:
    found = natural_breaks(np.array([5.0, NAN, 5.0 + 1e-12, 1.0]), 2)
    assert found is not None
    assert found.tolist() == [0, -1, 0, 1]


def test_too_few_distinct_scores_make_no_classes() -> None:
    assert natural_breaks(np.array([5.0, 5.0, NAN]), 2) is None
    assert natural_breaks(np.array([]), 1) is None


def test_what_is_no_score_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        natural_breaks(np.array([1.0]), 0)
    with pytest.raises(ValueError, match="finite"):
        natural_breaks(np.array([np.inf, 1.0]), 1)
