"""What a report shows, without saying how it looks: sheets of titled columns and rows. Every format is made from these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word

Kind = Literal["text", "long", "integer", "score", "number", "percent", "exact"]
"""text: short; long: wrapped; score: two decimals with a bar; percent: a share of one; exact: all digits."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its title and what kind of value it holds."""

    title: str
    kind: Kind = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title and notes above it; ``frozen`` columns stay in view."""

    title: str
    columns: tuple[Column, ...]
    rows: list[list[Any]]
    notes: tuple[str, ...] = ()
    frozen: int = 0


def node_names(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the names of the nodes by id."""
    nodes = evaluation["nodes"]
    return {
        row.node: choose(language, row.name_zh, row.name_en) for row in nodes[["node", "name_zh", "name_en"]].itertuples()
    }


def unit_names(evaluation: Evaluation) -> dict[str, str]:
    """Return the names of the units by id."""
    units = evaluation["units"]
    return dict(zip(units["unit"], units["name"], strict=True))


def award_names(evaluation: Evaluation, language: Language) -> dict[tuple[str, str], str]:
    """Return the names of the awards by scheme and id."""
    return {
        (scheme["id"], award["id"]): choose(language, award["name"]["zh"], award["name"]["en"])
        for scheme in evaluation.manifest["awards"]
        for award in scheme["awards"]
    }


def unranked_reasons(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the units without a rank, each with the findings that say why."""
    ranked = set(evaluation.ranking()["unit"])
    reasons: dict[str, list[str]] = {unit: [] for unit in evaluation["units"]["unit"] if unit not in ranked}
    problems = evaluation["problems"]
    relevant = problems[(problems["unit"].isin(list(reasons))) & problems["code"].isin(list(_UNRANKED_CODES))]
    for row in relevant.itertuples():
        reasons[row.unit].append(_in_language(row.message, language))
    return {unit: "; ".join(dict.fromkeys(texts)) for unit, texts in reasons.items()}


_UNRANKED_CODES = (
    "EK231", "EK405", "EK404", "EK228", "EK220", "EK221", "EK222", "EK223", "EK224", "EK225", "EK230", "EK235", "EK236",
)  # fmt: skip


def _in_language(bilingual: str, language: Language) -> str:
    zh, _, en = bilingual.partition(" / ")
    return bilingual if language == "both" else choose(language, zh, en)


def ranking(evaluation: Evaluation, language: Language) -> Sheet:
    """The ranking: rank, unit, peer groups, index, dimensions, awards, coverage; then the units without a rank."""
    names, nodes = unit_names(evaluation), node_names(evaluation, language)
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    groups = list(evaluation.manifest["recipe"]["peer_groups"])
    register = evaluation["units"].set_index("unit")
    wide = wide_scores(evaluation)
    coverage = evaluation["scores"].query("node == @evaluation.root").set_index("unit")["coverage"]
    group_ranks = _group_ranks(evaluation)
    won = awards_by_unit(evaluation, language)
    columns = (
        Column(word("rank", language), "integer", 8),
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 16),
        *(Column(column, "text", 12) for column in groups),
        Column(nodes[evaluation.root], "score", 14),
        *(Column(nodes[node], "score", 14) for node in dimensions),
        *(Column(word("rank_in", language, group=column), "integer", 12) for column in groups),
        Column(word("awards", language), "long", 30),
        Column(word("coverage", language), "percent", 10),
    )
    rows = []
    for row in evaluation.ranking().itertuples():
        unit = row.unit
        rows.append(
            [row.rank, unit, names[unit], *(register.at[unit, column] for column in groups), row.score]
            + [wide.at[unit, node] for node in dimensions]
            + [group_ranks.get((unit, column)) for column in groups]
            + [won.get(unit, ""), coverage[unit]]
        )
    for unit, reason in unranked_reasons(evaluation, language).items():
        cells = [None, unit, names[unit], *(register.at[unit, column] for column in groups), None]
        rows.append([*cells, *(wide.at[unit, node] for node in dimensions), *(None for _ in groups), reason, coverage[unit]])
    return Sheet(word("sheet_ranking", language), columns, rows, _notice(evaluation, language), frozen=3)


def _group_ranks(evaluation: Evaluation) -> dict[tuple[str, str], float]:
    ranks = evaluation["ranks"]
    own = ranks[(ranks["node"] == evaluation.root) & (ranks["group"] != "")]
    return {(row.unit, row.group.partition(":")[0]): row.rank for row in own.itertuples()}


def awards_by_unit(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the names of each unit's awards, joined."""
    names = award_names(evaluation, language)
    won: dict[str, list[str]] = {}
    for row in evaluation["awards"].itertuples():
        won.setdefault(row.unit, []).append(names[row.scheme, row.award])
    return {unit: "; ".join(each) for unit, each in won.items()}


def wide_scores(evaluation: Evaluation) -> pd.DataFrame:
    """Return the scores as units × nodes, in the order of register and tree."""
    scores = evaluation["scores"]
    wide = scores.pivot(index="unit", columns="node", values="score")
    return wide.reindex(index=evaluation["units"]["unit"], columns=evaluation["nodes"]["node"])


def score_sheet(evaluation: Evaluation, language: Language, *, indicators: bool) -> Sheet:
    """Scores of the groups of indicators (with the index), or of the indicators, units in the order of the ranking."""
    nodes = evaluation["nodes"]
    leaf = nodes["measure"].fillna("") != ""
    chosen = nodes[leaf] if indicators else nodes[~leaf]
    names, labels = unit_names(evaluation), node_names(evaluation, language)
    wide = wide_scores(evaluation)
    ranked = list(evaluation.ranking()["unit"])
    order = ranked + [unit for unit in evaluation["units"]["unit"] if unit not in set(ranked)]
    columns = (
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 16),
        *(Column(f"{node} {labels[node]}", "score", 13) for node in chosen["node"]),
    )
    matrix = wide.loc[order, list(chosen["node"])].to_numpy()
    rows = [[unit, names[unit], *scores] for unit, scores in zip(order, matrix.tolist(), strict=True)]
    title = word("sheet_indicators" if indicators else "sheet_dimensions", language)
    return Sheet(title, columns, rows, _notice(evaluation, language), frozen=2)


