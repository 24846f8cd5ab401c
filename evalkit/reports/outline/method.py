"""How the result came about: the tree with its weights and methods, and what this file is."""

from __future__ import annotations

from evalkit.definitions.exports import RespondentRules
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language, choose, word
from evalkit.messages.nearest import listed
from evalkit.problems import SEVERITIES
from evalkit.reports.outline.certainty import certainty_text
from evalkit.reports.outline.method_words import BOTH, attestation_text, measure_text, method_text, told
from evalkit.reports.outline.names import study_name
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def recipe(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the tree with weights, methods and sources, and the choices that hold for the whole run."""
    choices = evaluation.manifest["recipe"]
    ties = {f"ties_{each}": told("ties", choices["ties"], each) for each in BOTH}
    rounding = {f"rounding_{each}": told("rounding", choices["percentages"]["rounding"], each) for each in BOTH}
    notes = (
        word("note_ties", language, tolerance=f"{choices['tie_tolerance']:g}", **ties),
        word("note_percentages", language, decimals=choices["percentages"]["decimals"], **rounding),
        word("note_weights", language),
        *_of_respondents(evaluation, language),
        *_of_sampling(evaluation, language),
    )
    columns = (
        Column(word("node", language), "text", 16),
        Column(word("name", language), "text", 60),
        Column(word("weight", language), "number", 9),
        Column(word("share_among_siblings", language), "percent", 12),
        Column(word("effective_weight", language), "percent", 12),
        Column(word("method", language), "long", 34),
        Column(word("measure", language), "long", 40),
        Column(word("attestation", language), "long", 24),
        Column(word("source", language), "long", 60),
    )
    rows = [
        [
            row["node"],
            "    " * row["level"] + choose(language, row["name_zh"], row["name_en"]),
            row["weight"],
            row["share"],
            row["effective_weight"],
            method_text(row, language),
            measure_text(row["measure"], language),
            attestation_text(row["attestation"], language),
            row["source"],
        ]
        for row in records(evaluation["nodes"])
    ]
    return Sheet(word("sheet_recipe", language), columns, rows, notice(evaluation, language), notes, frozen=2)


def _of_respondents(evaluation: Evaluation, language: Language) -> tuple[str, ...]:
    """Return the rules by which several respondents become the value of their unit, where there are any."""
    if "respondents" not in evaluation.tables:
        return ()
    choices = RespondentRules.model_validate(evaluation.manifest["recipe"]["respondents"])
    rules = [str(choices), *(f"{code} {rule}" for code, rule in choices.questions.items())]
    return (word("note_respondent_rules", language, rules="; ".join(rules)),)


def _of_sampling(evaluation: Evaluation, language: Language) -> tuple[str, ...]:
    """Return which indicators carry sampling error and which do not, in a study that asks for it."""
    if "precision" not in evaluation.tables:
        return ()
    indicators = [row for row in records(evaluation["nodes"]) if row["measure"]]
    kept = {
        carries: listed(row["node"] for row in indicators if row["sampling_error"] == carries)
        for carries in (True, False)
    }
    return (word("note_sampling", language, carrying=kept[True] or "-", others=kept[False] or "-"),)


def about(evaluation: Evaluation, language: Language) -> Sheet:
    """Return what this file is: study, definitions, counts, versions."""
    manifest, study = evaluation.manifest, evaluation.manifest["study"]
    counts, read = manifest["problems"], evaluation["files"]
    definitions = manifest["indicators"]
    corrected = int((evaluation["observations"]["correction"] != "").sum())
    found = ", ".join(f"{word(f'severity_{severity}', language)} {counts[severity]}" for severity in SEVERITIES)
    rows = [
        [word("about_study", language), study_name(evaluation, language)],
        [word("about_wave", language), study.get("wave", "")],
        [word("about_indicators", language), f"{definitions['id']} {definitions['version']}"],
        [word("about_units", language), str(len(evaluation["units"]))],
        [word("about_ranked", language), str(len(evaluation.ranking()))],
        [word("about_files", language), f"{int((read['state'] == 'read').sum())} / {len(read)}"],
        *_respondents(evaluation, language),
        [word("about_corrections", language), str(corrected)],
        [word("about_findings", language), found],
        [word("about_version", language), f"evalkit {manifest['evalkit']}, {manifest['started']}"],
        [word("about_certainty", language), certainty_text(evaluation, language)],
    ]
    if tiers_only(evaluation):  # what these count is not there
        titles = {word(f"about_{name}", language) for name in ("ranked", "corrections", "certainty")}
        rows = [row for row in rows if row[0] not in titles]
    columns = (Column(word("item", language), "text", 40), Column(word("content", language), "long", 90))
    return Sheet(word("sheet_about", language), columns, rows, notice(evaluation, language))


def _respondents(evaluation: Evaluation, language: Language) -> list[list[str]]:
    if "respondents" not in evaluation.tables:
        return []
    table = evaluation["respondents"]
    return [[word("about_respondents", language), f"{int((table['state'] == 'used').sum())} / {len(table)}"]]
