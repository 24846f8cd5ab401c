"""The certificate of each award: whether the winner is surely over the cut, or surely within the places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.definitions.award_compare import Score
from evalkit.definitions.award_rules import Band, Top
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.uncertainty.certificates import CERTIFICATES, by_places, by_threshold, exceeds
from evalkit.uncertainty.error_propagation import NodeErrors
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.intervals import sets_of
from evalkit.uncertainty.normal_draws import variances


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What certificates are judged from: the units with their register, scores and errors by node."""

    inputs: Inputs
    register: pd.DataFrame
    scores: Mapping[str, FloatArray]
    errors: Mapping[str, NodeErrors]

    def error(self, node: str) -> FloatArray:
        """Return the standard errors of a node's scores (units,), 0 where it carries none."""
        found = self.errors.get(node)
        return np.zeros(len(self.inputs.units)) if found is None else np.sqrt(variances(found.covariance))


def certificates(scheme: AwardScheme, given: pd.DataFrame, judged: Judged) -> dict[tuple[str, str], str]:
    """Return the certificates of a scheme's awards by award and unit; empty where there is nothing to judge.

    ``given``: the rows of the table ``awards`` of the scheme. A band is reached by its lower end: p-values of all
    eligible units are tested together. A place is held at its rung or a higher one: the upper bound of the rank among
    the eligible is compared with the number of those who hold so much. Where an award asks for more than one thing,
    each of them must be sure. An award whose node carries no sampling error has none, nor has one that goes by more
    than this wave's score (growth, a jury, a veto, a smallest sample).
    """
    found: dict[tuple[str, str], str] = {}
    holders: list[tuple[Award, BoolArray]] = []
    for award in scheme.awards:
        units = set(given.loc[given["award"] == award.id, "unit"])
        winners = np.array([unit in units for unit in judged.inputs.units])
        node = award.node or judged.inputs.recipe.nodes[0].id
        labels = np.full(len(winners), "", dtype=object)
        if not _is_judged(award) or node not in judged.errors:
            pass
        elif isinstance(award.rule, Band):
            labels = _of_band(award, award.rule.low, node, judged)
        elif isinstance(award.rule, Top):
            higher = [held for other, held in holders if scheme.one_rung and _ranks_alike(other, award)]
            labels = _of_places(award, node, judged, winners, np.logical_or.reduce([winners, *higher]))
        holders.append((award, winners))
        found |= {(award.id, judged.inputs.units[at]): str(labels[at]) for at in np.flatnonzero(winners).tolist()}
    return found


def _is_judged(award: Award) -> bool:
    """Tell whether an award goes by this wave's score alone: other comparisons and gates have errors of their own."""
    gated = award.veto or award.sample is not None or award.exclusive is not None or award.to != "unit"
    return isinstance(award.compare, Score) and not gated


def _ranks_alike(one: Award, other: Award) -> bool:
    """Tell whether two awards rank by the same node in the same groups, so that the higher rung implies the lower."""
    places = isinstance(one.rule, Top) and isinstance(other.rule, Top) and one.rule.within == other.rule.within
    return places and one.node == other.node


def _of_band(award: Award, low: float | None, node: str, judged: Judged) -> np.ndarray:
    if low is None:
        return np.full(len(judged.inputs.units), "", dtype=object)
    values = exceeds(judged.scores[node], judged.error(node), low)
    values = np.where(_eligible(award, node, judged), np.fmax(values, _minima(award, judged)), np.nan)
    return by_threshold(values, judged.inputs.choices.level).astype(object)


def _of_places(award: Award, node: str, judged: Judged, winners: BoolArray, holding: BoolArray) -> np.ndarray:
    labels = np.full(winners.size, "", dtype=object)
    within = award.rule.within if isinstance(award.rule, Top) else None
    groups = [""] * winners.size if within is None else list(judged.register[within])
    minima = _minima(award, judged)
    for group in dict.fromkeys(groups):
        inside = np.array([each == group for each in groups])
        competing = inside & (_may_compete(award, node, judged) | holding) & ~np.isnan(judged.scores[node])
        if not (winners & inside).any():
            continue
        bounds = [
            sets_of(
                judged.scores[node], judged.errors[node], judged.inputs, competing, family=family, side="upper"
            ).high
            for family in ("simultaneous", "marginal")
        ]
        own = by_places(bounds[0].astype(float), bounds[1].astype(float), int((holding & inside).sum())).astype(object)
        labels[competing] = own
    unsure = minima > round(1 - judged.inputs.choices.level, 12)
    return np.where(unsure & (labels != ""), CERTIFICATES[2], labels)


def _minima(award: Award, judged: Judged) -> FloatArray:
    """Return the largest p-value of the lowest scores that the award asks for at other nodes, (units,)."""
    values = np.zeros(len(judged.inputs.units))
    for node, minimum in award.minimum.items():
        values = np.fmax(values, exceeds(judged.scores[node], judged.error(node), minimum))
    return values


def _may_compete(award: Award, node: str, judged: Judged) -> BoolArray:
    """Tell who takes part in the competition for places: whoever does not surely miss the lowest scores asked for."""
    mask = _eligible(award, node, judged)
    for other, minimum in award.minimum.items():
        misses = 1 - exceeds(judged.scores[other], judged.error(other), minimum)
        mask &= misses > round(1 - judged.inputs.choices.level, 12)
    return mask


def _eligible(award: Award, node: str, judged: Judged) -> BoolArray:
    """Tell who has a score and may take part by the columns of the register."""
    mask = ~np.isnan(judged.scores[node])
    for column, allowed in award.eligible.items():
        mask &= np.array([value in allowed for value in judged.register[column]])
    return mask
