"""What the adjustment for the auditors' severity changes, unit by unit."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.names import award_names, unit_names
from evalkit.reports.outline.sheet import Column, Marked, Sheet, notice, records

_NUMBERS = ("score_raw", "score", "rank_raw", "rank", "rank_change")


def adjustment(evaluation: Evaluation, language: Language) -> Sheet:
    """Return a row a unit, the largest changes of rank first; no rows in a run that adjusts nothing."""
    columns = (
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 22),
        *(
            Column(word(f"adjustment_{name}", language), "printed" if name.startswith("score") else "integer", 12)
            for name in _NUMBERS
        ),
        *(Column(word(f"adjustment_{name}", language), "text", 30) for name in ("awards_raw", "awards")),
    )
    table = evaluation.tables.get("adjustment", pd.DataFrame({"rank_change": []}))
    rows = records(table.sort_values("rank_change", key=abs, ascending=False, kind="stable"))
    units, awards = unit_names(evaluation), award_names(evaluation, language)
    titles = {f"{scheme}/{award}": name for (scheme, award), name in awards.items()}

    def told(row: dict[Any, Any], column: str) -> str | Marked:
        text = "; ".join(titles[each] for each in row[column].split("|") if each)
        return Marked(text or word("no_award", language), "warning") if row["awards_change"] else text

    return Sheet(
        word("sheet_adjustment", language),
        columns,
        [
            [
                row["unit"],
                units[row["unit"]],
                *(row[name] for name in _NUMBERS),
                told(row, "awards_raw"),
                told(row, "awards"),
            ]
            for row in rows
        ],
        notice(evaluation, language),
        (word("adjustment_note", language),),
        frozen=2,
        optional=True,
    )
