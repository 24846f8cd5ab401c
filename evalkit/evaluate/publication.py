"""What of a run may be published: all of it, or the tiers only, without any unit's score or rank."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import word

OPEN_TABLES = ("units", "nodes", "files", "awards", "shares", "problems")
"""Tables that hold no score, no rank, and no value that they can be computed from, once awards and problems are cut."""
_OPEN_FAMILIES = ("EK0", "EK1", "EK3")  # of files and definitions
_OPEN = frozenset(
    {"EK231", "EK408", "EK503", "EK507", "EK508", "EK509", "EK510", "EK512", "EK513", "EK514", "EK529"}
)  # of results, but of no unit's score or rank


def publishes(bundle: Bundle) -> str:
    """Return ``tiers`` where the study or one of its award schemes says so, else ``all``."""
    said = [bundle.study.publish, *(scheme.publish for scheme, _ in bundle.awards)]
    return "tiers" if "tiers" in said else "all"


def tiers_only(evaluation: Evaluation) -> bool:
    """Tell whether no score and no rank of a run may be shown; those of its internal copy may."""
    return evaluation.manifest.get("publish") == "tiers" and not evaluation.manifest.get("internal", False)


def public(evaluation: Evaluation) -> Evaluation:
    """Return what may be published: the run itself, without the names of persons; or its tiers only.

    With tiers only, all tables but :data:`OPEN_TABLES` are empty; awards stand by peer group and unit code within
    a tier and have no basis, no stability and no reason that tells a score or rank; findings are those that speak of
    no values.
    """
    if not tiers_only(evaluation):
        return replace(evaluation, private={}, competing=None)
    tables = {name: table if name in OPEN_TABLES else table.iloc[:0] for name, table in evaluation.tables.items()}
    tables["awards"] = _only_tiers(evaluation)
    open_ones = [_is_open(str(code)) for code in tables["problems"]["code"]]
    tables["problems"] = tables["problems"].loc[open_ones].reset_index(drop=True)
    problems = [each for each in evaluation.problems if _is_open(each.code)]
    return Evaluation(tables, evaluation.manifest, problems)


def internal(evaluation: Evaluation) -> Evaluation:
    """Return the run marked as internal: everything is shown, whatever the study publishes."""
    return replace(evaluation, manifest={**evaluation.manifest, "internal": True})


def _only_tiers(evaluation: Evaluation) -> pd.DataFrame:
    table = evaluation["awards"]
    places = {
        (scheme["id"], award["id"]): number
        for number, (scheme, award) in enumerate(
            (scheme, award) for scheme in evaluation.manifest["awards"] for award in scheme["awards"]
        )
    }
    order = [places[pair] for pair in zip(table["scheme"], table["award"], strict=True)]
    listed = table.assign(order=order).sort_values(["order", "group", "unit"], ignore_index=True).drop(columns="order")
    shares = {column: float("nan") for column in ("stability", "method_stability") if column in listed}
    return listed.assign(basis="", reason=word("reason_tier_only"), **shares)


def _is_open(code: str) -> bool:
    return code.startswith(_OPEN_FAMILIES) or code in _OPEN