def awards(evaluation: Evaluation, language: Language) -> Sheet:
    """The list of awards with the reason for each."""
    names, labels = unit_names(evaluation), award_names(evaluation, language)
    schemes = {each["id"]: choose(language, each["name"]["zh"], each["name"]["en"]) for each in evaluation.manifest["awards"]}
    columns = (
        Column(word("scheme", language), "text", 26),
        Column(word("award", language), "text", 26),
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 16),
        Column(word("reason", language), "long", 60),
    )
    rows = [
        [schemes[row.scheme], labels[row.scheme, row.award], row.unit, names[row.unit], _in_language(row.reason, language)]
        for row in evaluation["awards"].itertuples()
    ]
    return Sheet(word("sheet_awards", language), columns, rows, _notice(evaluation, language), frozen=2)


def shares(evaluation: Evaluation, language: Language) -> Sheet:
    """The descriptive table: counts, bases, shares, means."""
    numbers: tuple[tuple[str, Kind], ...] = (
        ("n", "integer"), ("base", "integer"), ("share", "percent"), ("percent", "number"),
        ("cumulative_share", "percent"), ("mean", "number"), ("median", "number"), ("minimum", "number"),
        ("maximum", "number"), ("blank", "integer"), ("skipped", "integer"), ("not_applicable", "integer"),
        ("rejected", "integer"),
    )  # fmt: skip
    columns = (
        Column(word("question", language), "text", 10),
        Column(word("option", language), "text", 16),
        Column(word("label", language), "long", 34),
        *(Column(word(f"share_{name}", language), kind, 11) for name, kind in numbers),
    )
    rows = [
        [row.question, row.option, choose(language, row.label_zh, row.label_en)]
        + [getattr(row, name) for name, _ in numbers]
        for row in evaluation["shares"].itertuples()
    ]
    notes = (*_notice(evaluation, language), word("note_shares", language))
    return Sheet(word("sheet_shares", language), columns, rows, notes, frozen=3)


def findings(evaluation: Evaluation, language: Language) -> Sheet:
    """The findings, errors first."""
    order = {"error": 0, "warning": 1, "note": 2}
    table = evaluation["problems"]
    table = table.assign(order=table["severity"].map(order)).sort_values("order", kind="stable")
    columns = (
        Column(word("severity", language), "text", 14),
        Column(word("code", language), "text", 9),
        Column(word("message", language), "long", 60),
        Column(word("file", language), "text", 30),
        Column(word("cell", language), "text", 18),
        Column(word("unit", language), "text", 10),
        Column(word("question", language), "text", 10),
        Column(word("hint", language), "long", 50),
    )
    rows = [
        [
            word(f"severity_{row.severity}", language),
            row.code,
            _in_language(row.message, language),
            _text(row.file),
            _spot(row),
            _text(row.unit),
            _text(row.question),
            _in_language(row.hint, language),
        ]
        for row in table.itertuples()
    ]
    return Sheet(word("sheet_findings", language), columns, rows, frozen=2)


