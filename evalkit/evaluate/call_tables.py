"""Tables about mystery calls: the ratings, agreement, fair scores, auditors, and what each rating gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd

from evalkit.calls import Calls, Rating
from evalkit.evaluate.agent_checks import answered
from evalkit.evaluate.call_rates import connection_table, wait_table
from evalkit.evaluate.call_results import CallResults
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.audit_measures import MeasuredCalls
from evalkit.scoring.call_fairness import Fairness
from evalkit.scoring.measures import Measured
from evalkit.scoring.ranking import rank

CALL_COLUMNS = (
    "call",
    "unit",
    "auditor",
    "scenario",
    "channel",
    "slot",
    "attempt",
    "outcome",
    "file",
    "number",
    "agent",
)
"""A rating that counts. number: code of the telephone number that the call was made from; agent: code of who answered,
within the unit."""
AGENT_COLUMNS = ("unit", "agent", "calls", "share")
"""An agent of a unit. calls: answered, each once; share: of the unit's answered calls whose agent was entered."""
AGREEMENT_COLUMNS = (
    "item", "calls", "percentage", "fleiss", "ac1", "alpha", "coefficient", "value", "low", "high", "state",
    "threshold", "below", "factor",
)  # fmt: skip
"""An item. calls: scored twice or more; coefficient: the declared one, with value and interval; factor: what the weight
of the item is multiplied by."""
FAIR_COLUMNS = (
    "unit", "indicator", "raw", "fair", "error", "low", "high", "rank_raw", "rank_fair", "design_error", "calls",
    "collapsed", "state",
)  # fmt: skip
"""A unit and an indicator by call scores. raw: mean of its ratings; fair: with the usual auditors, scenarios and slots;
low, high: 95 % interval. design_error: standard error of the unadjusted measure from the unit's own calls, scenarios as
strata, of which so many of a single call were collapsed."""
AUDITOR_COLUMNS = ("auditor", "indicator", "ratings", "mean", "sd", "effect", "error", "low", "high", "state")
"""effect: points by which an auditor is milder than the others, with error and 95 % interval."""
_LEVEL = 0.95


def call_tables(results: CallResults) -> dict[str, pd.DataFrame]:
    """Return the tables that only studies of mystery calls have."""
    ratings = results.calls.ratings
    rows = [(*_named(each), each.attempt, each.outcome, each.file, each.number, each.agent) for each in ratings]
    threshold = {"threshold": results.protocol.double_scoring.threshold}
    agreement = [asdict(each) | threshold for each in results.agreement]
    fair = [row for node, each in results.fair.items() for row in _fair_rows(node, each, results.calls)]
    auditors = [row for node, each in results.fair.items() for row in _auditor_rows(node, each)]
    return {
        "calls": pd.DataFrame(rows, columns=list(CALL_COLUMNS)),
        "connection": connection_table(results.calls, results.protocol),
        "waits": wait_table(results.calls, results.protocol),
        "agreement": pd.DataFrame(agreement, columns=list(AGREEMENT_COLUMNS)),
        "fair": pd.DataFrame(fair, columns=list(FAIR_COLUMNS)),
        "auditors": pd.DataFrame(auditors, columns=list(AUDITOR_COLUMNS)),
        "agents": pd.DataFrame(list(_agent_rows(results)), columns=list(AGENT_COLUMNS)),
    }


def _named(rating: Rating) -> tuple[str, ...]:
    return rating.call, rating.unit, rating.auditor, rating.scenario, rating.channel, rating.slot


def _fair_rows(node: str, fair: Fairness, calls: Calls) -> Iterator[tuple[object, ...]]:
    found = fair.severity
    columns: tuple[FloatArray, ...] = (np.full(len(fair.units), np.nan),) * 7
    if found is not None:
        reach = found.margin(_LEVEL) * found.errors
        ranks = (rank(found.raw), rank(found.fair))
        columns = (found.raw, found.fair, found.errors, found.fair - reach, found.fair + reach, *ranks)
    columns = (*columns, np.sqrt(fair.own.variance))
    for row, unit in enumerate(fair.units.tolist()):
        counts = (int(fair.own.calls[row]), int(fair.own.collapsed[row]))
        yield (calls.units[unit], node, *(float(column[row]) for column in columns), *counts, fair.state)


def _auditor_rows(node: str, fair: Fairness) -> Iterator[tuple[object, ...]]:
    found = fair.severity
    nothing = np.full(len(fair.auditors), np.nan)
    effect, error = (nothing, nothing) if found is None else (found.auditors, found.auditor_errors)
    reach = nothing if found is None else found.margin(_LEVEL) * error
    columns = (fair.mean, fair.sd, effect, error, effect - reach, effect + reach)
    for row, code in enumerate(fair.auditors):
        yield (code, node, int(fair.ratings[row]), *(float(column[row]) for column in columns), fair.state)


def _agent_rows(results: CallResults) -> Iterator[tuple[object, ...]]:
    """Yield the agents by unit, those with the most calls first."""
    for unit, agents in answered(results.calls.ratings, results.protocol).items():
        for agent, calls in sorted(agents.items(), key=lambda each: (-each[1], each[0])):
            yield unit, agent, calls, calls / agents.total()


def with_call_parts(parts: pd.DataFrame, measured: Mapping[str, Measured], calls: Calls | None) -> pd.DataFrame:
    """Return the table ``parts`` with a row for each rating behind an indicator measured by items, unit by unit.

    ``question`` names the rating: call, auditor, and the scenario. A quantile has one row a unit, with the cells of all
    ratings, since it is no mean of them.
    """
    by_calls = {node: each.calls for node, each in measured.items() if each.calls is not None}
    if calls is None or not by_calls:
        return parts
    rows = [row for node, found in by_calls.items() for row in _rows(node, found, calls)]
    added = pd.DataFrame(rows, columns=list(parts.columns))
    order = {unit: index for index, unit in enumerate(calls.units)}
    together = pd.concat([parts, added], ignore_index=True) if len(parts) else added
    by_unit = together["unit"].map(order).to_numpy(dtype=np.int64)
    return together.iloc[np.argsort(by_unit, kind="stable")].reset_index(drop=True)


def _rows(node: str, found: MeasuredCalls, calls: Calls) -> list[tuple[object, ...]]:
    columns = [calls.keys[key] for key in found.keys]
    ids = calls.observations[:, columns]
    used = np.flatnonzero(~np.isnan(found.scores))
    if found.method == "call_quantile":
        return [
            (
                unit,
                node,
                1,
                "",
                found.method,
                found.raw[index],
                1.0,
                "ok",
                _joined(ids[used[calls.unit[used] == index]]),
            )
            for index, unit in enumerate(calls.units)
            if not np.isnan(found.raw[index])
        ]
    rows: list[tuple[object, ...]] = []
    number: dict[int, int] = {}
    for index in used.tolist():
        unit, rating = int(calls.unit[index]), calls.ratings[index]
        number[unit] = number.get(unit, 0) + 1
        name = f"{rating.respondent} {rating.scenario}"
        score, weight = float(found.scores[index]), float(found.weights[index])
        about = (calls.units[unit], node, number[unit], name, found.method)
        rows.append((*about, score, weight, "ok", _joined(ids[[index]])))
    return rows


def _joined(ids: np.ndarray) -> str:
    return "|".join(str(each) for each in ids.ravel().tolist() if each)
