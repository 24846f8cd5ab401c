"""Simulated mystery calls whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.severity_model import Ratings
from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class Truth:
    """True levels: of units (with the mean of the other factors, as ratings weigh them), and of auditors (centred)."""

    units: FloatArray
    auditors: FloatArray


@dataclass(frozen=True)
class Spread:
    """Standard deviations, in points."""

    auditor: float = 6.0
    call: float = 10.0
    rating: float = 5.0


def simulate(
    seed: int,
    *,
    units: int = 60,
    auditors: int = 12,
    calls: int = 11,
    double: float = 0.1,
    spread: Spread | None = None,
) -> tuple[Ratings, Truth]:
    """Return ratings of ``calls`` calls a unit, a share ``double`` of them rated by a second auditor."""
    spread = spread or Spread()
    draws = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), calls)
    auditor = (7 * unit + 3 * np.tile(np.arange(calls), units) + draws.integers(0, auditors, len(unit))) % auditors
    scenario, call = draws.integers(0, 6, len(unit)), np.arange(len(unit))
    twice = draws.random(len(unit)) < double
    other = (auditor[twice] + draws.integers(1, auditors, int(twice.sum()))) % auditors

    def with_second(values: IntArray) -> IntArray:
        return np.concatenate([values, values[twice]])

    unit_level, auditor_level = draws.normal(80, 5, units), draws.normal(0, spread.auditor, auditors)
    scenario_level, call_error = draws.normal(0, 4, 6), draws.normal(0, spread.call, len(unit))
    u, s, c = with_second(unit), with_second(scenario), with_second(call)
    a = np.concatenate([auditor, other])
    score = (
        unit_level[u] + auditor_level[a] + scenario_level[s] + call_error[c] + draws.normal(0, spread.rating, len(u))
    )
    middle = float(auditor_level[a].mean())
    truth = Truth(unit_level + scenario_level[s].mean() + middle, auditor_level - middle)
    return Ratings(score, u, c, (a, s)), truth
