"""Tables about mystery calls: what each rating gave to an indicator."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalkit.calls import Calls
from evalkit.scoring.audit_measures import MeasuredCalls
from evalkit.scoring.measures import Measured


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
