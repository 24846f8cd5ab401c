"""The values of the fields: plain texts, numbers, lists and mappings; pictures are drawn where they are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language, word
from evalkit.reports.figures import figures
from evalkit.reports.figures.figure import Figure
from evalkit.reports.figures.scores import profile
from evalkit.reports.outline import outline
from evalkit.reports.outline.certainty import certainty_text, interval_text
from evalkit.reports.outline.names import award_names, awards_by_unit, node_names, scheme_names, study_name, unit_names
from evalkit.reports.outline.ranking import unranked_reasons
from evalkit.reports.outline.sheet import Sheet, in_language, notice, plain, records
from evalkit.reports.page.tables import as_table
from evalkit.reports.profile.solution import Advice, AdviceBook
from evalkit.reports.word_template.fields import CHARTS, TABLES

Draw = Callable[[Figure], str]
"""Gives a figure as WordprocessingML, its picture put into the document that is being rendered."""


class Picture:
    """A chart that is drawn when it is printed, once or more; a template sees nothing else of it."""

    __slots__ = ("__draw", "__figure")

    def __init__(self, figure: Figure, draw: Draw) -> None:
        """Keep what to draw."""
        self.__figure, self.__draw = figure, draw

    def __html__(self) -> str:
        """Return the picture as WordprocessingML."""
        return self.__draw(self.__figure)


def content(evaluation: Evaluation, language: Language, draw: Draw) -> dict[str, Any]:
    """Return the fields of a document on a whole run; ``city`` stands for no unit."""
    drawn = {each.name: each for each in figures(evaluation, language)}
    units = _units(evaluation, language)
    return {
        "study": study_name(evaluation, language),
        "wave": evaluation.manifest["study"].get("wave", ""),
        "notice": notice(evaluation, language),
        "certainty": "" if tiers_only(evaluation) else certainty_text(evaluation, language),
        "index": node_names(evaluation, language)[evaluation.root],
        "unit_count": len(units),
        "ranked_count": sum(each["rank"] is not None for each in units),
        "units": units,
        "awards": _awards(evaluation, language),
        "questions": _questions(drawn.get("shares"), draw),
        "tables": _tables(evaluation, language),
        "charts": {name: Picture(drawn[name], draw) if name in drawn else "" for name in CHARTS},
        "city": {},
    }


def city_of(
    fields: Mapping[str, Any], evaluation: Evaluation, unit: str, language: Language, draw: Draw
) -> dict[str, Any]:
    """Return the fields of a unit: those of its element of ``units``, and its chart."""
    figure = None if tiers_only(evaluation) else profile(evaluation, unit, language)
    own: dict[str, Any] = next(each for each in fields["units"] if each["unit"] == unit)
    return own | {"chart": Picture(figure, draw) if figure else ""}


def _units(evaluation: Evaluation, language: Language) -> list[dict[str, Any]]:
    """Return the units, ranked ones first."""
    names, won = unit_names(evaluation), awards_by_unit(evaluation, language)
    ranked = {row["unit"]: row for row in records(evaluation.ranking())}
    reasons = {} if tiers_only(evaluation) else unranked_reasons(evaluation, language)
    advice = None if tiers_only(evaluation) else AdviceBook(evaluation, language)
    labels, dimensions = node_names(evaluation, language), list(evaluation["nodes"].query("level == 1")["node"])
    scores = {(row["unit"], row["node"]): plain(row["score"]) for row in records(evaluation["scores"])}
    order = [*ranked, *(unit for unit in names if unit not in ranked)]
    return [
        {
            "unit": unit,
            "name": names[unit],
            "rank": _whole(ranked[unit]["rank"]) if unit in ranked else None,
            "score": scores.get((unit, evaluation.root)),
            "interval": interval_text(ranked[unit]) if unit in ranked else "",
            "awards": won.get(unit, ""),
            "reason": reasons.get(unit, ""),
            "dimensions": [{"name": labels[node], "score": scores.get((unit, node))} for node in dimensions],
            "advice": _advice(advice.unit(unit) if advice else None),
        }
        for unit in order
    ]


def _whole(number: float) -> float | int:
    return int(number) if float(number).is_integer() else float(number)


def _advice(advice: Advice | None) -> dict[str, Any]:
    if advice is None:
        return {}
    return {
        "lacking": advice.lacking,
        "sentences": list(advice.sentences),
        "changes": [asdict(each) | {"cost": _whole(each.cost)} for each in advice.changes],
        "notes": list(advice.notes),
    }


def _awards(evaluation: Evaluation, language: Language) -> list[dict[str, str]]:
    names, labels = unit_names(evaluation), award_names(evaluation, language)
    schemes = scheme_names(evaluation, language)
    return [
        {
            "scheme": schemes[row["scheme"]],
            "award": labels[row["scheme"], row["award"]],
            "unit": row["unit"],
            "name": names[row["unit"]],
            "reason": in_language(row["reason"], language),
        }
        for row in records(evaluation["awards"])
    ]


def _questions(figure: Figure | None, draw: Draw) -> list[dict[str, Any]]:
    return [
        {
            "question": part.sheet.title,
            "chart": Picture(part, draw),
            "options": [
                {"label": label, "n": n, "base": base, "share": share}
                for _, _, label, n, base, share in ([cell.text for cell in row] for row in as_table(part.sheet).rows)
            ],
        }
        for part in (figure.split() if figure else ())
    ]


def _tables(evaluation: Evaluation, language: Language) -> dict[str, dict[str, Any]]:
    sheets = {sheet.title: sheet for sheet in outline(evaluation, language)}
    return {name: _table(sheets.get(word(f"sheet_{name}", language))) for name in TABLES}


def _table(sheet: Sheet | None) -> dict[str, Any]:
    """Return a sheet as texts; without any where the run has none."""
    if sheet is None:
        return {"title": "", "notes": [], "columns": [], "rows": []}
    shown = as_table(sheet)
    return {
        "title": shown.title,
        "notes": list(shown.notes),
        "columns": [head.text for head in shown.heads],
        "rows": [[cell.text for cell in row] for row in shown.rows],
    }
