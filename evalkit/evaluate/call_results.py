"""Indicators measured by mystery calls: agreement first, then scores, then severity, each as the protocol declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from evalkit.calls import Calls
from evalkit.definitions.indicators import Measure
from evalkit.definitions.protocol import Protocol
from evalkit.evaluate.colleague_checks import far_from_colleagues
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.audit_measures import MeasuredCalls, measure_calls, scenarios_of
from evalkit.scoring.call_agreement import ItemAgreement, agree, weight_factors
from evalkit.scoring.call_fairness import Fairness, adjusted, fairness
from evalkit.scoring.call_refit import Refit, Refits
from evalkit.scoring.measures import Measured

_CHANCE = 1e-3  # of always giving the same score, below which an auditor is asked about


@dataclass(slots=True)
class CallResults:
    """What the calls of a study give; ``fair`` by indicator, for those measured by the scores of calls.

    ``rated`` by indicator: what the ratings gave before they were freed of severity.
    """

    calls: Calls
    protocol: Protocol
    agreement: tuple[ItemAgreement, ...]
    fair: dict[str, Fairness] = field(default_factory=dict)
    rated: dict[str, MeasuredCalls] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def unadjusted(self) -> dict[str, FloatArray]:
        """The raw values (units,) as they were, of the indicators freed of severity."""
        freed = () if self.protocol.adjust == "none" else self.fair.items()
        return {node: self.rated[node].raw for node, fair in freed if fair.severity is not None}

    def measure(self, node: str, definition: Measure) -> Measured:
        """Return the raw values of an indicator, freed of severity where the protocol says so."""
        found = measure_calls(definition, self.calls, self.protocol, weight_factors(self.agreement))
        self.rated[node] = found
        if found.method == "call_scores":
            self.fair[node] = fairness(found, self.calls, self.protocol)
            found = self._adjusted(node, found)
        return Measured(found.raw, found.statuses, (), np.zeros(len(found.raw), dtype=bool), found)

    def refits(self, definitions: Mapping[str, Measure], run: Mapping[str, MeasuredCalls]) -> Refits:
        """Return what indicators can be scored again from; ``run`` is what :meth:`measure` gave for each."""
        calls, protocol = self.calls, self.protocol
        of = {
            node: Refit.of(definitions[node], self.rated[node], found, calls, protocol, shrinkage=self._shrinkage(node))
            for node, found in run.items()
        }
        _, first = np.unique(calls.call, return_index=True)
        scenario, _ = scenarios_of(calls, protocol)
        raters = tuple(rating.auditor for rating in calls.ratings)
        return Refits(raters, calls.unit[first], scenario[first], of)

    def _shrinkage(self, node: str) -> float:
        severity = self.fair[node].severity if node in self.fair else None
        return 0.0 if severity is None else severity.shrinkage

    def _adjusted(self, node: str, found: MeasuredCalls) -> MeasuredCalls:
        fair = self.fair[node]
        self.problems += [
            problem("EK632", auditor=code, node=node, count=int(count), score=f"{mean:g}")
            for code, count, mean, sd, likely in zip(
                fair.auditors, fair.ratings, fair.mean, fair.sd, fair.alike, strict=True
            )
            if count > 1 and sd == 0 and likely**count < _CHANCE
        ]
        self.problems += far_from_colleagues(node, found, self.calls)
        if self.protocol.adjust == "none":
            return found
        if fair.severity is None and len(fair.units):
            why_zh, why_en = REASONS[fair.state]
            self.problems.append(problem("EK630", node=node, why_zh=why_zh, why_en=why_en))
        return adjusted(found, fair, self.calls)


REASONS: Mapping[str, tuple[str, str]] = {
    "unknown": ("有评分没有写拨测员", "a rating names no auditor"),
    "few": ("评分太少", "there are too few ratings"),
    "disconnected": ("单位分成互不共用拨测员的几部分", "units fall into parts that share no auditor"),
    "confounded": ("场景或时段与拨测员分不开", "scenarios or slots cannot be told from auditors"),
}
"""Why scores are not adjusted, Chinese and English, by the state of :class:`Fairness`."""


def call_results(calls: Calls | None, protocol: Protocol | None) -> CallResults | None:
    """Return the agreement on items, ready to measure indicators; None without calls."""
    if calls is None or protocol is None:
        return None
    found = CallResults(calls, protocol, agree(calls, protocol))
    found.problems += [
        problem("EK631", Place(question=each.item), item=each.item, coefficient=each.coefficient,
                value=f"{each.value:.2f}", threshold=f"{protocol.double_scoring.threshold:g}", calls=each.calls)
        for each in found.agreement
        if each.below
    ]  # fmt: skip
    return found
