"""The first stage of the run: raw values and scores of every indicator, from answers, respondents and calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.recipe import Recipe
from evalkit.definitions.study import Percentages
from evalkit.evaluate import stage_tables
from evalkit.evaluate.call_results import CallResults, call_results
from evalkit.evaluate.call_tables import with_call_parts
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.record_tables import over_hundred
from evalkit.evaluate.respondents import observation_rows
from evalkit.observations import ABSENT, Answers, observation_table
from evalkit.problems import Place, Problem, problem
from evalkit.records import Records
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.call_refit import Refits
from evalkit.scoring.measured_respondents import Pool, measure_respondents
from evalkit.scoring.measures import Measured, measure, with_quotients
from evalkit.scoring.record_measures import measure_records
from evalkit.scoring.shares import SHARE_COLUMNS, share_rows
from evalkit.scoring.tree_scores import normalise_indicator
from evalkit.scoring.weighted_shares import WEIGHTED_SHARE_COLUMNS, weighted_share_rows


@dataclass(frozen=True, slots=True)
class Measuring:
    """The stage: ``measured`` raw values and ``leaves``, their scores (units,), by indicator.

    ``answers`` are those of the units with the computed quotients, ``pool`` those of respondents, ``results`` what the
    calls gave, None where there are none; ``records`` are the work orders and call records by source; ``sent_data``
    (units,) tells who was heard of at all.
    """

    questionnaire: Questionnaire | None
    answers: Answers
    pool: Pool | None
    results: CallResults | None
    sent_data: BoolArray
    measured: dict[str, Measured]
    leaves: dict[str, FloatArray]
    records: Mapping[str, Records]

    def parts(self, data: Gathered) -> pd.DataFrame:
        """Return the table ``parts``."""
        of_answers = stage_tables.parts(self.measured, self.answers, data.respondents)
        return with_call_parts(of_answers, self.measured, data.calls)

    def shares(self, percentages: Percentages) -> pd.DataFrame:
        """Return the descriptive table, of respondents where there are any."""
        if self.questionnaire is None or self.pool is None:
            form, answers = self.questionnaire, self.answers
            rows = list(share_rows(form, answers, percentages)) if form is not None else []
            return pd.DataFrame(rows, columns=list(SHARE_COLUMNS))
        pool = self.pool
        rows = list(weighted_share_rows(self.questionnaire, pool.answers, pool.weights, percentages))
        return pd.DataFrame(rows, columns=list(WEIGHTED_SHARE_COLUMNS))

    def refits(self, recipe: Recipe) -> Refits | None:
        """Return what the indicators measured by calls can be scored again from; None without calls."""
        if self.results is None:
            return None
        run = {node: found.calls for node, found in self.measured.items() if found.calls is not None}
        definitions = {node.id: node.measure for node in recipe.indicators if node.measure is not None}
        return self.results.refits(definitions, run)

    def measure(self, node: str, definition: Measure, bundle: Bundle, recipe: Recipe) -> Measured:
        """Return the raw values of an indicator, from wherever its definition says."""
        if definition.item is not None:
            if self.results is None:
                raise ValueError("an indicator measured by items needs a protocol")
            return self.results.measure(node, definition)
        if definition.records is not None:
            found = measure_records(definition.records, self.records[definition.records.of])
            return Measured(found.raw, found.statuses, (), found.infinite, records=found)
        if self.pool is None or self.questionnaire is None or definition.column is not None:
            return measure(definition, self.answers, self.questionnaire, bundle.plug_ins)
        return measure_respondents(definition, self.pool, self.questionnaire, recipe.respondents, bundle.plug_ins)


def measure_indicators(bundle: Bundle, data: Gathered, recipe: Recipe) -> tuple[Measuring, list[Problem]]:
    """Measure and normalise every indicator; what cannot be computed is reported unit by unit."""
    stage = _sources(bundle, data)
    units = data.register.units
    problems: list[Problem] = []
    for node in recipe.indicators:
        if node.measure is None:
            raise ValueError(f"indicator {node.id} has no measure")
        found = stage.measure(node.id, node.measure, bundle, recipe)
        stage.measured[node.id] = found
        problems += [*_not_computed(node.id, found, units), *over_hundred(node.id, found.records, units)]
        stage.leaves[node.id], more = normalise_indicator(node, found.raw, units, bundle.plug_ins)
        problems += more if stage.sent_data.any() else []
    return stage, [*problems, *(stage.results.problems if stage.results is not None else [])]


def _sources(bundle: Bundle, data: Gathered) -> Measuring:
    questionnaire = bundle.questionnaire[0] if bundle.questionnaire else None
    answers = with_quotients(data.answers, questionnaire) if questionnaire else data.answers
    sent_data = (data.answers.statuses != ABSENT).any(axis=1)
    if data.calls is not None:
        sent_data[data.calls.unit] = True
    pool = None
    if data.respondents is not None and questionnaire is not None:
        pool = data.respondents.pool
        pool = replace(pool, answers=with_quotients(pool.answers, questionnaire))
        sent_data |= data.respondents.layout.counted > 0
    results = call_results(data.calls, bundle.protocol[0] if bundle.protocol else None)
    for records in data.records.values():
        sent_data |= records.per_unit > 0
    return Measuring(questionnaire, answers, pool, results, sent_data, {}, {}, data.records)


def all_observations(bundle: Bundle, data: Gathered) -> pd.DataFrame:
    """Return the table ``observations``: the cells of units, then those of respondents."""
    of_units = observation_table(data.batches, bundle.study.wave)
    if data.respondents is None or bundle.questionnaire is None:
        return of_units
    instrument = bundle.questionnaire[0].id
    rows = observation_rows(data.respondents, data.register.units, instrument, bundle.study.wave)
    return rows if of_units.empty else pd.concat([of_units, rows], ignore_index=True)


def _not_computed(node: str, measured: Measured, units: tuple[str, ...]) -> list[Problem]:
    """Values that the arithmetic does not give: divided by zero, or infinite."""
    found = [
        problem("EK402", Place(unit=units[index]), node=node) for index in np.flatnonzero(measured.infinite).tolist()
    ]
    for part in measured.parts:
        for index in np.flatnonzero(part.divided_by_zero).tolist():
            place = Place(unit=units[index], question=part.question or None)
            found.append(problem("EK406", place, node=node, formula=", ".join(part.keys)))
    return found
