"""The errors of a median are held against repeated fieldwork: fresh calls each time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evalkit.definitions.indicators import Measure
from evalkit.scoring.arrays import IntArray
from evalkit.scoring.audit_measures import measure_calls
from evalkit.scoring.call_errors import call_clusters, call_influence
from evalkit.scoring.call_refit import Refit
from evalkit.scoring.call_resampling import resampled_influence
from tests.scoring.test_call_errors import AUDITORS, fieldwork
from tests.scoring.test_call_refit import prepared_calls
from tests.small_audits import protocol


def test_the_variance_of_a_median_is_that_of_repeated_fieldwork() -> None:
    rng, values, said = np.random.default_rng(9), [], []
    definition, form = Measure.model_validate({"item": "G4", "rule": {"method": "call_quantile"}}), protocol()
    for _ in range(40):
        calls = fieldwork(rng, np.zeros(AUDITORS), spread=3.0)
        found = measure_calls(definition, calls, form)
        refit = Refit.of(definition, found, found, calls, form)
        influence = resampled_influence(refit, scenarios(refit), clusters=call_clusters(calls), seed=1)
        assert influence is not None
        values.append(found.raw)
        said.append(influence.variances().mean())
    seen = np.array(values).var(axis=0, ddof=1).mean()
    assert np.mean(said) / seen == pytest.approx(1, abs=0.25)


def test_a_median_and_a_mean_of_the_same_calls_go_together() -> None:
    median, *_ = prepared_calls("none", "call_quantile")
    _, run, calls, _ = prepared_calls("none")
    of_mean = call_influence(run, None, calls)
    of_median = resampled_influence(median, scenarios(median), clusters=call_clusters(calls), seed=1)
    assert of_mean is not None
    assert of_median is not None
    z = np.random.default_rng(2).normal(size=(max(of_mean.clusters, of_median.clusters), 4000))
    one, other = of_mean.errors(z[: of_mean.clusters]), of_median.errors(z[: of_median.clusters])
    found = [np.corrcoef(one[unit], other[unit])[0, 1] for unit in range(len(one))]
    assert np.mean(found) < -0.5  # seconds waited, and the points for them


def test_units_with_one_call_have_the_variance_of_the_others() -> None:
    refit, *_ = prepared_calls("none", "call_quantile")
    alone = replace(refit, scores=np.where((refit.unit == 0) & (refit.call != refit.call[0]), np.nan, refit.scores))
    found = resampled_influence(alone, scenarios(alone), clusters=500, seed=1)
    assert found is not None
    calls = [len(np.unique(alone.call[(alone.unit == unit) & ~np.isnan(alone.scores)])) for unit in range(alone.units)]
    assert calls[0] == 1
    np.testing.assert_allclose(found.variances() * calls, found.variances()[1] * calls[1])
    single = replace(refit, scores=np.where(np.isin(refit.call, first_calls(refit)), refit.scores, np.nan))
    assert resampled_influence(single, scenarios(single), clusters=500, seed=1) is None


def scenarios(refit: Refit) -> IntArray:
    return refit.scenario[np.unique(refit.call, return_index=True)[1]]


def first_calls(refit: Refit) -> IntArray:
    return refit.call[np.unique(refit.unit, return_index=True)[1]]
