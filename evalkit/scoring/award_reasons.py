"""Why a unit got an award, in words for people and as a basis for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.awards import Award, Band, Top
from evalkit.messages import choose, word
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_selection import in_band, places_of_percent
from evalkit.scoring.ranking import rank

_MOST_DECIMALS = 15
Said = tuple[str, str, dict[str, object]]
"""A sentence: key of its words, node whose name it gives, other words to fill in."""


@dataclass(frozen=True, slots=True)
class Field:
    """The units that compete: ids, scores by node, and the register's columns, all in one order."""

    units: tuple[str, ...]
    scores: Mapping[str, FloatArray]
    columns: Mapping[str, Sequence[str]]
    root: str
    tolerance: float
    node_names: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Competition:
    """Who competes for the places of one group: its ``eligible`` units, and those that hold a higher rung already."""

    group: str
    eligible: BoolArray
    taken: BoolArray


def places(rule: Top, eligible: int) -> int:
    """Return the number of places among so many eligible units, those that hold a higher rung included."""
    if rule.count is not None:
        return rule.count
    return places_of_percent(rule.percent or 0, eligible, rule.rounding)


def award_reason(award: Award, field: Field, competition: Competition, index: int) -> tuple[str, str]:
    """Return the basis for machines, and the reason in words (Chinese and English), of the unit at ``index``."""
    node, rule = award.node or field.root, award.rule
    score = float(field.scores[node][index])
    basis = f"{node}={score!r}"
    said: list[Said]
    if isinstance(rule, Band):
        basis += f";band={_interval(rule)}"
        said = [("reason_band", node, {"score": _shown(score, rule, field.tolerance), "interval": _interval(rule)})]
    else:
        more, said = _place(rule, node, field, competition, index)
        basis += more
    for other, minimum in award.minimum.items():
        value = float(field.scores[other][index])
        basis += f";{other}={value!r}>={minimum:.15g}"
        said.append(("reason_minimum", other, {"score": f"{value:.2f}", "minimum": f"{minimum:.15g}"}))
    zh = ";".join(word(key, "zh", name=field.node_names[of][0], **params) for key, of, params in said)
    en = "; ".join(word(key, "en", name=field.node_names[of][1], **params) for key, of, params in said)
    return basis, choose("both", zh, en)


def _place(rule: Top, node: str, field: Field, competition: Competition, index: int) -> tuple[str, list[Said]]:
    """Say the place among those that competed; units on a higher rung are left out, or counted, as the rule says."""
    group, scores = competition.group, field.scores[node]
    held = competition.eligible & competition.taken
    competing = competition.eligible if rule.count_from == "all" else competition.eligible & ~held
    positions = rank(np.where(competing, scores, np.nan), ties="min", tolerance=field.tolerance)
    position, count = int(positions[index]), int(competing.sum())
    available = places(rule, int(competition.eligible.sum()))
    basis = f";rank={position}/{count};places={available}" + (f";group={rule.within}:{group}" if group else "")
    params = {"score": f"{scores[index]:.2f}", "rank": position, "count": count, "places": available, "group": group}
    said: list[Said] = [("reason_top_group" if group else "reason_top", node, params)]
    if tied := int(np.sum(positions == position)) - 1:
        said.append(("reason_tied", node, {"tied": tied}))
    if held.any() and rule.count_from == "remaining":
        said.append(("reason_held", node, {"held": int(held.sum())}))
    return basis, said


def _shown(score: float, rule: Band, tolerance: float) -> str:
    """Return the score with two decimals, or with as many as it takes not to read as one outside the band."""
    for decimals in range(2, _MOST_DECIMALS):
        text = f"{score:.{decimals}f}"
        if in_band(np.array([float(text)]), rule.low, rule.high, rule.closed, tolerance=tolerance)[0]:
            return text
    return repr(score)


def _interval(rule: Band) -> str:
    left = "[" if rule.closed in {"left", "both"} and rule.low is not None else "("
    right = "]" if rule.closed in {"right", "both"} and rule.high is not None else ")"
    low = "-∞" if rule.low is None else f"{rule.low:.15g}"
    high = "+∞" if rule.high is None else f"{rule.high:.15g}"
    return f"{left}{low}, {high}{right}"
