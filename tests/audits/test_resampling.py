from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from evalkit.audits.agreement import gwet_ac, percentage_agreement
from evalkit.audits.alpha import krippendorff_alpha
from evalkit.audits.ratings import count_matrix
from evalkit.audits.resampling import resampled_interval
from evalkit.scoring.arrays import IntArray
from tests.audits.published import KRIPPENDORFF_2011

COUNTS = count_matrix(KRIPPENDORFF_2011, np.arange(1.0, 6))
usual = partial(resampled_interval, replicates=300, seed=1, level=0.95)


def ac1(rows: IntArray) -> float:
    return gwet_ac(COUNTS[rows]).value


def share(counts: IntArray, rows: IntArray) -> float:
    return percentage_agreement(counts[rows]).value


def test_an_interval_holds_its_coefficient_and_the_seed_decides_it() -> None:
    interval = usual(ac1, len(COUNTS))
    assert interval.low < gwet_ac(COUNTS).value < interval.high <= 1
    assert interval == usual(ac1, len(COUNTS))
    assert interval != usual(ac1, len(COUNTS), seed=2)


def test_a_higher_level_is_wider() -> None:
    narrow, wide = usual(ac1, len(COUNTS), level=0.5), usual(ac1, len(COUNTS), level=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_replicates_without_a_value_are_counted_not_hidden() -> None:
    ratings = np.array([[1.0, 1], [1, 1], [1, 2]])
    interval = usual(lambda rows: krippendorff_alpha(ratings[rows], "nominal").value, 3)
    assert interval.undefined == pytest.approx((2 / 3) ** 3, abs=0.08)
    always = usual(lambda _: np.nan, 5)
    assert (always.undefined, np.isnan(always.low)) == (1.0, True)


@pytest.mark.parametrize("calls", [0, 1])
def test_one_call_has_no_interval(calls: int) -> None:
    interval = usual(ac1, calls)
    assert np.isnan([interval.low, interval.high]).all()


@pytest.mark.parametrize(("replicates", "level"), [(0, 0.95), (10, 1.0), (10, 0.0)])
def test_nonsense_is_refused(replicates: int, level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        usual(ac1, 5, replicates=replicates, level=level)


def test_the_interval_of_a_share_covers_it_nearly_as_often_as_it_says() -> None:
    """40 calls, of which auditors agree on 7 in 10: the share's interval by resampling, over 200 studies."""
    draws = np.random.default_rng(3)
    covered = 0
    for study in range(200):
        agree = draws.random(40) < 0.7
        counts = np.where(agree[:, None], [2, 0], [1, 1])
        interval = usual(partial(share, counts), 40, seed=study)
        covered += interval.low <= 0.7 <= interval.high
    assert 0.89 <= covered / 200 <= 0.98
