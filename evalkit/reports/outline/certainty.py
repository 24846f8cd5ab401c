"""How sure a rank is, in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.uncertainty.rank_sets import RankSets, best

_MOST_NAMED = 40


def interval_text(row: Mapping[Hashable, Any]) -> str:
    """Return the rank interval of a row of ``ranks``, such as ``3–9``; empty where it has none."""
    low, high = row["rank_low"], row["rank_high"]
    if pd.isna(low) or pd.isna(high):
        return ""
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def interval_note(ranking: pd.DataFrame, language: Language) -> str:
    """Return what the rank intervals of rows of ``ranks`` mean, or why there are none."""
    if "interval" not in ranking:
        return word("certainty_not_asked", language)
    methods = [method for method in ranking["interval"] if method]
    if not methods:
        return word("no_interval", language)
    _, family, _, level = methods[0].split(", ")
    return word(f"interval_{family}", language, level=percent(float(level)))


def certainty_text(evaluation: Evaluation, language: Language) -> str:
    """Return how sure the ranks of a run are, in words."""
    return interval_note(evaluation.ranking(), language)


def best_units(ranking: pd.DataFrame, places: int) -> dict[str, list[str]]:
    """Return who ``surely`` is and who ``possibly`` is among the best, by the intervals; nothing without intervals."""
    known = ranking.dropna(subset=["rank_low", "rank_high"])
    if known.empty:
        return {}
    low, high = (known[name].to_numpy(dtype=np.int64) for name in ("rank_low", "rank_high"))
    possibly, surely = best(RankSets(low, high, np.empty(0)), places)
    return {"surely": known["unit"][surely].tolist(), "possibly": known["unit"][possibly].tolist()}


def best_lines(
    sets: Mapping[str, Sequence[str]], places: int, names: Mapping[str, str], language: Language
) -> Iterator[str]:
    """Yield the two sets in words, of a large one the first units; their number is said in any case."""
    for kind, units in sets.items():
        named = ", ".join(f"{unit} {names[unit]}" for unit in units[:_MOST_NAMED]) or "-"
        named += " …" if len(units) > _MOST_NAMED else ""
        yield f"{word(f'best_{kind}', language, places=places, count=len(units))}: {named}"


def percent(share: float) -> str:
    """Return a share in percent, such as ``95%``."""
    return f"{round(100 * share, 9):g}%"
