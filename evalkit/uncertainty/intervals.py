"""Rank intervals and standard errors from the sampling errors of a study: what is added to the tables of a run."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalkit.evaluate.ranks import peer_groups
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.uncertainty.error_propagation import NodeErrors
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.normal_draws import normal_draws, variances
from evalkit.uncertainty.rank_sets import Family, RankSets, Side, rank_sets

PRECISION_COLUMNS = ("unit", "node", "score", "standard_error", "method")
"""Sampling error of the score of a unit at a node; only nodes that carry any. method: where it comes from: ``given``, a
column of standard errors; ``calls`` or ``respondents`` and how their variance was found
(:data:`~evalkit.scoring.influence.How`); ``propagated`` from the indicators below."""
_DIGITS = 8
COVARIANCE_COLUMNS = ("node", "unit", "other_unit", "covariance")
"""Covariance of the sampling errors of two units' scores at the index."""


def _steady(values: FloatArray) -> FloatArray:
    """Round to eight digits of the largest: the last ones depend on how many threads the linear algebra takes."""
    largest = float(np.abs(values).max(initial=0.0))
    return np.round(values, _DIGITS - math.ceil(math.log10(largest))) if largest > 0 else values


def precision(scores: Mapping[str, FloatArray], errors: Mapping[str, NodeErrors], inputs: Inputs) -> pd.DataFrame:
    """Return the table of standard errors, nodes in the order of the tree."""
    frames = []
    for node, found in errors.items():
        known = ~np.isnan(scores[node])
        own = _steady(np.sqrt(variances(found.covariance)))
        frames.append(
            pd.DataFrame(
                {
                    "unit": np.array(inputs.units, dtype=object)[known],
                    "node": node,
                    "score": scores[node][known],
                    "standard_error": own[known],
                    "method": _method(node, inputs),
                }
            )
        )
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(PRECISION_COLUMNS))


def _method(node: str, inputs: Inputs) -> str:
    number = next((at for at, each in enumerate(inputs.recipe.indicators) if each.id == node), None)
    if number is None:
        return "propagated"
    found = inputs.influences.get(number)
    return "given" if found is None else f"{found.source}, {found.how}"


def covariances(errors: Mapping[str, NodeErrors], inputs: Inputs) -> pd.DataFrame:
    """Return the covariance of the index between units that vary together, each pair once; no row where none do."""
    root = inputs.recipe.nodes[0].id
    if root not in errors or errors[root].covariance.ndim == 1:
        return pd.DataFrame(columns=list(COVARIANCE_COLUMNS))
    found = _steady(np.triu(errors[root].covariance, k=1))
    first, second = np.nonzero(found)
    units = np.array(inputs.units, dtype=object)
    return pd.DataFrame(
        {"node": root, "unit": units[first], "other_unit": units[second], "covariance": found[first, second]}
    )


def lost_scores(errors: Mapping[str, NodeErrors], inputs: Inputs) -> list[Problem]:
    """Say where errors are too small because a unit has no score in some draws."""
    return [
        problem("EK705", Place(unit=inputs.units[at]), node=node, unit=inputs.units[at], share=f"{found.lost[at]:.1%}")
        for node, found in errors.items()
        for at in np.flatnonzero(found.lost > 0).tolist()
    ]


def sets_of(
    scores: FloatArray, errors: NodeErrors, inputs: Inputs, members: BoolArray, *, family: Family, side: Side = "both"
) -> RankSets:
    """Return the rank sets of the members (units,), all of which have a score; ranks count among them only."""
    chosen = np.flatnonzero(members)
    covariance = errors.covariance[chosen] if errors.covariance.ndim == 1 else errors.covariance[np.ix_(chosen, chosen)]
    choices = inputs.choices
    draws = normal_draws(scores[chosen], covariance, draws=choices.replicates, seed=choices.seed)
    return rank_sets(
        scores[chosen],
        covariance,
        draws,
        level=choices.level,
        family=family,
        side=side,
        tolerance=inputs.recipe.tie_tolerance,
    )


def with_intervals(
    ranks: pd.DataFrame,
    register: pd.DataFrame,
    scores: Mapping[str, FloatArray],
    errors: Mapping[str, NodeErrors],
    inputs: Inputs,
) -> pd.DataFrame:
    """Return the table ``ranks`` with rank_low and rank_high, and the column ``interval`` that names their method.

    Nodes without sampling error have none.
    """
    frame = ranks.copy()
    frame["interval"] = ""
    groups = dict(peer_groups(register, inputs.recipe.peer_groups))
    method = f"sampling, {inputs.choices.ranks}, stepdown, {inputs.choices.level:g}"
    for key, rows in frame.groupby(["node", "group"], sort=False).groups.items():
        node, group = str(key[0]), str(key[1])  # type: ignore[index]  # two keys
        if node not in errors:
            continue
        members = groups[group] & ~np.isnan(scores[node])
        found = sets_of(scores[node], errors[node], inputs, members, family=inputs.choices.ranks)
        low = dict(zip(np.array(inputs.units)[members], found.low, strict=True))
        high = dict(zip(np.array(inputs.units)[members], found.high, strict=True))
        frame.loc[rows, "rank_low"] = frame.loc[rows, "unit"].map(low).astype(float)
        frame.loc[rows, "rank_high"] = frame.loc[rows, "unit"].map(high).astype(float)
        frame.loc[rows, "interval"] = method
    return frame
