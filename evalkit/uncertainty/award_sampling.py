"""Awards in samples drawn again: the award stage applied to their scores, where there is no formula."""

from __future__ import annotations

from evalkit.definitions.award_rules import Blocks
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.award_judged import Judged
from evalkit.uncertainty.award_redraws import Redrawn
from evalkit.uncertainty.award_shares import Awarded, count_awards, no_awards
from evalkit.uncertainty.method_space import BLOCK, official
from evalkit.uncertainty.replicates import ReplicateScores, sampled

MOST_DRAWS = 1000
"""Samples drawn at most: a share of 95 % then has a standard error of 0.7 percentage points."""


def sampled_awards(scheme: AwardScheme, judged: Judged) -> Awarded:
    """Return how often each award went to each unit in samples drawn around the estimates, by the official methods.

    Certificates are about samples: juries stay as they are.
    """
    inputs = judged.inputs
    draws = min(inputs.choices.replicates, MOST_DRAWS)
    total = no_awards([scheme], len(inputs.units))
    for block, start in enumerate(range(0, draws, BLOCK)):
        size = min(BLOCK, draws - start)
        scores = ReplicateScores(inputs, official(inputs, size), sampled(inputs, block, size))
        total += count_awards(
            [scheme], judged.field, scores, Redrawn.of_block(inputs.choices.seed, block, judges=False)
        )
    return total


def share_holding(awarded: Awarded, scheme: AwardScheme, award: Award, gives: str) -> FloatArray:
    """Return the share of samples in which each unit has an award or a better one in its place, (units,).

    Better are the blocks above, except for the last block, and the higher rungs of a ladder.
    """
    counted = [gives]
    if isinstance(award.rule, Blocks):
        names = [block.id for block in award.rule.blocks]
        counted = [gives] if gives == names[-1] else names[: names.index(gives) + 1]
    elif scheme.exclusion(award) == "":
        counted += [name for each in scheme.displacing(award) for name in each.gives]
    held: FloatArray = sum(awarded.counts[scheme.id, name] for name in counted) / awarded.draws  # type: ignore[assignment]
    return held
