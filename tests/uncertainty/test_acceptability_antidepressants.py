"""Benefits and risks of antidepressants: the case of Tervonen, van Valkenhoef, Buskens, Hillege and Postmus (2011).

"A stochastic multicriteria model for evidence-based decision making in drug benefit-risk analysis", *Statistics in
Medicine* 30, 1419-1428. For each criterion the data have the log odds of the good outcome under each drug (response, or
no side effect), normal, with their covariance: the moments of the measurements in the tests of the R package smaa. The
rank acceptabilities, central weights and confidence factors are those that smaa gives for them, from 10,000 draws
without preferences.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.special import expit

import evalkit
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.influence import Influence
from evalkit.uncertainty.acceptability import Counts, count_ranks
from evalkit.uncertainty.confidence import MOST_DRAWS, confidence_factors
from evalkit.uncertainty.inputs import read_inputs
from evalkit.uncertainty.normal_draws import normal_draws
from evalkit.uncertainty.weight_draws import uniform
from tests.small_studies import values_study

DATA = Path(__file__).parents[1] / "data" / "antidepressants.csv"
DRAWS = 100_000
PUBLISHED_DRAWS = 10_000
ACCEPTABILITY = np.array(
    [
        [0.0244, 0.2601, 0.3195, 0.3216, 0.0744],  # fluoxetine
        [0.1450, 0.3298, 0.2559, 0.2207, 0.0486],  # paroxetine
        [0.6002, 0.1156, 0.0980, 0.0616, 0.1246],  # placebo
        [0.0768, 0.1304, 0.1895, 0.2254, 0.3779],  # sertraline
        [0.1536, 0.1641, 0.1371, 0.1707, 0.3745],  # venlafaxine
    ]
)
CENTRAL_WEIGHTS = np.array(
    [
        [0.2320, 0.0899, 0.2660, 0.1161, 0.1142, 0.1818],
        [0.2892, 0.1715, 0.1324, 0.1295, 0.1395, 0.1379],
        [0.0904, 0.1721, 0.1787, 0.1648, 0.1970, 0.1970],
        [0.2759, 0.0659, 0.3136, 0.1233, 0.0997, 0.1216],
        [0.2867, 0.1765, 0.0790, 0.2419, 0.1197, 0.0961],
    ]
)
"""Criteria: response, and no diarrhea, dizziness, headache, insomnia, nausea."""
CONFIDENCE = np.array([0.1183, 0.5217, 0.9860, 0.5188, 0.6458])
SKEWED = 0.015
"""By how much the factors change where the measurements are taken as normal, which the shares near one are not."""
LARGEST_SPREAD = 0.17
"""Standard deviation of a weight among those that make one drug the first, at most."""


@pytest.fixture(scope="module")
def measured() -> FloatArray:
    """Draws of the shares of good outcomes, (draws, drugs, criteria)."""
    criteria = pd.read_csv(DATA).groupby("criterion", sort=False)
    return np.stack([measurements(own, seed) for seed, (_, own) in enumerate(criteria)], axis=2)


@pytest.fixture(scope="module")
def counts(measured: FloatArray) -> Counts:
    weights = uniform(np.random.default_rng(2011), DRAWS, measured.shape[2])
    return count_ranks(np.einsum("duc,dc->du", measured, weights), weights)[0]


def measurements(criterion: pd.DataFrame, seed: int) -> FloatArray:
    """Return draws of the shares of good outcomes, (draws, drugs)."""
    means, covariance = criterion["log_odds"].to_numpy(), criterion[list(criterion["drug"])].to_numpy()
    shares: FloatArray = expit(means + normal_draws(means, covariance, draws=DRAWS, seed=seed).T)
    return shares


def test_tervonen_and_others_2011_rank_acceptabilities(counts: Counts) -> None:
    error = np.sqrt(ACCEPTABILITY * (1 - ACCEPTABILITY) * (1 / PUBLISHED_DRAWS + 1 / DRAWS))
    assert (np.abs(counts.acceptability - ACCEPTABILITY) < 3 * error).all()


def test_tervonen_and_others_2011_central_weights(counts: Counts) -> None:
    first = ACCEPTABILITY[:, :1] * PUBLISHED_DRAWS
    error = LARGEST_SPREAD / np.sqrt(first)
    assert (np.abs(counts.central_weights - CENTRAL_WEIGHTS) < 3 * error).all()


def test_tervonen_and_others_2011_confidence_factors(measured: FloatArray, tmp_path: Path) -> None:
    _, drugs, criteria = measured.shape
    units = [f"U{number}" for number in range(1, drugs + 1)]
    columns = [f"c{number}" for number in range(criteria)]
    children = [{"id": f"C{at}", "name": name, "measure": {"column": name}} for at, name in enumerate(columns)]
    rows = [(unit, *map(repr, row)) for unit, row in zip(units, measured.mean(axis=0).tolist(), strict=True)]
    path = values_study(
        tmp_path,
        [("unit", *columns), *rows],
        tree={"id": "ROOT", "name": "R", "children": children},
        register=[("unit", "name"), *((unit, unit) for unit in units)],
        defaults={"normalise": {"method": "none"}},
        uncertainty={"replicates": PUBLISHED_DRAWS},
    )
    project = evalkit.load(path)
    plain, _ = read_inputs(project.bundle, project.run())
    influences = {at: of_criterion(measured[:, :, at], at, criteria) for at in range(criteria)}
    inputs = replace(plain, influences=influences, errors=measured.std(axis=0))
    found = confidence_factors(inputs, CENTRAL_WEIGHTS, np.ones(drugs, dtype=bool))
    error = np.sqrt(CONFIDENCE * (1 - CONFIDENCE) * (1 / PUBLISHED_DRAWS + 1 / MOST_DRAWS))
    assert (np.abs(found - CONFIDENCE) < 3 * error + SKEWED).all()


def of_criterion(draws: FloatArray, at: int, criteria: int) -> Influence:
    """Return errors of the units with the covariance of the draws (draws, units), on clusters of their own."""
    units = draws.shape[1]
    own = np.zeros((units, units * criteria))
    own[:, at * units : (at + 1) * units] = np.linalg.cholesky(np.cov(draws.T))
    return Influence.of("respondents", sparse.csr_array(own))
