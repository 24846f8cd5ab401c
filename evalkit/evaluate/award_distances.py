"""How far the units of a finished run stand from the cuts of its awards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.award_rules import Band, Blocks
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.stored_schemes import goes_by_scores, stored_schemes
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_blocks import NO_BLOCK
from evalkit.scoring.award_cuts import Distances, from_blocks, from_bound, from_places
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_gates import pass_gates


@dataclass(frozen=True, slots=True)
class Distance:
    """Where a unit stands in a scheme: what it holds (``award``, empty for nothing) and the points to the cuts.

    ``score`` is what is compared for what it holds, NaN where it holds nothing; ``over`` how far that is above the cut,
    NaN where there is nothing to fall below; ``short`` how many points lack for the nearest higher award, ``reach``,
    NaN and empty where there is none that its score alone keeps it from.
    """

    scheme: str
    unit: str
    award: str
    score: float
    over: float
    short: float
    reach: str


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """The distances to an award; ``held`` and ``reached`` name, unit by unit, what it has and what lies above."""

    exclusion: str | None
    scores: FloatArray
    distances: Distances
    held: list[str]
    reached: list[str]


def award_distances(evaluation: Evaluation) -> list[Distance]:
    """Return the distances of every unit in every scheme, award by award, of awards that go by this wave's score.

    In a ladder the nearest higher award is the one of all higher rungs for which the fewest points lack; in a division
    it is the block above. Units that a gate keeps out have no distance to the award. Awards by a jury, a decision or
    earlier waves have none, nor those that ask for a sample counted in answers.
    """
    field = _field(evaluation)
    table = evaluation["awards"]
    found: list[Distance] = []
    for scheme in stored_schemes(evaluation):
        own = table[table["scheme"] == scheme.id]
        holders = set(zip(own["award"], own["unit"], strict=True))
        try:
            measured = list(_scheme(scheme, field, holders))
        except KeyError:  # a file that was changed may name nodes or columns that the run does not have
            continue
        families: dict[str, list[_Measured]] = {}
        for number, each in enumerate(measured):
            families.setdefault(str(number) if each.exclusion is None else f"-{each.exclusion}", []).append(each)
        for family in families.values():
            found += [_standing(scheme.id, family, field.units, row) for row in range(len(field.units))]
    return found


def _field(evaluation: Evaluation) -> Field:
    wide = wide_scores(evaluation)
    return Field(
        units=tuple(wide.index),
        scores={str(node): wide[node].to_numpy() for node in wide},
        columns={str(name): list(values) for name, values in evaluation["units"].items()},
        root=evaluation.root,
        tolerance=evaluation.manifest["recipe"]["tie_tolerance"],
        node_names={},
    )


def _scheme(scheme: AwardScheme, field: Field, holders: set[tuple[str, str]]) -> Iterator[_Measured]:
    holding: dict[str, BoolArray] = {}
    for award in scheme.awards:
        exclusion = scheme.exclusion(award)
        held = [next((gives for gives in award.gives if (gives, unit) in holders), "") for unit in field.units]
        winners = np.array([name != "" for name in held], dtype=bool)
        taken = np.zeros(len(winners), dtype=bool)
        if exclusion is not None:
            taken = holding.setdefault(exclusion, taken)
            holding[exclusion] = taken | (winners & (award.to == "unit"))
        if goes_by_scores(scheme, award):
            passed = pass_gates(scheme.gates, field, "")[0].and_also(pass_gates(award, field, "")[0])
            distances = _distances(award, field, held, passed.eligible & ~taken)
            scores = field.scores[award.node or field.root]
            yield _Measured(exclusion, scores, distances, held, _reached(award, held))


def _distances(award: Award, field: Field, held: list[str], competing: BoolArray) -> Distances:
    rule, scores = award.rule, field.scores[award.node or field.root]
    winners = np.array([name != "" for name in held], dtype=bool)
    over, short = np.full((2, len(scores)), np.nan)
    groups = field.columns[award.within] if award.within is not None else ["*"] * len(held)
    for group in dict.fromkeys(each for each in groups if each):
        members = np.array([each == group for each in groups])
        if isinstance(rule, Band):
            distances = from_bound(scores, rule.low, winners & members, competing & members)
        elif isinstance(rule, Blocks):
            numbers = {block.id: number for number, block in enumerate(rule.blocks)}
            blocks = np.array([numbers.get(name, NO_BLOCK) for name in held])
            distances = from_blocks(scores, np.where(competing & members, blocks, NO_BLOCK), _lows(rule))
        else:
            distances = from_places(scores, winners & members, competing & members)
        over = np.where(members, distances.over, over)
        short = np.where(members, distances.short, short)
    return Distances(over, short)


def _reached(award: Award, held: list[str]) -> list[str]:
    """Return what each unit would get next: the award, or the block above its own."""
    if not isinstance(award.rule, Blocks):
        return [award.id] * len(held)
    blocks = [block.id for block in award.rule.blocks]
    return [blocks[max(blocks.index(name) - 1, 0)] if name else "" for name in held]


def _lows(rule: Blocks) -> list[float | None] | None:
    return [*(block.low for block in rule.blocks[:-1]), None] if rule.by == "score" else None


def _standing(scheme: str, family: list[_Measured], units: tuple[str, ...], row: int) -> Distance:
    """Put together what a unit holds in awards that exclude each other, or in a single one, and what lies above."""
    rung = next((number for number, each in enumerate(family) if each.held[row]), None)
    above = family if rung is None else family[:rung]
    own = None if rung is None else family[rung]
    if own is not None and not np.isnan(own.distances.short[row]):
        above = [*above, own]  # a division: the block above
    lacking = [(float(each.distances.short[row]), each.reached[row]) for each in above]
    short, reach = min((each for each in lacking if each[0] >= 0), default=(np.nan, ""))
    if own is None:
        return Distance(scheme, units[row], "", np.nan, np.nan, short, reach)
    return Distance(
        scheme, units[row], own.held[row], float(own.scores[row]), float(own.distances.over[row]), short, reach
    )
