"""Portraits of respondents: an example by hand, and the law that the field is the mean of what it is made of."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.exports import RespondentRules
from evalkit.definitions.indicators import Measure
from evalkit.observations import BLANK, OK, Answers
from evalkit.scoring.measured_respondents import Pool
from evalkit.scoring.portraits import SMALLEST_SHOWN, Groups, Portrait, groups_of, portray
from tests.small_studies import questionnaire

MINUTES = Measure.model_validate({"question": "Q5", "rule": {"method": "number"}})
MEAN = RespondentRules()
PEOPLE = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 100).map(float), st.just(math.nan)),
        st.floats(0.1, 10),
        st.integers(0, 2),
        st.integers(-1, 2),
    ),
    min_size=1,
    max_size=60,
)
"""Minutes (NaN: left open), weight, unit and kind (-1: of none) of respondents."""


def portrayed(people: list[tuple[float, float, int, int]], rules: RespondentRules = MEAN) -> tuple[Groups, Portrait]:
    minutes, weights, units, kinds = (np.array(column) for column in zip(*people, strict=True))
    form = questionnaire()
    keys = {key: number for number, key in enumerate(form.cell_keys)}
    shape = (len(people), len(keys))
    answers = Answers(
        tuple(f"r{number}" for number in range(len(people))),
        keys,
        np.full(shape, np.nan),
        np.full(shape, BLANK, np.int8),
        np.zeros(shape, np.int64),
    )
    answers.numbers[:, keys["Q5"]] = minutes
    answers.statuses[:, keys["Q5"]] = np.where(np.isnan(minutes), BLANK, OK)
    groups = groups_of(kinds, units)
    pool = Pool(answers, units, weights, np.arange(len(people)), 3)
    return groups, portray(MINUTES, groups.pool(pool), form, rules)


def test_groups_are_of_the_field_then_of_each_unit() -> None:
    groups = groups_of(np.array([1, -1, 0, 1]), np.array([2, 2, 0, 2]))
    assert groups.units.tolist() == [-1, -1, 0, 2]
    assert groups.kinds.tolist() == [0, 1, 0, 1]
    assert groups.members.tolist() == [0, 2, 3, 0, 2, 3]
    assert groups.owners.tolist() == [1, 0, 1, 3, 2, 3]


def test_nobody_of_any_kind_makes_no_group() -> None:
    groups = groups_of(np.array([-1, -1]), np.array([0, 1]))
    assert [len(each) for each in (groups.members, groups.owners, groups.kinds, groups.units)] == [0, 0, 0, 0]


def test_a_portrait_by_hand() -> None:
    """Minutes 10, 20, 30, 40 of weight 1 and 60 of weight 2: the mean is 220 ÷ 6, its error by linearisation."""
    people = [(10.0, 1.0, 0, 0), (20.0, 1.0, 0, 0), (30.0, 1.0, 0, 0), (40.0, 1.0, 0, 0), (60.0, 2.0, 0, 0)]
    groups, found = portrayed([*people, (math.nan, 9.0, 0, 0), (99.0, 1.0, 0, -1)])
    assert groups.units.tolist() == [-1, 0]
    mean = 220 / 6
    squares = sum((weight / 6 * (minutes - mean)) ** 2 for minutes, weight, _, _ in people)
    for group in (0, 1):
        assert (found.n[group], found.base[group]) == (5, 6)
        assert found.means[group] == pytest.approx(mean, rel=1e-12)
        assert found.errors[group] == pytest.approx(math.sqrt(5 / 4 * squares), rel=1e-12)
        assert found.n_eff[group] == pytest.approx(36 / 8, rel=1e-12)


def test_a_small_group_has_a_number_and_no_mean() -> None:
    small = [(float(minutes), 1.0, 0, 0) for minutes in range(SMALLEST_SHOWN - 1)]
    groups, found = portrayed([*small, (50.0, 1.0, 1, 0)])
    assert groups.units.tolist() == [-1, 0, 1]
    assert found.n.tolist() == [SMALLEST_SHOWN, SMALLEST_SHOWN - 1, 1]
    for figures in (found.means, found.errors, found.n_eff):
        assert np.isnan(figures).tolist() == [False, True, True]


@pytest.mark.parametrize(("method", "known"), [("median", True), ("last", False)])
def test_a_median_has_an_error_and_the_last_answer_none(method: Literal["median", "last"], known: bool) -> None:
    people = [(minutes, 1.0, 0, 0) for minutes in (1.0, 2.0, 90.0, 50.0, 3.0)]
    _, found = portrayed(people, RespondentRules(method=method))
    assert found.means.tolist() == [3.0, 3.0]
    assert (found.errors > 0).tolist() == [known, known]
    assert found.errors[0] == found.errors[1] or not known


def test_a_share_counts_who_reaches_the_limit() -> None:
    people = [(minutes, 1.0, 0, 0) for minutes in (1.0, 2.0, 3.0, 50.0, 90.0)]
    _, found = portrayed(people, RespondentRules(method="share", at_least=50))
    assert found.means.tolist() == [40.0, 40.0]


@given(
    st.lists(st.tuples(st.integers(0, 100).map(float), st.floats(0.1, 10), st.just(0), st.just(0)), min_size=5),
    st.lists(st.tuples(st.integers(0, 100).map(float), st.floats(0.1, 10), st.just(2), st.just(0)), min_size=5),
    PEOPLE.map(lambda people: [(*each[:3], -1) for each in people]),
)
def test_the_field_is_the_mean_of_its_units_by_their_weight(
    first: list[tuple[float, float, int, int]],
    second: list[tuple[float, float, int, int]],
    others: list[tuple[float, float, int, int]],
) -> None:
    groups, found = portrayed([*first, *others, *second])
    assert groups.units.tolist() == [-1, 0, 2]
    weights = [sum(weight for _, weight, _, _ in own) for own in (first, second)]
    assert found.means[0] == pytest.approx(np.average(found.means[1:], weights=weights), rel=1e-9, abs=1e-9)
    assert found.n[0] == found.n[1:].sum() == len(first) + len(second)


@given(PEOPLE)
def test_who_is_shown_depends_on_the_number_alone(people: list[tuple[float, float, int, int]]) -> None:
    _, found = portrayed(people)
    assert (np.isnan(found.means) == (found.n < SMALLEST_SHOWN)).all()
    assert (found.n <= found.base).all()
