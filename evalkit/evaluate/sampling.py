"""Which indicators carry a sampling error that a run can compute: those of calls, respondents, samples of records."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.recipe import Recipe, ResolvedNode
from evalkit.definitions.rules import CallQuantile
from evalkit.evaluate.measuring import Measuring
from evalkit.messages import word
from evalkit.problems import Problem, problem
from evalkit.scoring.call_errors import call_clusters, call_influence
from evalkit.scoring.call_refit import Refits
from evalkit.scoring.call_resampling import resampled_influence
from evalkit.scoring.influence import Influence
from evalkit.scoring.record_errors import record_influences
from evalkit.scoring.respondent_errors import RespondentErrors, respondent_errors
from evalkit.scoring.respondent_points import PartPoints, part_points
from evalkit.scoring.respondent_refit import RespondentRefits


@dataclass(slots=True)
class _Found:
    """What is found indicator by indicator."""

    influences: dict[str, Influence] = field(default_factory=dict)
    points: dict[str, tuple[PartPoints, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def sampling_errors(
    bundle: Bundle, stage: Measuring, recipe: Recipe, refits: Refits | None
) -> tuple[dict[str, Influence], RespondentRefits | None, list[Problem]]:
    """Return the errors of the raw values by indicator; empty for a study without ``uncertainty:``.

    Also returns what the indicators of respondents are computed again from in other samples, None where normal errors
    do. An indicator with a column of standard errors goes by that. Findings: ``EK710`` units with one respondent, whose
    errors are those of the others, ``EK829`` the same of records; ``EK711`` an indicator whose errors cannot be
    computed, and why; ``EK717`` medians that move in steps. Records have none unless their source says that they are a
    sample.
    """
    found = _Found()
    if bundle.study.uncertainty is None:
        return {}, None, []
    of_records = _of_records(stage, recipe)
    for node in recipe.indicators:
        if node.measure is None or node.measure.se is not None or not _sampled(node, stage):
            continue
        if node.measure.item is not None:
            influence, why = _of_calls(node, stage, refits, bundle.study.uncertainty.seed), "few"
        elif node.measure.records is not None:
            influence, why = of_records.get(node.id), "records"
            found.problems += [] if influence is None else _single_records(node, stage)
        else:
            influence, why = _of_respondents(node, stage, bundle, recipe, found)
        if influence is not None:
            found.influences[node.id] = influence
        else:
            said = {"why_zh": word(f"no_error_{why}", "zh"), "why_en": word(f"no_error_{why}", "en")}
            found.problems.append(problem("EK711", node=node.id, **said))
    return found.influences, _respondent_refits(stage, found), found.problems


def _sampled(node: ResolvedNode, stage: Measuring) -> bool:
    """Tell whether calls, respondents or a sample of records stand behind an indicator."""
    if node.measure is None or np.isnan(stage.measured[node.id].raw).all():
        return False
    if node.measure.records is not None:
        return stage.records[node.measure.records.of].sample
    return stage.measured[node.id].calls is not None or stage.measured[node.id].n is not None


def _of_calls(node: ResolvedNode, stage: Measuring, refits: Refits | None, seed: int) -> Influence | None:
    measured, results = stage.measured[node.id].calls, stage.results
    if measured is None or results is None or refits is None:
        return None
    if node.measure is not None and isinstance(node.measure.call_rule, CallQuantile):
        refit = refits.by_indicator[node.id]
        return resampled_influence(refit, refits.scenario, clusters=call_clusters(results.calls), seed=seed)
    return call_influence(measured, results.fair.get(node.id), results.calls)


def _of_respondents(
    node: ResolvedNode, stage: Measuring, bundle: Bundle, recipe: Recipe, found: _Found
) -> tuple[Influence | None, str]:
    """Return the errors of an indicator of respondents, or None and why it has none."""
    if node.measure is None or stage.pool is None or stage.questionnaire is None or bundle.study.uncertainty is None:
        return None, "few"
    measured, rules = stage.measured[node.id], recipe.respondents
    parts = part_points(node.measure, stage.pool, stage.questionnaire, rules, measured, bundle.plug_ins)
    errors = respondent_errors(parts, stage.pool, seed=bundle.study.uncertainty.seed)
    if errors is None:
        return None, "last" if any(part.together == "last" for part in parts) else "few"
    found.points[node.id] = parts
    found.problems += [*_single(node, stage), *_in_steps(node, errors)]
    return errors.influence, ""


def _respondent_refits(stage: Measuring, found: _Found) -> RespondentRefits | None:
    if stage.pool is None:
        return None
    refits = RespondentRefits(stage.pool.owners, stage.pool.weights, stage.pool.units, found.points)
    return refits if refits.needed else None


def _of_records(stage: Measuring, recipe: Recipe) -> dict[str, Influence]:
    definitions = {
        node.id: node.measure.records
        for node in recipe.indicators
        if node.measure is not None and node.measure.records is not None
    }
    measured = {node: found.records for node, found in stage.measured.items() if found.records is not None}
    return record_influences(definitions, measured, stage.records)


def _single_records(node: ResolvedNode, stage: Measuring) -> list[Problem]:
    records = stage.measured[node.id].records
    count = 0 if records is None else int((records.base == 1).sum())
    return [problem("EK829", node=node.id, count=count)] if count else []


def _single(node: ResolvedNode, stage: Measuring) -> list[Problem]:
    n = stage.measured[node.id].n
    alone = [] if n is None else [stage.answers.units[at] for at in np.flatnonzero(n == 1).tolist()]
    return [problem("EK710", node=node.id, count=len(alone), units=", ".join(alone))] if alone else []


def _in_steps(node: ResolvedNode, errors: RespondentErrors) -> list[Problem]:
    if not errors.steps.any():
        return []
    still = errors.steps & (errors.influence.variances() == 0)
    return [problem("EK717", node=node.id, count=int(errors.steps.sum()), still=int(still.sum()))]
