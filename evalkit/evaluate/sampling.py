"""Which indicators carry a sampling error that the run itself can compute: those of calls and of respondents."""

from __future__ import annotations

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
from evalkit.scoring.respondent_errors import LINEAR, respondent_influence


def sampling_errors(
    bundle: Bundle, stage: Measuring, recipe: Recipe, refits: Refits | None
) -> tuple[dict[str, Influence], list[Problem]]:
    """Return the errors of the raw values by indicator; empty for a study without ``uncertainty:``.

    An indicator with a column of standard errors goes by that. Findings: ``EK710`` units with one respondent, whose
    errors are those of the others; ``EK711`` an indicator whose errors cannot be computed, and why.
    """
    found: dict[str, Influence] = {}
    problems: list[Problem] = []
    if bundle.study.uncertainty is None:
        return found, problems
    for node in recipe.indicators:
        if node.measure is None or node.measure.se is not None or not _sampled(node, stage):
            continue
        influence = (
            _of_calls(node, stage, refits, bundle.study.uncertainty.seed)
            if node.measure.item is not None
            else _of_respondents(node, stage, bundle, recipe)
        )
        if influence is not None:
            found[node.id] = influence
            problems += _single(node, stage)
        else:
            why = _reason(node, recipe)
            said = {"why_zh": word(f"no_error_{why}", "zh"), "why_en": word(f"no_error_{why}", "en")}
            problems.append(problem("EK711", node=node.id, **said))
    return found, problems


def _sampled(node: ResolvedNode, stage: Measuring) -> bool:
    """Tell whether calls or respondents stand behind an indicator."""
    if node.measure is None or np.isnan(stage.measured[node.id].raw).all():
        return False
    return stage.measured[node.id].calls is not None or stage.measured[node.id].n is not None


def _of_calls(node: ResolvedNode, stage: Measuring, refits: Refits | None, seed: int) -> Influence | None:
    measured, results = stage.measured[node.id].calls, stage.results
    if measured is None or results is None or refits is None:
        return None
    if node.measure is not None and isinstance(node.measure.call_rule, CallQuantile):
        refit = refits.by_indicator[node.id]
        return resampled_influence(refit, refits.scenario, clusters=call_clusters(results.calls), seed=seed)
    return call_influence(measured, results.fair.get(node.id), results.calls)


def _of_respondents(node: ResolvedNode, stage: Measuring, bundle: Bundle, recipe: Recipe) -> Influence | None:
    if node.measure is None or stage.pool is None or stage.questionnaire is None:
        return None
    measured = stage.measured[node.id]
    return respondent_influence(
        node.measure, stage.pool, stage.questionnaire, recipe.respondents, measured, bundle.plug_ins
    )


def _single(node: ResolvedNode, stage: Measuring) -> list[Problem]:
    n = stage.measured[node.id].n
    alone = [] if n is None else [stage.answers.units[at] for at in np.flatnonzero(n == 1).tolist()]
    return [problem("EK710", node=node.id, count=len(alone), units=", ".join(alone))] if alone else []


def _reason(node: ResolvedNode, recipe: Recipe) -> str:
    measure = node.measure
    if measure is not None and measure.item is not None:
        return "few"
    rules = recipe.respondents
    methods = {rules.method, *(rule.method for rule in rules.questions.values())}
    return "few" if methods <= LINEAR else "respondents"
