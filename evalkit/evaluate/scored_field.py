"""The scoring of a whole field, from answers to the tree: what a run does, and what is done again to prove a change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.recipe import Recipe, resolve
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.measuring import Measuring, measure_indicators
from evalkit.evaluate.weighting import weighed
from evalkit.problems import Problem, problem
from evalkit.scoring.tree_scores import TreeScores, score_tree, unranked


@dataclass(frozen=True, slots=True)
class ScoredField:
    """The recipe with all weights, the measured indicators, and the scores at every node."""

    recipe: Recipe
    stage: Measuring
    tree: TreeScores


def score_field(bundle: Bundle, data: Gathered) -> tuple[ScoredField, list[Problem]]:
    """Measure, normalise and aggregate. Raises ValueError for a study without an indicator set."""
    if bundle.indicators is None:
        raise ValueError("a study without an indicator set cannot be evaluated")
    recipe = resolve(bundle.indicators[0], bundle.study.recipe)
    units = data.register.units
    stage, problems = measure_indicators(bundle, data, recipe)
    recipe = weighed(recipe, stage.leaves, units, bundle.plug_ins)
    tree, more = score_tree(recipe.nodes, stage.leaves, units, bundle.plug_ins)
    problems = [*problems, *more, *unranked(tree, recipe.nodes, units, stage.sent_data)]
    if np.isnan(tree.scores[:, 0]).all():
        problems.append(problem("EK408"))
    return ScoredField(recipe, stage, tree), problems
