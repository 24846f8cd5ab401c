"""From ratings of mystery calls to the raw value of each indicator that is measured by items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evalkit.calls import OUTCOME, Calls
from evalkit.definitions.indicators import Measure
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.protocol_items import Item
from evalkit.definitions.rules import CallQuantile, CallRate
from evalkit.observations import ABSENT, NOT_APPLICABLE, OK, SKIPPED
from evalkit.scoring.answer_keys import worst
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray, StatusArray
from evalkit.scoring.call_scores import rating_scores, rating_weights, unit_sums


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredCalls:
    """The raw values of one indicator by unit, and what each rating gave to it.

    ``raw`` and ``statuses`` (units,); ``calls`` (units,) counts the calls that entered. ``scores`` and ``weights``
    (n,): a rating's score and its weight in the unit's raw value, 0 for none; for a quantile all weights are 0, and
    ``scores`` the numbers entered. ``keys`` are the cells read.
    """

    raw: FloatArray
    statuses: StatusArray
    calls: IntArray
    scores: FloatArray
    weights: FloatArray
    keys: tuple[str, ...]
    method: str


def measure_calls(
    definition: Measure, calls: Calls, protocol: Protocol, factors: Mapping[str, float] | None = None
) -> MeasuredCalls:
    """Return the raw values of an indicator over the units of ``calls``; ``factors`` multiply the weights of items.

    call_scores: ratings scored as :func:`rating_scores` says, then the mean of a call's ratings, of a scenario's calls,
    and the weighted mean of a unit's scenarios. call_rate: 100 × the share of calls whose rating has 100 points, each
    call alike. call_quantile: of the numbers entered. A unit without such a call has no value.
    """
    items = [protocol.item_by_code[code] for code in definition.item or ()]
    rule = definition.call_rule
    keys = tuple(dict.fromkeys(OUTCOME if item.type == "outcome" else item.code for item in items))
    cells = calls.statuses[:, [calls.keys[key] for key in keys]]
    if isinstance(rule, CallQuantile):
        values = calls.numbers[:, calls.keys[items[0].code]]
        weights = np.zeros(len(values))
        raw = quantiles(values, calls.unit, len(calls.units), rule.quantile)
    else:
        values = _scores(items, calls, protocol, factors or {})
        scenario, value = scenarios_of(calls, protocol)
        if isinstance(rule, CallRate):
            values = np.where(np.isnan(values), np.nan, np.where(values >= 100, 100.0, 0.0))  # noqa: PLR2004 - full
            scenario, value = np.zeros(len(values), np.int64), np.ones(1)
        weights = rating_weights(~np.isnan(values), calls.unit, calls.call, scenario, value)
        raw = unit_sums(values, weights, calls.unit, len(calls.units))
    known = ~np.isnan(values)
    counted = np.bincount(calls.unit[known][np.unique(calls.call[known], return_index=True)[1]], minlength=len(raw))
    statuses = np.where(np.isnan(raw), _reasons(cells, calls.unit, len(raw)), OK).astype(np.int8)
    return MeasuredCalls(raw, statuses, counted.astype(np.int64), values, weights, keys, rule.method)


def _scores(items: list[Item], calls: Calls, protocol: Protocol, factors: Mapping[str, float]) -> FloatArray:
    scored = [item for item in items if item.role == "scored"]
    points = np.column_stack([_points(item, calls, protocol) for item in scored])
    deductions, vetoed = np.zeros(len(calls.ratings)), np.zeros(len(calls.ratings), dtype=bool)
    for item in items:
        if item.role == "deduction":
            deductions += _deduction(item, calls, protocol)
        elif item.role == "veto":
            vetoed |= _vetoed(item, calls, protocol)
    weights = np.array([item.weight * factors.get(item.code, 1.0) for item in scored], dtype=float)
    return rating_scores(points, weights, deductions, vetoed)


def _points(item: Item, calls: Calls, protocol: Protocol) -> FloatArray:
    answers = _answers(item, calls, protocol)
    if item.best is not None and item.worst is not None:
        with np.errstate(invalid="ignore"):
            found = np.clip((answers - item.worst) / (item.best - item.worst), 0.0, 1.0) * 100
    else:
        found = _by_answer(item, item.points_by_answer, answers, protocol, np.nan)
    if protocol.unreached == "zero":
        found = np.where(_outside(item, calls, protocol), 0.0, found)
    return np.asarray(found)


def _deduction(item: Item, calls: Calls, protocol: Protocol) -> FloatArray:
    answers = _answers(item, calls, protocol)
    if item.deduct_each is not None:
        most = np.inf if item.deduct_most is None else item.deduct_most
        return np.asarray(np.minimum(np.nan_to_num(answers, nan=0.0) * item.deduct_each, most))
    return _by_answer(item, item.deduct, answers, protocol, 0.0)


def _vetoed(item: Item, calls: Calls, protocol: Protocol) -> BoolArray:
    found = _by_answer(item, dict.fromkeys(item.when, 1.0), _answers(item, calls, protocol), protocol, 0.0)
    return np.asarray(found > 0)


def _answers(item: Item, calls: Calls, protocol: Protocol) -> FloatArray:
    """Return the number of each rating's answer; for an outcome only where the call is in the item's base."""
    if item.type != "outcome":
        return calls.numbers[:, calls.keys[item.code]]
    return np.where(_judged(item, calls, protocol), calls.numbers[:, calls.keys[OUTCOME]], np.nan)


def _by_answer(
    item: Item, values: dict[str, float], answers: FloatArray, protocol: Protocol, otherwise: float
) -> FloatArray:
    """Look up the value of each answer by its position; ``otherwise`` where there is none."""
    codes = list(protocol.outcome_by_code) if item.type == "outcome" else list(item.answers)
    table = np.array([*(values.get(code, otherwise) for code in codes), otherwise])
    return table[np.where(np.isnan(answers), len(codes), answers).astype(np.int64)]


def _judged(item: Item, calls: Calls, protocol: Protocol) -> BoolArray:
    """Tell which ratings are of calls in the item's base, in its scenarios and on its channels."""
    asks = _asks(item, calls, protocol)
    inside = [item.base in protocol.outcome_by_code[each.outcome].bases for each in calls.ratings]
    return np.asarray(asks & np.array(inside, dtype=bool))


