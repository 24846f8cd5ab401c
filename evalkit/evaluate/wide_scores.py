"""The table of scores laid out as a matrix, for whoever looks at units beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.scoring.arrays import FloatArray


def wide_scores(evaluation: Evaluation) -> pd.DataFrame:
    """Return the scores as units × nodes, in the order of register and tree."""
    units, nodes = list(evaluation["units"]["unit"]), list(evaluation["nodes"]["node"])
    scores = evaluation["scores"].set_index(["unit", "node"])["score"]
    matrix = scores.reindex(pd.MultiIndex.from_product([units, nodes])).to_numpy().reshape(len(units), len(nodes))
    return pd.DataFrame(matrix, index=units, columns=nodes)


def scores_by_node(evaluation: Evaluation) -> dict[str, FloatArray]:
    """Return the scores (units,) by node, in the same orders."""
    wide = wide_scores(evaluation)
    return {str(node): wide[node].to_numpy(dtype=np.float64) for node in wide.columns}
