"""Standard errors that stand beside ready-made values, and what is wrong or missing of them, known before scoring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.recipe import ResolvedNode, resolve
from evalkit.evaluate.gather import Gathered
from evalkit.observations import observation_table
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.measures import measure as measured

VALUES = "values"
"""Instrument of ready-made values in the table ``observations``."""


def check_given_errors(bundle: Bundle, data: Gathered) -> list[Problem]:
    """Return the findings of a study with ``uncertainty:`` about its standard errors; none without.

    ``EK702`` an indicator marked as estimated that has no standard errors, and neither calls nor respondents from which
    a run could compute them; ``EK703`` a negative one; ``EK704`` a value without one.
    """
    if bundle.indicators is None or bundle.study.uncertainty is None:
        return []
    problems: list[Problem] = []
    batches = [batch for batch in data.batches if batch.instrument == VALUES]
    observations = observation_table(batches, bundle.study.wave)
    for node in resolve(bundle.indicators[0], bundle.study.recipe).indicators:
        measure = node.measure
        if measure is not None and measure.se is not None:
            raw = measured(measure, data.answers, None).raw
            problems += given_errors(node, measure.se, raw, observations, data.register.units)[1]
        elif node.sampling_error and not _computable(node, data):
            problems.append(problem("EK702", node=node.id))
    return problems


def given_errors(
    node: ResolvedNode, column: str, raw: FloatArray, observations: pd.DataFrame, units: Sequence[str]
) -> tuple[FloatArray, list[Problem]]:
    """Return the standard errors (units,) that ``column`` gives to the values ``raw`` of an indicator, 0 for no value.

    A negative one (``EK703``) and one that a value lacks (``EK704``) count as the largest of the indicator.
    """
    own = (observations["instrument"] == VALUES) & (observations["question"] == column)
    given = observations[own].set_index("unit")
    values = np.array([_number(given, unit) for unit in units], dtype=np.float64)
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


def _computable(node: ResolvedNode, data: Gathered) -> bool:
    """Tell whether calls, respondents or a sample of records stand behind it: then the run says what it can compute."""
    if node.measure is None or node.measure.column is not None:
        return False
    if node.measure.records is not None:
        source = data.records.get(node.measure.records.of)
        return source is not None and source.sample
    return data.calls is not None if node.measure.item is not None else data.respondents is not None


def _number(given: pd.DataFrame, unit: str) -> float:
    if unit not in given.index or given.loc[unit, "status"] != "ok":
        return float("nan")
    return float(str(given.loc[unit, "value"]))


def _place(given: pd.DataFrame, unit: str) -> Place:
    row = given.loc[unit]
    return Place(file=str(row["file"]), sheet=str(row["sheet"]) or None, cell=str(row["cell"]) or None, unit=unit)
