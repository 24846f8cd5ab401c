"""Simulated mystery calls whose truth is known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evalkit.audits.severity import Auditors, severity
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


@dataclass(frozen=True)
class Design:
    """Who rated which call of whom, with what scenario and when: codes from 0, one entry a rating."""

    unit: IntArray
    call: IntArray
    factors: tuple[IntArray, ...]


def planned_design(plan: Path) -> Design:
    """Return the design of a plan, as ``evalkit plan`` wrote it, if every call is made and no reserve is."""
    with plan.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["role"] != "reserve"]

    def codes(column: str) -> IntArray:
        return np.unique([row[column] for row in rows], return_inverse=True)[1].astype(np.int64)

    return Design(codes("unit"), codes("call"), (codes("auditor"), codes("scenario"), codes("slot")))


def simulate_on(design: Design, seed: int, spread: Spread | None = None) -> tuple[Ratings, FloatArray, float]:
    """Return normal ratings on a design, the true levels of units, and the mean of the auditors, as ratings weigh them.

    The levels are those with the usual scenarios and slots, and with auditors at zero.
    """
    spread = spread or Spread()
    draws = np.random.default_rng(seed)
    auditor, *others = design.factors
    unit_level = draws.normal(80, 5, int(design.unit.max()) + 1)
    auditor_level = draws.normal(0, spread.auditor, int(auditor.max()) + 1)
    call_error = draws.normal(0, spread.call, int(design.call.max()) + 1)
    rest = sum(draws.normal(0, 4, int(factor.max()) + 1)[factor] for factor in others)
    score = unit_level[design.unit] + auditor_level[auditor] + rest + call_error[design.call]
    score += draws.normal(0, spread.rating, len(score))
    ratings = Ratings(score, design.unit, design.call, design.factors)
    return ratings, unit_level + np.mean(rest), float(auditor_level[auditor].mean())


def coverage(
    design: Design, seed: int, auditors: Auditors, *, widths: tuple[float, ...] = (1.0,), spread: Spread | None = None
) -> FloatArray:
    """Return the share of units whose 95 % interval holds their level, one for each of ``widths`` by which to widen it.

    With auditors fixed it is the level with the mean of these auditors, as ratings weigh them; with auditors random
    that with auditors at zero.
    """
    ratings, levels, middle = simulate_on(design, seed, spread)
    found = severity(ratings, auditors=auditors)
    true = levels + middle if auditors == "fixed" else levels
    aside = np.abs(found.fair - true) / (found.margin(0.95) * found.errors)
    return np.array([float(np.mean(aside < width)) for width in widths])
