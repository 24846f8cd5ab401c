"""A study's evaluation with all that is asked of its robustness: other methods, other samples, both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.definitions.award_rules import Band
from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.project import Project, StudyError
from evalkit.evaluate.wide_scores import scores_by_node
from evalkit.messages.nearest import listed
from evalkit.problems import Problem, problem
from evalkit.uncertainty import assessment, robustness_tables
from evalkit.uncertainty.assessment import competing_in, extended
from evalkit.uncertainty.award_redraws import held_fixed
from evalkit.uncertainty.award_shares import Awarded
from evalkit.uncertainty.confidence import confidence_factors
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.left_out import (
    leave_one_out_table,
    whole,
    without_each_auditor,
    without_each_indicator,
)
from evalkit.uncertainty.method_space import SpaceError
from evalkit.uncertainty.replicates import resampled_sources
from evalkit.uncertainty.sensitivity import Index, indices
from evalkit.uncertainty.simulation import Progress, Replicated, Study, replicate
from evalkit.uncertainty.turning_points import answers, dimension_shifts
from evalkit.uncertainty.weight_shift_tables import least_changes, weight_shifts


def run(project: Project, *, strict: bool = False, workers: int = 1, progress: Progress | None = None) -> Evaluation:
    """Run a study with its sampling errors and under all other choices that its ``uncertainty:`` names.

    Raises StudyError as :meth:`~evalkit.evaluate.project.Project.run` does, for a study without ``uncertainty:``
    (EK709), and for weights that cannot be drawn (EK707).
    """
    if project.bundle.study.uncertainty is None:
        raise StudyError([*project.problems, problem("EK709", project.bundle.document.place(()))])
    assessed, inputs = assessment.run_with_inputs(project, strict=strict)
    try:
        return examine(project.bundle, assessed, inputs, workers=workers, progress=progress)
    except SpaceError as error:
        raise StudyError([*assessed.problems, error.problem]) from error


def examine(
    bundle: Bundle, evaluation: Evaluation, inputs: Inputs, *, workers: int = 1, progress: Progress | None = None
) -> Evaluation:
    """Add ``robustness``, ``acceptability``, ``sensitivity``, ``weight_shifts``, ``leave_one_out``; awards' stability.

    ``awards`` gets ``stability``, the share of replicates of method and sample together, juries drawn again too, in
    which the unit has the award, and the columns ``method_stability``, that of other methods alone, and ``held_fixed``,
    what the replicates did not draw again of all that decides the award. The manifest gets ``replicates``: how many
    there were, how many of the awards, the largest Monte Carlo error of a share of those, and what was drawn again
    itself instead of its errors (``resampled``: calls, respondents). The same for any number of ``workers``. Raises
    SpaceError, and ValueError for a run that was read back from disk.
    """
    schemes = tuple(scheme for scheme, _ in bundle.awards)
    field = competing_in(evaluation)
    replicated = replicate(Study(inputs, schemes, field), workers=workers, progress=progress)
    ranking = evaluation.ranking()
    official = ranking.set_index("unit")["rank"].reindex(list(inputs.units)).to_numpy(dtype=np.float64)
    scores = scores_by_node(evaluation)
    all_in = whole(inputs, schemes, field)
    dropped = without_each_indicator(inputs, schemes, field)
    unheard = None if evaluation.refits is None else without_each_auditor(inputs, evaluation.refits, schemes, field)
    left_out = [dropped] if unheard is None else [dropped, unheard]
    found = indices(inputs, official)
    scored = replicated.method.places.sum(axis=1) > 0
    confidence = confidence_factors(inputs, replicated.method.central_weights, scored)
    cuts = _cuts(schemes, inputs)
    found_shifts = answers(inputs, scores, cuts)
    tables = dict(evaluation.tables)
    tables["robustness"] = robustness_tables.robustness(
        inputs,
        ranking,
        replicated,
        confidence=confidence,
        shifts=dimension_shifts(inputs, scores, cuts),
        changes=least_changes(inputs, found_shifts),
        left_out=left_out,
        whole=all_in,
    )
    tables["leave_one_out"] = leave_one_out_table(inputs, all_in, left_out)
    tables["acceptability"] = robustness_tables.acceptability(inputs, replicated)
    tables["weight_shifts"] = weight_shifts(inputs, found_shifts)
    tables["sensitivity"] = robustness_tables.sensitivity(inputs, found, dropped, all_in)
    tables["awards"] = _with_stability(evaluation, schemes, inputs, replicated)
    examined = extended(
        evaluation,
        tables,
        [*_too_few_runs(inputs, found), *_hanging(tables["leave_one_out"])],
        seed=inputs.choices.seed,
    )
    examined.manifest["replicates"] = {
        "ranks": replicated.method.draws,
        "awards": replicated.method_awards.draws,
        "award_error": replicated.award_error if replicated.method_awards.draws else None,
        "resampled": list(resampled_sources(inputs)),
    }
    return examined


def _cuts(schemes: tuple[AwardScheme, ...], inputs: Inputs) -> list[float]:
    """Return the ends of the bands of the index that the awards name."""
    root = inputs.recipe.nodes[0].id
    bands = [
        award.rule
        for scheme in schemes
        for award in scheme.awards
        if isinstance(award.rule, Band) and (award.node or root) == root
    ]
    return sorted({end for band in bands for end in (band.low, band.high) if end is not None})


def _too_few_runs(inputs: Inputs, found: list[Index]) -> list[Problem]:
    asked = inputs.choices.sensitivity
    blunt = [f"{each.choice} {each.order}" for each in found if not each.is_sharper_than(asked.precision)]
    if not blunt:
        return []
    about = {"count": len(blunt), "precision": f"{asked.precision:g}", "factors": ", ".join(blunt)}
    return [problem("EK706", **about, runs=asked.runs, next=2 * asked.runs)]


def _hanging(left_out: pd.DataFrame) -> list[Problem]:
    """Say which units' awards hang on one auditor."""
    moved = (left_out["awards_gained"] != "") | (left_out["awards_lost"] != "")
    own = left_out[moved & (left_out["what"] == "auditor")]
    if own.empty:
        return []
    units, auditors = (list(dict.fromkeys(own[name])) for name in ("unit", "left_out"))
    return [problem("EK712", count=len(units), units=listed(units), auditors=listed(auditors))]


