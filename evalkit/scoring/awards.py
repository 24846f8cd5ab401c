"""Award schemes applied to scores: who gets which award, on what basis, for what reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.awards import Award, AwardScheme, Band, Top
from evalkit.messages import choose, word
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_selection import in_band, places_of_percent, select_top
from evalkit.scoring.ranking import rank


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
class Given:
    """A unit's award; ``tier`` counts the awards of a ladder from 1, ``basis`` is machine-readable."""

    scheme: str
    award: str
    unit: str
    tier: int | None
    basis: str
    reason: str


def apply_scheme(scheme: AwardScheme, field: Field) -> tuple[list[Given], list[Problem]]:
    """Give the awards of a scheme; with ``one_rung`` a unit gets the first it reaches."""
    given: list[Given] = []
    problems: list[Problem] = []
    holds_rung = np.zeros(len(field.units), dtype=bool)
    for tier, award in enumerate(scheme.awards, start=1):
        taken = holds_rung if scheme.one_rung else np.zeros_like(holds_rung)
        eligible = _eligible(award, field)
        winners = np.zeros_like(holds_rung)
        name = f"{scheme.id}/{award.id}"
        for group, members in _groups(award, field):
            chosen, more = _winners(award, field, eligible & members, taken, name)
            winners |= chosen
            problems += more
            for index in np.flatnonzero(chosen).tolist():
                basis, reason = _reasons(award, field, eligible & members, group, index)
                rung = tier if scheme.one_rung else None
                given.append(Given(scheme.id, award.id, field.units[index], rung, basis, reason))
        if not winners.any():
            problems.append(problem("EK503", award=name))
        holds_rung |= winners
    return given, problems


def _eligible(award: Award, field: Field) -> BoolArray:
    mask = ~np.isnan(field.scores[award.node or field.root])
    for column, allowed in award.eligible.items():
        mask &= np.array([value in allowed for value in field.columns[column]])
    for node, minimum in award.minimum.items():
        mask &= in_band(field.scores[node], minimum, None, "left", tolerance=field.tolerance)
    return mask


def _groups(award: Award, field: Field) -> list[tuple[str, BoolArray]]:
    """Return the peer groups in which places are given, each with its members; one nameless group for the whole field."""
    everyone = np.ones(len(field.units), dtype=bool)
    if isinstance(award.rule, Band) or award.rule.within is None:
        return [("", everyone)]
    values = field.columns[award.rule.within]
    return [(value, np.array([each == value for each in values])) for value in dict.fromkeys(values)]


def _winners(
    award: Award, field: Field, eligible: BoolArray, taken: BoolArray, name: str
) -> tuple[BoolArray, list[Problem]]:
    rule, scores = award.rule, field.scores[award.node or field.root]
    if isinstance(rule, Band):
        band = in_band(scores, rule.low, rule.high, rule.closed, tolerance=field.tolerance)
        return band & eligible & ~taken, []
    competing = eligible if rule.count_from == "all" else eligible & ~taken
    places = _places(rule, int(eligible.sum()))
    problems = []
    if rule.count is not None and competing.sum() < places:
        problems.append(problem("EK501", award=name, found=int(competing.sum()), places=places))
    selected = select_top(scores, competing, places, ties=rule.ties, tolerance=field.tolerance)
    if selected.tied_at_cut.any():
        tied = [field.units[index] for index in np.flatnonzero(selected.tied_at_cut)]
        zh, en = word(f"ties_{rule.ties}", "zh"), word(f"ties_{rule.ties}", "en")
        problems.append(problem("EK502", award=name, places=places, units=", ".join(tied), ties_zh=zh, ties_en=en))
    return selected.winners & ~taken, problems


def _places(rule: Top, eligible: int) -> int:
    if rule.count is not None:
        return rule.count
    return places_of_percent(rule.percent or 0, eligible, rule.rounding)


def _reasons(award: Award, field: Field, eligible: BoolArray, group: str, index: int) -> tuple[str, str]:
    """Return the basis for machines and the reason in words, in both languages."""
    node, rule = award.node or field.root, award.rule
    scores = field.scores[node]
    score = float(scores[index])
    basis = f"{node}={score!r}"
    said: list[tuple[str, str, dict[str, object]]] = []
    if isinstance(rule, Band):
        basis += f";band={_interval(rule)}"
        said.append(("reason_band", node, {"score": f"{score:.2f}", "interval": _interval(rule)}))
    else:
        position = int(rank(np.where(eligible, scores, np.nan), ties="min", tolerance=field.tolerance)[index])
        count, places = int(eligible.sum()), _places(rule, int(eligible.sum()))
        basis += f";rank={position}/{count};places={places}" + (f";group={rule.within}:{group}" if group else "")
        params = {"score": f"{score:.2f}", "rank": position, "count": count, "places": places, "group": group}
        said.append(("reason_top_group" if group else "reason_top", node, params))
    for other, minimum in award.minimum.items():
        value = float(field.scores[other][index])
        basis += f";{other}={value!r}>={minimum:g}"
        said.append(("reason_minimum", other, {"score": f"{value:.2f}", "minimum": f"{minimum:g}"}))
    zh = ";".join(word(key, "zh", name=field.node_names[of][0], **params) for key, of, params in said)
    en = "; ".join(word(key, "en", name=field.node_names[of][1], **params) for key, of, params in said)
    return basis, choose("both", zh, en)


def _interval(rule: Band) -> str:
    left = "[" if rule.closed in {"left", "both"} and rule.low is not None else "("
    right = "]" if rule.closed in {"right", "both"} and rule.high is not None else ")"
    low = "-∞" if rule.low is None else f"{rule.low:g}"
    high = "+∞" if rule.high is None else f"{rule.high:g}"
    return f"{left}{low}, {high}{right}"
