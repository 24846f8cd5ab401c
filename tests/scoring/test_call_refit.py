from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evalkit.calls import Calls
from evalkit.definitions.indicators import Measure
from evalkit.scoring.audit_measures import MeasuredCalls, measure_calls
from evalkit.scoring.call_errors import call_influence
from evalkit.scoring.call_fairness import Fairness, adjusted, fairness
from evalkit.scoring.call_refit import Refit, Refits
from tests.scoring.test_call_errors import AUDITORS, COUNT, Adjust, covariance, fieldwork
from tests.small_audits import protocol


def prepared(adjust: Adjust, rule: str = "call_scores") -> tuple[Refit, np.ndarray, tuple[str, ...]]:
    """What the calls are scored again from, the raw values of the run, and who rated."""
    refit, found, calls, _ = prepared_calls(adjust, rule)
    return refit, found.raw, tuple(each.auditor for each in calls.ratings)


def prepared_calls(
    adjust: Adjust, rule: str = "call_scores", spread: float = 6.0
) -> tuple[Refit, MeasuredCalls, Calls, Fairness | None]:
    """The same with the calls, and severity where the scores are freed of it."""
    calls = fieldwork(np.random.default_rng(8), np.linspace(-6, 6, AUDITORS), spread=spread)
    definition, form = Measure.model_validate({"item": "G4", "rule": {"method": rule}}), protocol(adjust=adjust)
    rated = measure_calls(definition, calls, form)
    fair = fairness(rated, calls, form) if adjust != "none" and rule == "call_scores" else None
    run = rated if fair is None else adjusted(rated, fair, calls)
    shrinkage = 0.0 if fair is None or fair.severity is None else fair.severity.shrinkage
    return Refit.of(definition, rated, run, calls, form, shrinkage=shrinkage), run, calls, fair


@pytest.mark.parametrize(
    ("adjust", "rule"), [("none", "call_scores"), ("fixed", "call_scores"), ("random", "call_scores"),
                         ("none", "call_quantile"), ("none", "call_rate")]
)  # fmt: skip
def test_with_all_ratings_the_values_are_those_of_the_run(adjust: Adjust, rule: str) -> None:
    refit, raw, raters = prepared(adjust, rule)
    np.testing.assert_allclose(refit.without(np.zeros(len(raters), dtype=bool)), raw, atol=1e-6)
    np.testing.assert_allclose(refit.resampled(np.ones(int(refit.call.max()) + 1)), raw, atol=1e-6)


def test_without_any_rating_there_is_no_value() -> None:
    refit, _, raters = prepared("fixed")
    assert np.isnan(refit.without(np.ones(len(raters), dtype=bool))).all()


def test_the_severities_of_the_run_stay_where_the_others_cannot_be_told_apart() -> None:
    refit, _, raters = prepared("fixed")
    first = min(raters)
    others = np.array([code != first for code in raters]) & (refit.unit < 6)
    only = others | np.array([code == first for code in raters]) & (refit.unit >= 6)
    found = refit.without(only)
    taken_off = refit.scores - refit.effects
    for unit in range(refit.units):
        own = taken_off[(refit.unit == unit) & ~only]
        assert np.isnan(found[unit]) if not own.size else min(own) - 1e-9 <= found[unit] <= max(own) + 1e-9


def test_a_rating_without_an_auditor_is_nobodys() -> None:
    refit, raw, raters = prepared("none")
    nothing = np.empty(0, dtype=np.int64)
    refits = Refits(("", *raters[1:]), nothing, nothing, {"W": refit})
    assert refits.auditors == sorted(set(raters))
    np.testing.assert_allclose(refits.without("")["W"], refit.without(np.array([not code for code in refits.raters])))
    assert not np.isnan(raw).any()


def test_a_unit_with_one_call_that_has_a_score_is_alone() -> None:
    refit, *_ = prepared("none")
    assert not refit.alone.any()
    first, second, third = (refit.unit == unit for unit in (0, 1, 2))
    lost = (first & (refit.call != refit.call[first][0])) | second
    found = replace(refit, scores=np.where(lost, np.nan, refit.scores)).alone
    assert found[0]
    assert not found[1:].any()
    assert third.any()


@pytest.mark.parametrize("adjust", ["fixed", "random"])
def test_resampled_calls_vary_as_the_formula_says(adjust: Adjust) -> None:
    """The formula pools the variance of calls over units, the bootstrap does not: they agree on the whole."""
    refit, run, calls, fair = prepared_calls(adjust)
    influence = call_influence(run, fair, calls)
    assert influence is not None
    first = np.unique(refit.call, return_index=True)[1]
    refits = Refits((), refit.unit[first], refit.scenario[first], {"W": refit})
    drawn = np.array([refit.resampled(each) for each in refits.counts(2000, np.random.default_rng(2))])
    contrast = np.eye(COUNT) - 1 / COUNT
    seen, said = (contrast @ each @ contrast for each in (np.cov(drawn.T), covariance(influence)))
    assert np.trace(seen) / np.trace(said) == pytest.approx(1, abs=0.2)


def test_estimating_severity_again_matters() -> None:
    """Held at the run's severities, resampled scores vary less: what is not known of auditors is left out."""
    refit, *_ = prepared_calls("fixed", spread=12.0)
    held = replace(refit, model=None)
    first = np.unique(refit.call, return_index=True)[1]
    counts = Refits((), refit.unit[first], refit.scenario[first], {}).counts(800, np.random.default_rng(3))
    again, same = (np.array([each.resampled(row) for row in counts]).var(axis=0).mean() for each in (refit, held))
    assert again > 1.02 * same
