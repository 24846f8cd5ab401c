"""Award schemes applied to scores: who gets which award, on what basis, for what reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.award_compare import Jury
from evalkit.definitions.award_rules import Decision, Unset
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import BoolArray
from evalkit.scoring.award_contest import Contest
from evalkit.scoring.award_decisions import decided
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_gates import Passed, pass_gates
from evalkit.scoring.award_jury import judged
from evalkit.scoring.award_people import Person, Recipients
from evalkit.scoring.award_quantity import quantity


@dataclass(frozen=True, slots=True)
class Given:
    """A unit's award; ``tier`` counts the awards of a ladder, or the blocks of a division, from 1.

    ``basis`` is machine-readable; ``group`` is the peer group, ``column:value``. ``people`` are those
    who get it, where persons do.
    """

    scheme: str
    award: str
    unit: str
    tier: int | None
    basis: str
    reason: str
    group: str = ""
    people: tuple[Person, ...] | None = None


def apply_scheme(scheme: AwardScheme, field: Field) -> tuple[list[Given], list[Problem]]:
    """Give the awards of a scheme in their order; of those that exclude each other a unit gets the first it reaches.

    Rows stand in the order of the scheme, then of the field; with ``unordered``, or where only tiers are published,
    sorted by unit code. Nobody gets an award whose rule is not set (``EK529``).
    """
    given: list[Given] = []
    awards, problems = winners(scheme, field)
    rung = 0
    for award, won in awards:
        on_ladder = scheme.exclusion(award) == ""
        rung += on_ladder
        rows = [_row(scheme, field, each, rung if on_ladder else None) for each in won]
        if scheme.unordered or scheme.publish == "tiers":
            rows.sort(key=lambda row: (list(award.gives).index(row.award), row.unit))
        given += rows
    return given, problems


def winners(scheme: AwardScheme, field: Field) -> tuple[list[tuple[Award, list[Recipients]]], list[Problem]]:
    """Return who wins each award of a scheme, in the order of the field."""
    common, problems = pass_gates(scheme.gates, field, scheme.id)
    holding: dict[str, BoolArray] = {}
    found: list[tuple[Award, list[Recipients]]] = []
    for award in scheme.awards:
        exclusion = scheme.exclusion(award)
        taken = np.zeros(len(field.units), dtype=bool)
        if exclusion is not None:
            taken = holding.setdefault(exclusion, taken)
        won, more = _give(scheme, award, field, common, taken)
        problems += more
        found.append((award, won))
        if exclusion is not None and award.to == "unit":
            holding[exclusion] = taken.copy()
            holding[exclusion][[each.index for each, _ in won]] = True
    return found, problems


def _give(
    scheme: AwardScheme, award: Award, field: Field, common: Passed, taken: BoolArray
) -> tuple[list[Recipients], list[Problem]]:
    """Return who wins an award, with the names of the persons, if it is one for persons."""
    name = f"{scheme.id}/{award.id}"
    if isinstance(award.rule, Unset):
        return [], [problem("EK529", award=name)]
    own, problems = pass_gates(award, field, name)
    passed = common.and_also(own)
    if isinstance(award.rule, Decision):
        won, more = decided(award, field, passed, name)
    elif isinstance(award.compare, Jury):
        won, more = judged(award, scheme.gates_of(award), field, passed, taken=taken, name=name)
    else:
        compared, problems_of_compared = quantity(award, field, name)
        contest = Contest(award, scheme.gates_of(award), field, compared, passed, taken, name)
        found, more = contest.winners()
        won, more = [(each, None) for each in found], [*problems_of_compared, *more]
    reached = {each.gives for each, _ in won}
    nobody = [gives for gives in award.gives if gives not in reached]
    problems += [*more, *(problem("EK503", award=f"{scheme.id}/{gives}") for gives in nobody)]
    return won, problems


def _row(scheme: AwardScheme, field: Field, won: Recipients, tier: int | None) -> Given:
    each, people = won
    return Given(
        scheme=scheme.id,
        award=each.gives,
        unit=field.units[each.index],
        tier=each.block or tier,
        basis=each.basis,
        reason=each.reason,
        group=each.group,
        people=people,
    )
