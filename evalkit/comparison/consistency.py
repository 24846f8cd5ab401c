"""Whether a run's scores and ranks follow from what its own tables say of the stage below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.ranks import rank_nodes
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.explanation.steps import Step
from evalkit.explanation.tables import Tables
from evalkit.explanation.walk import Walk, agree
from evalkit.problems import Place, Problem, problem

_UNFIT = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What tables raise that were changed until they no longer belong together."""
_SCORES, _MEASURES, _RANKS = (Place(file=f"tables/{name}.csv") for name in ("scores", "measures", "ranks"))


def check_scores(evaluation: Evaluation) -> list[Problem]:
    """Compute every score of every unit again from its children, its raw value and the parts of that.

    Findings: ``EK753`` a score does not follow, ``EK754`` nor does a raw value from its parts, ``EK755`` rows are
    lacking, ``EK769`` what plug-ins gave was taken as it is.
    """
    problems: list[Problem] = []
    of_plug_ins: dict[str, None] = {}
    tables = Tables(evaluation)
    for unit in evaluation["units"]["unit"]:
        try:
            steps = list(_down(Walk(tables, unit).step(evaluation.root, 1.0, arithmetic=True)))
        except _UNFIT as error:
            problems.append(problem("EK755", _SCORES.at(unit=unit), reason=f"{type(error).__name__}: {error}"))
            continue
        of_plug_ins |= dict.fromkeys(step.node for step in steps if step.method.startswith("plugin"))
        problems += [_unsound(step, unit) for step in steps if not step.adds_up]
    if of_plug_ins:
        problems.append(problem("EK769", nodes=", ".join(of_plug_ins)))
    return problems


def _down(step: Step) -> Iterator[Step]:
    yield step
    for child in step.children:
        yield from _down(child)


def _unsound(step: Step, unit: str) -> Problem:
    if step.method.startswith("plugin") or agree(step.score, step.recomputed):
        return problem("EK754", _MEASURES.at(unit=unit), node=step.node, value=_shown(step.raw_value))
    about = {"node": step.node, "score": _shown(step.score), "found": _shown(step.recomputed)}
    return problem("EK753", _SCORES.at(unit=unit), **about)


def check_ranks(evaluation: Evaluation) -> list[Problem]:
    """Rank all units again from their scores, in the field and in every peer group.

    Findings: ``EK756`` a rank or the score beside it does not follow, ``EK755`` the ranks cannot be computed.
    """
    try:
        expected, stated = _ranked_again(evaluation), _by_row(evaluation["ranks"])
    except _UNFIT as error:
        return [problem("EK755", _RANKS, reason=f"{type(error).__name__}: {error}")]
    nothing = (None, None)
    problems = []
    for key in dict.fromkeys([*expected, *stated]):
        rank, score = stated.get(key, nothing)
        found, from_scores = expected.get(key, nothing)
        if rank != found or not agree(score, from_scores):
            unit, node, group = key
            about = {"node": node, "group": group or "-", "rank": _shown(rank), "found": _shown(found)}
            problems.append(problem("EK756", _RANKS.at(unit=unit), **about))
    return problems


def _ranked_again(evaluation: Evaluation) -> dict[tuple[str, str, str], tuple[float, float]]:
    choices, register, nodes = evaluation.manifest["recipe"], evaluation["units"], evaluation["nodes"]
    wide = wide_scores(evaluation).reindex(register["unit"])
    parents = {evaluation.root, *nodes["parent"]}
    ranked = {node: wide[node].to_numpy(dtype=np.float64) for node in nodes["node"] if node in parents}
    return _by_row(rank_nodes(ranked, register, choices["peer_groups"], choices["ties"], choices["tie_tolerance"]))


def _by_row(ranks: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float, float]]:
    columns = ["unit", "node", "group", "rank", "score"]
    return {
        (unit, node, group): (rank, score)
        for unit, node, group, rank, score in ranks[columns].itertuples(index=False, name=None)
    }


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.15g}"
