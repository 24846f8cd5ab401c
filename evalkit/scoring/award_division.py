"""Dividing the units of a field or a peer group into the blocks of an award, and what is found in doing so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalkit.definitions.award_rules import FULL_SHARE, Blocks
from evalkit.messages import word
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_blocks import (
    NO_BLOCK,
    Cut,
    Divided,
    divide_by_places,
    divide_by_score,
    sizes_from_cumulated,
)
from evalkit.scoring.award_selection import places_of_percent
from evalkit.scoring.natural_breaks import natural_breaks
from evalkit.scoring.ranking import tie_groups

_DECIMALS = 9  # of a sum of shares: 41.43 + 34.86 is not 76.28999999999999


def divide(
    rule: Blocks, values: FloatArray, units: Sequence[str], name: str, *, tolerance: float
) -> tuple[Divided, list[Problem]]:
    """Divide the units that have a value (units,), NaN for those that do not take part.

    ``EK510`` there are too few distinct values; ``EK508`` units whose block a cut that is not set leaves open;
    ``EK527`` units tied across a cut.
    """
    if rule.by == "natural_breaks":
        return _by_breaks(rule, values, name, tolerance)
    if rule.by == "score":
        cuts = [None if each.low is None else Cut(each.low, closed=each.above is None) for each in rule.blocks]
        divided = divide_by_score(values, cuts, tolerance=tolerance)
    else:
        sizes = block_sizes(rule, int((~np.isnan(values)).sum()))
        divided = divide_by_places(values, sizes, ties_up=rule.ties == "up", tolerance=tolerance)
    placed = divided.blocks != NO_BLOCK
    problems: list[Problem] = []
    undecided = int((~np.isnan(values) & ~placed).sum())
    if undecided:
        unset = ", ".join(rule.blocks[number].id for number in rule.unset)
        problems.append(problem("EK508", award=name, blocks=unset, count=undecided))
    tied = [units[index] for index in np.flatnonzero(divided.tied_at_cut & placed).tolist()]
    if tied:
        zh, en = word(f"blocks_ties_{rule.ties}", "zh"), word(f"blocks_ties_{rule.ties}", "en")
        problems.append(problem("EK527", award=name, units=", ".join(tied), ties_zh=zh, ties_en=en))
    return divided, problems


def cumulated_shares(rule: Blocks) -> list[float]:
    """Return where the blocks of a division by share end, in percent from the best down.

    The last one, which takes the rest, and those from one that is not set down have no end.
    """
    stop = min(rule.unset, default=len(rule.blocks) - 1)
    shares = [block.percent or 0 for block in rule.blocks[:stop]]
    return [min(round(sum(shares[: number + 1]), _DECIMALS), FULL_SHARE) for number in range(stop)]


def sizes_said(rule: Blocks, counts: Sequence[int], group: str, name: str) -> list[Problem]:
    """Report how many units are in each block, with their share (``EK509``); nothing where all are empty."""
    total = sum(counts)
    if not total:
        return []
    said = [
        ", ".join(
            f"{block.name.say(language)} {count} ({FULL_SHARE * count / total:.1f}%)"
            for block, count in zip(rule.blocks, counts, strict=True)
        )
        for language in ("zh", "en")
    ]
    about = {"group": group or "-", "total": total, "sizes_zh": said[0], "sizes_en": said[1]}
    return [problem("EK509", award=name, **about)]


def _by_breaks(rule: Blocks, values: FloatArray, name: str, tolerance: float) -> tuple[Divided, list[Problem]]:
    nobody = np.zeros(values.shape, dtype=np.bool_)
    breaks = natural_breaks(values, len(rule.blocks), tolerance=tolerance)
    if breaks is not None:
        return Divided(breaks, nobody), []
    found = int(tie_groups(values, tolerance).max(initial=-1)) + 1
    undivided = np.full(values.shape, NO_BLOCK, dtype=np.int64)
    return Divided(undivided, nobody), [problem("EK510", award=name, found=found, blocks=len(rule.blocks))]


def block_sizes(rule: Blocks, units: int) -> list[int | None]:
    """Return the number of units of each block, None for the last and for one that is not set."""
    if rule.by == "places":
        return [block.count for block in rule.blocks]
    ends = [places_of_percent(share, units, "nearest") for share in cumulated_shares(rule)]
    return [*sizes_from_cumulated(ends), *[None] * (len(rule.blocks) - len(ends))]
