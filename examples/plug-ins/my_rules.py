"""Plug-ins as plain functions: a reader, a rule, a normalisation, a weighting and an aggregation of one's own.

The study names this file under ``plugins:``; ``evalkit run study.yaml --allow-plugins`` runs it. NaN is “no value”.
Parameters after the star are the settings that a definition may give.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np


def volumes(path: str, *, per: float = 10_000) -> list[dict[str, object]]:
    """Read ``{"U1": [requests, residents], …}`` from JSON; the value is requests per so many residents."""
    content = json.loads(Path(path).read_text(encoding="utf-8"))
    return [{"unit": unit, "volume": per * requests / residents} for unit, (requests, residents) in content.items()]


def diminishing(answers: np.ndarray, *, half: float = 2) -> np.ndarray:
    """100 × n ÷ (n + half): each further tick earns less; ``half`` ticks earn 50."""
    ticked = np.nansum(answers, axis=1)
    return np.asarray(100 * ticked / (ticked + half))


def logarithmic(values: np.ndarray, *, higher_is_better: bool, top: float = 100) -> np.ndarray:
    """100 × log(1 + value) ÷ log(1 + top): the first steps count most, ``top`` earns 100 (or 0, if lower is better)."""
    scores = 100 * np.log1p(values) / np.log1p(top)
    return np.asarray(scores if higher_is_better else 100 - scores)


def deviation(scores: np.ndarray) -> np.ndarray:
    """Weigh a child by how far it sets units apart: the standard deviation of its scores."""
    return np.asarray(np.nanstd(scores, axis=0))


def weakest(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Let the weakest child that has weight decide (Liebig's law of the minimum)."""
    return np.asarray(np.nanmin(np.where(weights > 0, scores, np.nan), axis=1))


READERS = (volumes,)
RULES = (diminishing,)
NORMALISATIONS = (logarithmic,)
WEIGHTINGS = (deviation,)
AGGREGATIONS = (weakest,)
