from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit.definitions.uncertainty import Uncertainty, fewest_draws, quantile_place


@given(st.floats(0.5, 0.999))
def test_fewest_draws_are_enough_and_one_fewer_is_not(level: float) -> None:
    fewest = fewest_draws(level)
    assert quantile_place(level, fewest) <= fewest
    assert fewest == 1 or quantile_place(level, fewest - 1) > fewest - 1


@pytest.mark.parametrize(("level", "needed"), [(0.5, 1), (0.9, 9), (0.93, 14), (0.95, 19), (0.99, 99), (0.999, 999)])
def test_replicates_that_a_level_needs(level: float, needed: int) -> None:
    assert fewest_draws(level) == needed
    assert Uncertainty(level=level, replicates=needed).replicates == needed
    if needed > 1:
        with pytest.raises(ValidationError):
            Uncertainty(level=level, replicates=needed - 1)
