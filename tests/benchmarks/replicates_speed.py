"""Replicates of the whole pipeline against their kernels: ``python tests/benchmarks/replicates_speed.py``.

333 units, 29 indicators of which ten carry sampling error. A replicate draws weights and a sample, normalises, scores
and ranks, and counts places. Prints CPU a replicate, its ratio to the kernels alone (draws, normalisation, weighted
sums, ranks, called bare on the same shapes), and to one ordinary scoring pass.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

import evalkit
from evalkit.scoring.normalisation import goalposts
from evalkit.scoring.tree_scores import score_tree
from evalkit.uncertainty.acceptability import count_ranks
from evalkit.uncertainty.assessment import competing_in
from evalkit.uncertainty.inputs import read_inputs
from evalkit.uncertainty.method_space import BLOCK, draw_block
from evalkit.uncertainty.simulation import Study, replicate_block
from evalkit.uncertainty.weighted_scores import effective_weights
from tests.benchmarks.cpu_time import least_cpu
from tests.small_studies import values_study

UNITS, SAMPLED, INDICATORS, REPEATS = 333, 10, 29, 5

cpu = partial(least_cpu, calls=REPEATS)


def make_study(folder: Path) -> Path:
    """Write a study of random values."""
    rng = np.random.default_rng(1)
    names = [f"x{at}" for at in range(INDICATORS)]
    leaves = [
        {"id": name.upper(), "name": name, "measure": {"column": name} | ({"se": f"{name}_se"} if at < SAMPLED else {})}
        for at, name in enumerate(names)
    ]
    groups = [{"id": f"G{at}", "name": "g", "children": leaves[at::3]} for at in range(3)]
    values = [["unit", *names, *(f"{name}_se" for name in names[:SAMPLED])]]
    for unit in range(UNITS):
        numbers = [*rng.uniform(20, 100, INDICATORS), *rng.uniform(1, 5, SAMPLED)]
        values.append([f"U{unit:03d}", *(f"{number:.3f}" for number in numbers)])
    register = [["unit", "name"], *([f"U{unit:03d}", f"Unit {unit}"] for unit in range(UNITS))]
    return values_study(
        folder,
        values,
        tree={"id": "ROOT", "name": "r", "children": groups},
        register=register,
        defaults={"normalise": {"method": "goalposts", "low": 0, "high": 100}},
        uncertainty={"replicates": BLOCK, "weights": {"method": "uniform"}},
    )


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as temporary:
        project = evalkit.load(make_study(Path(temporary)))
        evaluation = project.run()
        inputs, _ = read_inputs(project.bundle, evaluation)
        study = Study(inputs, (), competing_in(evaluation))
        nodes = inputs.recipe.nodes
        carries = np.flatnonzero(inputs.has_error)
        raw = inputs.raw

        def kernels() -> None:
            weights = effective_weights(nodes, draw_block(inputs, 0).shares)
            scores = goalposts(raw, higher_is_better=True, floor=0, ceiling=100, clip=True).scores
            count_ranks(weights @ scores.T, weights)
            shape = (BLOCK, UNITS, carries.size)
            samples = np.tile(raw, (BLOCK, 1, 1))
            samples[..., carries] += inputs.errors[:, carries] * np.random.default_rng(1).standard_normal(shape)
            scored = np.empty_like(samples)
            for at in range(INDICATORS):
                column = samples[..., at].T
                scored[..., at] = goalposts(column, higher_is_better=True, floor=0, ceiling=100, clip=True).scores.T
            count_ranks((scored @ weights[:, :, np.newaxis])[..., 0], weights)

        def scoring_pass() -> None:
            leaves = inputs.leaves()
            score_tree(nodes, dict(zip([n.id for n in inputs.recipe.indicators], leaves.T, strict=True)), inputs.units)

        bare, once = cpu(kernels), cpu(scoring_pass)
        used = cpu(lambda: replicate_block(study, 0, with_awards=False))
        print(f"a replicate of method and of both: {1e6 * used / BLOCK:.0f} microseconds CPU")
        print(f"{used / bare:.2f} of its kernels; {used / BLOCK / once:.3f} of one scoring pass ({1e3 * once:.1f} ms)")


if __name__ == "__main__":
    main()
