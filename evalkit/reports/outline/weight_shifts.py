"""How little weight turns a rank, as cells and a note of the sheet of robustness."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.certainty import percent

_FEW = 0.01
"""Of the weight of the index: what the note calls little."""
_DECIMALS = 4


def never_level(evaluation: Evaluation) -> frozenset[str]:
    """Return the units that no weights bring level with the one a place above."""
    table = evaluation["weight_shifts"]
    never = (table["target"] == "unit") & (table["weights"] == "all") & table["moved"].isna()
    return frozenset(table.loc[never, "unit"])


def one_change(
    row: Mapping[Hashable, Any], never: frozenset[str], labels: Mapping[str, str], language: Language
) -> str:
    """Return the change of one weight that a row of ``robustness`` names, in words; empty where it cannot be said."""
    if row["unit"] in never:
        return word("never_level", language)
    if pd.isna(row["overtake_all"]):
        return ""
    if row["overtake_all"] == 0:
        return word("level_already", language)
    if not row["overtake_node"]:
        return word("no_one_weight", language)
    shares = {name: percent(round(row[f"overtake_{name}"], _DECIMALS)) for name in ("share", "needed")}
    return word("one_change", language, node=labels[row["overtake_node"]], **shares)


def all_levels_note(evaluation: Evaluation, language: Language) -> str:
    """Return what the weights at all levels mean, and how many neighbours they turn easily or never."""
    table = evaluation["weight_shifts"]
    asked = table[(table["target"] == "unit") & (table["weights"] == "all")].drop_duplicates("unit")
    few = int((asked["moved"] < _FEW).sum())
    about = {"asked": len(asked), "few": few, "share": percent(_FEW), "never": len(never_level(evaluation))}
    return word("note_all_levels", language, **about)
