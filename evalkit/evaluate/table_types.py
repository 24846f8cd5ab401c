"""The types of the columns of all tables, so that a table is the same in memory and read back from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evalkit.observations import STATUSES

_COUNT, _MAYBE, _NUMBER, _FLAG = "int64", "Int64", "float64", "bool"

TYPES: Mapping[str, Mapping[str, str]] = {
    "units": {},
    "nodes": {
        "level": _COUNT, "weight": _NUMBER, "share": _NUMBER, "effective_weight": _NUMBER, "min_coverage": _NUMBER,
        "sampling_error": _FLAG,
    },
    "files": dict.fromkeys(
        ("expected", "ok", "blank", "skipped", "not_applicable", "invalid", "error", "rows_missing", "rows_unknown"),
        _COUNT,
    ),
    "observations": {"observation": _COUNT},
    "parts": {"part": _COUNT, "value": _NUMBER, "weight": _NUMBER},
    "measures": {"value": _NUMBER, "n": _COUNT},
    "scores": {
        "level": _COUNT, "score": _NUMBER, "weight": _NUMBER, "effective_weight": _NUMBER, "coverage": _NUMBER,
    },
    "ranks": {
        "rank": _NUMBER, "score": _NUMBER, "rank_low": _NUMBER, "rank_high": _NUMBER, "rank_then": _NUMBER,
        "score_then": _NUMBER, "rank_now": _NUMBER, "score_now": _NUMBER, "rank_change": _NUMBER,
        "score_change": _NUMBER,
    },
    "awards": {
        "tier": _MAYBE, "stability": _NUMBER, "method_stability": _NUMBER, "tier_then": _MAYBE, "tier_change": _MAYBE,
    },
    "waves": {"score": _NUMBER, "rank": _NUMBER, "comparable": _FLAG},
    "shares": {
        "n": _COUNT, "base": _COUNT, "share": _NUMBER, "percent": _NUMBER, "cumulative_n": _MAYBE,
        "cumulative_share": _NUMBER, "mean": _NUMBER, "median": _NUMBER, "minimum": _NUMBER, "maximum": _NUMBER,
        "total": _NUMBER, "blank": _COUNT, "skipped": _COUNT, "not_applicable": _COUNT, "rejected": _COUNT,
    },
    "problems": {"line": _MAYBE, "column": _MAYBE},
    "calls": {"attempt": _COUNT},
    "connection": {
        "calls": _COUNT, "reached": _COUNT,
        **dict.fromkeys(("rate", "wilson_low", "wilson_high", "exact_low", "exact_high"), _NUMBER),
    },
    "waits": {
        "calls": _COUNT,
        **dict.fromkeys(("median", "p90", "within", "norm", "within_low", "within_high"), _NUMBER),
    },
    "agreement": {
        "calls": _COUNT, "below": _FLAG, "factor": _NUMBER, "threshold": _NUMBER,
        **dict.fromkeys(("percentage", "fleiss", "ac1", "alpha", "value", "low", "high"), _NUMBER),
    },
    "fair": {
        **dict.fromkeys(("raw", "fair", "error", "low", "high", "rank_raw", "rank_fair", "design_error"), _NUMBER),
        "calls": _COUNT, "collapsed": _COUNT,
    },
    "auditors": {
        "ratings": _COUNT, **dict.fromkeys(("mean", "sd", "effect", "error", "low", "high"), _NUMBER),
    },
    "agents": {"calls": _COUNT, "share": _NUMBER},
    "adjustment": {
        **dict.fromkeys(("score_raw", "score", "rank_raw", "rank", "rank_change"), _NUMBER), "awards_change": _FLAG,
    },
    "records": {
        **dict.fromkeys(
            ("total", "n", "base", "outside", "blank", "skipped", "not_applicable", "invalid", "error"), _COUNT
        ),
        **dict.fromkeys(("value", "scale", "numerator", "denominator"), _NUMBER),
    },
    "solutions": {
        "step": _COUNT, "verified": _MAYBE, "others_moved": _MAYBE,
        **dict.fromkeys(
            ("cost", "total_cost", "floor", "score_before", "score_after", "index_before", "index_after", "rank_before",
             "rank_after"),
            _NUMBER,
        ),
    },
    "precision": {"score": _NUMBER, "standard_error": _NUMBER},
    "covariance": {"covariance": _NUMBER},
    "robustness": dict.fromkeys(
        (
            "rank", "score", "method_rank_low", "method_rank_high", "method_first", "both_rank_low", "both_rank_high",
            "both_first", "confidence", "overtake_shift", "fall_shift", "cut_shift", "cut", "overtake_all",
            "overtake_share", "overtake_needed", "dropped_rank_low", "dropped_rank_high", "auditor_rank_low",
            "auditor_rank_high",
        ),
        _NUMBER,
    ),
    "acceptability": {"share": _NUMBER},
    "sensitivity": {"value": _NUMBER, "low": _NUMBER, "high": _NUMBER},
    "weight_shifts": {"share": _NUMBER, "needed": _NUMBER, "moved": _NUMBER},
    "leave_one_out": {"rank": _NUMBER, "rank_change": _NUMBER},
}  # fmt: skip
"""Columns that are no text, by table; in every other column the empty text stands for no value."""
OPTIONAL = frozenset({"method_stability"})
"""Columns that a table may lack."""

OF_RESPONDENTS: Mapping[str, Mapping[str, str]] = {
    "respondents": {"line": _COUNT, "weight": _NUMBER, **dict.fromkeys(STATUSES, _COUNT)},
    "portraits": {
        "n": _COUNT, "base": _COUNT, **dict.fromkeys(("n_eff", "mean", "standard_error", "overall"), _NUMBER),
    },
    "parts": {"n": _MAYBE, "base": _MAYBE, "n_eff": _NUMBER},
    "shares": {"weighted_n": _NUMBER, "weighted_base": _NUMBER, "n_eff": _NUMBER},
}  # fmt: skip
"""Further columns of that kind, which a table has only where respondents answered; so has the run the first two."""


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``name`` with the types of :data:`TYPES`; text such as ``1.5`` becomes a number.

    Raises ValueError for a column that is lacking and for text that does not fit the type.
    """
    further = OF_RESPONDENTS.get(name, {})
    possible = {**TYPES.get(name, {}), **further}
    known = {*table.columns, *TYPES.get(name, {})} - (OPTIONAL - {*table.columns})
    types = {column: kind for column, kind in possible.items() if column in known}
    if lacking := [column for column in types if column not in table.columns]:
        raise ValueError(f"the table {name} lacks the columns {', '.join(lacking)}")
    columns = {
        column: _converted(table[column], types[column]) if column in types else _texts(table[column])
        for column in table.columns
    }
    return pd.DataFrame(columns, columns=table.columns).reset_index(drop=True)


def _converted(column: pd.Series, kind: Any) -> pd.Series:  # noqa: ANN401 - pandas-stubs lists the names of types
    if not pd.api.types.is_string_dtype(column) or column.empty:
        return column.astype(kind)
    texts = column.astype(object).replace("", None)
    if kind == _FLAG:
        return texts.map({"True": True, "False": False}).astype(kind)
    if kind == _NUMBER:  # float() gives the nearest float; the fast parser of pandas may be a digit off
        return texts.map(lambda text: float("nan") if text is None else float(text)).astype(kind)
    whole = [pd.NA if text is None else int(text) for text in texts]
    return pd.Series(whole, index=column.index, dtype=_MAYBE).astype(kind)


def _texts(column: pd.Series) -> pd.Series:
    if column.dtype == "str" and not column.hasnans:
        return column
    return column.astype(object).where(column.notna(), "").astype("str")
