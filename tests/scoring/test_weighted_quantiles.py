from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scoring.weighted_quantiles import weighted_quantiles

NUMBERS = st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 50)), min_size=1, max_size=20)


@settings(deadline=None, max_examples=100)
@given(NUMBERS, st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]))
def test_with_equal_weights_it_is_the_ordinary_quantile(numbers: list[tuple[int, int]], share: float) -> None:
    unit, values = (np.array(each) for each in zip(*numbers, strict=True))
    found = weighted_quantiles(values.astype(float), np.full(len(values), 1.7), unit, 5, share)
    for each in range(5):
        own = values[unit == each]
        assert np.isnan(found[each]) if not own.size else found[each] == pytest.approx(np.quantile(own, share))


def test_a_value_without_weight_does_not_count() -> None:
    values, unit = np.array([1.0, 50.0, 3.0, np.nan, 9.0]), np.array([0, 0, 0, 0, 1])
    found = weighted_quantiles(values, np.array([1.0, 0, 1, 1, 0]), unit, 2, 0.5)
    assert found[0] == 2
    assert np.isnan(found[1])


def test_weight_draws_the_quantile_to_a_value() -> None:
    values, unit = np.array([0.0, 10.0, 20.0]), np.zeros(3, dtype=np.int64)
    light, heavy = (weighted_quantiles(values, np.array([1.0, 1, each]), unit, 1, 0.5)[0] for each in (0.5, 4.0))
    assert light <= 10 <= heavy


def test_a_single_value_is_every_quantile() -> None:
    assert weighted_quantiles(np.array([7.0]), np.array([2.0]), np.array([1]), 2, 0.9)[1] == 7
