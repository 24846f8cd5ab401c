"""The long tables of a run, one a stage; each row names the rows of the stage below that it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd

from evalkit.definitions.adjust import Adjust
from evalkit.definitions.describe import describe_measure, describe_method
from evalkit.definitions.recipe import Recipe, ResolvedNode
from evalkit.evaluate.respondents import Respondents
from evalkit.observations import OK, STATUSES, Answers
from evalkit.problems import PROBLEM_COLUMNS, Problem, as_row
from evalkit.scoring.arrays import IntArray
from evalkit.scoring.awards import Given
from evalkit.scoring.measured_part import MeasuredPart
from evalkit.scoring.measures import Measured
from evalkit.scoring.tree_scores import TreeScores
from evalkit.sources.survey import FileAccount

NODE_COLUMNS = (
    "node", "parent", "level", "name_zh", "name_en", "weight", "share", "effective_weight", "aggregate", "missing",
    "min_coverage", "direction", "unit", "normalise", "measure", "sampling_error", "attestation", "source", "adjust",
    "weighting",
)  # fmt: skip
"""The resolved tree. share: weight among siblings, summing to one; effective_weight: in the index, no data missing;
sampling_error: whether the indicator is declared to be estimated, and with ``uncertainty:`` whether errors of the node
count; adjust: points that children take off the mean or add to it; weighting: the plug-in that gave the weights of the
children, else empty."""
FILE_COLUMNS = ("file", "unit", "state", "expected", *STATUSES, "rows_missing", "rows_unknown", "sha256")
"""An account a workbook: for one that was read, the six statuses add up to ``expected``. Of a file of work orders or
call records these are the cells of the columns that are needed; they stand in no other table."""
PART_COLUMNS = ("unit", "indicator", "part", "question", "rule", "value", "weight", "status", "observations")
"""What each question or rating of a call gave to an indicator. weight: used, missing parts left out; observations:
row ids, by ``|``."""
RESPONDENT_PART_COLUMNS = (*PART_COLUMNS, "respondents", "n", "base", "n_eff")
"""Where respondents answered. respondents: the rule that puts them together; n: those with points, of base; n_eff:
effective sample size of n (Kish). observations has ranges of rows, such as ``101-180``."""
MEASURE_COLUMNS = ("unit", "indicator", "value", "n", "status")
"""Raw values. n: answer cells, calls, respondents or records that counted; status: as of observations, or ``absent``:
nothing was sent."""
SCORE_COLUMNS = ("unit", "node", "level", "score", "weight", "effective_weight", "coverage")
"""weight: as declared; effective_weight: in this unit's index after missing data; coverage: weight that has data."""
AWARD_COLUMNS = ("scheme", "award", "unit", "tier", "basis", "reason", "stability", "group")
"""tier: rung, or block of a division, from the top, empty where awards are no ladder; stability: empty until robustness
is computed; group: peer group in which the award was given, ``column:value``, empty for the whole field.
A study with ``uncertainty:`` adds ``certificate``, how sure the award is of sampling error, and
``certificate_method``, how that was found; its robustness adds ``method_stability`` and ``held_fixed``, which lists
what replicates hold as it is though the award depends on it: ``submissions``, ``jury`` (of one judge), ``decision``,
``earlier_waves``, ``sample``."""
_STATUS_NAMES = np.array([*STATUSES, "absent"], dtype=object)  # ABSENT is -1, the last


def nodes(recipe: Recipe) -> pd.DataFrame:
    """Return the resolved tree."""
    return pd.DataFrame([_node(node) for node in recipe.nodes], columns=list(NODE_COLUMNS))


def _node(node: ResolvedNode) -> dict[str, object]:
    row: dict[str, object] = {
        "node": node.id,
        "parent": node.parent or "",
        "level": node.level,
        "name_zh": node.name.say("zh"),
        "name_en": node.name.say("en"),
        "weight": node.weight,
        "share": node.share,
        "effective_weight": node.effective_weight,
        "unit": node.unit,
        "sampling_error": node.sampling_error,
        "attestation": node.attestation,
        "source": node.source,
        "weighting": node.weighting,
    }
    if node.is_indicator:
        normalise = describe_method(node.normalise)
        return row | {"direction": node.direction, "normalise": normalise, "measure": describe_measure(node.measure)}
    missing = {"missing": node.missing.rule, "min_coverage": node.missing.min_coverage}
    return row | missing | {"aggregate": node.aggregate, "adjust": describe_adjust(node.adjust)}


def describe_adjust(adjust: Adjust | None) -> str:
    """Return how points are taken off and added, in one line: ``- D1 - D2; + B1 above 80, most 30``."""
    if adjust is None:
        return ""
    parts = ["" if adjust.start is None else f"{adjust.start:g}", *(f"- {child}" for child in adjust.deduct)]
    said = " ".join(part for part in parts if part)
    if adjust.bonus is None:
        return said
    limits = {"above": adjust.bonus.above, "most": adjust.bonus.most}
    when = ", ".join(f"{key} {value:g}" for key, value in limits.items() if value is not None)
    bonus = " ".join(f"+ {child}" for child in adjust.bonus.of) + (f" {when}" if when else "")
    return "; ".join(part for part in (said, bonus) if part)