def _with_stability(
    evaluation: Evaluation, schemes: tuple[AwardScheme, ...], inputs: Inputs, replicated: Replicated
) -> pd.DataFrame:
    awards, field = evaluation["awards"], competing_in(evaluation)
    frame = awards.copy()
    frame["stability"] = _shares(awards, inputs, replicated.both_awards)
    frame["method_stability"] = _shares(awards, inputs, replicated.method_awards)
    held = {
        (scheme.id, gives): ", ".join(held_fixed(scheme, award, field))
        for scheme in schemes
        for award in scheme.awards
        for gives in award.gives
    }
    frame["held_fixed"] = [held[key] for key in zip(awards["scheme"], awards["award"], strict=True)]
    return frame


def _shares(awards: pd.DataFrame, inputs: Inputs, awarded: Awarded | None) -> list[float]:
    if awarded is None or not awarded.draws:
        return [float("nan")] * len(awards)
    place = {unit: at for at, unit in enumerate(inputs.units)}
    keys = zip(awards["scheme"], awards["award"], awards["unit"], strict=True)
    nothing = np.full(len(inputs.units), np.nan)
    counts = [awarded.counts.get((scheme, award), nothing) for scheme, award, _ in keys]
    return [
        float(each[place[unit]] / awarded.draws) if unit in place else float("nan")
        for each, unit in zip(counts, awards["unit"], strict=True)
    ]
