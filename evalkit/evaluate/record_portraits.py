"""Portraits from work orders and call records: the indicators among those of each department, policy or the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from evalkit.evaluate.portraits import MOST_VALUES, PORTRAIT_COLUMNS
from evalkit.evaluate.scored_field import ScoredField
from evalkit.problems import Problem, problem
from evalkit.records import Records
from evalkit.scoring.portraits import SMALLEST_SHOWN, Groups, groups_of
from evalkit.scoring.record_measures import measure_records


def record_portraits(records: Mapping[str, Records], scored: ScoredField) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows (columns :data:`PORTRAIT_COLUMNS`): the whole field first, then unit by unit.

    n: records that count, of base, those that ``among`` asks for; the mean is the raw value among them, and empty where
    n is below :data:`SMALLEST_SHOWN`. Standard errors and effective sizes are empty: records are no sample.

    ``EK440``: a column has more than :data:`MOST_VALUES` values, and no portraits. ``EK823``: records of which a column
    says nothing.
    """
    tables: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for source in records.values():
        for about, (kinds, texts) in source.about.items():
            if len(texts) > MOST_VALUES:
                problems.append(problem("EK440", about=about, count=len(texts), most=MOST_VALUES))
                continue
            if (kinds < 0).any():
                problems.append(problem("EK823", about=about, count=int((kinds < 0).sum()), all=len(kinds)))
            order = np.argsort(np.array(texts, dtype=object), kind="stable")
            place = np.empty(len(texts) + 1, np.int64)
            place[order], place[-1] = np.arange(len(texts)), -1
            frames = list(_frames(source, scored, groups_of(place[kinds], source.owners)))
            if frames:
                rows = pd.concat(frames).sort_values("group", kind="stable", ignore_index=True)
                values = np.array(texts, dtype=object)[order][rows["kind"]]
                tables.append(rows.assign(about=about, value=values)[list(PORTRAIT_COLUMNS)])
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame([], columns=list(PORTRAIT_COLUMNS))
    return table, problems


def _frames(source: Records, scored: ScoredField, groups: Groups) -> Iterator[pd.DataFrame]:
    """Yield for each indicator of the source a row a group."""
    among = source.grouped(groups.members, groups.owners, len(groups.kinds))
    rows = len(source.owners)
    everything = source.grouped(np.arange(rows), np.zeros(rows, np.int64), 1)
    names = np.array([*source.units, ""], dtype=object)  # the last stands for -1, the whole field
    for node in scored.recipe.indicators:
        definition = None if node.measure is None else node.measure.records
        if definition is None or definition.of != source.name:
            continue
        found = measure_records(definition, among)
        overall = np.append(scored.stage.measured[node.id].raw, measure_records(definition, everything).raw)
        nothing = np.full(len(groups.kinds), np.nan)
        frame = {
            "group": np.arange(len(groups.kinds)),
            "kind": groups.kinds,
            "unit": names[groups.units],
            "indicator": node.id,
            "n": found.base,
            "base": found.total - found.outside,
            "mean": np.where(found.base >= SMALLEST_SHOWN, found.raw, np.nan),
            "standard_error": nothing,
            "n_eff": nothing,
            "overall": overall[groups.units],
        }
        yield pd.DataFrame(frame)
