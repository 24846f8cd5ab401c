"""Agreement of auditors on calls that several of them scored, item by item, and what the protocol makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.audits.agreement import Weighting, agreement_weights, fleiss_kappa, gwet_ac, percentage_agreement
from evalkit.audits.alpha import Metric, krippendorff_alpha
from evalkit.audits.intraclass import intraclass
from evalkit.audits.ratings import by_call, count_matrix
from evalkit.audits.resampling import resampled_interval
from evalkit.calls import Calls
from evalkit.definitions.protocol import Agreement, Protocol
from evalkit.definitions.protocol_items import Item
from evalkit.scoring.arrays import FloatArray, IntArray

REPLICATES, SEED, LEVEL = 400, 1, 0.95
"""Of the intervals by resampling calls."""
_METRICS: Mapping[str, Metric] = {"yesno": "nominal", "scale": "ordinal", "count": "interval", "seconds": "interval"}
_WEIGHTS: Mapping[str, Weighting] = {
    "ac1": "identity", "ac2_linear": "linear", "ac2_quadratic": "quadratic", "ac2_ordinal": "ordinal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """Coefficients of one item over ``calls`` calls scored twice or more; NaN where there is none.

    ``coefficient`` names the declared one, ``alpha`` where that does not fit numbers; ``value``, ``low`` and ``high``
    are its value and interval. ``below``: under the threshold, with enough calls to say so. ``factor``: by what the
    protocol's rule multiplies the item's weight.
    """

    item: str
    calls: int
    percentage: float
    fleiss: float
    ac1: float
    alpha: float
    coefficient: Agreement
    value: float
    low: float
    high: float
    state: str
    below: bool
    factor: float


def agree(calls: Calls, protocol: Protocol) -> tuple[ItemAgreement, ...]:
    """Return the agreement on each item that auditors judge and that is no text, in the order of the protocol."""
    asked = [item for item in protocol.items if item.is_asked and item.type != "text"]
    return tuple(_item(item, calls, protocol) for item in asked)


def weight_factors(found: Sequence[ItemAgreement]) -> dict[str, float]:
    """Return what the weights of items are multiplied by."""
    return {each.item: each.factor for each in found}


def _item(item: Item, calls: Calls, protocol: Protocol) -> ItemAgreement:
    rule, metric = protocol.double_scoring, _METRICS[item.type]
    ratings = by_call(calls.call, calls.numbers[:, calls.keys[item.code]])
    ratings = ratings[(~np.isnan(ratings)).sum(axis=1) > 1]
    alpha = krippendorff_alpha(ratings, metric)
    percentage = fleiss = ac1 = float("nan")
    coefficient: Agreement = rule.coefficient
    if item.answers:
        counts = count_matrix(ratings, np.arange(float(len(item.answers))))
        percentage, fleiss = percentage_agreement(counts).value, fleiss_kappa(counts).value
        ac1 = gwet_ac(counts).value
    elif coefficient not in {"alpha", "icc"}:
        coefficient = "alpha"
    compute = _computed(coefficient, ratings, metric, len(item.answers))
    everything = np.arange(len(ratings))
    value = compute(everything) if len(ratings) else np.nan
    interval = resampled_interval(compute, len(ratings), replicates=REPLICATES, seed=SEED, level=LEVEL)
    below = bool(value < rule.threshold) and len(ratings) >= rule.least_calls
    kept = {"flag": 1.0, "drop": 0.0, "down_weight": max(value, 0.0)}[rule.below] if below else 1.0
    return ItemAgreement(
        item=item.code,
        calls=len(ratings),
        percentage=percentage,
        fleiss=fleiss,
        ac1=ac1,
        alpha=alpha.value,
        coefficient=coefficient,
        value=value,
        low=interval.low,
        high=interval.high,
        state=alpha.state,
        below=below,
        factor=kept,
    )


def _computed(coefficient: Agreement, ratings: FloatArray, metric: Metric, answers: int) -> Callable[[IntArray], float]:
    """Return the coefficient as a function of the calls that are drawn."""
    if coefficient == "alpha":
        return lambda rows: krippendorff_alpha(ratings[rows], metric).value
    if coefficient == "icc":
        return lambda rows: intraclass(ratings[rows]).one
    counts = count_matrix(ratings, np.arange(float(answers)))
    if coefficient == "percentage":
        return lambda rows: percentage_agreement(counts[rows]).value
    if coefficient == "fleiss":
        return lambda rows: fleiss_kappa(counts[rows]).value
    weights = agreement_weights(_WEIGHTS[coefficient], np.arange(float(answers)))
    return lambda rows: gwet_ac(counts[rows], weights).value
