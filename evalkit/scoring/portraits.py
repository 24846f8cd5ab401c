"""Portraits: what respondents of one kind, such as those served by one department, give on an indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.exports import RespondentRules
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.measured_respondents import Pool, measure_respondents
from evalkit.scoring.respondent_errors import respondent_errors
from evalkit.scoring.respondent_points import part_points

SMALLEST_SHOWN = 5
"""Respondents with points from whom on a group has a mean: fewer say little, and may be known to their neighbours."""
_SEED = 1


@dataclass(frozen=True, slots=True)
class Groups:
    """Which respondents make a group: their places ``members``, and the group of each, ``owners`` (members,).

    ``kinds`` and ``units`` (groups,) are the kind of respondents and the unit of each group, -1 for the whole field.
    """

    members: IntArray
    owners: IntArray
    kinds: IntArray
    units: IntArray

    def pool(self, respondents: Pool) -> Pool:
        """Return the respondents with groups for units."""
        return respondents.grouped(self.members, self.owners, len(self.kinds))


def groups_of(kinds: IntArray, units: IntArray) -> Groups:
    """Group respondents, of kinds from 0 (-1: of none) and of ``units``, by kind in the whole field, and by both.

    Only groups with a respondent are made, in the order of unit and kind, the field before the units. Every respondent
    of a kind is a member twice.
    """
    known = np.flatnonzero(kinds >= 0)
    members = np.concatenate([known, known])
    places = np.concatenate([np.full(len(known), -1, np.int64), units[known]])
    width = int(kinds.max(initial=0)) + 1
    found, owners = np.unique((places + 1) * width + kinds[members], return_inverse=True)
    return Groups(members, owners, found % width, found // width - 1)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What an indicator is among the respondents of each group, arrays over groups.

    ``n`` have points, of ``base``. ``means`` are by the rule for respondents, ``n_eff`` the effective sample sizes of
    an indicator with one part, ``errors`` the standard errors; NaN where ``n`` is below :data:`SMALLEST_SHOWN`.
    """

    base: IntArray
    n: IntArray
    n_eff: FloatArray
    means: FloatArray
    errors: FloatArray


def portray(
    definition: Measure,
    pool: Pool,
    questionnaire: Questionnaire,
    rules: RespondentRules,
    plug_ins: Registry = NO_PLUG_INS,
) -> Portrait:
    """Measure an indicator of a ``pool`` whose units are groups of respondents, as that of a unit is measured.

    Means are those of :func:`measure_respondents`, standard errors those of :func:`respondent_errors`, which knows none
    for the last answer.
    """
    measured = measure_respondents(definition, pool, questionnaire, rules, plug_ins)
    base = np.bincount(pool.owners, minlength=pool.units)
    n = base if measured.n is None else measured.n
    behind = measured.parts[0].behind if len(measured.parts) == 1 else None
    parts = part_points(definition, pool, questionnaire, rules, measured, plug_ins)
    found = respondent_errors(parts, pool, seed=_SEED)
    unknown = np.full(pool.units, np.nan)
    shown = n >= SMALLEST_SHOWN
    return Portrait(
        base,
        n,
        np.where(shown, unknown if behind is None else behind.n_eff, np.nan),
        np.where(shown, measured.raw, np.nan),
        np.where(shown, unknown if found is None else np.sqrt(found.influence.variances()), np.nan),
    )
