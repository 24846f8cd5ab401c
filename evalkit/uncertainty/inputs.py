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
from evalkit.evaluate.given_errors import given_errors
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.call_refit import Refits
from evalkit.scoring.influence import SOURCES, Influence
from evalkit.scoring.respondent_refit import RespondentRefits
from evalkit.scoring.tree_scores import normalise

ROUNDING = 1e-12
"""An error that is a smaller share of the largest value is none: all answers were alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Arrays over (units, indicators), in the order of the register and of the recipe.

    ``raw``: NaN for no value. ``errors``: standard errors in the unit of the raw values, 0 where there is none.
    ``influences``, by the number of the indicator: how the errors of those measured by calls or by respondents hang
    together; the errors of the others are independent of each other. ``refits``: what indicators measured by calls are
    scored again from, None without calls; ``respondent_refits``: those of respondents, None where normal errors do.
    """

    choices: Uncertainty
    recipe: Recipe
    units: tuple[str, ...]
    raw: FloatArray
    errors: FloatArray
    influences: Mapping[int, Influence] = field(default_factory=dict)
    refits: Refits | None = None
    respondent_refits: RespondentRefits | None = None

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

    Findings: ``EK701`` or ``EK708``, which indicators carry an error; what is wrong with standard errors was found
    when the data were looked over (:mod:`evalkit.evaluate.given_errors`). Raises ValueError for a study without
    ``uncertainty:``.
    """
    if bundle.indicators is None or bundle.study.uncertainty is None:
        raise ValueError("a study without uncertainty: has nothing to be looked at")
    recipe = resolve(bundle.indicators[0], bundle.study.recipe)
    units = tuple(evaluation["units"]["unit"])
    raw = _wide(evaluation["measures"], units, [node.id for node in recipe.indicators])
    errors = np.zeros_like(raw)
    influences: dict[int, Influence] = {}
    for at, node in enumerate(recipe.indicators):
        if node.measure is not None and node.measure.se is not None:
            column = node.measure.se
            errors[:, at], _ = given_errors(node, column, raw[:, at], evaluation["observations"], units)
        elif node.id in evaluation.sampling:
            influences[at] = evaluation.sampling[node.id]
            errors[:, at] = _real(np.sqrt(influences[at].variances()), raw[:, at])
    again = (evaluation.refits, evaluation.respondent_refits)
    inputs = Inputs(bundle.study.uncertainty, recipe, units, raw, errors, influences, *again)
    return inputs, [_account(inputs)]


def _real(errors: FloatArray, raw: FloatArray) -> FloatArray:
    """Return the errors (units,) of the values ``raw``, 0 for no value and for what is rounding of equal answers."""
    known = ~np.isnan(raw)
    largest = np.abs(raw[known]).max(initial=0.0)
    return np.where(known & (errors > ROUNDING * largest), errors, 0.0)


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
