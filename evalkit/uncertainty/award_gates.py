"""How surely units pass the gates of an award: lowest scores at other nodes, and vetoes by scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalkit.definitions.awards import Gates, Veto
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_gates import Passed, pass_gates
from evalkit.uncertainty.award_judged import Judged, gate_nodes
from evalkit.uncertainty.certificates import exceeds


def takes_part(gates: Sequence[Gates], judged: Judged) -> BoolArray:
    """Tell who may take part by all that has no sampling error: register, sample size, scores that carry none."""
    return _known(gates, judged).eligible


def misses(gates: Sequence[Gates], judged: Judged) -> FloatArray:
    """Return the p-values of "the unit does not pass", (units,): the largest of those of the scores that decide it.

    Each is the one-sided test of one score against its bound; all must hold, so the largest p-value is that of the
    whole. 0 where no score with sampling error decides.
    """
    values = np.zeros(len(judged.field.units))
    for each in gates:
        for node in judged.sampled(each.minimum):
            values = np.fmax(values, _below(judged, node, each.minimum[node]))
        for veto in each.veto:
            if _is_sampled(veto, judged):
                values = np.fmax(values, _barred(veto, judged))
    return values


def may_compete(gates: Sequence[Gates], judged: Judged) -> BoolArray:
    """Tell who is a rival for places: whoever takes part and does not surely fail to pass."""
    mask = takes_part(gates, judged)
    for each in gates:
        for node in judged.sampled(each.minimum):
            mask &= 1 - _below(judged, node, each.minimum[node]) > judged.alpha
        for veto in each.veto:
            if _is_sampled(veto, judged):
                mask &= 1 - _barred(veto, judged) > judged.alpha
    return mask


def gates_are_sampled(gates: Sequence[Gates], judged: Judged) -> bool:
    """Tell whether scores with sampling error decide who may take part."""
    return any(judged.sampled(gate_nodes(each, judged.field.root)) for each in gates)


def escapes(gates: Sequence[Gates], judged: Judged) -> FloatArray:
    """Return the p-values of "no veto bars the unit", (units,): 0 where one does by what has no sampling error."""
    values = np.ones(len(judged.field.units))
    for each in gates:
        for veto in each.veto:
            if _is_sampled(veto, judged):
                values = np.fmin(values, 1 - _barred(veto, judged))
    return np.where(_known(gates, judged).vetoed, 0.0, values)


def _known(gates: Sequence[Gates], judged: Judged) -> Passed:
    """Apply the gates that look at nothing with sampling error."""
    everyone = np.ones(len(judged.field.units), dtype=bool)
    passed = Passed(everyone, np.zeros_like(everyone), {})
    for each in gates:
        minimum = {node: low for node, low in each.minimum.items() if not judged.sampled([node])}
        veto = tuple(veto for veto in each.veto if not _is_sampled(veto, judged))
        known = each.model_copy(update={"minimum": minimum, "veto": veto})
        passed = passed.and_also(pass_gates(known, judged.field, "")[0])
    return passed


def _is_sampled(veto: Veto, judged: Judged) -> bool:
    return veto.column is None and bool(judged.sampled([veto.node or judged.field.root]))


def _below(judged: Judged, node: str, bound: float) -> FloatArray:
    """Return the p-values of "the true score is below the bound", 1 for a unit without a score."""
    values = exceeds(judged.field.scores[node], judged.error(node), bound - judged.field.tolerance)
    return np.where(np.isnan(values), 1.0, values)


def _barred(veto: Veto, judged: Judged) -> FloatArray:
    """Return the p-values of "the true score is barred", 0 for a unit without a score, whom the veto leaves alone."""
    node, tolerance = veto.node or judged.field.root, judged.field.tolerance
    scores, errors = judged.field.scores[node], judged.error(node)
    values = np.zeros(len(scores))
    if veto.below is not None:
        values = np.fmax(values, exceeds(scores, errors, veto.below - tolerance))
    if veto.above is not None:
        values = np.fmax(values, exceeds(-scores, errors, -veto.above - tolerance))
    return np.where(np.isnan(scores), 0.0, values)
