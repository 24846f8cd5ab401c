"""The ranked table of the page: a row a unit, with the bar of what each dimension contributes."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language
from evalkit.reports.outline.names import award_names, unit_names
from evalkit.reports.outline.ranking import unranked_reasons
from evalkit.reports.outline.sheet import records

FULL_BAR = 100.0


@dataclass(frozen=True, slots=True)
class Won:
    """An award of a unit; ``tier`` 1 is the highest rung, 0 an award outside a ladder."""

    name: str
    tier: int


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A row of the table.

    ``bar`` has the start and the width of each dimension's part, in units of ``FULL_BAR``; ``reason`` says why there is
    no rank; ``interval`` are the ends of the rank interval, where ranks have one.
    """

    unit: str
    name: str
    rank: float | None
    score: float
    groups: tuple[str, ...]
    dimensions: tuple[float, ...]
    bar: tuple[tuple[float, float], ...]
    awards: tuple[Won, ...]
    interval: tuple[float, float] | None
    reason: str


def ranked_units(evaluation: Evaluation, language: Language) -> list[RankedUnit]:
    """Return the ranked units, best first, then those without a rank in the order of the register."""
    groups = [str(column) for column in evaluation.manifest["recipe"]["peer_groups"]]
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    ranking = {row["unit"]: row for row in records(evaluation.ranking())}
    reasons = unranked_reasons(evaluation, language)
    register = {row["unit"]: row for row in records(evaluation["units"])}
    names, wide, weights = unit_names(evaluation), wide_scores(evaluation), _weights(evaluation)
    won = _won(evaluation, language)
    widest = widest_bar(evaluation)
    rows = []
    for unit in [*ranking, *reasons]:
        own, scores = ranking.get(unit), wide.loc[unit]
        index, parts = float(scores[evaluation.root]), tuple(float(scores[node]) for node in dimensions)
        rows.append(
            RankedUnit(
                unit,
                names[unit],
                None if own is None else own["rank"],
                index,
                tuple(register[unit][column] for column in groups),
                parts,
                stacked(index, parts, tuple(weights.get((unit, node), 0.0) for node in dimensions), widest),
                tuple(won.get(unit, ())),
                _interval(own),
                reasons.get(unit, ""),
            )
        )
    return rows


def widest_bar(evaluation: Evaluation) -> float:
    """Return the index that a bar of full length stands for: 100, or the highest where that is more."""
    scores: list[float] = evaluation.ranking()["score"].tolist()
    return max(FULL_BAR, *scores) if scores else FULL_BAR


def stacked(
    index: float, scores: tuple[float, ...], weights: tuple[float, ...], widest: float
) -> tuple[tuple[float, float], ...]:
    """Return start and width of each part of a bar: weight × score, scaled so that they sum to the index.

    The weights are those after missing siblings; a part without a score, or with a negative one, has no width. With the
    arithmetic mean and no negative score the scale is one. A unit without an index has no bar.
    """
    parts = [max(0.0, weight * score) if score == score else 0.0 for score, weight in zip(scores, weights, strict=True)]  # noqa: PLR0124 - NaN differs from itself
    total = math.fsum(parts)
    if not index > 0 or total <= 0:
        return tuple((0.0, 0.0) for _ in parts)
    factor = index / total * FULL_BAR / widest
    ends = [math.fsum(parts[:number]) * factor for number in range(len(parts))]
    return tuple((start, part * factor) for start, part in zip(ends, parts, strict=True))


def _weights(evaluation: Evaluation) -> dict[tuple[str, str], float]:
    scores = evaluation["scores"]
    own = scores[scores["level"] == 1]
    return dict(zip(zip(own["unit"], own["node"], strict=True), own["effective_weight"], strict=True))


def _won(evaluation: Evaluation, language: Language) -> dict[str, list[Won]]:
    labels = award_names(evaluation, language)
    won: dict[str, list[Won]] = {}
    for row in records(evaluation["awards"]):
        tier = 0 if pd.isna(row["tier"]) else int(row["tier"])
        won.setdefault(row["unit"], []).append(Won(labels[row["scheme"], row["award"]], tier))
    return won


def _interval(row: Mapping[Hashable, Any] | None) -> tuple[float, float] | None:
    if row is None or pd.isna(row["rank_low"]) or pd.isna(row["rank_high"]):
        return None
    return float(row["rank_low"]), float(row["rank_high"])
