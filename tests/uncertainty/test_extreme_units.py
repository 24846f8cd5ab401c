"""What the bounds of a draw's largest difference promise, held against a look at all pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.uncertainty.extreme_units import FEW, Extremes, own_errors
from evalkit.uncertainty.normal_draws import normal_draws

law = settings(deadline=None, max_examples=60)
DRAWS = 40


@st.composite
def cases(draw: st.DrawFn) -> tuple[FloatArray, FloatArray]:
    """A covariance (units, units) with parts that all, some or no units share, and draws."""
    units = draw(st.integers(2, 3 * FEW))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    loads = rng.normal(draw(st.sampled_from([0.0, 1.0])), 1, (units, 3)) * (rng.random((units, 3)) < 0.5)
    covariance = np.diag(rng.uniform(0.1, 2, units)) + draw(st.sampled_from([0.0, 1.0, 5.0])) * loads @ loads.T
    return covariance, normal_draws(np.zeros(units), covariance, draws=DRAWS, seed=draw(st.integers(0, 99)))


def differences(covariance: FloatArray) -> FloatArray:
    own = np.diagonal(covariance)
    return own[:, np.newaxis] + own - 2 * covariance


def inverses(covariance: FloatArray) -> FloatArray:
    return 1 / np.sqrt(differences(covariance) + np.eye(len(covariance)))


def errors_of(covariance: FloatArray) -> FloatArray:
    return own_errors(differences(covariance), np.eye(len(covariance), dtype=bool))


def extremes(covariance: FloatArray, draws: FloatArray) -> Extremes:
    return Extremes.of(draws, errors_of(covariance), np.median(draws, axis=0))


def chosen(seed: int, *shape: int) -> BoolArray:
    return np.random.default_rng(seed).random(shape) < 0.7


@law
@given(cases())
def test_two_own_errors_are_no_more_than_that_of_the_difference(case: tuple[FloatArray, FloatArray]) -> None:
    covariance, _ = case
    errors = errors_of(covariance)
    together = errors[:, np.newaxis] + errors
    np.fill_diagonal(together, 0.0)
    assert np.all(errors >= 0)
    assert np.all(together <= differences(covariance) * (1 + 1e-12))


def test_what_all_share_alike_takes_nothing_from_the_bounds() -> None:
    assert errors_of(2.0 * np.eye(4) + 5.0).tolist() == [2.0] * 4


def test_known_differences_limit_nothing() -> None:
    assert np.all(own_errors(np.zeros((3, 3)), np.ones((3, 3), dtype=bool)) > 0)


@law
@given(cases(), st.integers(0, 999))
def test_the_largest_of_a_family_is_within_its_bounds(case: tuple[FloatArray, FloatArray], seed: int) -> None:
    covariance, draws = case
    inverse, family = inverses(covariance), chosen(seed, *covariance.shape) & ~np.eye(len(covariance), dtype=bool)
    scaled = (draws[:, np.newaxis] - draws) * inverse[..., np.newaxis]
    largest = np.where(family[..., np.newaxis], scaled, -np.inf).max(axis=(0, 1))
    least, most = extremes(covariance, draws).bounds(inverse, family)
    assert np.all(least <= largest)
    assert np.all(largest <= most)


@law
@given(cases(), st.integers(0, 999))
def test_the_largest_of_one_unit_is_within_its_bounds(case: tuple[FloatArray, FloatArray], seed: int) -> None:
    covariance, draws = case
    inverse, found = inverses(covariance), extremes(covariance, draws)
    for unit, others in enumerate(~np.eye(len(covariance), dtype=bool)):
        ahead, behind = others & chosen(seed, len(others)), others & chosen(seed + unit, len(others))
        scaled = (draws[unit] - draws) * inverse[unit][:, np.newaxis]
        both = np.where(ahead[:, np.newaxis], scaled, -np.inf), np.where(behind[:, np.newaxis], -scaled, -np.inf)
        largest = np.maximum(*both).max(axis=0)
        least, most = found.bounds_of(inverse[unit], unit, ahead, behind)
        assert np.all(least <= largest)
        assert np.all(largest <= most)


def test_most_draws_of_many_units_are_settled_by_few() -> None:
    rng = np.random.default_rng(3)
    covariance = np.diag(rng.uniform(1, 2, 300)) + 0.3
    draws = normal_draws(np.zeros(300), covariance, draws=500, seed=1)
    least, most = extremes(covariance, draws).bounds(inverses(covariance), ~np.eye(300, dtype=bool))
    critical = np.sort(least)[475]
    assert np.mean((most > least) & (most >= critical)) < 0.2


def test_units_without_error_bound_nothing_wrongly() -> None:
    covariance = np.array([0.0, 0.0, 1.0])
    draws = normal_draws(np.zeros(3), covariance, draws=50, seed=1)
    found = Extremes.of(draws, covariance, np.zeros(50))
    inverse = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    _, most = found.bounds(inverse, inverse > 0)
    np.testing.assert_allclose(most, np.abs(draws[2]), rtol=1e-9)
