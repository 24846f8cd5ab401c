"""Certificates of awards that go to the best so many units, in the field or in each peer group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evalkit.definitions.award_compare import Improvement
from evalkit.definitions.award_rules import Blocks, Top
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import BoolArray, TextArray
from evalkit.uncertainty.award_cuts import stood_still
from evalkit.uncertainty.award_gates import may_compete, misses, takes_part
from evalkit.uncertainty.award_judged import Compared, Judged, compared
from evalkit.uncertainty.award_ties import Holders, winners_of
from evalkit.uncertainty.certificates import CERTIFICATES, by_places, by_threshold, weaker
from evalkit.uncertainty.error_propagation import NodeErrors
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.intervals import sets_of
from evalkit.uncertainty.rank_sets import Family, RankSets, Side


def ranks_alike(one: Award, other: Award) -> bool:
    """Tell whether two awards rank the same in the same groups: who holds the higher rung is worth the lower."""
    places = isinstance(one.rule, Top) and isinstance(other.rule, Top) and one.rule.within == other.rule.within
    return places and one.node == other.node and one.compare == other.compare


class Bounds:
    """Rank sets of awards, each computed once: blocks of a division and rungs of a ladder ask for the same."""

    def __init__(self, inputs: Inputs) -> None:
        """Start with none."""
        self._inputs = inputs
        self._found: dict[tuple[bytes | str, ...], RankSets] = {}

    def of(self, what: Compared, competing: BoolArray, side: Side) -> tuple[RankSets, RankSets]:
        """Return the sets that hold for all who compete at once, and those that hold for each by itself.

        Of the first, one side is as wide as both: there is one for either.
        """
        return self._sets(what, competing, "both", "simultaneous"), self._sets(what, competing, side, "marginal")

    def _sets(self, what: Compared, competing: BoolArray, side: Side, family: Family) -> RankSets:
        key = (what.scores.tobytes(), what.covariance.tobytes(), competing.tobytes(), side, family)
        if key not in self._found:
            errors = NodeErrors(what.covariance, np.zeros(competing.size))
            self._found[key] = sets_of(what.scores, errors, self._inputs, competing, family=family, side=side)
        return self._found[key]


def certified(
    scheme: AwardScheme, award: Award, gives: str, given: pd.DataFrame, judged: Judged, *, bounds: Bounds
) -> TextArray:
    """Return the certificates of those who have an award by their place, (units,); those of others mean nothing.

    A place is held at its rung, or in its block, or at a better one: the upper bound of the rank among all who may
    compete, whoever does not surely fail to pass the gates, is compared with the number of those who hold so much, less
    those who do by a tie that may be chance (:class:`~evalkit.uncertainty.award_ties.Holders`). In the last block a
    unit is sure where the lower bound of its rank is behind all places of the others. The lowest scores that the award
    asks for, and growth where it asks for that, must be sure too.
    """
    gates, what = scheme.gates_of(award), compared(award, judged)
    winners = winners_of(given, [gives], judged)
    holding = winners | winners_of(given, _better(scheme, award, gives), judged)
    rivals = (may_compete(gates, judged) | holding) & ~np.isnan(what.scores)
    is_last = isinstance(award.rule, Blocks) and gives == award.rule.blocks[-1].id
    labels = np.full(winners.shape, CERTIFICATES[2])
    for members in _groups(award, judged):
        competing = rivals & members
        if not (winners & members).any():
            continue
        together, alone = bounds.of(what, competing, "lower" if is_last else "upper")
        if is_last:
            ahead = int((holding & ~winners & members).sum())
            labels[competing] = by_places(-together.low.astype(float), -alone.low.astype(float), -ahead - 1)
        else:
            held = int((holding & members).sum()) - Holders(scheme, given, judged, members).by_tie(award, gives)
            places = max(held, _declared(award))
            labels[competing] = by_places(together.high.astype(float), alone.high.astype(float), places)
    values = misses(gates, judged)
    if isinstance(award.compare, Improvement):
        values = np.maximum(values, stood_still(what))
    passing = by_threshold(np.where(takes_part(gates, judged), values, np.nan), judged.inputs.choices.level)
    return weaker(labels, passing)


def _better(scheme: AwardScheme, award: Award, gives: str) -> list[str]:
    """Return the better blocks of a division, or the higher rungs of a ladder that ranks alike."""
    if isinstance(award.rule, Blocks):
        names = [block.id for block in award.rule.blocks]
        return names[: names.index(gives)]
    return [each.id for each in scheme.displacing(award)]


def _declared(award: Award) -> int:
    return (award.rule.count or 0) if isinstance(award.rule, Top) else 0


def _groups(award: Award, judged: Judged) -> Iterator[BoolArray]:
    """Yield the members of each peer group in which the award is given."""
    if award.within is None:
        yield np.ones(len(judged.field.units), dtype=bool)
        return
    values = judged.field.columns[award.within]
    for group in dict.fromkeys(values):
        if group:
            yield np.array([each == group for each in values], dtype=bool)
