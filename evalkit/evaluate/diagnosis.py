"""Diagnosis of a unit from a finished run: opportunity, existing supply, potential supply.

The first three parts of the OEPA frame that the 2018 report on hotlines names: where a gain would lift the index most,
what the unit already does better than its peers, and what similar units that score higher do differently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.replay import is_replayable
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.diagnosis import Family, gains, nearest

SMALLEST_GROUP = 5
"""Units with an index below which a peer group is too small to compare with: then the whole field is taken."""
_MODELS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator of the unit beside its peers.

    ``median`` and ``best`` are of the peers with a score, the unit among them; ``holders`` are the peers at ``best``,
    without the unit; ``gain`` is what the index would gain if the unit reached ``best`` here alone; ``lead`` the
    effective weight times score − median. NaN where there is no score.
    """

    node: str
    score: float
    median: float
    best: float
    holders: tuple[str, ...]
    gain: float
    lead: float


@dataclass(frozen=True, slots=True)
class Model:
    """A similar unit with a higher index: its distance (root mean square of the gaps, in points) and where it leads.

    ``leads``: the indicators in which it scores higher, with the difference, the largest first.
    """

    unit: str
    index: float
    distance: float
    leads: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``group`` is empty for the whole field, else ``column:value``; standings in the order of the tree.

    ``upper`` has the index and what stands right below it, without gains, ``standings`` the indicators.
    """

    unit: str
    group: str
    peers: int
    upper: tuple[Standing, ...]
    standings: tuple[Standing, ...]
    models: tuple[Model, ...]

    @property
    def opportunities(self) -> tuple[Standing, ...]:
        """Where the index would gain, most first."""
        return tuple(sorted((each for each in self.standings if each.gain > 0), key=lambda each: -each.gain))

    @property
    def strengths(self) -> tuple[Standing, ...]:
        """Where the unit is above the median of its peers, the heaviest lead first."""
        return tuple(sorted((each for each in self.standings if each.lead > 0), key=lambda each: -each.lead))


class Diagnoses:
    """The diagnoses of the units of a run: what they share is laid out once."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Lay the scores out and take the tree apart."""
        nodes = evaluation["nodes"]
        ids = [str(node) for node in nodes["node"]]
        self._evaluation = evaluation
        self._units = [str(each) for each in evaluation["units"]["unit"]]
        self._scores = wide_scores(evaluation).to_numpy(dtype=np.float64)
        self._names, self._weights = ids, nodes["effective_weight"].to_numpy(dtype=np.float64)
        self._indicators = [number for number, measure in enumerate(nodes["measure"]) if measure]
        high = zip(nodes["level"], nodes["measure"], strict=True)
        self._upper = [number for number, (level, measure) in enumerate(high) if level <= 1 and not measure]
        self._families = _families(nodes, ids) if is_replayable(evaluation) else None
        self._fields: dict[str, tuple[_Field, _Field]] = {}

    def of(self, unit: str) -> Diagnosis:
        """Diagnose a unit (an id of the register) among the first peer group of the recipe that is large enough.

        Scores are taken as they were normalised: a gain assumes that the scores of all others stay, which a relative
        normalisation does not promise. A unit without an index has standings without gains, and no models; where the
        tree has deductions, bonuses or means of one's own (:func:`is_replayable`), no gain is known.
        """
        row = self._units.index(unit)
        group, members = _peers(self._evaluation, row, self._scores[:, 0])
        if group not in self._fields:
            self._fields[group] = self._field(self._upper, members), self._field(self._indicators, members)
        upper, field = self._fields[group]
        standings = field.standings(row, self._families)
        return Diagnosis(unit, group, int(members.sum()), upper.standings(row, None), standings, field.models(row))

    def _field(self, columns: list[int], members: BoolArray) -> _Field:
        names = [self._names[column] for column in columns]
        return _Field(self._scores, columns, self._weights[columns], self._units, names, members)


@dataclass(frozen=True, eq=False)  # no slots: what all peers share is cached
class _Field:
    """``scores`` (units, nodes), of which ``columns`` are looked at; ``members`` (units,) are the peers."""

    scores: FloatArray
    columns: list[int]
    weights: FloatArray
    units: list[str]
    names: list[str]
    members: BoolArray

    @cached_property
    def profiles(self) -> FloatArray:
        return self.scores[:, self.columns]

    @cached_property
    def best(self) -> FloatArray:
        return _columns(self.profiles[self.members], np.nanmax)

    @cached_property
    def median(self) -> FloatArray:
        return _columns(self.profiles[self.members], np.nanmedian)

    def standings(self, row: int, families: list[Family] | None) -> tuple[Standing, ...]:
        profiles, own, best, median = self.profiles, self.scores[row, self.columns], self.best, self.median
        unknown = np.full(len(best), np.nan)
        gained = unknown if families is None else gains(families, self.scores[row], self.columns, best)
        holders = self.members[:, np.newaxis] & (profiles == best)
        holders[row] = False
        return tuple(
            Standing(
                node,
                float(own[number]),
                float(median[number]),
                float(best[number]),
                tuple(self.units[each] for each in np.flatnonzero(holders[:, number])),
                float(gained[number]),
                float(self.weights[number] * (own[number] - median[number])),
            )
            for number, node in enumerate(self.names)
        )

    def models(self, row: int) -> tuple[Model, ...]:
        profiles, index = self.profiles, self.scores[:, 0]
        found, distances = nearest(profiles, self.weights, row, np.flatnonzero(self.members & (index > index[row])))
        models = []
        for other, distance in zip(found[:_MODELS].tolist(), distances[:_MODELS].tolist(), strict=True):
            gaps = zip(self.names, (profiles[other] - profiles[row]).tolist(), strict=True)
            leads = sorted(((name, gap) for name, gap in gaps if gap > 0), key=lambda lead: -lead[1])
            models.append(Model(self.units[other], float(index[other]), distance, tuple(leads)))
        return tuple(models)


def _peers(evaluation: Evaluation, row: int, index: FloatArray) -> tuple[str, BoolArray]:
    register, ranked = evaluation["units"], ~np.isnan(index)
    for column in evaluation.manifest["recipe"]["peer_groups"]:
        value = register[column].iloc[row]
        members: BoolArray = ranked & (register[column].to_numpy(dtype=object) == value)
        if value and members.sum() >= SMALLEST_GROUP:
            return f"{column}:{value}", members
    return "", ranked


def _columns(profiles: FloatArray, statistic: Callable[..., FloatArray]) -> FloatArray:
    """Return a statistic of each column over the scores that there are, NaN where there is none."""
    result = np.full(profiles.shape[1], np.nan)
    some = ~np.isnan(profiles).all(axis=0)
    if some.any():
        result[some] = statistic(profiles[:, some], axis=0)
    return result


def _families(nodes: pd.DataFrame, ids: list[str]) -> list[Family]:
    parents = [str(parent) for parent in nodes["parent"]]
    shares = nodes["share"].to_numpy(dtype=np.float64)
    families = []
    for number, (node, row) in enumerate(zip(ids, nodes.to_dict("records"), strict=True)):
        children = tuple(child for child, parent in enumerate(parents) if parent == node)
        if children:
            minimum = float(row["min_coverage"])
            own = shares[list(children)]
            families.append(Family(number, children, own, row["aggregate"], row["missing"], minimum))
    return families