def _spot(row: Any) -> str:  # noqa: ANN401 - a row of a data frame
    if not pd.isna(row.line):
        return f"{int(row.line)}" + ("" if pd.isna(row.column) else f":{int(row.column)}")
    return "!".join(part for part in (_text(row.sheet), _text(row.cell)) if part)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def files(evaluation: Evaluation, language: Language) -> Sheet:
    """What became of every workbook and of its cells."""
    statuses = ("ok", "blank", "skipped", "not_applicable", "invalid", "error")
    names = unit_names(evaluation)
    columns = (
        Column(word("file", language), "text", 34),
        Column(word("unit", language), "text", 10),
        Column(word("name", language), "text", 16),
        Column(word("state", language), "text", 14),
        Column(word("cells", language), "integer", 12),
        *(Column(word(f"status_{status}", language), "integer", 12) for status in statuses),
    )
    rows = [
        [row.file, row.unit, names.get(row.unit, ""), word(f"state_{row.state}", language), row.expected]
        + [getattr(row, status) for status in statuses]
        for row in evaluation["files"].itertuples()
    ]
    return Sheet(word("sheet_files", language), columns, rows, (word("note_files", language),), frozen=2)


def recipe(evaluation: Evaluation, language: Language) -> Sheet:
    """The tree with weights, methods and sources, and the choices that hold for the whole run."""
    choices = evaluation.manifest["recipe"]
    notes = (
        word("note_ties", language, ties=choices["ties"], tolerance=f"{choices['tie_tolerance']:g}"),
        word("note_percentages", language, **choices["percentages"]),
        word("note_weights", language),
    )
    columns = (
        Column(word("node", language), "text", 12),
        Column(word("name", language), "text", 34),
        Column(word("weight", language), "number", 9),
        Column(word("share_among_siblings", language), "percent", 12),
        Column(word("effective_weight", language), "percent", 12),
        Column(word("method", language), "text", 40),
        Column(word("measure", language), "long", 40),
        Column(word("attestation", language), "text", 18),
        Column(word("source", language), "long", 60),
    )
    rows = []
    for row in evaluation["nodes"].itertuples():
        name = "  " * int(row.level) + choose(language, row.name_zh, row.name_en)
        if _text(row.measure):
            method = f"{row.normalise}" + (f", {word('lower_is_better', language)}" if row.direction == "lower" else "")
        else:
            method = f"{row.aggregate}, missing={row.missing}, min_coverage={row.min_coverage:g}"
        rows.append(
            [row.node, name, row.weight, row.share, row.effective_weight, method]
            + [_text(row.measure), _text(row.attestation), _text(row.source)]
        )
    return Sheet(word("sheet_recipe", language), columns, rows, notes, frozen=2)


def about(evaluation: Evaluation, language: Language) -> Sheet:
    """What this file is: study, definitions, counts, versions."""
    manifest, study = evaluation.manifest, evaluation.manifest["study"]
    counts = manifest["problems"]
    ranked = evaluation.ranking()
    read = evaluation["files"]
    rows = [
        [word("about_study", language), study_name(evaluation, language)],
        [word("about_wave", language), study.get("wave", "")],
        [word("about_indicators", language), f"{manifest['indicators']['id']} {manifest['indicators']['version']}"],
        [word("about_units", language), len(evaluation["units"])],
        [word("about_ranked", language), len(ranked)],
        [word("about_files", language), f"{int((read['state'] == 'read').sum())} / {len(read)}"],
        [
            word("about_findings", language),
            ", ".join(f"{word(f'severity_{name}', language)} {counts[name]}" for name in ("error", "warning", "note")),
        ],
        [word("about_version", language), f"evalkit {manifest['evalkit']}, {manifest['started']}"],
        [word("about_certainty", language), word("about_certainty_text", language)],
    ]
    columns = (Column(word("item", language), "text", 26), Column(word("content", language), "long", 90))
    return Sheet(word("sheet_about", language), columns, rows, _notice(evaluation, language))


def study_name(evaluation: Evaluation, language: Language) -> str:
    """Return the title of the study, its id where it has none."""
    study = evaluation.manifest["study"]
    name = study.get("name") or {"zh": study["study"], "en": study["study"]}
    return choose(language, name.get("zh", ""), name.get("en", ""))


def _notice(evaluation: Evaluation, language: Language) -> tuple[str, ...]:
    notice = evaluation.manifest["study"].get("notice")
    return (choose(language, notice.get("zh", ""), notice.get("en", "")),) if notice else ()


OUTLINE: tuple[Callable[[Evaluation, Language], Sheet], ...] = (
    ranking,
    lambda evaluation, language: score_sheet(evaluation, language, indicators=False),
    lambda evaluation, language: score_sheet(evaluation, language, indicators=True),
    awards,
    shares,
    findings,
    files,
    recipe,
    about,
)
"""The sheets of a report in their order."""


def plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Return a cell as a Python value, None for no value."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value
