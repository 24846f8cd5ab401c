"""A study's evaluation with its sampling errors: rank intervals, standard errors, certificates of awards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.project import Project, StudyError
from evalkit.evaluate.stage_tables import problems as problem_table
from evalkit.evaluate.table_types import typed
from evalkit.evaluate.wide_scores import scores_by_node
from evalkit.problems import SEVERITIES, Problem, has_errors, problem
from evalkit.scoring.award_field import Field
from evalkit.sources.reading import ONE_BY_ONE, Reading
from evalkit.uncertainty.award_certificates import Certificate, certificates
from evalkit.uncertainty.award_judged import Judged, exact_waves
from evalkit.uncertainty.error_propagation import propagate
from evalkit.uncertainty.inputs import Inputs, read_inputs
from evalkit.uncertainty.intervals import covariances, lost_scores, precision, with_intervals


def run(project: Project, *, strict: bool = False, reading: Reading = ONE_BY_ONE) -> Evaluation:
    """Run a study, and say how sure its ranks and awards are where it has ``uncertainty:``.

    Raises StudyError as :meth:`~evalkit.evaluate.project.Project.run` does.
    """
    if project.bundle.study.uncertainty is None:
        return project.run(strict=strict, reading=reading)
    return run_with_inputs(project, strict=strict, reading=reading)[0]


def run_with_inputs(
    project: Project, *, strict: bool = False, reading: Reading = ONE_BY_ONE
) -> tuple[Evaluation, Inputs]:
    """Run a study as :func:`run` does; return also what its uncertainty was computed from.

    Raises StudyError as :func:`run` does, and ValueError for a study without ``uncertainty:``.
    """
    evaluation = project.run(strict=strict, reading=reading)
    inputs, problems = read_inputs(project.bundle, evaluation)
    assessed = _assess(project.bundle, evaluation, inputs, problems)
    if strict and has_errors(assessed.problems):
        count = sum(each.severity == "error" for each in assessed.problems)
        raise StudyError([*assessed.problems, problem("EK407", count=count)])
    return assessed, inputs


def assess(bundle: Bundle, evaluation: Evaluation) -> Evaluation:
    """Add what follows from the sampling errors of a study to its evaluation.

    ``ranks`` gets rank_low and rank_high with the column ``interval``; ``awards`` the columns ``certificate`` and
    ``certificate_method``; the table ``precision`` has the standard errors, ``covariance`` what hangs together at the
    index; ``sampling_error`` of ``nodes`` says which nodes carry any. Weights and methods are those of the recipe.
    Raises ValueError for a study without ``uncertainty:``, and for a run that was read back from disk.
    """
    return _assess(bundle, evaluation, *read_inputs(bundle, evaluation))


def _assess(bundle: Bundle, evaluation: Evaluation, inputs: Inputs, problems: list[Problem]) -> Evaluation:
    errors = propagate(inputs)
    scores = scores_by_node(evaluation)
    judged = Judged(inputs, competing_in(evaluation), errors)
    tables = dict(evaluation.tables)
    tables["nodes"] = evaluation["nodes"].assign(sampling_error=evaluation["nodes"]["node"].isin(errors))
    tables["precision"] = precision(scores, errors, inputs)
    tables["covariance"] = covariances(errors, inputs)
    tables["ranks"] = with_intervals(evaluation["ranks"], evaluation["units"], scores, errors, inputs)
    tables["awards"] = _with_certificates(evaluation["awards"], bundle, judged)
    waves = exact_waves((scheme for scheme, _ in bundle.awards), judged)
    return extended(evaluation, tables, [*problems, *lost_scores(errors, inputs), *waves], seed=inputs.choices.seed)


def competing_in(evaluation: Evaluation) -> Field:
    """Return the field in which the awards were given. Raises ValueError for a run that was read back from disk."""
    if evaluation.competing is None:
        raise ValueError("a run read back from disk has lost what juries and committees said: run the study again")
    return evaluation.competing


def extended(
    evaluation: Evaluation, tables: dict[str, pd.DataFrame], problems: list[Problem], *, seed: int
) -> Evaluation:
    """Return the evaluation with other tables and further findings; the manifest counts them and names the seed."""
    found = [*evaluation.problems, *problems]
    more = problem_table(problems)
    tables["problems"] = pd.concat([evaluation["problems"], typed("problems", more)], ignore_index=True)
    counts: dict[str, int] = dict(evaluation.manifest["problems"])
    for severity in SEVERITIES:
        counts[severity] += sum(each.severity == severity for each in problems)
    manifest: dict[str, Any] = evaluation.manifest | {"problems": counts, "seed": seed}
    typed_tables = {name: typed(name, table) for name, table in tables.items()}
    return replace(evaluation, tables=typed_tables, manifest=manifest, problems=found)


def _with_certificates(awards: pd.DataFrame, bundle: Bundle, judged: Judged) -> pd.DataFrame:
    frame = awards.copy()
    found: dict[tuple[str, str, str], Certificate] = {}
    for scheme, _ in bundle.awards:
        own = certificates(scheme, awards[awards["scheme"] == scheme.id], judged)
        found |= {(scheme.id, *key): certificate for key, certificate in own.items()}
    keys = list(zip(frame["scheme"], frame["award"], frame["unit"], strict=True))
    frame["certificate"] = np.array([found[key].label for key in keys], dtype=object)
    frame["certificate_method"] = np.array([found[key].method for key in keys], dtype=object)
    return frame
