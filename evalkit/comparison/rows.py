"""Two versions of a long table compared row by row, rows found by what they are about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

_NUMBER = "number of those alike"


def changed_rows(
    before: pd.DataFrame,
    after: pd.DataFrame,
    keys: Sequence[str],
    values: Sequence[str],
    *,
    tolerance: float = 0.0,
    besides: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the rows of which one of ``values`` differs, numbers by more than ``tolerance``, or one version lacks.

    Columns: ``keys``, then each of ``values`` and ``besides`` (shown, not compared) as ``X_before`` and ``X_after``,
    empty in the version that lacks the row; then ``in``: both, before or after. Of several rows with the same keys the
    first is compared with the first. Rows stand in the order of ``before``, those of ``after`` only behind them.
    """
    shown = [*values, *besides]
    sides = [_numbered(each, keys, shown, side) for each, side in ((before, "before"), (after, "after"))]
    joined = sides[0].merge(sides[1], on=[*keys, _NUMBER], how="outer", sort=False, indicator="in")
    joined["in"] = joined["in"].map({"both": "both", "left_only": "before", "right_only": "after"}).astype(object)
    joined = joined.sort_values(["at_before", "at_after"], kind="stable", na_position="last")
    differs = (joined["in"] != "both").to_numpy(dtype=bool)
    for name in values:
        differs = differs | _differ(joined[f"{name}_before"], joined[f"{name}_after"], tolerance)
    columns = [*keys, *(f"{name}_{side}" for name in shown for side in ("before", "after")), "in"]
    return joined.loc[differs, columns].reset_index(drop=True)


def _numbered(table: pd.DataFrame, keys: Sequence[str], shown: Sequence[str], side: str) -> pd.DataFrame:
    found = table[[*keys, *shown]].rename(columns={name: f"{name}_{side}" for name in shown})
    found[_NUMBER] = found.groupby(list(keys), sort=False).cumcount()
    found[f"at_{side}"] = np.arange(len(found))
    return found


def _differ(before: pd.Series, after: pd.Series, tolerance: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    lacks = before.isna().to_numpy(dtype=bool), after.isna().to_numpy(dtype=bool)
    if pd.api.types.is_float_dtype(before) and pd.api.types.is_float_dtype(after):
        apart = np.abs(before.to_numpy(dtype=float) - after.to_numpy(dtype=float)) > tolerance
    else:
        texts = [each.astype(object).where(each.notna(), None).to_numpy() for each in (before, after)]
        apart = texts[0] != texts[1]
    return np.asarray(np.where(lacks[0] | lacks[1], lacks[0] != lacks[1], apart), dtype=np.bool_)
