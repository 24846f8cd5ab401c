from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalkit.scoring import normalisation
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.normalisation import Normalised, goalposts, minmax, percentile_rank, rank, unchanged, zscore

NAN, INF = math.nan, math.inf


class Method(Protocol):
    def __call__(self, values: FloatArray, *, higher_is_better: bool) -> Normalised: ...


RELATIVE: dict[str, Method] = {"minmax": minmax, "zscore": zscore, "rank": rank, "percentile_rank": percentile_rank}
RANGED: dict[str, Callable[..., Normalised]] = {"minmax": minmax, "rank": rank, "percentile_rank": percentile_rank}
GOALPOSTS: dict[str, Method] = {
    "clipped": partial(goalposts, floor=-3.0, ceiling=7.0, clip=True),
    "unclipped": partial(goalposts, floor=-3.0, ceiling=7.0, clip=False),
}
ALL = RELATIVE | GOALPOSTS

ANY_FLOAT = st.floats(width=64)  # with NaN, infinities, subnormals and the largest floats
any_values = st.lists(ANY_FLOAT, max_size=12).map(lambda items: np.array(items, dtype=np.float64))
tame_values = st.lists(st.one_of(st.integers(-50, 50).map(float), st.just(NAN)), max_size=12).map(
    lambda items: np.array(items, dtype=np.float64)
)
law = settings(deadline=None)
methods = pytest.mark.parametrize("method", ALL.values(), ids=ALL.keys())
relative_methods = pytest.mark.parametrize("method", RELATIVE.values(), ids=RELATIVE.keys())
ranged_methods = pytest.mark.parametrize("method", RANGED.values(), ids=RANGED.keys())


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


# Worked cases


def test_minmax_spreads_the_values_over_the_range() -> None:
    assert minmax(array(20, 35, 50), higher_is_better=True).scores.tolist() == [0.0, 50.0, 100.0]
    assert minmax(array(20, 35, 50), higher_is_better=False).scores.tolist() == [100.0, 50.0, 0.0]
    assert minmax(array(20, 35, 50), higher_is_better=True, low=60, high=100).scores.tolist() == [60.0, 80.0, 100.0]


def test_zscore_has_the_stated_mean_and_sample_standard_deviation() -> None:
    scores = zscore(array(2, 4, 6), higher_is_better=True, mean=50, sd=10).scores
    assert scores.tolist() == [40.0, 50.0, 60.0]


def test_rank_averages_ties_and_counts_from_the_worst() -> None:
    assert rank(array(5, 1, 5, 9), higher_is_better=True).scores == pytest.approx([50, 0, 50, 100])
    assert rank(array(5, 1, 5, 9), higher_is_better=False).scores == pytest.approx([50, 100, 50, 0])


def test_percentile_rank_counts_half_of_the_equal() -> None:
    assert percentile_rank(array(5, 1, 5, 9), higher_is_better=True).scores.tolist() == [50.0, 12.5, 50.0, 87.5]


def test_goalposts_map_the_reference_points_to_the_ends() -> None:
    worked = partial(goalposts, array(-5, 0, 30, 60, 90), floor=0, ceiling=60)
    assert worked(higher_is_better=True, clip=True).scores.tolist() == [0.0, 0.0, 50.0, 100.0, 100.0]
    assert worked(higher_is_better=True, clip=False).scores == pytest.approx([-100 / 12, 0, 50, 100, 150])
    assert worked(higher_is_better=False, clip=True).scores.tolist() == [100.0, 100.0, 50.0, 0.0, 0.0]
    assert worked(higher_is_better=False, clip=False).scores == pytest.approx([1300 / 12, 100, 50, 0, -50])


def test_unchanged_keeps_the_values_but_not_the_infinite() -> None:
    result = unchanged(array(3.5, INF, NAN, -2))
    assert np.array_equal(result.scores, array(3.5, NAN, NAN, -2), equal_nan=True)
    assert result.state == "ok"


# States


@relative_methods
def test_constant_and_single_values_score_the_middle(method: Method) -> None:
    constant = method(array(7, NAN, 7, INF), higher_is_better=True)
    assert constant.state == "constant"
    assert np.array_equal(constant.scores, array(50, NAN, 50, NAN), equal_nan=True)
    single = method(array(NAN, 7, -INF), higher_is_better=False)
    assert single.state == "single"
    assert np.array_equal(single.scores, array(NAN, 50, NAN), equal_nan=True)


