from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.durations import durations

NAN = np.nan


def test_times_by_slot_with_the_norm_of_fifteen_seconds() -> None:
    slot = np.array([0, 1, 0, 1, 0, 0, 3])
    seconds = np.array([5.0, 30, 15, NAN, 16, 10, 15])
    found = durations(slot, seconds, groups=4, norm=15)
    assert found.count.tolist() == [4, 1, 0, 1]
    np.testing.assert_allclose(found.median, [12.5, 30, NAN, 15])
    np.testing.assert_allclose(found.p90, [15.7, 30, NAN, 15])
    np.testing.assert_allclose(found.within, [0.75, 0, NAN, 1])


times = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 600)), max_size=30)


@given(times)
@settings(deadline=None)
def test_quantiles_are_numpys(pairs: list[tuple[int, float]]) -> None:
    group, seconds = np.array([pair[0] for pair in pairs], np.int64), np.array([pair[1] for pair in pairs])
    found = durations(group, seconds, groups=3, norm=15)
    for each in range(3):
        own = seconds[group == each]
        expected = np.quantile(own, [0.5, 0.9]) if len(own) else [NAN, NAN]
        np.testing.assert_allclose([found.median[each], found.p90[each]], expected)


@pytest.mark.parametrize("wrong", [-1.0, np.inf])
def test_impossible_times_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="time"):
        durations(np.array([0]), np.array([wrong]), groups=1, norm=15)
