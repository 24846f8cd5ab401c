"""What certificates of awards are judged from: the field, and what is compared for an award with its sampling error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.award_compare import Improvement, Jury, Waves
from evalkit.definitions.award_rules import Decision, Top
from evalkit.definitions.awards import Award, AwardScheme, Gates
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Earlier, Field
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

    scores: FloatArray
    covariance: FloatArray

    @property
    def error(self) -> FloatArray:
        """The standard errors, (units,)."""
        return np.sqrt(variances(self.covariance))


def compared(award: Award, judged: Judged) -> Compared:
    """Return what is compared for an award by scores, before it is asked whether a unit grew.

    Growth is ``score - base``, in percent ``100 (score - base) / base``, and waves together are ``(score + the earlier
    ones) / number``: all are linear in this wave's score, so its covariance is multiplied by the square of the slope.
    Earlier scores are independent of this wave's and of each other; their variances, where they are known, are added,
    times the square of their own slopes (in percent, to the first order: ``100 score / base ** 2``).
    Raises TypeError for an award that a jury or a committee decides.
    """
    if isinstance(award.compare, Jury) or isinstance(award.rule, Decision):
        raise TypeError(f"{award.id} is not given by scores")
    node = award.node or judged.field.root
    now, covariance = judged.field.scores[node], judged.covariance(node)
    if isinstance(award.compare, Improvement):
        return _growth(award.compare, judged.field, node, covariance)
    if isinstance(award.compare, Waves):
        scores, _ = scores_by_wave(award.compare, judged.field, node, award.id)
        mean = award.compare.combine == "mean"
        values = combined(scores, mean=mean, least=award.compare.least_waves or scores.shape[1])
        slope = 1 / np.maximum((~np.isnan(scores)).sum(axis=1), 1) if mean else np.ones(len(now))
        earlier = earlier_errors(award.compare, judged.field, node)
        variance = sum(((slope * errors) ** 2 for errors in earlier), np.zeros(len(now)))
        return Compared(values, _scaled(covariance, slope, variance))
    return Compared(now, covariance)


def entering(scheme: AwardScheme, award: Award, judged: Judged) -> frozenset[str]:
    """Return the nodes with sampling error whose scores decide who gets an award, its gates included."""
    nodes = [node for gates in scheme.gates_of(award) for node in gate_nodes(gates, judged.field.root)]
    if not (isinstance(award.compare, Jury) or isinstance(award.rule, Decision)):
        nodes.append(award.node or judged.field.root)
        if any(errors.any() for errors in _of_award(award, judged.field)):
            return judged.sampled(nodes) | {nodes[-1]}
    if isinstance(award.rule, Top):
        nodes += award.rule.tie_break
    return judged.sampled(nodes)


def exact_waves(schemes: Iterable[AwardScheme], judged: Judged) -> list[Problem]:
    """Report awards with sampling error in this wave whose earlier waves are taken as exact (``EK731``)."""
    field, problems = judged.field, []
    for scheme in schemes:
        for award in scheme.awards:
            node = award.node or field.root
            if isinstance(award.compare, Improvement | Waves) and judged.sampled([node]):
                waves = [each.wave for each in compared_waves(award.compare, field, node) if node not in each.errors]
                if waves:
                    problems.append(problem("EK731", award=f"{scheme.id}/{award.id}", waves=", ".join(waves)))
    return problems


def gate_nodes(gates: Gates, root: str) -> list[str]:
    """Return the nodes whose scores decide who may take part."""
    vetoes = [veto.node or root for veto in gates.veto if veto.column is None]
    return [*gates.minimum, *vetoes]


def compared_waves(rule: Improvement | Waves, field: Field, node: str) -> list[Earlier]:
    """Return the earlier waves with a score of the node that an award compares with this one, as far as it may."""
    if isinstance(rule, Improvement):
        base = growth_base(rule, field, node)
        waves = [] if base is None else [base]
    elif rule.last is not None:
        waves = [each for each in field.earlier[-rule.last :] if node in each.scores]
    else:
        waves = [each for each in field.earlier if node in each.scores and each.wave in rule.waves]
    return [each for each in waves if each.comparable or rule.across_frameworks]


def earlier_errors(rule: Improvement | Waves, field: Field, node: str) -> list[FloatArray]:
    """Return the standard errors of the earlier waves that an award compares, (units,) each, where they are known."""
    return [each.errors[node] for each in compared_waves(rule, field, node) if node in each.errors]


def _of_award(award: Award, field: Field) -> list[FloatArray]:
    if isinstance(award.compare, Improvement | Waves):
        return earlier_errors(award.compare, field, award.node or field.root)
    return []


def _growth(rule: Improvement, field: Field, node: str, covariance: FloatArray) -> Compared:
    now, earlier = field.scores[node], growth_base(rule, field, node)
    if earlier is None or not (earlier.comparable or rule.across_frameworks):
        nothing = np.full(len(now), np.nan)
        return Compared(nothing, np.zeros(len(now)))
    base = earlier.scores[node]
    if rule.minimum_base is not None:
        base = np.where(base >= rule.minimum_base - field.tolerance, base, np.nan)
    slope, slope_then = np.ones(len(now)), np.ones(len(now))
    if rule.measure == "percent":
        base = np.where(base > 0, base, np.nan)
        slope, slope_then = PERCENT / base, PERCENT * now / base**2
    errors = earlier.errors.get(node, np.zeros(len(now)))
    return Compared(slope * (now - base), _scaled(covariance, slope, (slope_then * errors) ** 2))


def _scaled(covariance: FloatArray, slope: FloatArray, variance: FloatArray) -> FloatArray:
    """Return the covariance of ``slope`` times scores, plus variances of their own; 0 for who is not compared."""
    slope, variance = np.nan_to_num(slope), np.nan_to_num(variance)
    if covariance.ndim == 1:
        return covariance * slope**2 + variance
    scaled: FloatArray = covariance * np.outer(slope, slope) + np.diag(variance)
    return scaled
