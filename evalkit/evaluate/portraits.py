"""The table ``portraits``: the indicators among the respondents of each department, policy or what else is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.respondents import Respondents
from evalkit.evaluate.scored_field import ScoredField
from evalkit.problems import Problem, problem
from evalkit.scoring.measured_respondents import measure_respondents
from evalkit.scoring.portraits import Groups, groups_of, portray

PORTRAIT_COLUMNS = (
    "about", "value", "unit", "indicator", "n", "base", "mean", "standard_error", "n_eff", "overall",
)  # fmt: skip
"""A row for each of what ``about:`` names, its value, unit (empty for the whole field), and indicator that respondents
answer or records give. n: respondents with points, or records that count, of base; mean: the raw value among them, put
together as that of a unit is; standard_error: its own, empty for a last answer and for records; n_eff: effective
sample size, for an indicator with one part; these three are empty where n is smaller than what is shown. overall: the
raw value among all respondents, or records, of the unit, or of the field."""
MOST_VALUES = 200
"""A column with more values does not sort respondents into kinds: it holds ids, times or free text."""


def portrait_table(bundle: Bundle, respondents: Respondents, scored: ScoredField) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows (columns :data:`PORTRAIT_COLUMNS`): the whole field first, then unit by unit.

    ``EK440``: a column has more than :data:`MOST_VALUES` values, and no portraits. ``EK441``: respondents of whom a
    column says nothing, and who are in none of its portraits.
    """
    tables: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for about, texts in respondents.about.items():
        said, kinds = texts != "", np.full(len(texts), -1, np.int64)
        kinds[said], values = pd.factorize(texts[said], sort=True)
        if len(values) > MOST_VALUES:
            problems.append(problem("EK440", about=about, count=len(values), most=MOST_VALUES))
            continue
        if not said.all():
            problems.append(problem("EK441", about=about, count=int((~said).sum()), all=len(said)))
        groups = groups_of(kinds, respondents.pool.owners)
        frames = list(_frames(bundle, scored, groups))
        if frames:
            rows = pd.concat(frames).sort_values("group", kind="stable", ignore_index=True)
            tables.append(rows.assign(about=about, value=values[rows["kind"]]))
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame([], columns=list(PORTRAIT_COLUMNS))
    return table[list(PORTRAIT_COLUMNS)], problems


def together(one: pd.DataFrame | None, other: pd.DataFrame) -> pd.DataFrame:
    """Return the portraits of respondents, if there are any, and those of records in one table."""
    return other if one is None or one.empty else one if other.empty else pd.concat([one, other], ignore_index=True)


def _frames(bundle: Bundle, scored: ScoredField, groups: Groups) -> Iterator[pd.DataFrame]:
    """Yield for each indicator that respondents answer a row a group."""
    stage = scored.stage
    if stage.pool is None or stage.questionnaire is None:
        return
    pool = groups.pool(stage.pool)
    everybody = replace(stage.pool, owners=np.zeros_like(stage.pool.owners), units=1)
    names = np.array([*stage.answers.units, ""], dtype=object)  # the last stands for -1, the whole field
    told = stage.questionnaire, scored.recipe.respondents, bundle.plug_ins
    for node in scored.recipe.indicators:
        measured = stage.measured[node.id]
        if node.measure is None or measured.n is None:
            continue
        found = portray(node.measure, pool, *told)
        overall = np.append(measured.raw, measure_respondents(node.measure, everybody, *told).raw)
        frame = {
            "group": np.arange(len(groups.kinds)),
            "kind": groups.kinds,
            "unit": names[groups.units],
            "indicator": node.id,
            "n": found.n,
            "base": found.base,
            "mean": found.means,
            "standard_error": found.errors,
            "n_eff": found.n_eff,
            "overall": overall[groups.units],
        }
        yield pd.DataFrame(frame)