def files(accounts: Sequence[FileAccount]) -> pd.DataFrame:
    """Return the account of every workbook."""
    rows = []
    for account in accounts:
        row = asdict(account)
        row |= dict(zip(STATUSES, row.pop("counts"), strict=True))
        rows.append(row)
    return pd.DataFrame(rows, columns=list(FILE_COLUMNS))


def parts(measured: Mapping[str, Measured], answers: Answers, respondents: Respondents | None = None) -> pd.DataFrame:
    """Return the parts of all indicators, unit by unit."""
    columns = [(node, number, part) for node, each in measured.items() for number, part in enumerate(each.parts, 1)]
    count = len(columns)
    units = len(answers.units)
    table = pd.DataFrame(
        {
            "unit": np.repeat(np.array(answers.units, dtype=object), count),
            "indicator": np.tile(np.array([node for node, _, _ in columns], dtype=object), units),
            "part": np.tile(np.array([number for _, number, _ in columns], dtype=np.int64), units),
            "question": np.tile(np.array([part.question for _, _, part in columns], dtype=object), units),
            "rule": np.tile(np.array([part.method for _, _, part in columns], dtype=object), units),
            "value": _by_unit([part.points for _, _, part in columns], units),
            "weight": _by_unit([part.weights for _, _, part in columns], units),
            "status": _status_names(_by_unit([part.statuses for _, _, part in columns], units)),
            "observations": _by_unit([_behind(part, answers, respondents) for _, _, part in columns], units),
        },
        columns=list(PART_COLUMNS),
    )
    return table if respondents is None else _with_respondents(table, [part for _, _, part in columns], units)


def _with_respondents(table: pd.DataFrame, found: Sequence[MeasuredPart], units: int) -> pd.DataFrame:
    none = np.full(units, np.nan)
    rules = [np.full(units, part.behind.rule if part.behind else "", dtype=object) for part in found]
    columns: dict[str, np.ndarray] = {"respondents": _by_unit(rules, units)}
    for name in ("n", "base", "n_eff"):
        values = [none if part.behind is None else getattr(part.behind, name) for part in found]
        columns[name] = _by_unit(values, units)
    return table.assign(**columns)[list(RESPONDENT_PART_COLUMNS)]


def _behind(part: MeasuredPart, answers: Answers, respondents: Respondents | None) -> np.ndarray:
    own = _ids(answers.observations[:, answers.columns(part.keys)])
    if respondents is None or part.behind is None:
        return own
    ranges = respondents.layout.row_ranges(part.keys)
    joined = np.empty(len(own), dtype=object)
    joined[:] = ["|".join(filter(None, several)) for several in zip(own.tolist(), ranges, strict=True)]
    return joined


def _ids(observations: IntArray) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    joined = np.empty(len(observations), dtype=object)
    joined[:] = ["|".join(str(each) for each in row if each) for row in observations.tolist()]
    return joined


def _by_unit(columns: Sequence[np.ndarray], units: int) -> np.ndarray:
    """Interleave columns over units so that all values of a unit stand together."""
    return np.column_stack(columns).ravel() if columns else np.empty(0 * units)


def _status_names(statuses: np.ndarray) -> np.ndarray:
    return _STATUS_NAMES[statuses.astype(np.int8)]


def measures(measured: Mapping[str, Measured], answers: Answers) -> pd.DataFrame:
    """Return the raw values, unit by unit."""
    units = len(answers.units)
    counted = []
    for each in measured.values():
        if each.calls is not None:
            counted.append(each.calls.calls)
            continue
        if each.n is not None:
            counted.append(each.n)
            continue
        if each.records is not None:
            counted.append(each.records.base)
            continue
        keys = list(dict.fromkeys(key for part in each.parts for key in part.keys))
        counted.append((answers.statuses[:, answers.columns(keys)] == OK).sum(axis=1))
    return pd.DataFrame(
        {
            "unit": np.repeat(np.array(answers.units, dtype=object), len(measured)),
            "indicator": np.tile(np.array(list(measured), dtype=object), units),
            "value": _by_unit([each.raw for each in measured.values()], units),
            "n": _by_unit(counted, units),
            "status": _status_names(_by_unit([each.statuses for each in measured.values()], units)),
        },
        columns=list(MEASURE_COLUMNS),
    )


def scores(tree: TreeScores, recipe: Recipe, units: Sequence[str]) -> pd.DataFrame:
    """Return the scores at every node, unit by unit."""
    count = len(recipe.nodes)
    return pd.DataFrame(
        {
            "unit": np.repeat(np.array(units, dtype=object), count),
            "node": np.tile(np.array(tree.nodes, dtype=object), len(units)),
            "level": np.tile(np.array([node.level for node in recipe.nodes], dtype=np.int64), len(units)),
            "score": tree.scores.ravel(),
            "weight": np.tile(np.array([node.weight for node in recipe.nodes]), len(units)),
            "effective_weight": tree.effective.ravel(),
            "coverage": tree.coverage.ravel(),
        },
        columns=list(SCORE_COLUMNS),
    )


def awards(given: Sequence[Given]) -> pd.DataFrame:
    """Return the awards in the order of the schemes."""
    rows = [asdict(each) | {"stability": np.nan} for each in given]
    return pd.DataFrame(rows, columns=list(AWARD_COLUMNS))


def problems(found: Sequence[Problem]) -> pd.DataFrame:
    """Return the findings, in both languages."""
    return pd.DataFrame([as_row(each) for each in found], columns=list(PROBLEM_COLUMNS))
