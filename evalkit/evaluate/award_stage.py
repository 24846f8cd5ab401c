"""The award stage: the field from scores, register and award data; every scheme of the study applied to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.recipe import Recipe
from evalkit.evaluate.earlier_waves import EarlierWaves, RunBefore
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.waves import Comparison
from evalkit.observations import OK, Answers
from evalkit.problems import Problem
from evalkit.scoring.arrays import IntArray
from evalkit.scoring.award_field import Earlier, Field
from evalkit.scoring.awards import Given, apply_scheme
from evalkit.scoring.measures import Measured
from evalkit.scoring.tree_scores import TreeScores

PEOPLE_COLUMNS = ("scheme", "award", "unit", "person", "reason")
"""The private table of persons who get an award."""


def competing(
    data: Gathered, recipe: Recipe, tree: TreeScores, *, sizes: dict[str, IntArray], earlier: tuple[Earlier, ...]
) -> Field:
    """Return the units that compete, with all that awards look at.

    ``sizes`` are the answer cells behind each indicator, over units; ``earlier`` the earlier waves, the oldest first.
    """
    return Field(
        units=data.register.units,
        scores={node: tree.of(node) for node in tree.nodes},
        columns={str(column): list(values) for column, values in data.register.frame.items()},
        root=recipe.nodes[0].id,
        tolerance=recipe.tie_tolerance,
        node_names={node.id: (node.name.say("zh"), node.name.say("en")) for node in recipe.nodes},
        sizes=_fewest(recipe, sizes),
        earlier=earlier,
        nominations=data.award_data.nominations,
    )


def give_awards(bundle: Bundle, field: Field) -> tuple[list[Given], list[Problem]]:
    """Apply the schemes in the order of the study."""
    given: list[Given] = []
    problems: list[Problem] = []
    for scheme, _ in bundle.awards:
        more_given, more = apply_scheme(scheme, field)
        given += more_given
        problems += more
    return given, problems


def earlier_scores(waves: EarlierWaves, compared: Sequence[Comparison]) -> tuple[Earlier, ...]:
    """Return the scores of all earlier waves in the order of today's register, for awards that compare waves.

    ``compared`` are the results among them. They are comparable where the study says so, or else where their index was
    computed as today's is.
    """
    results = iter(compared)
    return tuple(each if isinstance(each, Earlier) else _of_run(each, next(results)) for each in waves.waves)


def _of_run(before: RunBefore, compared: Comparison) -> Earlier:
    run, alike = compared.run, compared.nodes[compared.recipe.nodes[0].id].basis == "whole"
    return Earlier(
        run.wave,
        {node: compared.aligned(scores) for node, scores in run.scores.items()},
        alike if before.comparable is None else before.comparable,
        {node: np.nan_to_num(compared.aligned(errors)) for node, errors in run.errors.items()},
    )


def cells_counted(measured: dict[str, Measured], answers: Answers) -> dict[str, IntArray]:
    """Return how many answer cells, or records, counted for each indicator, over the units."""
    counted = {}
    for indicator, each in measured.items():
        if each.records is not None:
            counted[indicator] = each.records.base
            continue
        keys = list(dict.fromkeys(key for part in each.parts for key in part.keys))
        counted[indicator] = (answers.statuses[:, answers.columns(keys)] == OK).sum(axis=1)
    return counted


def _fewest(recipe: Recipe, sizes: dict[str, IntArray]) -> dict[str, IntArray]:
    """Return the sample of every node: of a group, the smallest among its indicators that have any."""
    found = dict(sizes)
    for node in reversed(recipe.nodes):
        if node.is_indicator:
            continue
        below = np.column_stack([found[child] for child in node.children])
        none = np.iinfo(below.dtype).max
        fewest = np.where(below > 0, below, none).min(axis=1)
        found[node.id] = np.where(fewest == none, 0, fewest)
    return found


def people_table(given: list[Given]) -> pd.DataFrame:
    """Return the persons who get an award (columns :data:`PEOPLE_COLUMNS`); for no public table or report."""
    rows = [
        (each.scheme, each.award, each.unit, person.name, person.reason)
        for each in given
        for person in each.people or ()
    ]
    return pd.DataFrame(rows, columns=list(PEOPLE_COLUMNS), dtype="str")
