"""What certificates of awards are judged from: the field, and what is compared for an award with its sampling error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.award_compare import Improvement, Jury, Waves
from evalkit.definitions.award_rules import Decision, Top
from evalkit.definitions.awards import Award, AwardScheme, Gates
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_quantity import PERCENT, combined, growth_base, scores_by_wave
from evalkit.uncertainty.error_propagation import NodeErrors
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.normal_draws import variances


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The field in which awards were given, and the sampling errors of its scores by node."""

    inputs: Inputs
    field: Field
    errors: Mapping[str, NodeErrors]

    @property
    def alpha(self) -> float:
        """One minus the level, without the rounding of the difference: 1 - 0.95 is a little over 0.05."""
        return round(1 - self.inputs.choices.level, 12)

    def covariance(self, node: str) -> FloatArray:
        """Return the covariance of a node's scores, (units,) or (units, units); zeros where it carries no error."""
        found = self.errors.get(node)
        return np.zeros(len(self.field.units)) if found is None else found.covariance

    def error(self, node: str) -> FloatArray:
        """Return the standard errors of a node's scores (units,), 0 where it carries none."""
        return np.sqrt(variances(self.covariance(node)))

    def sampled(self, nodes: Iterable[str]) -> frozenset[str]:
        """Return those of the nodes whose scores carry sampling error."""
        return frozenset(nodes) & frozenset(self.errors)


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What is compared, (units,), NaN for who cannot be compared; its covariance, (units,) or (units, units)."""

    values: FloatArray
    covariance: FloatArray

    @property
    def error(self) -> FloatArray:
        """The standard errors, (units,)."""
        return np.sqrt(variances(self.covariance))


def compared(award: Award, judged: Judged) -> Compared:
    """Return what is compared for an award by scores, before it is asked whether a unit grew.

    With the earlier waves as they are published, growth is ``score - base``, in percent ``100 (score - base) / base``,
    and waves together are ``(score + the earlier ones) / number``: all rise in proportion to this wave's score, so its
    covariance is multiplied by the square of that factor. Raises TypeError for an award that a jury or a committee
    decides.
    """
    if isinstance(award.compare, Jury) or isinstance(award.rule, Decision):
        raise TypeError(f"{award.id} is not given by scores")
    node = award.node or judged.field.root
    now, covariance = judged.field.scores[node], judged.covariance(node)
    if isinstance(award.compare, Improvement):
        base, factor = _base(award.compare, judged.field, node)
        return _scaled(factor * (now - base), covariance, factor)
    if isinstance(award.compare, Waves):
        scores, _ = scores_by_wave(award.compare, judged.field, node, award.id)
        mean = award.compare.combine == "mean"
        values = combined(scores, mean=mean, least=award.compare.least_waves or scores.shape[1])
        counted = np.maximum((~np.isnan(scores)).sum(axis=1), 1)
        return _scaled(values, covariance, 1 / counted if mean else np.ones(len(now)))
    return Compared(now, covariance)


def entering(scheme: AwardScheme, award: Award, judged: Judged) -> frozenset[str]:
    """Return the nodes with sampling error whose scores decide who gets an award, its gates included."""
    nodes = [node for gates in scheme.gates_of(award) for node in gate_nodes(gates, judged.field.root)]
    if not (isinstance(award.compare, Jury) or isinstance(award.rule, Decision)):
        nodes.append(award.node or judged.field.root)
    if isinstance(award.rule, Top):
        nodes += award.rule.tie_break
    return judged.sampled(nodes)


def gate_nodes(gates: Gates, root: str) -> list[str]:
    """Return the nodes whose scores decide who may take part."""
    vetoes = [veto.node or root for veto in gates.veto if veto.column is None]
    return [*gates.minimum, *vetoes]


def _base(rule: Improvement, field: Field, node: str) -> tuple[FloatArray, FloatArray]:
    """Return the scores from which growth is counted, NaN where it is not, and by how much growth rises a point."""
    earlier = growth_base(rule, field, node)
    if earlier is None or not (earlier.comparable or rule.across_frameworks):
        nothing = np.full(len(field.units), np.nan)
        return nothing, nothing
    base = earlier.scores[node]
    if rule.minimum_base is not None:
        base = np.where(base >= rule.minimum_base - field.tolerance, base, np.nan)
    if rule.measure == "points":
        return base, np.ones(len(base))
    base = np.where(base > 0, base, np.nan)
    return base, PERCENT / base


def _scaled(values: FloatArray, covariance: FloatArray, factor: FloatArray) -> Compared:
    factor = np.nan_to_num(factor)
    scaled = covariance * factor**2 if covariance.ndim == 1 else covariance * np.outer(factor, factor)
    return Compared(values, scaled)
