"""Certificates of awards that ask whether a score, or a growth of it, is beyond a cut."""

from __future__ import annotations

import numpy as np

from evalkit.definitions.award_compare import Improvement, Jury
from evalkit.definitions.award_rules import Band, Blocks, Decision
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import FloatArray, TextArray
from evalkit.uncertainty.award_gates import escapes, misses, takes_part
from evalkit.uncertainty.award_judged import Compared, Judged, compared
from evalkit.uncertainty.certificates import by_threshold, exceeds


def certified(scheme: AwardScheme, award: Award, gives: str, judged: Judged) -> TextArray:
    """Return the certificates by tests of all units that may take part, (units,); empty for the others.

    The p-value of a unit is the largest of those of all that the award asks of its scores: it must be sure of each. A
    block is held where its lower end is surely reached, so that the unit is in this block or a better one; of the
    last block, which has none, where the cut above it is surely missed. What a jury or a committee said is taken as it
    is: only the gates are tested.
    """
    gates = scheme.gates_of(award)
    values = misses(gates, judged)
    members = takes_part(gates, judged)
    if not (isinstance(award.compare, Jury) or isinstance(award.rule, Decision)):
        what = compared(award, judged)
        values = np.maximum(values, _outside(scheme, award, gives, what, judged.field.tolerance))
        if isinstance(award.compare, Improvement):
            values = np.maximum(values, stood_still(what))
    return by_threshold(np.where(members, values, np.nan), judged.inputs.choices.level)


def barred(scheme: AwardScheme, award: Award, judged: Judged) -> TextArray:
    """Return how surely a veto bars each unit, (units,): the certificate of those whom it puts into a block."""
    return by_threshold(escapes(scheme.gates_of(award), judged), judged.inputs.choices.level)


def stood_still(what: Compared) -> FloatArray:
    """Return the p-values of "the score did not grow", (units,)."""
    return exceeds(what.scores, what.error, 0.0)


def _outside(scheme: AwardScheme, award: Award, gives: str, what: Compared, tolerance: float) -> FloatArray:
    """Return the p-values of "the true value is beyond an end", (units,)."""
    low, high = _ends(scheme, award, gives)
    values = np.where(np.isnan(what.scores), np.nan, 0.0)
    if low is not None:
        values = np.maximum(values, exceeds(what.scores, what.error, low - tolerance))
    if high is not None:
        values = np.maximum(values, exceeds(-what.scores, what.error, -high - tolerance))
    return values


def _ends(scheme: AwardScheme, award: Award, gives: str) -> tuple[float | None, float | None]:
    """Return the ends between which the value must lie for this award, or for a better one in its place."""
    if isinstance(award.rule, Band):
        return award.rule.low, None if _goes_on_above(scheme, award) else award.rule.high
    if isinstance(award.rule, Blocks):
        number = next(at for at, block in enumerate(award.rule.blocks) if block.id == gives)
        if number == len(award.rule.blocks) - 1:
            return None, award.rule.blocks[number - 1].low
        return award.rule.blocks[number].low, None
    raise TypeError(f"the rule {award.rule.method} has no cut")


def _goes_on_above(scheme: AwardScheme, award: Award) -> bool:
    """Tell whether the next higher rung of a ladder begins where a band ends, and asks for nothing else."""
    if scheme.exclusion(award) != "" or not isinstance(award.rule, Band):
        return False
    same = {"id", "name", "rule", "source", "attestation"}
    return any(
        isinstance(other.rule, Band)
        and other.rule.low == award.rule.high
        and other.model_dump(exclude=same) == award.model_dump(exclude=same)
        and (other.rule.high is None or _goes_on_above(scheme, other))
        for other in scheme.displacing(award)
    )
