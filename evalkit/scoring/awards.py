"""Award schemes applied to scores: who gets which award, on what basis, for what reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.awards import Award, AwardScheme, Band
from evalkit.messages import word
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import BoolArray
from evalkit.scoring.award_reasons import Competition, Field, award_reason, places
from evalkit.scoring.award_selection import in_band, select_top


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
        problems += _in_no_group(award, field, eligible, name)
        for group, members in _groups(award, field):
            chosen, more = _winners(award, field, eligible & members, taken, name)
            winners |= chosen
            problems += more
            for index in np.flatnonzero(chosen).tolist():
                basis, reason = award_reason(award, field, Competition(group, eligible & members, taken), index)
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
    """Return the peer groups in which places are given, with their members; the whole field is one without a name."""
    everyone = np.ones(len(field.units), dtype=bool)
    if isinstance(award.rule, Band) or award.rule.within is None:
        return [("", everyone)]
    values = field.columns[award.rule.within]
    return [(value, np.array([each == value for each in values])) for value in dict.fromkeys(values) if value]


def _in_no_group(award: Award, field: Field, eligible: BoolArray, name: str) -> list[Problem]:
    if isinstance(award.rule, Band) or award.rule.within is None:
        return []
    column = award.rule.within
    without = eligible & np.array([not value for value in field.columns[column]])
    units = [field.units[index] for index in np.flatnonzero(without)]
    return [problem("EK504", Place(unit=unit), unit=unit, column=column, award=name) for unit in units]


def _winners(
    award: Award, field: Field, eligible: BoolArray, taken: BoolArray, name: str
) -> tuple[BoolArray, list[Problem]]:
    rule, scores = award.rule, field.scores[award.node or field.root]
    if isinstance(rule, Band):
        band = in_band(scores, rule.low, rule.high, rule.closed, tolerance=field.tolerance)
        return band & eligible & ~taken, []
    competing = eligible if rule.count_from == "all" else eligible & ~taken
    available = places(rule, int(eligible.sum()))
    problems = []
    if rule.count is not None and competing.sum() < available:
        problems.append(problem("EK501", award=name, found=int(competing.sum()), places=available))
    selected = select_top(scores, competing, available, ties=rule.ties, tolerance=field.tolerance)
    if selected.tied_at_cut.any():
        tied = [field.units[index] for index in np.flatnonzero(selected.tied_at_cut)]
        zh, en = word(f"ties_{rule.ties}", "zh"), word(f"ties_{rule.ties}", "en")
        problems.append(problem("EK502", award=name, places=available, units=", ".join(tied), ties_zh=zh, ties_en=en))
    return selected.winners & ~taken, problems