@ranged_methods
def test_the_middle_is_that_of_the_range(method: Callable[..., Normalised]) -> None:
    assert method(array(3, 3), higher_is_better=True, low=60, high=100).scores.tolist() == [80.0, 80.0]


def test_a_constant_scores_the_mean_of_the_zscores() -> None:
    assert zscore(array(0.1, 0.1, 0.1), higher_is_better=True, mean=0, sd=1).scores.tolist() == [0.0, 0.0, 0.0]


@methods
@pytest.mark.parametrize("values", [array(), array(NAN, NAN), array(INF, -INF, NAN)])
def test_nothing_finite_gives_no_score(method: Method, values: FloatArray) -> None:
    result = method(values, higher_is_better=True)
    assert result.state == "empty"
    assert result.scores.shape == values.shape
    assert np.isnan(result.scores).all()


def test_constant_and_single_are_no_special_case_for_goalposts() -> None:
    result = goalposts(array(25, 25), higher_is_better=True, floor=0, ceiling=100, clip=True)
    assert (result.scores.tolist(), result.state) == ([25.0, 25.0], "ok")
    result = goalposts(array(NAN, 25), higher_is_better=True, floor=0, ceiling=100, clip=True)
    assert (result.scores[1], result.state) == (25.0, "ok")


@pytest.mark.parametrize(
    ("values", "state"),
    [(array(), "empty"), (array(1, NAN), "single"), (array(1, 1), "constant"), (array(1, 1, 2), "ok")],
)
def test_unchanged_reports_the_state(values: FloatArray, state: str) -> None:
    assert unchanged(values).state == state


def test_a_table_has_a_state_for_each_column() -> None:
    table = np.array([[1, 5, NAN, INF], [2, 5, 3, NAN]])
    result = minmax(table, higher_is_better=True)
    assert list(result.state) == ["ok", "constant", "single", "empty"]
    assert np.array_equal(result.scores, np.array([[0, 50, NAN, NAN], [100, 50, 50, NAN]]), equal_nan=True)


@methods
@pytest.mark.parametrize("shape", [(0, 3), (4, 0), (0, 0)])
def test_tables_without_units_or_columns(method: Method, shape: tuple[int, int]) -> None:
    result = method(np.zeros(shape), higher_is_better=True)
    assert result.scores.shape == shape
    assert list(result.state) == ["empty"] * shape[1]


# Near constant, very large, very small


@pytest.mark.parametrize(
    "values",
    [
        array(1.0, np.nextafter(1.0, 2.0)),
        array(5e-324, 1e-323),
        array(-1.7e308, 1.7e308),
        array(-5e-324, 0.0),
        array(1.7e308, np.nextafter(1.7e308, 0.0)),
    ],
)
def test_two_distinct_values_are_never_constant(values: FloatArray) -> None:
    ascending = np.sort(values)
    for method in (minmax, rank):
        result = method(ascending, higher_is_better=True)
        assert (result.scores.tolist(), result.state) == ([0.0, 100.0], "ok")
    assert zscore(ascending, higher_is_better=True).scores == pytest.approx([50 - 50**0.5, 50 + 50**0.5])


def test_a_spread_too_small_to_square_still_has_zscores() -> None:
    scores = zscore(array(0, 1e-200, 2e-200), higher_is_better=True).scores
    assert scores == pytest.approx([40, 50, 60])


def test_an_unclipped_score_too_large_for_a_float_is_no_value() -> None:
    values = array(1.7e308, 0.5)
    scores = goalposts(values, higher_is_better=True, floor=0, ceiling=1e-5, clip=False).scores
    assert np.isnan(scores[0])
    assert scores[1] == pytest.approx(5e6)
    assert goalposts(values, higher_is_better=True, floor=0, ceiling=1e-5, clip=True).scores.tolist() == [100.0, 100.0]


def test_the_ends_of_a_range_are_met_exactly() -> None:
    for low, high in ((0.2, 0.9), (0.3, 0.9)):  # low + (high - low) falls short of 0.9, and goes beyond it
        assert low + (high - low) != high
        assert minmax(array(1, 2), higher_is_better=True, low=low, high=high).scores.tolist() == [low, high]
        at_ceiling = goalposts(array(2), higher_is_better=True, floor=1, ceiling=2, clip=False, low=low, high=high)
        assert at_ceiling.scores.tolist() == [high]


