"""The errors are held against many repetitions of the same fieldwork: one design, fresh errors of calls and ratings."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from evalkit.audits.linearisation import unit_means
from evalkit.calls import OUTCOME, Calls, Rating, call_arrays
from evalkit.definitions.indicators import Measure
from evalkit.observations import OK, Cell
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.audit_measures import MeasuredCalls, measure_calls
from evalkit.scoring.call_errors import call_influence
from evalkit.scoring.call_fairness import adjusted, fairness
from evalkit.scoring.influence import Influence
from tests.small_audits import protocol

COUNT, AUDITORS, CALLS = 12, 5, 9
UNITS = tuple(f"U{n:02}" for n in range(COUNT))
TRUE = np.linspace(40, 60, COUNT)
Adjust = Literal["none", "fixed", "random"]


def fieldwork(rng: np.random.Generator, severity: FloatArray, *, spread: float = 6.0) -> Calls:
    """Calls rated in seconds that stand for points, every fifth call by two auditors."""
    ratings = []
    for unit, name in enumerate(UNITS):
        for call in range(CALLS):
            of_call = rng.normal(0, spread)
            scenario = ("S1", "S2")[call % 2]
            for second in range(2 if call % 5 == 0 else 1):
                auditor = (unit // 2 + call * (1 + unit % 2) + second) % AUDITORS
                points = TRUE[unit] + severity[auditor] + of_call + rng.normal(0, spread / 2)
                cells = (Cell(OUTCOME, OK, number=0.0), Cell("G4", OK, number=float(65 - points / 2)))
                about = (f"C{unit}-{call}", name, f"A{auditor}", scenario, "phone", "", "good", 1, "a.csv")
                ratings.append(Rating(*about, cells))
    return call_arrays(ratings, [True] * len(ratings), UNITS, (OUTCOME, "G4"), 1)


def measured(calls: Calls, adjust: Adjust) -> tuple[MeasuredCalls, Influence | None]:
    definition = protocol(adjust=adjust)
    found = measure_calls(Measure.model_validate({"item": "G4"}), calls, definition)
    fair = fairness(found, calls, definition)
    found = found if adjust == "none" else adjusted(found, fair, calls)
    return found, call_influence(found, fair, calls)


def covariance(influence: Influence) -> FloatArray:
    errors = influence.errors(np.eye(influence.clusters))
    return np.asarray(errors @ errors.T)


@pytest.mark.parametrize("adjust", ["none", "fixed", "random"])
def test_the_covariance_is_that_of_repeated_fieldwork(adjust: Adjust) -> None:
    rng = np.random.default_rng(20250601)
    fixed = np.array([-6.0, -2.0, 0.0, 3.0, 5.0])
    fixed -= fixed.mean()
    values, said = [], []
    for _ in range(300):
        severity = fixed if adjust == "fixed" else rng.normal(0, 5, AUDITORS)
        found, influence = measured(fieldwork(rng, severity, spread=3.0), adjust)
        assert influence is not None
        centred = severity.mean() if adjust == "random" else 0.0
        values.append(found.raw - centred)
        said.append(covariance(influence))
    # what all units share moves no rank, and depends on how the level of all auditors is fixed
    contrast = np.eye(COUNT) - 1 / COUNT
    seen = contrast @ np.cov(np.array(values).T) @ contrast
    expected = contrast @ np.mean(said, axis=0) @ contrast
    assert np.trace(expected) / np.trace(seen) == pytest.approx(1, abs=0.12)
    off = ~np.eye(COUNT, dtype=bool)
    if adjust == "none":  # where the same auditors call two units, these go together
        assert np.corrcoef(seen[off], expected[off])[0, 1] > 0.8


def test_raw_scores_without_severity_have_the_pooled_design_variance() -> None:
    calls = fieldwork(np.random.default_rng(3), np.zeros(AUDITORS))
    definition = protocol(adjust="none")
    found = measure_calls(Measure.model_validate({"item": "G4"}), calls, definition)
    influence = call_influence(found, None, calls)
    assert influence is not None
    assert influence.independent
    scenario = np.array([rating.scenario == "S2" for rating in calls.ratings]).astype(np.int64)
    own = unit_means(found.scores, found.weights, calls.unit, scenario, calls.call, COUNT)
    shares = np.bincount(calls.call, found.weights)
    spread = np.bincount(calls.unit[np.unique(calls.call, return_index=True)[1]], shares**2)
    pooled = float(own.degrees @ (own.variance / spread) / own.degrees.sum())
    np.testing.assert_allclose(influence.variances(), pooled * spread)


def test_indicators_of_the_same_calls_go_together() -> None:
    calls = fieldwork(np.random.default_rng(4), np.zeros(AUDITORS))
    found, influence = measured(calls, "none")
    again, other = measured(calls, "none")
    assert influence is not None
    assert other is not None
    z = np.random.default_rng(5).normal(size=(influence.clusters, 50))
    np.testing.assert_array_equal(influence.errors(z), other.errors(z))
    assert np.array_equal(found.raw, again.raw)


def test_quantiles_and_single_calls_have_no_computable_error() -> None:
    calls = fieldwork(np.random.default_rng(6), np.zeros(AUDITORS))
    quantile = Measure.model_validate({"item": "G4", "rule": {"method": "call_quantile"}})
    assert call_influence(measure_calls(quantile, calls, protocol()), None, calls) is None
    first = [next(at for at, rating in enumerate(calls.ratings) if rating.unit == unit) for unit in UNITS]
    ratings = [calls.ratings[at] for at in first]
    single = call_arrays(ratings, [True] * len(ratings), UNITS, (OUTCOME, "G4"), 1)
    found, influence = measured(single, "none")
    assert np.isfinite(found.raw).all()
    assert influence is None