def _outside(item: Item, calls: Calls, protocol: Protocol) -> BoolArray:
    """Tell which ratings the item would have been judged in, had the call been in its base."""
    return _asks(item, calls, protocol) & ~_judged(item, calls, protocol)


def _asks(item: Item, calls: Calls, protocol: Protocol) -> BoolArray:
    scenarios = protocol.scenario_by_code
    asked = [protocol.asks(item, scenarios[each.scenario], each.channel) for each in calls.ratings]
    return np.array(asked, dtype=bool)


def scenarios_of(calls: Calls, protocol: Protocol) -> tuple[IntArray, FloatArray]:
    """Return the number of each rating's scenario (n,), and the scenarios' weights."""
    position = {code: index for index, code in enumerate(protocol.scenario_by_code)}
    of_rating = np.array([position[rating.scenario] for rating in calls.ratings], dtype=np.int64)
    return of_rating, np.array([scenario.weight for scenario in protocol.scenarios], dtype=float)


def quantiles(values: FloatArray, unit: IntArray, units: int, share: float) -> FloatArray:
    """Return the quantile ``share`` of the known values (n,) of each unit, (units,); NaN for one without."""
    found = np.full(units, np.nan)
    known = ~np.isnan(values)
    for each in np.unique(unit[known]).tolist():
        found[each] = np.quantile(values[known & (unit == each)], share)
    return found


def _reasons(cells: StatusArray, unit: IntArray, units: int) -> StatusArray:
    """Return why a unit has no value: the worst status among its ratings' cells; ABSENT where it has none."""
    reasons = np.full(units, ABSENT, np.int8)
    for each in np.unique(unit).tolist():
        own = cells[unit == each]
        own = own[own != ABSENT]
        if len(own):
            found = int(worst(own[None, :])[0])
            reasons[each] = found if found != OK else NOT_APPLICABLE if (own == NOT_APPLICABLE).any() else SKIPPED
    return reasons
