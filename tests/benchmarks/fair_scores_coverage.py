"""Coverage of fair scores by simulation: ``python tests/benchmarks/fair_scores_coverage.py [ROUNDS]``.

Scores of the calls of ``examples/audit349`` are drawn again and again on its plan (349 units, 40 auditors, 18
scenarios, a tenth of the calls scored twice), with known levels of units; an interval covers where it holds that level.
Goal: 95 % intervals cover 94 to 96 %, whatever the auditors differ by and whether calls or ratings err.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from evalkit.audits.severity import Auditors
from tests.audits.simulated import Spread, coverage, planned_design

PLAN = Path(__file__).parents[2] / "examples" / "audit349" / "plan.csv"
SPREADS = {"usual": Spread(), "severe auditors": Spread(auditor=15.0), "alike auditors": Spread(auditor=1.0),
           "errors of ratings": Spread(call=1.0, rating=10.0)}  # fmt: skip
KINDS: tuple[Auditors, ...] = ("fixed", "random")
LOW, HIGH = 0.94, 0.96


def main(rounds: int) -> None:
    """Print coverage with its standard error over rounds; the exit code is 1 where a goal is missed."""
    design = planned_design(PLAN)
    good = True
    for name, spread in SPREADS.items():
        for auditors in KINDS:
            shares = np.array([coverage(design, seed, auditors, spread=spread)[0] for seed in range(rounds)])
            error = shares.std(ddof=1) / np.sqrt(rounds)
            print(f"{name:18} {auditors:7} {100 * shares.mean():.2f} % ± {100 * error:.2f} over {rounds} rounds")
            good &= bool(LOW <= shares.mean() <= HIGH)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
