from __future__ import annotations

import math
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalkit.scoring.aggregation import Aggregated, Method, Missing, aggregate
from evalkit.scoring.arrays import FloatArray

NAN, INF = math.nan, math.inf
METHODS: tuple[Method, ...] = get_args(Method)
MISSING: tuple[Missing, ...] = get_args(Missing)
law = settings(deadline=None)
a_method, a_missing = st.sampled_from(METHODS), st.sampled_from(MISSING)
all_methods = pytest.mark.parametrize("method", METHODS)
all_missing = pytest.mark.parametrize("missing", MISSING)


@dataclass(frozen=True)
class Case:
    scores: FloatArray
    coverage: FloatArray
    weights: FloatArray

    def run(self, method: Method = "arithmetic", missing: Missing = "rescale", min_coverage: float = 0.0) -> Aggregated:
        return aggregate(
            self.scores, self.coverage, self.weights, method=method, missing=missing, min_coverage=min_coverage
        )


def case(scores: list[list[float]], weights: list[float], coverage: list[list[float]] | None = None) -> Case:
    table = np.array(scores, dtype=np.float64)
    known = np.isfinite(table).astype(np.float64) if coverage is None else np.array(coverage, dtype=np.float64)
    return Case(table, known, np.array(weights, dtype=np.float64))


@st.composite
def cases(draw: st.DrawFn, score: st.SearchStrategy[float], children: int | None = None) -> Case:
    width = draw(st.integers(1, 5)) if children is None else children
    units = draw(st.integers(0, 5))
    row = st.lists(st.one_of(score, st.just(NAN)), min_size=width, max_size=width)
    share = st.lists(st.floats(0, 1), min_size=width, max_size=width)
    weight = st.one_of(st.just(0.0), st.integers(1, 9).map(float), st.floats(1e-3, 1e3))
    return Case(
        np.array(draw(st.lists(row, min_size=units, max_size=units)), dtype=np.float64).reshape(units, width),
        np.array(draw(st.lists(share, min_size=units, max_size=units)), dtype=np.float64).reshape(units, width),
        np.array(draw(st.lists(weight, min_size=width, max_size=width).filter(any)), dtype=np.float64),
    )


positive = st.floats(1e-3, 1e3)
percent = st.floats(0, 100)
signed = st.one_of(st.floats(-100, 100), st.sampled_from([0.0, -0.0, 50.0]))
hostile = st.floats(width=64)


# Worked cases


def test_the_three_means() -> None:
    worked = case([[40, 60], [90, 10]], [1, 1])
    assert worked.run("arithmetic").score.tolist() == [50.0, 50.0]
    assert worked.run("geometric").score == pytest.approx([2400**0.5, 30])
    assert worked.run("harmonic").score == pytest.approx([48, 18])


def test_weights_need_not_sum_to_one() -> None:
    result = case([[80, 50, 20]], [3, 2, 1]).run()
    assert result.score == pytest.approx([60])
    assert result.weights == pytest.approx(np.array([[1 / 2, 1 / 3, 1 / 6]]))


@all_methods
@pytest.mark.parametrize("weights", [[1, 1, 1], [0.1, 0.2, 0.7], [3, 5, 11], [1 / 3, 1 / 3, 1 / 3]])
@pytest.mark.parametrize("score", [90.0, 0.1, 100.0, 1 / 3, 5e-324, 1.7e308])
def test_equal_children_make_exactly_their_score(method: Method, weights: list[float], score: float) -> None:
    result = case([[score] * 3], weights).run(method, min_coverage=1.0)
    assert result.score.tolist() == [score]
    assert result.coverage.tolist() == [1.0]


def test_whole_scores_in_equal_parts_make_a_whole_mean() -> None:
    assert case([[80, 90, 100]], [1 / 3, 1 / 3, 1 / 3]).run().score.tolist() == [90.0]


def test_rescaling_leaves_a_child_without_a_score_out() -> None:
    result = case([[80, NAN, 20]], [2, 5, 1]).run()
    assert result.score == pytest.approx([60])
    assert result.weights == pytest.approx(np.array([[2 / 3, 0, 1 / 3]]))
    assert result.coverage == pytest.approx([3 / 8])


