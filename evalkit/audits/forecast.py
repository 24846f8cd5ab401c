"""What a number of calls can tell before any is made: margins, reliability, and units in the wrong tier."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from evalkit.audits.rates import rate_interval
from evalkit.scoring.arrays import IntArray


def rate_margin(calls: int, rate: float, level: float) -> float:
    """Return half the width of Wilson's interval at ``calls`` calls, for the possible rate nearest to ``rate``."""
    successes = np.array([round(rate * calls)], np.int64)
    low, high = rate_interval(successes, np.array([calls], np.int64), level)
    return float(high[0] - low[0]) / 2


def score_margin(calls: float, sd: float, level: float, design_effect: float = 1.0) -> float:
    """Return half the width of an interval of a unit's mean score: z × sd × √(design effect ÷ calls)."""
    return float(special.ndtri((1 + level) / 2) * sd * math.sqrt(design_effect / calls))


def calls_needed(margin: float, sd: float, level: float, design_effect: float = 1.0) -> int:
    """Return the calls a unit for which the margin is no larger: n = z² sd² ÷ margin² × design effect, rounded up.

    Raises ValueError unless the margin is above 0. Cochran, *Sampling Techniques*, 3rd ed. (1977), chapter 4.
    """
    if margin <= 0:
        raise ValueError("a margin is above zero")
    z = float(special.ndtri((1 + level) / 2))
    return max(1, math.ceil((z * sd / margin) ** 2 * design_effect - 1e-9))


def reliability(calls: float, sd_units: float, sd: float, design_effect: float = 1.0) -> float:
    """Return the share of the variance between units' mean scores that is true: u² ÷ (u² + s² × deff ÷ calls).

    NaN where neither units nor calls differ. Brennan, *Generalizability Theory* (2001), chapter 1.
    """
    error = sd**2 * design_effect / calls
    return sd_units**2 / (sd_units**2 + error) if sd_units**2 + error > 0 else math.nan


def wrong_tiers(
    calls: float,
    sd_units: float,
    sd: float,
    tiers: IntArray,
    *,
    seed: int,
    rounds: int = 200,
    design_effect: float = 1.0,
) -> float:
    """Return the share of units that a ranking by mean scores puts in another tier than their true score would.

    ``tiers`` are the numbers of places from the best tier down; their sum is the number of units. True scores and
    errors are normal and independent. With nothing to tell units apart the share is that of a draw by lot.
    """
    units = int(tiers.sum())
    draws = np.random.Generator(np.random.PCG64(seed))
    true = draws.normal(0, sd_units, (rounds, units)) if sd_units > 0 else draws.random((rounds, units)) * 1e-9
    seen = true + draws.normal(0, sd * math.sqrt(design_effect / calls), (rounds, units))
    tier = np.repeat(np.arange(len(tiers)), tiers)
    places = [np.argsort(np.argsort(-scores, axis=1), axis=1) for scores in (true, seen)]
    return float((tier[places[0]] != tier[places[1]]).mean())
