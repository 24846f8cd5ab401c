"""Severity and reliability at national size, and against statsmodels: ``python tests/benchmarks/mystery_calls.py``.

Prints CPU times and ratios. Goals: severity of 333 units and 11,500 ratings under 1 s with fixed auditors, under 3 s by
REML, or 20 times faster than statsmodels' mixed model on the same ratings; alpha of 100,000 ratings under 0.1 s.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.regression.mixed_linear_model import MixedLM

from evalkit.audits.alpha import krippendorff_alpha
from evalkit.audits.severity import severity
from evalkit.audits.severity_model import Ratings

UNITS, AUDITORS, SCENARIOS, RATINGS = 333, 40, 18, 11_500
SMALL_UNITS, SMALL_RATINGS = 60, 2_000
ROUNDS = 3


def ratings(units: int, count: int, seed: int) -> Ratings:
    """Return simulated ratings, a tenth of the calls rated twice."""
    draws = np.random.default_rng(seed)
    calls = round(count / 1.1)
    call = np.concatenate([np.arange(calls), draws.choice(calls, count - calls, replace=False)])
    unit_of, scenario_of = np.arange(calls) % units, draws.integers(0, SCENARIOS, calls)
    unit, scenario, auditor = unit_of[call], scenario_of[call], draws.integers(0, AUDITORS, count)
    levels = [draws.normal(0, sd, size) for sd, size in ((5, units), (6, AUDITORS), (4, SCENARIOS), (10, calls))]
    score = (
        80 + levels[0][unit] + levels[1][auditor] + levels[2][scenario] + levels[3][call] + draws.normal(0, 5, count)
    )
    return Ratings(score, unit, call, (auditor, scenario))


def seconds(work: Callable[[], object]) -> float:
    """Return the least CPU time of several rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def mixed_model(given: Ratings) -> object:
    """Fit the same model with statsmodels."""
    auditor, scenario = given.factors
    columns = {"score": given.score, "unit": given.unit, "auditor": auditor, "scenario": scenario}
    model = MixedLM.from_formula("score ~ 0 + C(unit) + C(scenario)", pd.DataFrame(columns), groups="auditor")
    return model.fit(reml=True)


def main() -> None:
    """Print the figures; the exit code is 1 where a goal is missed."""
    national = ratings(UNITS, RATINGS, 1)
    fixed = seconds(lambda: severity(national))
    random = seconds(lambda: severity(national, auditors="random"))
    print(f"severity, {UNITS} units, {RATINGS} ratings: fixed {fixed:.3f} s, REML {random:.3f} s")
    small = ratings(SMALL_UNITS, SMALL_RATINGS, 2)
    own, theirs = seconds(lambda: severity(small, auditors="random")), seconds(lambda: mixed_model(small))
    size = f"{SMALL_UNITS} units, {SMALL_RATINGS} ratings"
    print(f"REML, {size}: {own:.3f} s, statsmodels {theirs:.3f} s, ratio {theirs / own:.0f}")
    draws = np.random.default_rng(3)
    true = draws.normal(80, 10, (50_000, 1))
    scores = true + draws.normal(0, 5, (50_000, 2))
    levels = np.round(scores / 10)
    alphas = {
        "interval": seconds(lambda: krippendorff_alpha(scores, "interval")),
        "ordinal": seconds(lambda: krippendorff_alpha(levels, "ordinal")),
        "nominal": seconds(lambda: krippendorff_alpha(levels, "nominal")),
    }
    print("alpha of 100,000 ratings:", ", ".join(f"{name} {value:.3f} s" for name, value in alphas.items()))
    good = ((fixed < 1 and random < 3) or theirs / own > 20) and max(alphas.values()) < 0.1
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
