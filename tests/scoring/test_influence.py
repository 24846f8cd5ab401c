from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.influence import Influence


def dense(influence: Influence) -> FloatArray:
    """What each cluster adds to each unit, (units, clusters), from the formula."""
    whole = influence.own.toarray() - influence.shared @ influence.through
    return np.asarray(whole)


@st.composite
def influences(draw: st.DrawFn) -> Influence:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    units, clusters, shared = draw(st.integers(1, 6)), draw(st.integers(1, 8)), draw(st.integers(0, 3))
    own = rng.normal(size=(units, clusters)) * (rng.random((units, clusters)) < 0.5)
    return Influence(
        "calls", sparse.csr_array(own), rng.normal(size=(units, shared)), rng.normal(size=(shared, clusters))
    )


@given(influences())
def test_errors_and_variances_are_those_of_the_sum(influence: Influence) -> None:
    whole = dense(influence)
    z = np.random.default_rng(1).normal(size=(influence.clusters, 3))
    np.testing.assert_allclose(influence.errors(z), whole @ z, atol=1e-12)
    np.testing.assert_allclose(influence.variances(), (whole**2).sum(axis=1), atol=1e-9)


@given(influences(), st.floats(0.1, 50))
def test_other_variances_keep_the_correlations(influence: Influence, wanted: float) -> None:
    scaled = influence.with_variances(np.full(len(dense(influence)), wanted))
    np.testing.assert_allclose(scaled.variances(), wanted, rtol=1e-9)
    present = influence.variances() > 1e-9
    covariances = [dense(each)[present] @ dense(each)[present].T for each in (influence, scaled)]
    before, after = (each / np.sqrt(np.outer(np.diag(each), np.diag(each))) for each in covariances)
    np.testing.assert_allclose(after, before, atol=1e-9)


def test_a_unit_without_variance_gets_a_cluster_of_its_own() -> None:
    own = sparse.csr_array(np.array([[1.0, 0.0], [0.0, 0.0]]))
    scaled = Influence.of("calls", own).with_variances(np.array([4.0, 9.0]))
    assert dense(scaled).tolist() == [[2, 0, 0, 0], [0, 0, 0, 3]]
    assert scaled.independent


@pytest.mark.parametrize(
    ("own", "shared", "independent"),
    [
        ([[1, 0], [0, 1]], 0.0, True),
        ([[1, 1], [0, 1]], 0.0, False),
        ([[1, 0], [0, 1]], 0.5, False),
    ],
)
def test_units_are_independent_unless_a_cluster_reaches_two(
    own: list[list[float]], shared: float, independent: bool
) -> None:
    made = Influence("calls", sparse.csr_array(np.array(own, float)), np.full((2, 1), shared), np.ones((1, 2)))
    assert made.independent is independent
