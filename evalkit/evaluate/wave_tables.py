"""What the tables say of earlier waves: columns of change in ``ranks`` and ``awards``, and the table ``waves``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.evaluate.waves import Comparison
from evalkit.sources.earlier_run import EarlierAward
from evalkit.sources.register import Register

RANK_CHANGE_COLUMNS = (
    "wave_then", "basis", "rank_then", "score_then", "rank_now", "score_now", "rank_change", "score_change",
)  # fmt: skip
"""wave_then: the last earlier wave, empty where the unit is not compared with it; basis: ``whole`` (both as published)
or ``common`` (both on the common indicators, by today's methods and weights); rank_then, score_then, rank_now,
score_now: what is compared; rank_change: places climbed, rank_then − rank_now; score_change: score_now − score_then.
Ranks follow today's rule for ties; a rank then is among the units, and the members of the group, of that time."""
AWARD_CHANGE_COLUMNS = ("wave_then", "award_then", "tier_then", "tier_change")
"""wave_then: the last earlier wave, empty for a unit that is new; award_then: what the unit held in the same scheme,
joined by ``|``; tier_then: its rung then; tier_change: rungs climbed, tier_then − tier."""
WAVE_COLUMNS = ("wave", "unit", "node", "score", "rank", "comparable")
"""Ranked nodes of all earlier waves as they were. comparable: the score is computed as it is today."""


def rank_changes(ranks: pd.DataFrame, register: Register, comparison: Comparison | None) -> pd.DataFrame:
    """Return the table ``ranks`` with :data:`RANK_CHANGE_COLUMNS`, which are empty without an earlier wave."""
    size = len(ranks)
    columns: dict[str, np.ndarray] = {
        name: np.full(size, "", dtype=object) if name in {"wave_then", "basis"} else np.full(size, np.nan)
        for name in RANK_CHANGE_COLUMNS
    }
    if comparison is not None and size:
        row = {unit: index for index, unit in enumerate(register.units)}
        position = np.array([row[unit] for unit in ranks["unit"]], dtype=np.int64)
        codes, _ = pd.factorize(ranks["node"] + "\0" + ranks["group"])
        order = np.argsort(codes, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(codes[order])) + 1):
            node, group = str(ranks["node"].iloc[rows[0]]), str(ranks["group"].iloc[rows[0]])
            for name, values in _changes(comparison, node, group, position[rows]).items():
                columns[name][rows] = values
    return ranks.assign(**columns)


def _changes(comparison: Comparison, node: str, group: str, units: np.ndarray) -> dict[str, np.ndarray]:
    """Return the columns of one node in one group; ``units`` are the rows of its units in the register."""
    compared = comparison.nodes[node]
    members = np.zeros(len(compared.now), dtype=bool)
    members[units] = True
    ranks_then = comparison.ranks(compared.then, comparison.members_then(group))
    found: dict[str, np.ndarray] = {
        "rank_then": comparison.aligned(ranks_then)[units],
        "score_then": comparison.aligned(compared.then)[units],
        "rank_now": comparison.ranks(compared.now, members)[units],
        "score_now": compared.now[units],
    }
    known = ~np.isnan(found["score_then"])
    found = {name: np.where(known, values, np.nan) for name, values in found.items()}
    return found | {
        "rank_change": found["rank_then"] - found["rank_now"],
        "score_change": found["score_now"] - found["score_then"],
        "wave_then": np.where(known, comparison.run.wave, ""),
        "basis": np.where(known, compared.basis, ""),
    }


def award_changes(awards: pd.DataFrame, register: Register, comparison: Comparison | None) -> pd.DataFrame:
    """Return the table ``awards`` with :data:`AWARD_CHANGE_COLUMNS`, which are empty without an earlier wave."""
    rows: list[tuple[Any, ...]] = []
    held_then: dict[tuple[str, str], list[EarlierAward]] = defaultdict(list)
    for each in comparison.run.awards if comparison is not None else ():
        held_then[each.scheme, each.unit].append(each)
    same = set() if comparison is None else {register.units[row] for row in np.flatnonzero(comparison.row >= 0)}
    for scheme, unit, tier in zip(awards["scheme"], awards["unit"], awards["tier"], strict=True):
        if comparison is None or unit not in same:
            rows.append(("", "", pd.NA, pd.NA))
            continue
        held = held_then[scheme, unit]
        tiers = [each.tier for each in held if each.tier is not None]
        best = min(tiers) if tiers else pd.NA
        change = best - tier if tiers and not pd.isna(tier) else pd.NA
        rows.append((comparison.run.wave, "|".join(each.award for each in held), best, change))
    more = pd.DataFrame(rows, columns=list(AWARD_CHANGE_COLUMNS), index=awards.index)
    return pd.concat([awards, more], axis=1)


def wave_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """Return the scores and ranks of all earlier waves at the nodes that are ranked today."""
    frames = [_of_wave(comparison, node) for comparison in comparisons for node in comparison.nodes]
    if not frames:
        return pd.DataFrame({name: [] for name in WAVE_COLUMNS})
    return pd.concat(frames, ignore_index=True)[list(WAVE_COLUMNS)]


def _of_wave(comparison: Comparison, node: str) -> pd.DataFrame:
    run = comparison.run
    scores = run.scores.get(node, np.full(len(run.units), np.nan))
    ranks = comparison.ranks(scores, np.ones(len(scores), dtype=bool))
    table = pd.DataFrame({"unit": run.units["unit"], "score": scores, "rank": ranks})[~np.isnan(scores)]
    return table.assign(wave=run.wave, node=node, comparable=comparison.nodes[node].basis == "whole")
