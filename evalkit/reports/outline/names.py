"""Names for people of nodes, units, awards and the study."""

from __future__ import annotations

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.reports.outline.sheet import records


def node_names(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the names of the nodes by id."""
    rows = records(evaluation["nodes"])
    return {row["node"]: choose(language, row["name_zh"], row["name_en"]) for row in rows}


def unit_names(evaluation: Evaluation) -> dict[str, str]:
    """Return the names of the units by id."""
    units = evaluation["units"]
    return dict(zip(units["unit"], units["name"], strict=True))


def scheme_names(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the names of the award schemes by id."""
    schemes = evaluation.manifest["awards"]
    return {each["id"]: choose(language, each["name"]["zh"], each["name"]["en"]) for each in schemes}


def award_names(evaluation: Evaluation, language: Language) -> dict[tuple[str, str], str]:
    """Return the names of the awards by scheme and id."""
    return {
        (scheme["id"], award["id"]): choose(language, award["name"]["zh"], award["name"]["en"])
        for scheme in evaluation.manifest["awards"]
        for award in scheme["awards"]
    }


def awards_by_unit(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the names of each unit's awards, joined."""
    names = award_names(evaluation, language)
    won: dict[str, list[str]] = {}
    for row in records(evaluation["awards"]):
        won.setdefault(row["unit"], []).append(names[row["scheme"], row["award"]])
    return {unit: "; ".join(each) for unit, each in won.items()}


def column_title(column: str, language: Language) -> str:
    """Return the title of a column of the register: a word for those that every register may have, else its name."""
    titles = {"class": "register_class", "region": "register_region", "province": "register_province"}
    return word(titles[column], language) if column in titles else column


def protocol_names(evaluation: Evaluation, kind: str, language: Language) -> dict[str, str]:
    """Return what the codes of a protocol stand for; ``kind``: channels, slots, outcomes, scenarios or items."""
    names = (evaluation.manifest.get("protocol") or {}).get("names", {})
    return {code: choose(language, name["zh"], name["en"]) for code, name in names.get(kind, {}).items()}


def study_name(evaluation: Evaluation, language: Language) -> str:
    """Return the title of the study, its id where it has none."""
    study = evaluation.manifest["study"]
    name = study.get("name") or {"zh": study["study"], "en": study["study"]}
    return choose(language, name.get("zh", ""), name.get("en", ""))
