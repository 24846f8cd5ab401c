"""One draw made again from its number: its weights, its other choices, and the ranking that follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.evaluation import Evaluation
from evalkit.scoring.ranking import rank
from evalkit.uncertainty.inputs import read_inputs
from evalkit.uncertainty.method_space import NONE, draw_one
from evalkit.uncertainty.replicates import ReplicateScores


@dataclass(frozen=True, slots=True)
class OneDraw:
    """``weights``: node, official, drawn (shares among siblings). ``ranking``: unit, rank, score, official rank.

    ``normalise``, ``outliers``, ``aggregate`` and ``missing`` are empty where the official choice was drawn;
    ``dropped``: the indicator left out, or empty.
    """

    weights: pd.DataFrame
    ranking: pd.DataFrame
    normalise: str
    outliers: str
    aggregate: str
    missing: str
    dropped: str


def regenerate(bundle: Bundle, evaluation: Evaluation, number: int) -> OneDraw:
    """Make the draw of other methods again that a robustness analysis of the study made as its ``number``, from 0.

    Raises ValueError for a number that was never drawn, SpaceError as the analysis does.
    """
    inputs, _ = read_inputs(bundle, evaluation)
    draws = draw_one(inputs, number)
    nodes, choices = inputs.recipe.nodes, inputs.choices
    scores = ReplicateScores(inputs, draws, inputs.raw)[nodes[0].id][0]
    official = evaluation.ranking().set_index("unit")["rank"].reindex(list(inputs.units)).to_numpy(dtype=np.float64)
    ranks = rank(scores, ties=inputs.recipe.ties, tolerance=inputs.recipe.tie_tolerance)
    table = pd.DataFrame({"unit": inputs.units, "rank": ranks, "score": scores, "official_rank": official})
    weights = pd.DataFrame(
        {"node": [node.id for node in nodes], "official": [node.share for node in nodes], "drawn": draws.shares[0]}
    )
    normalise, outliers, aggregate, missing = draws.categories[0].tolist()
    dropped = int(draws.dropped[0])
    return OneDraw(
        weights.iloc[1:].reset_index(drop=True),
        table.dropna(subset=["rank"]).sort_values(["rank", "unit"], ignore_index=True),
        choices.normalise[normalise - 1].method if normalise else "",
        f"{choices.outliers[outliers - 1]:g}" if outliers else "",
        choices.aggregate[aggregate - 1] if aggregate else "",
        choices.missing[missing - 1].rule if missing else "",
        "" if dropped == NONE else inputs.recipe.indicators[dropped].id,
    )