def test_zero_counts_a_child_without_a_score_as_zero() -> None:
    worked = case([[80, NAN, 20]], [2, 5, 1])
    result = worked.run(missing="zero")
    assert result.score == pytest.approx([180 / 8])
    assert result.weights == pytest.approx(np.array([[2 / 8, 5 / 8, 1 / 8]]))
    assert result.coverage == pytest.approx([3 / 8])
    assert worked.run("geometric", "zero").score.tolist() == [0.0]
    assert worked.run("harmonic", "zero").score.tolist() == [0.0]
    assert np.isnan(worked.run(missing="zero", min_coverage=0.5).score).all()


def test_fail_needs_every_child_of_positive_weight() -> None:
    result = case([[80, NAN, 20], [80, 50, NAN], [80, 50, 20]], [2, 1, 0]).run(missing="fail")
    assert np.array_equal(result.score, np.array([NAN, 70, 70]), equal_nan=True)
    assert result.weights[0].tolist() == [0.0, 0.0, 0.0]
    assert result.coverage == pytest.approx([2 / 3, 1, 1])


def test_no_child_with_a_score() -> None:
    nothing = case([[NAN, INF]], [1, 1])
    assert np.isnan(nothing.run(missing="rescale").score).all()
    assert np.isnan(nothing.run(missing="fail").score).all()
    assert nothing.run(missing="zero").score.tolist() == [0.0]
    assert np.isnan(nothing.run(missing="zero", min_coverage=0.1).score).all()
    assert nothing.run().coverage.tolist() == [0.0]


def test_coverage_is_the_share_of_weight_whose_data_enter_the_score() -> None:
    # the child without a score has data for 40 % of itself, but they enter nothing
    result = case([[80, NAN, 20]], [1, 1, 2], coverage=[[0.75, 0.4, 1.0]]).run(min_coverage=0.5)
    assert result.coverage.tolist() == [0.6875]
    assert result.score == pytest.approx([40])


def test_a_node_below_the_minimum_coverage_has_no_score_but_a_coverage() -> None:
    result = case([[80, NAN, 20], [80, 10, NAN]], [1, 2, 1]).run(min_coverage=0.75)
    assert np.isnan(result.score[0])
    assert result.score[1] == pytest.approx(100 / 3)
    assert result.coverage.tolist() == [0.5, 0.75]
    assert result.weights[0].tolist() == [0.0, 0.0, 0.0]
    assert not result.negative.any()


def test_a_coverage_short_of_the_minimum_by_float_sums_alone_is_enough() -> None:
    weights = [0.1, 0.7, 0.2]
    result = case([[50, 50, NAN]], weights).run(min_coverage=0.8)
    assert (0.1 + 0.7) / (0.1 + 0.7 + 0.2) < 0.8
    assert result.score.tolist() == [50.0]


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
def test_zero_and_negative_children(method: Method) -> None:
    result = case([[0, 50], [-0.0, 50], [-1, 50], [-1, 0], [-1, NAN]], [1, 1]).run(method)
    assert np.array_equal(result.score, np.array([0, 0, NAN, NAN, NAN]), equal_nan=True)
    assert result.negative.tolist() == [False, False, True, True, True]
    assert result.weights[:3].tolist() == [[0.5, 0.5], [0.5, 0.5], [0.0, 0.0]]


def test_the_arithmetic_mean_takes_negative_children() -> None:
    result = case([[-10, 50]], [1, 1]).run()
    assert result.score.tolist() == [20.0]
    assert not result.negative.any()


@all_methods
@all_missing
def test_a_child_of_weight_zero_never_matters(method: Method, missing: Missing) -> None:
    without = case([[80, 20]], [1, 2]).run(method, missing, 1.0)
    for score in (NAN, 0.0, -5.0, INF, 100.0):
        beside = case([[80, score, 20]], [1, 0, 2], coverage=[[1, NAN, 1]]).run(method, missing, 1.0)
        assert beside.score.tolist() == without.score.tolist()
        assert beside.coverage.tolist() == [1.0]
        assert beside.weights[:, 1].tolist() == [0.0]
        assert not beside.negative.any()


def test_no_units() -> None:
    result = Case(np.zeros((0, 2)), np.zeros((0, 2)), np.ones(2)).run("geometric")
    assert result.score.shape == result.coverage.shape == result.negative.shape == (0,)
    assert result.weights.shape == (0, 2)


@all_methods
def test_scores_and_weights_near_the_ends_of_the_floats(method: Method) -> None:
    assert case([[1.7e308, 1.7e308]], [1e307, 1e307]).run(method).score.tolist() == [1.7e308]
    assert case([[NAN, 50]], [1e300, 1e-20]).run(method).score.tolist() == [50.0]
    assert case([[5e-324, 1.7e308]], [1, 1]).run(method).score[0] <= 1.7e308


