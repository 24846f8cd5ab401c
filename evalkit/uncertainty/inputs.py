"""What uncertainty is computed from: the recipe, the raw values and their standard errors, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.recipe import Recipe, ResolvedNode, resolve
from evalkit.definitions.rules import Normalisation
from evalkit.definitions.uncertainty import Uncertainty
from evalkit.evaluate.evaluation import Evaluation
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.influence import SOURCES, Influence
from evalkit.scoring.tree_scores import normalise


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Arrays over (units, indicators), in the order of the register and of the recipe.

    ``raw``: NaN for no value. ``errors``: standard errors in the unit of the raw values, 0 where there is none.
    ``influences``, by the number of the indicator: how the errors of those measured by calls or by respondents hang
    together; the errors of the others are independent of each other.
    """

    choices: Uncertainty
    recipe: Recipe
    units: tuple[str, ...]
    raw: FloatArray
    errors: FloatArray
    influences: Mapping[int, Influence] = field(default_factory=dict)

    @property
    def has_error(self) -> BoolArray:
        """Which indicators carry a sampling error, (indicators,)."""
        return np.atleast_1d((self.errors > 0).any(axis=0))

    def draw_errors(self, key: Sequence[int], draws: int) -> Iterator[tuple[int, FloatArray]]:
        """Yield the number of each indicator that carries error, and errors of its raw values (units, draws).

        The generators are ``[seed, *key, indicator]``, and ``[seed, *key, indicators + source]`` for all
        indicators of one source together, so that the same key always gives the same numbers.
        """
        standard: dict[str, FloatArray] = {}
        for at in np.flatnonzero(self.has_error).tolist():
            influence = self.influences.get(at)
            if influence is None:
                rng = np.random.default_rng([self.choices.seed, *key, at])
                yield at, self.errors[:, [at]] * rng.standard_normal((len(self.units), draws))
                continue
            if influence.source not in standard:
                source = len(self.recipe.indicators) + SOURCES.index(influence.source)
                rng = np.random.default_rng([self.choices.seed, *key, source])
                standard[influence.source] = rng.standard_normal((influence.clusters, draws))
            yield at, influence.errors(standard[influence.source])

    def leaves(self, method: Normalisation | None = None) -> FloatArray:
        """Return the indicators' scores (units, indicators), as the recipe normalises or all by one method."""
        columns = [
            scored(node, self.raw[:, at], method or node.normalise) for at, node in enumerate(self.recipe.indicators)
        ]
        return np.column_stack(columns)


def scored(node: ResolvedNode, values: FloatArray, method: Normalisation) -> FloatArray:
    """Return the scores of raw values (units,) or (units, draws) of an indicator."""
    return normalise(values, method, higher_is_better=node.direction == "higher").scores


def read_inputs(bundle: Bundle, evaluation: Evaluation) -> tuple[Inputs, list[Problem]]:
    """Take raw values and standard errors from the tables of an evaluation of the study, and from its ``sampling``.

    Findings: ``EK702`` an estimated indicator without standard errors, ``EK703`` a negative one, ``EK704`` a value
    without one; both count as the largest of the indicator. ``EK701`` or ``EK708``: which indicators carry an error.
    Raises ValueError for a study without ``uncertainty:``.
    """
    if bundle.indicators is None or bundle.study.uncertainty is None:
        raise ValueError("a study without uncertainty: has nothing to be looked at")
    recipe = resolve(bundle.indicators[0], bundle.study.recipe)
    units = tuple(evaluation["units"]["unit"])
    raw = _wide(evaluation["measures"], units, [node.id for node in recipe.indicators])
    given = _given_errors(evaluation["observations"], recipe.indicators)
    errors = np.zeros_like(raw)
    influences: dict[int, Influence] = {}
    problems: list[Problem] = []
    for at, node in enumerate(recipe.indicators):
        if node.measure is None or node.measure.se is None:
            if node.id in evaluation.sampling:
                influences[at] = evaluation.sampling[node.id]
                errors[:, at] = np.where(np.isnan(raw[:, at]), 0.0, np.sqrt(influences[at].variances()))
            elif node.sampling_error:
                problems.append(problem("EK702", node=node.id))
            continue
        errors[:, at], more = _errors(node, raw[:, at], given[node.measure.se], units)
        problems += more
    inputs = Inputs(bundle.study.uncertainty, recipe, units, raw, errors, influences)
    return inputs, [*problems, _account(inputs)]


def _account(inputs: Inputs) -> Problem:
    """Say which indicators carry sampling error."""
    has_error = inputs.has_error
    if not has_error.any():
        return problem("EK701")
    named = [node.id for node, has in zip(inputs.recipe.indicators, has_error, strict=True) if has]
    return problem("EK708", with_error=", ".join(named), count=int((~has_error).sum()))


def _wide(measures: pd.DataFrame, units: Sequence[str], indicators: Sequence[str]) -> FloatArray:
    index = pd.MultiIndex.from_product([units, indicators])
    values = measures.set_index(["unit", "indicator"])["value"].reindex(index).to_numpy(dtype=np.float64)
    return values.reshape(len(units), len(indicators))


def _given_errors(observations: pd.DataFrame, indicators: Sequence[ResolvedNode]) -> dict[str, pd.DataFrame]:
    """Return the observations of each column of standard errors, by unit."""
    columns = {node.measure.se for node in indicators if node.measure is not None and node.measure.se is not None}
    ready_made = observations[observations["instrument"] == "values"]
    return {column: ready_made[ready_made["question"] == column].set_index("unit") for column in columns}


def _errors(
    node: ResolvedNode, raw: FloatArray, given: pd.DataFrame, units: Sequence[str]
) -> tuple[FloatArray, list[Problem]]:
    values = np.array([_number(given, unit) for unit in units])
    problems = [
        problem("EK703", _place(given, units[at]), value=f"{values[at]:.15g}")
        for at in np.flatnonzero(values < 0).tolist()
    ]
    values = np.where(values < 0, np.nan, values)
    known = values[~np.isnan(values)]
    largest = float(known.max()) if known.size else 0.0
    lacking = np.isnan(values) & ~np.isnan(raw)
    for at in np.flatnonzero(lacking).tolist():
        place = _place(given, units[at]) if units[at] in given.index else Place(unit=units[at])
        problems.append(problem("EK704", place, unit=units[at], node=node.id, value=f"{largest:.15g}"))
    return np.where(np.isnan(raw), 0.0, np.where(lacking, largest, np.nan_to_num(values))), problems


def _number(given: pd.DataFrame, unit: str) -> float:
    if unit not in given.index or given.loc[unit, "status"] != "ok":
        return float("nan")
    return float(str(given.loc[unit, "value"]))


def _place(given: pd.DataFrame, unit: str) -> Place:
    row = given.loc[unit]
    return Place(file=str(row["file"]), sheet=str(row["sheet"]) or None, cell=str(row["cell"]) or None, unit=unit)
