from __future__ import annotations

import numpy as np
import pytest

from evalkit.definitions.indicators import Measure
from evalkit.scoring.audit_measures import measure_calls
from evalkit.scoring.call_fairness import adjusted, fairness
from evalkit.scoring.call_refit import Refit, Refits
from tests.scoring.test_call_errors import AUDITORS, Adjust, fieldwork
from tests.small_audits import protocol


def prepared(adjust: Adjust, rule: str = "call_scores") -> tuple[Refit, np.ndarray, tuple[str, ...]]:
    """What the calls are scored again from, the raw values of the run, and who rated."""
    calls = fieldwork(np.random.default_rng(8), np.linspace(-6, 6, AUDITORS))
    definition, form = Measure.model_validate({"item": "G4", "rule": {"method": rule}}), protocol(adjust=adjust)
    rated = measure_calls(definition, calls, form)
    freed = adjust != "none" and rule == "call_scores"
    run = adjusted(rated, fairness(rated, calls, form), calls) if freed else rated
    return Refit.of(definition, rated, run, calls, form), run.raw, tuple(each.auditor for each in calls.ratings)


@pytest.mark.parametrize(
    ("adjust", "rule"), [("none", "call_scores"), ("fixed", "call_scores"), ("random", "call_scores"),
                         ("none", "call_quantile"), ("none", "call_rate")]
)  # fmt: skip
def test_with_all_ratings_the_values_are_those_of_the_run(adjust: Adjust, rule: str) -> None:
    refit, raw, raters = prepared(adjust, rule)
    np.testing.assert_allclose(refit.without(np.zeros(len(raters), dtype=bool)), raw, atol=1e-6)


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
    refits = Refits(("", *raters[1:]), {"W": refit})
    assert refits.auditors == sorted(set(raters))
    np.testing.assert_allclose(refits.without("")["W"], refit.without(np.array([not code for code in refits.raters])))
    assert not np.isnan(raw).any()
