"""Why a unit got an award, in words for people and as a basis for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.award_rules import Band, Blocks, Top
from evalkit.definitions.awards import Gates
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_quantity import Quantity
from evalkit.scoring.award_selection import Closed, in_band, places_of_percent
from evalkit.scoring.award_words import Said, said
from evalkit.scoring.ranking import rank

_MOST_DECIMALS = 15
Reason = tuple[str, list[Said]]
"""The basis for machines, and the sentences for people."""


@dataclass(frozen=True, slots=True)
class Competition:
    """Who competes for the places of one group: its ``eligible`` units, and those that hold a higher rung already.

    ``column`` and ``group`` name the peer group; both are empty for the whole field.
    """

    column: str
    group: str
    eligible: BoolArray
    taken: BoolArray

    @property
    def name(self) -> str:
        """The group as it stands in tables, ``column:value``; empty for the whole field."""
        return f"{self.column}:{self.group}" if self.group else ""

    @property
    def basis(self) -> str:
        """The group as it stands in the basis."""
        return f";group={self.name}" if self.group else ""


def places(rule: Top, eligible: int) -> int:
    """Return the number of places among so many eligible units, those that hold a higher rung included."""
    if rule.count is not None:
        return rule.count
    return places_of_percent(rule.percent or 0, eligible, rule.rounding)


def why_in_band(rule: Band, compared: Quantity, tolerance: float, index: int) -> Reason:
    """Say the score and the band it is in."""
    shown = _shown(float(compared.values[index]), rule.low, rule.high, rule.closed, tolerance)
    interval = _interval(rule.low, rule.high, rule.closed)
    sentence = said("reason_band", {"name": compared.subject}, score=shown, interval=interval)
    return f"{compared.basis[index]};band={interval}", [sentence]


def why_at_top(
    rule: Top, compared: Quantity, order: FloatArray, competition: Competition, index: int, *, tolerance: float
) -> Reason:
    """Say the place among those that competed; units on a higher rung are left out, or counted, as the rule says."""
    group, values = competition.group, compared.values
    held = competition.eligible & competition.taken
    competing = competition.eligible if rule.count_from == "all" else competition.eligible & ~held
    positions = rank(np.where(competing, order, np.nan), ties="min", tolerance=tolerance)
    position, count = int(positions[index]), int(competing.sum())
    available = places(rule, int(competition.eligible.sum()))
    basis = f"{compared.basis[index]};rank={position}/{count};places={available}{competition.basis}"
    params = {"score": f"{values[index]:.2f}", "rank": position, "count": count, "places": available, "group": group}
    sentences = [said("reason_top_group" if group else "reason_top", {"name": compared.subject}, **params)]
    if tied := int(np.sum(positions == position)) - 1:
        sentences.append(said("reason_tied", tied=tied))
    if held.any() and rule.count_from == "remaining":
        sentences.append(said("reason_held", held=int(held.sum())))
    return basis, sentences


def why_before_others(
    rule: Top, compared: Quantity, order: FloatArray, eligible: BoolArray, index: int, *, field: Field
) -> list[Said]:
    """Say how many units of the same score come before or after it by the nodes that break ties."""
    values = compared.values
    same = eligible & (np.abs(values - values[index]) <= field.tolerance)
    parted = int((same & (order != order[index])).sum())
    if not (rule.tie_break and parted):
        return []
    names = [field.node_names[node] for node in rule.tie_break]
    nodes = ("、".join(zh for zh, _ in names), ", ".join(en for _, en in names))
    return [said("reason_tie_break", {"nodes": nodes}, parted=parted)]


def why_in_block(
    rule: Blocks, compared: Quantity, blocks: IntArray, competition: Competition, index: int, *, tolerance: float
) -> Reason:
    """Say the block with its ends: fixed scores, places, or the scores that natural breaks put together."""
    number, value = int(blocks[index]), float(compared.values[index])
    mine = blocks == number
    basis = f"{compared.basis[index]};block={number + 1}/{len(rule.blocks)}"
    names = {"name": compared.subject}
    if rule.by == "score":
        low, high, closed = _ends(rule, number)
        interval = _interval(low, high, closed)
        basis += f";interval={interval}"
        shown = _shown(value, low, high, closed, tolerance)
        sentences = [said("reason_band", names, score=shown, interval=interval)]
    elif rule.by == "natural_breaks":
        lowest, highest = compared.values[mine].min(), compared.values[mine].max()
        basis += f";scores={lowest:.15g}..{highest:.15g}"
        ends = {"low": f"{lowest:.2f}", "high": f"{highest:.2f}", "blocks": len(rule.blocks), "size": int(mine.sum())}
        sentences = [said("reason_breaks", names, score=f"{value:.2f}", **ends)]
    else:
        above = int((competition.eligible & (blocks >= 0) & (blocks < number)).sum())
        first, last, count = above + 1, above + int(mine.sum()), int(competition.eligible.sum())
        position = rank(np.where(competition.eligible, compared.values, np.nan), tolerance=tolerance)[index]
        basis += f";rank={position:g}/{count};places={first}-{last}"
        params = {"rank": f"{position:g}", "count": count, "first": first, "last": last}
        sentences = [said("reason_places", names, score=f"{value:.2f}", **params)]
    if competition.group:
        sentences.append(said("reason_in_group", group=competition.group))
    return basis + competition.basis, sentences


def why_vetoed(veto: tuple[str, str]) -> Reason:
    """Say which veto put a unit into its block."""
    return f"veto={veto[1]}", [said("reason_veto", {"veto": veto})]


def why_passed(gates: Sequence[Gates], field: Field, index: int) -> Reason:
    """Say the minima that the unit reached."""
    basis, sentences = "", []
    for each in gates:
        for node, minimum in each.minimum.items():
            value = float(field.scores[node][index])
            basis += f";{node}={value!r}>={minimum:.15g}"
            names: Mapping[str, tuple[str, str]] = {"name": field.node_names[node]}
            sentences.append(said("reason_minimum", names, score=f"{value:.2f}", minimum=f"{minimum:.15g}"))
    return basis, sentences


def _ends(rule: Blocks, number: int) -> tuple[float | None, float | None, Closed]:
    """Return the ends of a block by scores; the upper one is the cut of the block above."""
    above, own = rule.blocks[number - 1] if number else None, rule.blocks[number]
    low = own.low if number < len(rule.blocks) - 1 else None
    high = above.low if above is not None else None
    with_low = low is not None and own.above is None
    with_high = above is not None and above.above is not None
    closed: Closed = "both" if with_low and with_high else "left" if with_low else "right" if with_high else "neither"
    return low, high, closed


def _shown(score: float, low: float | None, high: float | None, closed: Closed, tolerance: float) -> str:
    """Return the score with two decimals, or with as many as it takes not to read as one outside the band."""
    for decimals in range(2, _MOST_DECIMALS):
        text = f"{score:.{decimals}f}"
        if in_band(np.array([float(text)]), low, high, closed, tolerance=tolerance)[0]:
            return text
    return repr(score)


def _interval(low: float | None, high: float | None, closed: Closed) -> str:
    left = "[" if closed in {"left", "both"} and low is not None else "("
    right = "]" if closed in {"right", "both"} and high is not None else ")"
    return f"{left}{'-∞' if low is None else f'{low:.15g}'}, {'+∞' if high is None else f'{high:.15g}'}{right}"
