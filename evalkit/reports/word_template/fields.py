"""The fields that a template may name: what is offered, what it means, and what it is checked against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``meaning`` is a key of the catalogue of words; ``many`` a list to loop over; ``parts`` its own fields.

    A list without parts holds texts, or where there are ``rows`` lists of texts.
    """

    meaning: str
    parts: Mapping[str, Field] = field(default_factory=dict)
    many: bool = False
    rows: bool = False

    @property
    def element(self) -> Field | None:
        """What an element of the list is; None for a text."""
        if not self.many or not (self.parts or self.rows):
            return None
        return replace(self, many=self.rows, rows=False)


_DIMENSION = {"name": Field("name"), "score": Field("score")}
_CHANGE = {
    "question": Field("solution_question"),
    "text": Field("question_text"),
    "before": Field("solution_from"),
    "after": Field("solution_to"),
    "cost": Field("solution_cost"),
}
_ADVICE = {
    "lacking": Field("solution_lacks"),
    "sentences": Field("solution_sentences", many=True),
    "changes": Field("sheet_solutions", _CHANGE, many=True),
    "notes": Field("solution_notes", many=True),
}
_UNIT = {
    "unit": Field("unit"),
    "name": Field("name"),
    "rank": Field("rank"),
    "score": Field("score"),
    "interval": Field("rank_interval"),
    "awards": Field("awards"),
    "reason": Field("why_unranked"),
    "dimensions": Field("sheet_dimensions", _DIMENSION, many=True),
    "advice": Field("solution_title", _ADVICE),
}
_AWARD = {
    "scheme": Field("scheme"),
    "award": Field("award"),
    "unit": Field("unit"),
    "name": Field("name"),
    "reason": Field("reason"),
}
_OPTION = {
    "label": Field("label"),
    "n": Field("share_n"),
    "base": Field("share_base"),
    "share": Field("share_share"),
}
_QUESTION = {
    "question": Field("question_text"),
    "chart": Field("word_figure"),
    "options": Field("option", _OPTION, many=True),
}
_TABLE = {
    "title": Field("template_title"),
    "notes": Field("template_notes", many=True),
    "columns": Field("template_columns", many=True),
    "rows": Field("template_rows", many=True, rows=True),
}
TABLES = (
    "ranking", "dimensions", "indicators", "awards", "solutions", "groups", "shares", "findings", "files", "recipe",
    "about",
)  # fmt: skip
"""Sheets of the outline that a template may take whole."""
CHARTS = {"ranking": "figure_ranking", "intervals": "figure_intervals", "change": "figure_change", "heat": "page_heat"}

FIELDS: Mapping[str, Field] = {
    "study": Field("about_study"),
    "wave": Field("about_wave"),
    "notice": Field("template_notice"),
    "certainty": Field("about_certainty"),
    "index": Field("template_index"),
    "unit_count": Field("about_units"),
    "ranked_count": Field("about_ranked"),
    "units": Field("template_units", _UNIT, many=True),
    "awards": Field("sheet_awards", _AWARD, many=True),
    "questions": Field("sheet_shares", _QUESTION, many=True),
    "tables": Field("template_tables", {name: Field(f"sheet_{name}", _TABLE) for name in TABLES}),
    "charts": Field("template_charts", {name: Field(key) for name, key in CHARTS.items()}),
    "city": Field("template_city", _UNIT | {"chart": Field("template_city_chart")}),
}
"""What stands at the top of a template's fields."""


def listed(fields: Mapping[str, Field] = FIELDS, before: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field with its full name, ``units[].name`` for a part of each element of a list."""
    for name, each in fields.items():
        yield before + name, each
        yield from listed(each.parts, f"{before}{name}{'[]' if each.many else ''}.")