# Laws


@given(method=a_method, missing=a_missing, drawn=cases(signed), min_coverage=st.floats(0, 1))
@law
def test_what_is_always_so(method: Method, missing: Missing, drawn: Case, min_coverage: float) -> None:
    result = drawn.run(method, missing, min_coverage)
    scored = ~np.isnan(result.score)
    matters = np.where(drawn.weights > 0, drawn.scores, NAN)
    assert np.all((result.coverage >= 0) & (result.coverage <= 1))
    assert not np.any(scored & result.negative)
    assert not np.any(scored & (result.coverage < min_coverage - 1e-12))
    assert result.weights.sum(axis=1) == pytest.approx(scored.astype(float))
    assert np.all(result.weights[:, drawn.weights == 0] == 0)
    for unit in np.flatnonzero(scored):
        values = matters[unit][~np.isnan(matters[unit])]
        if missing == "zero" and values.size < np.count_nonzero(drawn.weights):
            values = np.append(values, 0.0)
        assert values.min() <= result.score[unit] <= values.max()


@given(missing=a_missing, drawn=cases(signed))
@law
def test_the_arithmetic_score_is_the_sum_of_weight_times_score(missing: Missing, drawn: Case) -> None:
    result = drawn.run("arithmetic", missing)
    for unit in np.flatnonzero(~np.isnan(result.score)):
        parts = result.weights[unit] * np.nan_to_num(drawn.scores[unit])
        assert result.score[unit] == pytest.approx(math.fsum(parts), rel=1e-14, abs=1e-13)


@given(method=a_method, missing=a_missing, drawn=cases(hostile), min_coverage=st.floats(0, 1))
@law
def test_a_unit_alone_has_the_same_result_to_the_last_bit(
    method: Method, missing: Missing, drawn: Case, min_coverage: float
) -> None:
    together = drawn.run(method, missing, min_coverage)
    for unit in range(drawn.scores.shape[0]):
        row = slice(unit, unit + 1)
        alone = Case(drawn.scores[row], drawn.coverage[row], drawn.weights).run(method, missing, min_coverage)
        for field in ("score", "coverage", "weights", "negative"):
            assert np.array_equal(getattr(alone, field), getattr(together, field)[row], equal_nan=True)


@all_methods
def test_a_unit_among_thousands_has_the_same_result_to_the_last_bit(method: Method) -> None:
    random = np.random.default_rng(12345)
    scores = random.uniform(0.1, 100, (1003, 29))
    scores[random.random(scores.shape) < 0.1] = NAN
    weights = random.uniform(0.1, 5, 29)
    together = aggregate(scores, np.ones_like(scores), weights, method=method, missing="rescale", min_coverage=0.0)
    in_columns = np.asfortranarray(scores)
    by_column = aggregate(in_columns, np.ones_like(scores), weights, method=method, missing="rescale", min_coverage=0.0)
    assert np.array_equal(by_column.score, together.score)
    for unit in range(0, 1003, 17):
        row = scores[unit : unit + 1]
        alone = aggregate(row, np.ones_like(row), weights, method=method, missing="rescale", min_coverage=0.0)
        assert alone.score[0] == together.score[unit]


@given(drawn=cases(positive))
@law
def test_arithmetic_geometric_harmonic_descend(drawn: Case) -> None:
    arithmetic, geometric, harmonic = (drawn.run(method).score for method in METHODS)
    scored = ~np.isnan(arithmetic)
    rounding = 1 + 1e-13
    assert np.all(arithmetic[scored] * rounding >= geometric[scored])
    assert np.all(geometric[scored] * rounding >= harmonic[scored])


@given(method=a_method, drawn=cases(signed, children=4), gone=st.integers(0, 3))
@law
def test_rescaling_equals_dropping_the_child(method: Method, drawn: Case, gone: int) -> None:
    kept = [child for child in range(4) if child != gone]
    if not drawn.weights[kept].any():
        return
    scores = drawn.scores.copy()
    scores[:, gone] = NAN
    blank = Case(scores, drawn.coverage, drawn.weights).run(method)
    dropped = Case(scores[:, kept], drawn.coverage[:, kept], drawn.weights[kept]).run(method)
    assert np.array_equal(blank.score, dropped.score, equal_nan=True)
    assert np.array_equal(blank.weights[:, kept], dropped.weights)
    assert np.array_equal(blank.negative, dropped.negative)


