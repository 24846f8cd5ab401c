"""What the adjustment for the auditors' severity changes: ranks and awards as they are, and as they were without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.bundle import Bundle
from evalkit.definitions.recipe import Recipe, resolve
from evalkit.evaluate.award_stage import competing, give_awards
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.measuring import Measuring
from evalkit.evaluate.weighting import weighed
from evalkit.messages import Language, word
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.award_field import Earlier
from evalkit.scoring.awards import Given
from evalkit.scoring.ranking import rank
from evalkit.scoring.tree_scores import TreeScores, normalise_indicator, score_tree

ADJUSTMENT_COLUMNS = (
    "unit", "score_raw", "score", "rank_raw", "rank", "rank_change", "awards_raw", "awards", "awards_change",
)  # fmt: skip
"""A unit at the index, where scores are freed of the auditors' severity. score_raw, rank_raw, awards_raw: without the
adjustment; rank_change: places gained by it, rank_raw − rank; awards: what the unit holds, ``scheme/award``, joined by
``|``; awards_change: whether that differs."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Scores of all nodes and what was awarded on them."""

    tree: TreeScores
    given: Sequence[Given]


def without_adjustment(
    bundle: Bundle,
    data: Gathered,
    stage: Measuring,
    *,
    sizes: dict[str, IntArray],
    earlier: tuple[Earlier, ...],
) -> Standing | None:
    """Score and award as a run would whose protocol adjusts nothing; None where nothing was adjusted.

    Findings are those of the run itself, and not repeated.
    """
    if bundle.indicators is None or stage.results is None or not stage.results.unadjusted:
        return None
    recipe = resolve(bundle.indicators[0], bundle.study.recipe)
    units, leaves = data.register.units, dict(stage.leaves)
    for node in recipe.indicators:
        if node.id in stage.results.unadjusted:
            raw = stage.results.unadjusted[node.id]
            leaves[node.id], _ = normalise_indicator(node, raw, units, bundle.plug_ins)
    recipe = weighed(recipe, leaves, units, bundle.plug_ins)
    tree, _ = score_tree(recipe.nodes, leaves, units, bundle.plug_ins)
    field = competing(data, recipe, tree, sizes=sizes, earlier=earlier)
    given, _ = give_awards(bundle, field)
    return Standing(tree, given)


def adjustment_table(raw: Standing | None, fair: Standing, recipe: Recipe, units: tuple[str, ...]) -> pd.DataFrame:
    """Return the table ``adjustment``, units in their order; no rows where nothing was adjusted."""
    if raw is None:
        return pd.DataFrame(columns=list(ADJUSTMENT_COLUMNS))
    root = recipe.nodes[0].id
    scores = [each.tree.of(root) for each in (raw, fair)]
    ranks = [rank(each, ties=recipe.ties, tolerance=recipe.tie_tolerance) for each in scores]
    held = [_held(each.given) for each in (raw, fair)]
    awards = [["|".join(each.get(unit, ())) for unit in units] for each in held]
    columns: dict[str, Sequence[object] | FloatArray] = {
        "unit": units,
        "score_raw": scores[0],
        "score": scores[1],
        "rank_raw": ranks[0],
        "rank": ranks[1],
        "rank_change": ranks[0] - ranks[1],
        "awards_raw": awards[0],
        "awards": awards[1],
        "awards_change": [then != now for then, now in zip(*awards, strict=True)],
    }
    return pd.DataFrame(columns, columns=list(ADJUSTMENT_COLUMNS))


def _held(given: Sequence[Given]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for each in given:
        found.setdefault(each.unit, []).append(f"{each.scheme}/{each.award}")
    return found


def said_of_adjustment(table: pd.DataFrame, schemes: Sequence[AwardScheme]) -> list[Problem]:
    """Say what the adjustment changed: EK666 of ranks, in all; EK665 of awards and tiers, unit by unit."""
    if table.empty:
        return []
    change = np.nan_to_num(table["rank_change"].to_numpy(dtype=float))
    ranked = int((~np.isnan(table["rank"].to_numpy(dtype=float))).sum())
    farthest = int(np.abs(change).argmax())
    about = {
        "moved": int((change != 0).sum()),
        "ranked": ranked,
        "places": f"{abs(change[farthest]):g}",
        "unit": table["unit"].iloc[farthest],
        "changed": int(table["awards_change"].sum()),
    }
    names = {
        f"{scheme.id}/{award}": name
        for scheme in schemes
        for each in scheme.awards
        for award, name in each.gives.items()
    }

    def named(joined: str, language: Language) -> str:
        texts = [names[each].say(language) for each in joined.split("|") if each]
        return listed(texts) if texts else word("no_award", language)

    changed = table[table["awards_change"]]
    return [
        problem("EK666", **about),
        *(
            problem(
                "EK665",
                Place(unit=unit),
                before_zh=named(before, "zh"),
                before_en=named(before, "en"),
                after_zh=named(after, "zh"),
                after_en=named(after, "en"),
            )
            for unit, before, after in zip(changed["unit"], changed["awards_raw"], changed["awards"], strict=True)
        ),
    ]
