"""The accurate solutions of 79 units beside the run without them: ``python tests/benchmarks/solutions_speed.py``.

Prints the CPU of scoring, ranking and awarding the example, with and without ``diagnosis:``, in one process.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import evalkit
from evalkit.definitions.diagnosis import DiagnosisRules
from evalkit.evaluate.pipeline import evaluate

EXAMPLE = Path(__file__).parents[2] / "examples" / "cities79" / "study.yaml"


def main() -> None:
    """Measure and print."""
    project = evalkit.load(EXAMPLE)
    data, problems = project.gather()
    if data is None:
        raise ValueError("the example can be read")
    bundle = project.bundle
    seconds = []
    for rules in (None, DiagnosisRules(fixed=("Q24",))):
        study = bundle.study.model_copy(update={"diagnosis": rules})
        start = time.process_time()
        evaluation = evaluate(replace(bundle, study=study), data, problems)
        seconds.append(time.process_time() - start)
    solutions = evaluation["solutions"].drop_duplicates("unit")
    proved = int((solutions["verified"] == 1).sum())
    per_unit = 1000 * (seconds[1] - seconds[0]) / len(solutions)
    print(f"without {seconds[0]:.2f} s, with {seconds[1]:.2f} s: {per_unit:.0f} ms a unit, {proved} proved")


if __name__ == "__main__":
    main()
