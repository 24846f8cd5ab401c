"""How sure a rank or an award is, in words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word


def interval_text(row: Mapping[Hashable, Any]) -> str:
    """Return the rank interval of a row of ``ranks``, such as ``3–9``; empty where it has none."""
    low, high = row["rank_low"], row["rank_high"]
    if pd.isna(low) or pd.isna(high):
        return ""
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def interval_note(ranking: pd.DataFrame, language: Language) -> str:
    """Return what the rank intervals of rows of ``ranks`` mean, or that there are none."""
    methods = [method for method in ranking.get("interval", pd.Series(dtype=str)) if method]
    if not methods:
        return word("no_interval", language)
    _, family, _, level = methods[0].split(", ")
    return word(f"interval_{family}", language, level=_percent(float(level)))


def certificate_text(certificate: str, language: Language) -> str:
    """Return a certificate in words; empty for none."""
    return word(f"certificate_{certificate}", language) if certificate else ""


def certificate_note(evaluation: Evaluation, language: Language) -> str:
    """Return what the certificates mean."""
    level = evaluation.manifest["study"]["uncertainty"]["level"]
    return word("note_certificates", language, level=_percent(level))


def _percent(share: float) -> str:
    return f"{round(100 * share, 9):g}%"
