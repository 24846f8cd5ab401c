"""The run: measures, scores, ranks, awards, each from the stage before, each a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.recipe import Recipe, resolve
from evalkit.definitions.study import Percentages
from evalkit.evaluate import stage_tables
from evalkit.evaluate.evaluation import OF_EXPORTS, TABLES, Evaluation
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.ranks import rank_table
from evalkit.evaluate.respondents import observation_rows, respondent_table
from evalkit.evaluate.table_types import typed
from evalkit.observations import ABSENT, Answers, observation_table
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import package_versions, sha256_file, version
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_reasons import Field
from evalkit.scoring.awards import Given, apply_scheme
from evalkit.scoring.measured_respondents import Pool, measure_respondents
from evalkit.scoring.measures import Measured, measure, with_quotients
from evalkit.scoring.shares import SHARE_COLUMNS, share_rows
from evalkit.scoring.tree_scores import TreeScores, normalise_indicator, score_tree, unranked
from evalkit.scoring.weighted_shares import WEIGHTED_SHARE_COLUMNS, weighted_share_rows


def evaluate(bundle: Bundle, data: Gathered, problems: list[Problem]) -> Evaluation:
    """Score, rank and award; ``problems`` are the findings so far, those of the stages are added."""
    if bundle.indicators is None:
        raise ValueError("a study without an indicator set cannot be evaluated")
    started = dt.datetime.now(dt.UTC)
    recipe = resolve(bundle.indicators[0], bundle.study.recipe)
    questionnaire = bundle.questionnaire[0] if bundle.questionnaire else None
    answers = with_quotients(data.answers, questionnaire) if questionnaire else data.answers
    units = data.register.units
    sent_data = (data.answers.statuses != ABSENT).any(axis=1)
    pool = None
    if data.respondents is not None and questionnaire is not None:
        pool = data.respondents.pool
        pool = replace(pool, answers=with_quotients(pool.answers, questionnaire))
        sent_data |= data.respondents.layout.counted > 0

    measured: dict[str, Measured] = {}
    leaves: dict[str, FloatArray] = {}
    problems = list(problems)
    for node in recipe.indicators:
        if node.measure is None:
            raise ValueError(f"indicator {node.id} has no measure")
        if pool is None or questionnaire is None or node.measure.column is not None:
            measured[node.id] = measure(node.measure, answers, questionnaire)
        else:
            measured[node.id] = measure_respondents(node.measure, pool, questionnaire, recipe.respondents)
        problems += _not_computed(node.id, measured[node.id], units)
        leaves[node.id], more = normalise_indicator(node, measured[node.id].raw, units)
        problems += more if sent_data.any() else []
    tree, more = score_tree(recipe.nodes, leaves, units)
    problems += more
    problems += unranked(tree, recipe.nodes, units, sent_data)
    if np.isnan(tree.scores[:, 0]).all():
        problems.append(problem("EK408"))
    given, more = _awards(bundle, data, recipe, tree)
    problems += more
    tables = {
        "units": data.register.frame,
        "nodes": stage_tables.nodes(recipe),
        "files": stage_tables.files(data.accounts),
        "observations": _observations(bundle, data),
        "parts": stage_tables.parts(measured, answers, data.respondents),
        "measures": stage_tables.measures(measured, answers),
        "scores": stage_tables.scores(tree, recipe, units),
        "ranks": rank_table(tree, recipe, data.register.frame),
        "awards": stage_tables.awards(given),
        "shares": _shares(questionnaire, answers, pool, recipe.percentages),
        "problems": stage_tables.problems(problems),
    }
    if data.respondents is not None:
        tables["respondents"] = respondent_table(data.respondents, units)
    tables = {name: typed(name, tables[name]) for name in (*TABLES, *OF_EXPORTS) if name in tables}
    return Evaluation(tables, _manifest(bundle, data, recipe, problems, started), problems)


def _observations(bundle: Bundle, data: Gathered) -> pd.DataFrame:
    of_units = observation_table(data.batches, bundle.study.wave)
    if data.respondents is None or bundle.questionnaire is None:
        return of_units
    instrument = bundle.questionnaire[0].id
    rows = observation_rows(data.respondents, data.register.units, instrument, bundle.study.wave)
    return rows if of_units.empty else pd.concat([of_units, rows], ignore_index=True)


def _shares(
    questionnaire: Questionnaire | None, answers: Answers, pool: Pool | None, percentages: Percentages
) -> pd.DataFrame:
    """Return the descriptive table, of respondents where there are any."""
    if questionnaire is None or pool is None:
        rows = list(share_rows(questionnaire, answers, percentages)) if questionnaire else []
        return pd.DataFrame(rows, columns=list(SHARE_COLUMNS))
    rows = list(weighted_share_rows(questionnaire, pool.answers, pool.weights, percentages))
    return pd.DataFrame(rows, columns=list(WEIGHTED_SHARE_COLUMNS))


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


def _awards(bundle: Bundle, data: Gathered, recipe: Recipe, tree: TreeScores) -> tuple[list[Given], list[Problem]]:
    columns = {str(column): list(values) for column, values in data.register.frame.items()}
    field = Field(
        units=data.register.units,
        scores={node: tree.of(node) for node in tree.nodes},
        columns=columns,
        root=recipe.nodes[0].id,
        tolerance=recipe.tie_tolerance,
        node_names={node.id: (node.name.say("zh"), node.name.say("en")) for node in recipe.nodes},
    )
    given: list[Given] = []
    problems: list[Problem] = []
    for scheme, _ in bundle.awards:
        more_given, more = apply_scheme(scheme, field)
        given += more_given
        problems += more
    return given, problems


def _manifest(
    bundle: Bundle, data: Gathered, recipe: Recipe, problems: list[Problem], started: dt.datetime
) -> dict[str, Any]:
    study = bundle.study
    inputs = {name: sha256_file(path) for name, path in bundle.files.items()}
    for name in (study.units, study.data.model_dump()["values"], study.corrections):
        if name is not None and (bundle.folder / name).is_file():
            inputs[name] = sha256_file(bundle.folder / name)
    inputs |= {account.file: account.sha256 for account in data.accounts}
    indicators = bundle.indicators[0] if bundle.indicators else None
    questionnaire = bundle.questionnaire[0] if bundle.questionnaire else None
    severities = [each.severity for each in problems]
    return {
        "evalkit": version(),
        "study": study.model_dump(mode="json", exclude_none=True),
        "indicators": {"id": indicators.id, "version": indicators.version, "name": indicators.name.model_dump()}
        if indicators
        else None,
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version} if questionnaire else None,
        "awards": [_scheme(scheme) for scheme, _ in bundle.awards],
        "recipe": recipe.as_dict(),
        "screens": study.screens.model_dump(),
        "seed": None,
        "packages": package_versions(),
        "inputs": dict(sorted(inputs.items())),
        "problems": {severity: severities.count(severity) for severity in ("error", "warning", "note")},
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((dt.datetime.now(dt.UTC) - started).total_seconds(), 3),
    }


def _scheme(scheme: Any) -> dict[str, Any]:  # noqa: ANN401 - an award scheme, dumped as plain values
    return {
        "id": scheme.id,
        "version": scheme.version,
        "name": scheme.name.model_dump(),
        "awards": [{"id": award.id, "name": award.name.model_dump()} for award in scheme.awards],
    }