@given(method=a_method, missing=a_missing, drawn=cases(percent), factor=st.sampled_from([0.25, 2.0, 1024.0, 3.0, 0.1]))
@law
def test_only_the_proportions_of_the_weights_matter(
    method: Method, missing: Missing, drawn: Case, factor: float
) -> None:
    plain = drawn.run(method, missing)
    scaled = Case(drawn.scores, drawn.coverage, drawn.weights * factor).run(method, missing)
    assert scaled.score == pytest.approx(plain.score, rel=1e-13, nan_ok=True)
    assert scaled.coverage == pytest.approx(plain.coverage, rel=1e-13)


@given(method=a_method, drawn=cases(percent, children=3), child=st.integers(0, 2), gain=st.floats(0, 50))
@law
def test_a_better_child_never_lowers_the_node(method: Method, drawn: Case, child: int, gain: float) -> None:
    better = drawn.scores.copy()
    better[:, child] += gain
    before, after = drawn.run(method).score, Case(better, drawn.coverage, drawn.weights).run(method).score
    scored = ~np.isnan(before)
    assert np.array_equal(scored, ~np.isnan(after))
    assert np.all(after[scored] * (1 + 1e-13) >= before[scored])


@given(method=a_method, missing=a_missing, drawn=cases(signed, children=3), order=st.permutations(range(3)))
@law
def test_the_order_of_the_children_does_not_matter(
    method: Method, missing: Missing, drawn: Case, order: list[int]
) -> None:
    straight = drawn.run(method, missing)
    turned = Case(drawn.scores[:, order], drawn.coverage[:, order], drawn.weights[order]).run(method, missing)
    assert turned.score == pytest.approx(straight.score, rel=1e-13, abs=1e-12, nan_ok=True)
    assert turned.weights == pytest.approx(straight.weights[:, order])
    assert np.array_equal(turned.negative, straight.negative)


@given(missing=a_missing, drawn=cases(signed))
@law
def test_the_input_is_left_as_it_was(missing: Missing, drawn: Case) -> None:
    before = [each.copy() for each in (drawn.scores, drawn.coverage, drawn.weights)]
    drawn.run("harmonic", missing)
    for now, then in zip((drawn.scores, drawn.coverage, drawn.weights), before, strict=True):
        assert np.array_equal(now, then, equal_nan=True)


# Peers


@given(drawn=cases(positive).filter(lambda drawn: not np.isnan(drawn.scores).any()))
@law
def test_the_means_equal_numpy_and_scipy(drawn: Case) -> None:
    scores, weights = drawn.scores, drawn.weights
    for unit, row in enumerate(scores):
        assert drawn.run("arithmetic").score[unit] == pytest.approx(np.average(row, weights=weights), rel=1e-12)
        assert drawn.run("geometric").score[unit] == pytest.approx(stats.gmean(row, weights=weights), rel=1e-12)
        assert drawn.run("harmonic").score[unit] == pytest.approx(stats.hmean(row, weights=weights), rel=1e-12)


# Wrong calls


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [NAN, 1], [INF, 1]])
def test_weights_that_weigh_nothing_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        case([[1, 2]], weights).run()


@pytest.mark.parametrize("coverage", [1.5, -0.1, NAN, INF])
def test_a_coverage_outside_zero_to_one_is_refused(coverage: float) -> None:
    with pytest.raises(ValueError, match="coverage"):
        case([[1, 2]], [1, 1], coverage=[[1, coverage]]).run()


@pytest.mark.parametrize("min_coverage", [1.5, -0.1, NAN])
def test_a_minimum_coverage_outside_zero_to_one_is_refused(min_coverage: float) -> None:
    with pytest.raises(ValueError, match="minimum coverage"):
        case([[1, 2]], [1, 1]).run(min_coverage=min_coverage)


@pytest.mark.parametrize(
    ("scores", "coverage", "weights"),
    [((2, 3), (2, 3), (2,)), ((2, 3), (3,), (3,)), ((2, 3), (2, 3), (3, 1)), ((), (), ())],
)
def test_shapes_that_do_not_fit_are_refused(
    scores: tuple[int, ...], coverage: tuple[int, ...], weights: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="children"):
        Case(np.ones(scores), np.ones(coverage), np.ones(weights)).run()
