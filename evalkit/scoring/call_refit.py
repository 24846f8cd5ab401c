"""The raw values of an indicator measured by calls, scored again as if other calls had been made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.audits.linearisation import collapse_strata
from evalkit.audits.severity import Auditors
from evalkit.audits.severity_model import Ratings
from evalkit.audits.severity_refit import auditor_effects
from evalkit.calls import Calls
from evalkit.definitions.indicators import Measure
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.rules import CallQuantile, CallRate
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.audit_measures import MeasuredCalls, quantiles, scenarios_of
from evalkit.scoring.call_fairness import DECIMALS, severity_ratings
from evalkit.scoring.call_scores import rating_weights, unit_sums
from evalkit.scoring.weighted_quantiles import weighted_quantiles


@dataclass(frozen=True, slots=True, eq=False)
class Refit:
    """What an indicator is scored again from, one entry a rating, (n,); ``units`` counts the units.

    ``scores``: as rated, or the numbers of which the indicator is the quantile ``share``; NaN for none. ``scenario``
    and ``weights`` (scenarios,) as of :func:`~evalkit.scoring.call_scores.rating_weights`. ``effects``: what the run
    took off each score for its auditor's severity. ``model``: the ratings that have a score, in the model of severity;
    None where the run freed the scores of none. ``shrinkage`` is that of the run's severity.
    """

    units: int
    unit: IntArray
    call: IntArray
    scores: FloatArray
    scenario: IntArray
    weights: FloatArray
    share: float | None
    effects: FloatArray
    model: Ratings | None
    auditors: Auditors
    shrinkage: float

    @classmethod
    def of(
        cls,
        definition: Measure,
        rated: MeasuredCalls,
        run: MeasuredCalls,
        calls: Calls,
        protocol: Protocol,
        *,
        shrinkage: float = 0.0,
    ) -> Refit:
        """Prepare an indicator: ``rated`` before, ``run`` after its scores were freed of severity."""
        rule = definition.call_rule
        scenario, weights = scenarios_of(calls, protocol)
        if isinstance(rule, CallRate):
            scenario, weights = np.zeros(len(scenario), np.int64), np.ones(1)
        return cls(
            len(calls.units),
            calls.unit,
            calls.call,
            rated.scores,
            scenario,
            weights,
            rule.quantile if isinstance(rule, CallQuantile) else None,
            np.nan_to_num(rated.scores - run.scores),
            severity_ratings(rated, calls) if run.method != rated.method else None,
            "random" if protocol.adjust == "random" else "fixed",
            shrinkage,
        )

    @property
    def alone(self) -> BoolArray:
        """Which units have but one call with a score, (units,): no other sample can be drawn from it."""
        known = np.flatnonzero(~np.isnan(self.scores))
        first = known[np.unique(self.call[known], return_index=True)[1]]
        single: BoolArray = np.bincount(self.unit[first], minlength=self.units) == 1
        return single

    def without(self, left_out: BoolArray) -> FloatArray:
        """Return the raw values (units,) without the ratings ``left_out`` (n,), severity estimated again.

        A unit that loses all its calls has no value. Where the other ratings cannot tell the auditors apart, the
        severities of the run stay.
        """
        counted = ~np.isnan(self.scores) & ~left_out
        if self.share is not None:
            return quantiles(np.where(counted, self.scores, np.nan), self.unit, self.units, self.share)
        weights = rating_weights(counted, self.unit, self.call, self.scenario, self.weights)
        return self._means(weights, counted.astype(np.float64), None)

    def resampled(self, counts: FloatArray) -> FloatArray:
        """Return the raw values (units,) where each call counts so often, (calls,), severity estimated again.

        Weights are those of the run times the counts. A unit of which no call counts keeps nothing: NaN.
        """
        often = counts[self.call]
        if self.share is not None:
            return weighted_quantiles(self.scores, often, self.unit, self.units, self.share)
        known = ~np.isnan(self.scores)
        weights = rating_weights(known, self.unit, self.call, self.scenario, self.weights)
        return self._means(weights * often, often, self.shrinkage)

    def _means(self, weights: FloatArray, often: FloatArray, shrinkage: float | None) -> FloatArray:
        scores = self.scores - self._effects(often, shrinkage)
        return unit_sums(scores, weights, self.unit, self.units)

    def _effects(self, often: FloatArray, shrinkage: float | None) -> FloatArray:
        if self.model is None:
            return self.effects
        known = ~np.isnan(self.scores)
        found = auditor_effects(self.model, often[known], auditors=self.auditors, shrinkage=shrinkage)
        if found is None:
            return self.effects
        effects = np.zeros(len(self.scores))
        effects[known] = np.round(found, DECIMALS)[self.model.factors[0]]
        return effects


@dataclass(frozen=True, slots=True, eq=False)
class Refits:
    """The indicators measured by calls, ready to be scored again; ``raters``: the auditor's code of each rating (n,).

    A rating without an auditor has the empty code, and cannot be left out by it. ``unit`` and ``scenario`` (calls,)
    are those of each call.
    """

    raters: tuple[str, ...]
    unit: IntArray
    scenario: IntArray
    by_indicator: Mapping[str, Refit]

    @property
    def freed(self) -> bool:
        """Whether the run freed any scores of severity, which resampled calls then estimate again."""
        return any(refit.model is not None for refit in self.by_indicator.values())

    def counts(self, replicates: int, rng: np.random.Generator) -> FloatArray:
        """Return how often each call counts in samples drawn again, (replicates, calls), scenarios as strata."""
        strata, _, _ = collapse_strata(self.unit, self.scenario, int(self.unit.max(initial=-1)) + 1)
        return bootstrap_counts(strata, replicates=replicates, rng=rng)

    @property
    def auditors(self) -> list[str]:
        """Return the auditors' codes in their order."""
        return sorted({*self.raters} - {""})

    def without(self, auditor: str) -> dict[str, FloatArray]:
        """Return the raw values (units,) of every indicator without the ratings of an auditor."""
        left_out = np.array([code == auditor for code in self.raters], dtype=bool)
        return {node: refit.without(left_out) for node, refit in self.by_indicator.items()}
