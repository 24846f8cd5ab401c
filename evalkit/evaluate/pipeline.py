"""The run: measures, scores, ranks, awards, each from the stage before, each a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.bundle import Bundle
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.recipe import Recipe
from evalkit.evaluate import stage_tables, wave_tables
from evalkit.evaluate.award_stage import cells_counted, competing, earlier_scores, give_awards, people_table
from evalkit.evaluate.call_tables import call_tables
from evalkit.evaluate.evaluation import CALL_TABLES, OF_DIAGNOSIS, OF_EXPORTS, OF_RECORDS, TABLES, Evaluation
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.measuring import all_observations
from evalkit.evaluate.portraits import portrait_table, together
from evalkit.evaluate.publication import publishes
from evalkit.evaluate.ranks import rank_table
from evalkit.evaluate.record_portraits import record_portraits
from evalkit.evaluate.record_tables import record_table
from evalkit.evaluate.respondents import respondent_table
from evalkit.evaluate.sampling import sampling_errors
from evalkit.evaluate.scored_field import score_field
from evalkit.evaluate.severity_effect import Standing, adjustment_table, said_of_adjustment, without_adjustment
from evalkit.evaluate.solution_table import solution_table
from evalkit.evaluate.table_types import typed
from evalkit.evaluate.waves import Comparison, compare
from evalkit.problems import Problem, problem
from evalkit.provenance import package_versions, sha256_file, version
from evalkit.registry import KINDS
from evalkit.scoring.tree_scores import TreeScores
from evalkit.sources.earlier_run import MANIFEST


def evaluate(bundle: Bundle, data: Gathered, problems: list[Problem]) -> Evaluation:
    """Score, rank and award; ``problems`` are the findings so far, those of the stages are added."""
    started = dt.datetime.now(dt.UTC)
    scored, more = score_field(bundle, data)
    recipe, stage, tree = scored.recipe, scored.stage, scored.tree
    problems = [*problems, *more]
    units = data.register.units
    waves, more = _compared_waves(bundle, data, recipe, tree)
    problems += more
    earlier = earlier_scores(data.earlier, waves)
    sizes = cells_counted(stage.measured, stage.answers)
    field = competing(data, recipe, tree, sizes=sizes, earlier=earlier)
    given, more = give_awards(bundle, field)
    problems += more
    refits = None if bundle.study.uncertainty is None else stage.refits(recipe)
    sampling, respondent_refits, more = sampling_errors(bundle, stage, recipe, refits)
    problems += more
    raw = without_adjustment(bundle, data, stage, sizes=sizes, earlier=earlier)
    adjustment = adjustment_table(raw, Standing(tree, given), recipe, units)
    problems += said_of_adjustment(adjustment, [scheme for scheme, _ in bundle.awards])
    last = waves[-1] if waves else None
    tables = {
        "units": data.register.frame,
        "nodes": stage_tables.nodes(recipe),
        "files": stage_tables.files(data.accounts),
        "observations": all_observations(bundle, data),
        "parts": stage.parts(data),
        "measures": stage_tables.measures(stage.measured, stage.answers),
        "scores": stage_tables.scores(tree, recipe, units),
        "ranks": wave_tables.rank_changes(rank_table(tree, recipe, data.register.frame), data.register, last),
        "awards": wave_tables.award_changes(stage_tables.awards(given), data.register, last),
        "waves": wave_tables.wave_table(waves),
        "shares": stage.shares(recipe.percentages),
    }
    if stage.results is not None:
        tables |= call_tables(stage.results) | {"adjustment": adjustment}
    if data.respondents is not None:
        tables["respondents"] = respondent_table(data.respondents, units)
        if data.respondents.about:
            tables["portraits"], more = portrait_table(bundle, data.respondents, scored)
            problems += more
    if any(each.about for each in data.records.values()):
        of_records, more = record_portraits(data.records, scored)
        tables["portraits"] = together(tables.get("portraits"), of_records)
        problems += more
    if any(each.records is not None for each in stage.measured.values()):
        tables["records"] = record_table(stage.measured, stage.records, units)
    if bundle.study.diagnosis is not None:
        tables["solutions"], more = solution_table(bundle, data, scored, field)
        problems += more
    tables["problems"] = stage_tables.problems(problems)
    names = (*TABLES, *CALL_TABLES, *OF_EXPORTS, *OF_RECORDS, *OF_DIAGNOSIS)
    tables = {name: typed(name, tables[name]) for name in names if name in tables}
    manifest = _manifest(bundle, data, recipe, problems, started) | {"waves": [each.as_dict for each in waves]}
    people = {"people": people_table(given)}
    return Evaluation(tables, manifest, problems, people, field, sampling, refits, respondent_refits)


def _compared_waves(
    bundle: Bundle, data: Gathered, recipe: Recipe, tree: TreeScores
) -> tuple[list[Comparison], list[Problem]]:
    """Compare with every earlier wave; what is found of the last one is reported, since the tables compare with it."""
    if bundle.indicators is None:
        return [], []
    now = f"{bundle.indicators[0].id} {bundle.indicators[0].version}"
    compared = [
        compare(run, recipe, tree, data.register, indicators=now, plug_ins=bundle.plug_ins) for run in data.earlier.runs
    ]
    problems = list(compared[-1][1]) if compared else []
    form = f"{bundle.questionnaire[0].id} {bundle.questionnaire[0].version}" if bundle.questionnaire else ""
    if compared and (run := compared[-1][0].run).questionnaire != form:
        about = {"wave": run.wave, "then": run.questionnaire or "-", "now": form or "-"}
        problems.append(problem("EK420", run.place, **about))
    return [comparison for comparison, _ in compared], problems


def _manifest(
    bundle: Bundle, data: Gathered, recipe: Recipe, problems: list[Problem], started: dt.datetime
) -> dict[str, Any]:
    study = bundle.study
    inputs = {name: sha256_file(path) for name, path in bundle.files.items()}
    data_files = study.data.model_dump()
    for name in (study.units, *(data_files[key] for key in ("values", "plan", "auditor_key")), study.corrections):
        if name is not None and (bundle.folder / name).is_file():
            inputs[name] = sha256_file(bundle.folder / name)
    for_awards = {**data.award_data.files, **data.earlier.files}
    inputs |= {name: sha256_file(path) for name, path in for_awards.items() if path.is_file()}
    inputs |= {account.file: account.sha256 for account in data.accounts}
    inputs |= {} if data.previous is None else {data.previous.file: data.previous.sha256}
    inputs |= {name: sha256_file(path) for name, path in data.read.items()}
    inputs |= {f"{run.folder}/{MANIFEST}": run.sha256 for run in data.earlier.runs}
    indicators = bundle.indicators[0] if bundle.indicators else None
    questionnaire = bundle.questionnaire[0] if bundle.questionnaire else None
    plug_ins = [each for kind in KINDS for each in bundle.plug_ins.of(kind)]
    protocol = bundle.protocol[0] if bundle.protocol else None
    severities = [each.severity for each in problems]
    return {
        "evalkit": version(),
        "study": study.model_dump(mode="json", exclude_none=True),
        "indicators": {
            "id": indicators.id,
            "version": indicators.version,
            "name": indicators.name.model_dump(),
            "source": indicators.source,
            "sha256": indicators.fingerprint,
        }
        if indicators
        else None,
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version} if questionnaire else None,
        "protocol": _protocol(protocol) if protocol else None,
        "awards": [_scheme(scheme) for scheme, _ in bundle.awards],
        "publish": publishes(bundle),
        "recipe": recipe.as_dict(),
        "plugins": [{"kind": each.kind, "name": each.name, "origin": each.origin} for each in plug_ins],
        "screens": study.screens.model_dump(),
        "seed": None,
        "packages": package_versions(),
        "inputs": dict(sorted(inputs.items())),
        "problems": {severity: severities.count(severity) for severity in ("error", "warning", "note")},
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((dt.datetime.now(dt.UTC) - started).total_seconds(), 3),
    }


def _protocol(protocol: Protocol) -> dict[str, Any]:
    """Return what a reader of the tables needs of a protocol: what its codes stand for, how scores were adjusted."""
    fields = ("channels", "slots", "outcomes", "scenarios", "items")
    names = {
        name: {
            each.code: (each.text if name == "items" else each.name).model_dump() for each in getattr(protocol, name)
        }
        for name in fields
    }
    return {"id": protocol.id, "version": protocol.version, "adjust": protocol.adjust, "names": names}


def _scheme(scheme: AwardScheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "version": scheme.version,
        "name": scheme.name.model_dump(),
        "unordered": scheme.unordered,
        "awards": [
            {"id": gives, "name": name.model_dump()} for award in scheme.awards for gives, name in award.gives.items()
        ],
        "rules": scheme.model_dump(mode="json", exclude_defaults=True),
    }