# Laws


@given(
    method=st.sampled_from(list(RANGED.values())),
    values=any_values,
    ends=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)).filter(lambda e: e[0] < e[1]),
)
@law
def test_relative_scores_stay_in_the_range(
    method: Callable[..., Normalised], values: FloatArray, ends: tuple[float, float]
) -> None:
    scores = method(values, higher_is_better=True, low=ends[0], high=ends[1]).scores
    known = scores[~np.isnan(scores)]
    assert np.array_equal(np.isnan(scores), ~np.isfinite(values))
    assert np.all((known >= ends[0]) & (known <= ends[1]))


@given(method=st.sampled_from(list(ALL.values())), values=any_values, higher_is_better=st.booleans())
@law
def test_a_better_value_never_scores_less_and_an_equal_one_the_same(
    method: Method, values: FloatArray, higher_is_better: bool
) -> None:
    values = values[np.abs(values) < 1e300]
    scores = method(values, higher_is_better=higher_is_better).scores
    order = np.argsort(values if higher_is_better else -values)
    assert np.all(np.diff(scores[order]) >= 0)
    assert np.all(np.diff(scores[order])[np.diff(values[order]) == 0] == 0)


@given(method=st.sampled_from(list(ALL.values())), values=any_values)
@law
def test_lower_is_better_is_higher_is_better_of_the_negated(method: Method, values: FloatArray) -> None:
    if method in GOALPOSTS.values():
        shifted = np.where(np.abs(values) < 1e300, values, 0)
        mirrored = partial(goalposts, floor=-7.0, ceiling=3.0, clip=method is GOALPOSTS["clipped"])
        expected = mirrored(-shifted, higher_is_better=True).scores
        assert np.array_equal(method(shifted, higher_is_better=False).scores, expected)
        return
    expected = method(-values, higher_is_better=True).scores
    assert np.array_equal(method(values, higher_is_better=False).scores, expected, equal_nan=True)


@given(method=st.sampled_from(list(ALL.values())), values=any_values, data=st.data())
@law
def test_permuting_the_units_permutes_the_scores_to_the_last_bit(
    method: Method, values: FloatArray, data: st.DataObject
) -> None:
    order = np.array(data.draw(st.permutations(range(values.size))), dtype=np.int64)
    permuted = method(values[order], higher_is_better=True)
    straight = method(values, higher_is_better=True)
    assert np.array_equal(permuted.scores, straight.scores[order], equal_nan=True)
    assert permuted.state == straight.state


@given(
    method=st.sampled_from(list(RELATIVE.values())),
    values=tame_values,
    scale=st.integers(1, 1000),
    shift=st.integers(-1000, 1000),
)
@law
def test_relative_scores_do_not_depend_on_scale_and_origin(
    method: Method, values: FloatArray, scale: int, shift: int
) -> None:
    plain, moved = (method(each, higher_is_better=True) for each in (values, scale * values + shift))
    assert np.array_equal(plain.scores, moved.scores, equal_nan=True)
    assert plain.state == moved.state


@given(
    method=st.sampled_from(list(ALL.values())),
    columns=st.lists(st.lists(ANY_FLOAT, min_size=9, max_size=9), min_size=1, max_size=4),
)
@law
def test_a_column_of_a_table_scores_as_it_does_alone(method: Method, columns: list[list[float]]) -> None:
    table = np.array(columns, dtype=np.float64).T
    together = method(table, higher_is_better=True)
    for column, state in enumerate(together.state):
        alone = method(table[:, column], higher_is_better=True)
        assert np.array_equal(alone.scores, together.scores[:, column], equal_nan=True)
        assert alone.state == state


@given(
    method=st.sampled_from([minmax, rank, percentile_rank, *GOALPOSTS.values()]),
    values=any_values,
    more=st.lists(st.sampled_from([NAN, INF, -INF]), max_size=5),
)
@law
def test_units_without_a_finite_value_change_nothing(method: Method, values: FloatArray, more: list[float]) -> None:
    longer = np.concatenate([values, np.array(more)])
    scores = method(longer, higher_is_better=True).scores
    assert np.array_equal(scores[: values.size], method(values, higher_is_better=True).scores, equal_nan=True)


@given(method=st.sampled_from(list(ALL.values())), values=any_values)
@law
def test_the_input_is_left_as_it_was(method: Method, values: FloatArray) -> None:
    before = values.copy()
    method(values, higher_is_better=False)
    assert np.array_equal(values, before, equal_nan=True)


