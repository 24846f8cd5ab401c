from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.ranking import rank
from evalkit.uncertainty.acceptability import Counts, count_ranks
from evalkit.uncertainty.weight_draws import uniform

law = settings(deadline=None, max_examples=60)


@st.composite
def scores(draw: st.DrawFn) -> FloatArray:
    """Scores of some draws, with ties, near ties and units without a score."""
    shape = (draw(st.integers(1, 6)), draw(st.integers(1, 7)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    table = rng.choice([-5.0, 0.0, 10.0, 10.0 + 5e-10, 10.0 + 3e-9, 90.0], shape)
    if draw(st.booleans()):
        table = rng.normal(0, 1e3, shape)
    table[rng.random(shape) < draw(st.sampled_from([0.0, 0.3, 1.0]))] = np.nan
    return table


def weights_of(table: FloatArray) -> FloatArray:
    return uniform(np.random.default_rng(1), len(table), 2)


@law
@given(scores())
def test_ranks_are_those_of_each_draw_by_itself(table: FloatArray) -> None:
    _, ranks = count_ranks(table, weights_of(table))
    assert np.array_equal(ranks, np.array([rank(row) for row in table]), equal_nan=True)


@law
@given(scores())
def test_acceptabilities_add_up_by_unit_and_by_place(table: FloatArray) -> None:
    counts, ranks = count_ranks(table, weights_of(table))
    assert counts.places.sum(axis=1) == pytest.approx((~np.isnan(ranks)).sum(axis=0))
    held = [
        (known >= place).sum() for known in [(~np.isnan(ranks)).sum(axis=1)] for place in range(1, table.shape[1] + 1)
    ]
    assert counts.places.sum(axis=0) == pytest.approx(held)
    assert (counts.places >= -1e-12).all()


@law
@given(scores())
def test_the_winning_index_of_a_pair_is_counted_draw_by_draw(table: FloatArray) -> None:
    counts, ranks = count_ranks(table, weights_of(table))
    units = table.shape[1]
    expected = np.zeros((units, units))
    for row in ranks:
        for i in range(units):
            for j in range(units):
                if i != j and not np.isnan(row[[i, j]]).any():
                    expected[i, j] += 1 if row[i] < row[j] else 0.5 if row[i] == row[j] else 0
    assert counts.beats == pytest.approx(expected)


@law
@given(scores())
def test_the_weights_of_the_first_place_are_all_handed_out(table: FloatArray) -> None:
    counts, ranks = count_ranks(table, weights_of(table))
    someone = ~np.isnan(ranks).all(axis=1)
    assert counts.first_weights.sum(axis=0) == pytest.approx(weights_of(table)[someone].sum(axis=0))


@law
@given(scores())
def test_blocks_add_up_to_the_whole(table: FloatArray) -> None:
    whole, _ = count_ranks(table, weights_of(table))
    pieces = [count_ranks(table[[at]], weights_of(table)[[at]])[0] for at in range(len(table))]
    total = pieces[0]
    for piece in pieces[1:]:
        total = total + piece
    assert total.draws == whole.draws
    for name in ("places", "beats", "first_weights"):
        assert getattr(total, name) == pytest.approx(getattr(whole, name))


def of_two_indicators(values: list[list[float]], draws: int = 200_000) -> Counts:
    weights = uniform(np.random.default_rng(20240109), draws, 2)
    return count_ranks(weights @ np.array(values).T, weights)[0]


def test_three_units_and_two_indicators_by_exact_areas() -> None:
    # with the first weight w: a = 100 w, b = 60, c = 40 + 10 w; a > b beyond w = 0.6, a > c beyond 4 / 9
    counts = of_two_indicators([[100, 0], [60, 60], [50, 40]])
    exact = [[0.4, 0.6 - 4 / 9, 4 / 9], [0.6, 0.4, 0.0], [0.0, 4 / 9, 5 / 9]]
    assert counts.acceptability == pytest.approx(np.array(exact), abs=0.004)
    assert counts.winning[0] == pytest.approx([0, 0.4, 5 / 9], abs=0.004)
    assert counts.central_weights[0] == pytest.approx([0.8, 0.2], abs=0.004)
    assert counts.central_weights[1] == pytest.approx([0.3, 0.7], abs=0.004)
    assert np.isnan(counts.central_weights[2]).all()


def test_twins_share_their_places() -> None:
    counts = of_two_indicators([[70, 70], [70, 70], [0, 100]], 2000)
    first = counts.acceptability[2, 0]
    assert counts.acceptability[0] == pytest.approx([(1 - first) / 2, 0.5, first / 2])
    assert counts.acceptability[0].tolist() == counts.acceptability[1].tolist()
    assert counts.winning[0, 1] == 0.5


def test_a_unit_without_a_score_holds_no_place() -> None:
    counts, ranks = count_ranks(np.array([[math.nan, 3.0, 9.0]]), np.ones((1, 1)))
    assert np.array_equal(ranks, [[math.nan, 2, 1]], equal_nan=True)
    assert counts.places.tolist() == [[0, 0, 0], [0, 1, 0], [1, 0, 0]]
    assert counts.beats.tolist() == [[0, 0, 0], [0, 0, 0], [0, 1, 0]]
