"""The long tables of a run, one a stage; each row names the rows of the stage below that it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd

from evalkit.definitions.indicators import Measure
from evalkit.definitions.recipe import Recipe, ResolvedNode
from evalkit.observations import OK, STATUSES, Answers
from evalkit.problems import PROBLEM_COLUMNS, Problem, as_row
from evalkit.scoring.arrays import IntArray
from evalkit.scoring.awards import Given
from evalkit.scoring.measures import Measured
from evalkit.scoring.tree_scores import TreeScores
from evalkit.sources.survey import FileAccount

NODE_COLUMNS = (
    "node", "parent", "level", "name_zh", "name_en", "weight", "share", "effective_weight", "aggregate", "missing",
    "min_coverage", "direction", "unit", "normalise", "measure", "sampling_error", "attestation", "source",
)  # fmt: skip
"""The resolved tree. share: weight among siblings, summing to one; effective_weight: in the index, no data missing."""
FILE_COLUMNS = ("file", "unit", "state", "expected", *STATUSES, "rows_missing", "rows_unknown", "sha256")
"""An account a workbook: for one that was read, the six statuses add up to ``expected``."""
PART_COLUMNS = ("unit", "indicator", "part", "question", "rule", "value", "weight", "status", "observations")
"""What each question gave to an indicator. weight: used, missing parts left out; observations: row ids, by ``|``."""
MEASURE_COLUMNS = ("unit", "indicator", "value", "n", "status")
"""Raw values. n: answer cells that counted; status: as of observations, or ``absent`` where nothing was sent."""
SCORE_COLUMNS = ("unit", "node", "level", "score", "weight", "effective_weight", "coverage")
"""weight: as declared; effective_weight: in this unit's index after missing data; coverage: weight that has data."""
AWARD_COLUMNS = ("scheme", "award", "unit", "tier", "basis", "reason", "stability")
"""tier: rung from the top, empty where awards are no ladder; stability: empty until robustness is computed.
A study with ``uncertainty:`` adds the column ``certificate``, its robustness ``method_stability``."""
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
    }
    if node.is_indicator:
        method = node.normalise.model_dump(exclude={"method"})
        settings = ", ".join(f"{key}={_plain(value)}" for key, value in method.items())
        normalise = f"{node.normalise.method}({settings})" if settings else node.normalise.method
        return row | {"direction": node.direction, "normalise": normalise, "measure": describe_measure(node.measure)}
    missing = {"missing": node.missing.rule, "min_coverage": node.missing.min_coverage}
    return row | missing | {"aggregate": node.aggregate}


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_plain(each) for each in value) + "]"
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value).lower()


def describe_measure(measure: Measure | None) -> str:
    """Return where a raw value comes from, in one line: ``Q07 points x1 + Q08 share x1``."""
    if measure is None:
        return ""
    if measure.column is not None:
        return f"column {measure.column}" + (f" ± {measure.se}" if measure.se else "")
    if measure.formula is not None:
        return f"formula {measure.formula}"
    return " + ".join(f"{part.question} {part.rule.method} x{part.weight:g}" for part in measure.scored_parts)


def files(accounts: Sequence[FileAccount]) -> pd.DataFrame:
    """Return the account of every workbook."""
    rows = []
    for account in accounts:
        row = asdict(account)
        row |= dict(zip(STATUSES, row.pop("counts"), strict=True))
        rows.append(row)
    return pd.DataFrame(rows, columns=list(FILE_COLUMNS))


def parts(measured: Mapping[str, Measured], answers: Answers) -> pd.DataFrame:
    """Return the parts of all indicators, unit by unit."""
    columns = [(node, number, part) for node, each in measured.items() for number, part in enumerate(each.parts, 1)]
    count = len(columns)
    units = len(answers.units)
    return pd.DataFrame(
        {
            "unit": np.repeat(np.array(answers.units, dtype=object), count),
            "indicator": np.tile(np.array([node for node, _, _ in columns], dtype=object), units),
            "part": np.tile(np.array([number for _, number, _ in columns], dtype=np.int64), units),
            "question": np.tile(np.array([part.question for _, _, part in columns], dtype=object), units),
            "rule": np.tile(np.array([part.method for _, _, part in columns], dtype=object), units),
            "value": _by_unit([part.points for _, _, part in columns], units),
            "weight": _by_unit([part.weights for _, _, part in columns], units),
            "status": _status_names(_by_unit([part.statuses for _, _, part in columns], units)),
            "observations": _by_unit(
                [_ids(answers.observations[:, answers.columns(part.keys)]) for _, _, part in columns], units
            ),
        },
        columns=list(PART_COLUMNS),
    )


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