@given(method=st.sampled_from(list(GOALPOSTS.values())), values=any_values)
@law
def test_a_unit_alone_has_the_same_goalposts_score(method: Method, values: FloatArray) -> None:
    together = method(values, higher_is_better=True).scores
    alone = [method(values[unit : unit + 1], higher_is_better=True).scores[0] for unit in range(values.size)]
    assert np.array_equal(together, np.array(alone, dtype=np.float64), equal_nan=True)


@given(values=any_values)
@law
def test_clipping_only_moves_scores_into_the_range(values: FloatArray) -> None:
    values = np.where(np.abs(values) < 1e300, values, NAN)
    clipped = GOALPOSTS["clipped"](values, higher_is_better=True).scores
    free = GOALPOSTS["unclipped"](values, higher_is_better=True).scores
    assert np.array_equal(clipped, np.clip(free, 0, 100), equal_nan=True)


# Peers


@given(values=tame_values.filter(lambda values: np.unique(values[~np.isnan(values)]).size > 1))
@law
def test_zscore_equals_scipy(values: FloatArray) -> None:
    expected = stats.zscore(values, ddof=1, nan_policy="omit")
    assert zscore(values, higher_is_better=True, mean=0, sd=1).scores == pytest.approx(expected, abs=1e-12, nan_ok=True)


@given(values=tame_values.map(lambda values: values[~np.isnan(values)]).filter(lambda values: values.size > 0))
@law
def test_percentile_rank_equals_scipy(values: FloatArray) -> None:
    expected = stats.percentileofscore(values, values, kind="mean")
    assert percentile_rank(values, higher_is_better=True).scores == pytest.approx(expected, abs=1e-12)


@given(values=tame_values.map(lambda values: values[~np.isnan(values)]).filter(lambda values: values.size > 1))
@law
def test_rank_equals_scipy(values: FloatArray) -> None:
    expected = 100 * (stats.rankdata(values) - 1) / (values.size - 1)
    assert rank(values, higher_is_better=True).scores == pytest.approx(expected, abs=1e-12)


# Wrong calls


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (NAN, 1), (0, INF), (-INF, 0), (-1.7e308, 1.7e308)])
def test_a_range_that_is_none_is_refused(low: float, high: float) -> None:
    for method in RANGED.values():
        with pytest.raises(ValueError, match="range"):
            method(array(1, 2), higher_is_better=True, low=low, high=high)
    with pytest.raises(ValueError, match="range"):
        goalposts(array(1), higher_is_better=True, floor=low, ceiling=high, clip=True)


@pytest.mark.parametrize(("mean", "sd"), [(0, 0), (0, -1), (NAN, 1), (0, INF)])
def test_a_standard_deviation_that_is_none_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        zscore(array(1, 2), higher_is_better=True, mean=mean, sd=sd)


@pytest.mark.parametrize("values", [np.float64(1), np.zeros((1, 1, 1))])
def test_values_of_another_shape_are_refused(values: FloatArray) -> None:
    with pytest.raises(ValueError, match="shape"):
        normalisation.unchanged(values)


def test_target_ratio_is_actual_over_target_or_the_other_way_round() -> None:
    values = np.array([95.0, 190, 0, np.nan, np.inf])
    higher = normalisation.target_ratio(values, higher_is_better=True, target=95)
    np.testing.assert_array_equal(higher.scores, [100, 200, 0, np.nan, np.nan])
    lower = normalisation.target_ratio(values, higher_is_better=False, target=95, cap=1.25)
    np.testing.assert_array_equal(lower.scores, [100, 50, 125, np.nan, np.nan])
    without_cap = normalisation.target_ratio(values, higher_is_better=False, target=95)
    assert np.isnan(without_cap.scores[2])
    assert normalisation.target_ratio(values[3:4], higher_is_better=True, target=1).state == "empty"


@pytest.mark.parametrize(("target", "cap"), [(0.0, None), (-1.0, None), (np.inf, None), (1.0, 0.5), (1.0, np.nan)])
def test_target_that_cannot_be_reached_or_passed_is_refused(target: float, cap: float | None) -> None:
    with pytest.raises(ValueError, match="target"):
        normalisation.target_ratio(np.array([1.0]), higher_is_better=True, target=target, cap=cap)
