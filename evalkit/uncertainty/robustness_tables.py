"""The tables of a study's robustness: ``robustness``, ``acceptability`` and ``sensitivity``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.acceptability import Counts
from evalkit.uncertainty.award_shares import Awarded
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.left_out import LeftOut, Whole, reach
from evalkit.uncertainty.sensitivity import Index, rank_shift
from evalkit.uncertainty.simulation import Replicated
from evalkit.uncertainty.turning_points import Shifts

ROBUSTNESS_COLUMNS = (
    "unit", "rank", "score", "method_rank_low", "method_rank_high", "method_first", "both_rank_low", "both_rank_high",
    "both_first", "confidence", "overtake_shift", "fall_shift", "cut_shift", "cut", "overtake_all", "overtake_node",
    "overtake_share", "overtake_needed", "dropped_rank_low", "dropped_rank_high", "dropped_indicator",
    "auditor_rank_low", "auditor_rank_high", "auditor",
)  # fmt: skip
"""A row a ranked unit. method: under other choices of method; both: under these and other samples, empty where no
indicator carries sampling error. rank_low and rank_high: the middle share ``level`` of the ranks drawn, which is no
confidence set; first: the share of draws in which it is the first; confidence: of SMAA, how sure the first place is
under the unit's central weights; shift: the least weight that must move between dimensions to come level with the unit
above, for the one below to do so, or to come to the nearest ``cut`` of the index that an award names; overtake: the
same with weights at all levels, of which the table ``weight_shifts`` says more; dropped: best and worst rank with one
indicator left out, and the indicator that moves it most; auditor: the same with the ratings of one auditor left out and
severity estimated again, empty where there are no calls."""
ACCEPTABILITY_COLUMNS = ("basis", "unit", "kind", "of", "share")
"""basis: ``method`` or ``both``; kind: ``rank`` (of: the place), ``award`` (scheme/award), ``beats`` (of: the other
unit), or ``central_weight`` (of: the indicator; share: its effective weight). Shares of 0 have no row."""
SENSITIVITY_COLUMNS = ("analysis", "choice", "measure", "value", "low", "high")
"""analysis ``sobol``: first-order and total indices of a choice with their 95 % interval; ``leave_one_out``: what
leaving an indicator out does to the ranks: mean and largest shift."""


def middle_ranks(counts: Counts, level: float) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and highest rank of the middle share ``level`` of the draws, (units,); NaN for no rank."""
    total = counts.places.sum(axis=1, keepdims=True)
    reached = np.cumsum(counts.places, axis=1) / np.where(total > 0, total, 1.0)
    tail = (1 - level) / 2
    low = np.argmax(reached > tail - 1e-12, axis=1) + 1.0
    high = np.argmax(reached >= 1 - tail - 1e-12, axis=1) + 1.0
    known = total[:, 0] > 0
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def robustness(
    inputs: Inputs,
    ranking: pd.DataFrame,
    replicated: Replicated,
    *,
    confidence: FloatArray,
    shifts: Shifts,
    changes: Mapping[str, Any],
    left_out: Sequence[LeftOut],
    whole: Whole,
) -> pd.DataFrame:
    """Return the table ``robustness``; ``left_out`` has the ranks with each indicator, and each auditor, left out."""
    columns: dict[str, Any] = {}
    for basis, counts in (("method", replicated.method), ("both", replicated.both)):
        nothing = np.full(len(inputs.units), np.nan)
        low, high = (nothing, nothing) if counts is None else middle_ranks(counts, inputs.choices.level)
        columns[f"{basis}_rank_low"], columns[f"{basis}_rank_high"] = low, high
        columns[f"{basis}_first"] = nothing if counts is None else counts.acceptability[:, 0]
    columns["confidence"], columns["overtake_shift"], columns["fall_shift"] = confidence, shifts.overtake, shifts.fall
    columns["cut_shift"], columns["cut"] = shifts.reach, shifts.cut
    columns |= changes
    columns |= {"auditor_rank_low": np.nan, "auditor_rank_high": np.nan, "auditor": ""}
    for each in left_out:
        low, high, most = reach(each, whole.ranks)
        basis, name = ("dropped", "dropped_indicator") if each.what == "indicator" else ("auditor", "auditor")
        columns |= {f"{basis}_rank_low": low, f"{basis}_rank_high": high, name: most}
    frame = pd.DataFrame(columns | {"unit": np.array(inputs.units, dtype=object)})
    return ranking[["unit", "rank", "score"]].merge(frame, on="unit", how="left")[list(ROBUSTNESS_COLUMNS)]


def acceptability(inputs: Inputs, replicated: Replicated) -> pd.DataFrame:
    """Return the table ``acceptability``."""
    indicators = [node.id for node in inputs.recipe.indicators]
    places = [str(place) for place in range(1, len(inputs.units) + 1)]
    frames: list[pd.DataFrame] = []
    for basis, counts, awarded in (
        ("method", replicated.method, replicated.method_awards),
        ("both", replicated.both, replicated.both_awards),
    ):
        if counts is None:
            frames += _awards(inputs, basis, awarded)
            continue
        frames.append(_long(inputs, basis, "rank", places, counts.acceptability))
        frames += _awards(inputs, basis, awarded)
        frames.append(_long(inputs, basis, "beats", inputs.units, counts.winning))
        frames.append(_long(inputs, basis, "central_weight", indicators, np.nan_to_num(counts.central_weights)))
    return pd.concat(frames, ignore_index=True)


def _awards(inputs: Inputs, basis: str, awarded: Awarded | None) -> Iterable[pd.DataFrame]:
    if awarded is not None and awarded.counts and awarded.draws:
        names = ["/".join(key) for key in awarded.counts]
        yield _long(inputs, basis, "award", names, np.column_stack(list(awarded.counts.values())) / awarded.draws)


def _long(inputs: Inputs, basis: str, kind: str, of: Sequence[str], shares: FloatArray) -> pd.DataFrame:
    units, columns = np.nonzero(shares)
    return pd.DataFrame(
        {
            "basis": basis,
            "unit": np.array(inputs.units, dtype=object)[units],
            "kind": kind,
            "of": np.array(of, dtype=object)[columns],
            "share": shares[units, columns],
        }
    )


def sensitivity(inputs: Inputs, found: Sequence[Index], dropped: LeftOut, whole: Whole) -> pd.DataFrame:
    """Return the table ``sensitivity``: the indices that are sharp enough, then the omissions."""
    rows: list[Mapping[str, Any]] = [
        {
            "analysis": "sobol",
            "choice": each.choice,
            "measure": each.order,
            "value": each.value,
            "low": each.low,
            "high": each.high,
        }
        for each in found
        if each.is_sharper_than(inputs.choices.sensitivity.precision)
    ]
    means = rank_shift(dropped.ranks, whole.ranks)
    for at, node in enumerate(inputs.recipe.indicators):
        largest = np.fmax.reduce(np.abs(dropped.ranks[at] - whole.ranks), initial=0.0)
        for measure, value in (("mean_shift", means[at]), ("largest_shift", largest)):
            rows.append({"analysis": "leave_one_out", "choice": node.id, "measure": measure, "value": float(value)})
    return pd.DataFrame(rows, columns=list(SENSITIVITY_COLUMNS))
