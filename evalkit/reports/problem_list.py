"""``problems.xlsx``: how many findings each unit has, and all of them, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from evalkit.messages import Language, word
from evalkit.problems import SEVERITIES, Place, Problem, cell_name
from evalkit.reports.excel import write_sheets
from evalkit.reports.outline.columns import place_columns, unit_columns
from evalkit.reports.outline.sheet import Column, Marked, Sheet
from evalkit.reports.template_styles import clean


def write_problem_list(
    problems: Sequence[Problem], names: Mapping[str, str], path: Path, language: Language, *, notice: str = ""
) -> None:
    """Write the totals and the list; text that begins with ``=`` stays text.

    ``names``: all units in their order, with their names. A unit without findings stands among the totals with zeros;
    what belongs to no unit, such as a fault of the definitions, comes last. Raises OSError.
    """
    of_units = (each.place.unit for each in problems if each.place.unit is not None)
    units = [*dict.fromkeys([*names, *of_units]), None]
    order = {unit: number for number, unit in enumerate(units)}
    severity = {each: number for number, each in enumerate(SEVERITIES)}
    ordered = sorted(problems, key=lambda each: (order[each.place.unit], severity[each.severity]))
    sheets = [_totals(ordered, units, names, language, notice), _list(ordered, names, language, notice)]
    write_sheets(sheets, path, word("sheet_findings", language))


def _totals(
    problems: Sequence[Problem], units: Sequence[str | None], names: Mapping[str, str], language: Language, notice: str
) -> Sheet:
    counts = Counter((each.place.unit, each.severity) for each in problems)
    columns = (
        Column(word("unit", language), "text", 18),
        Column(word("name", language), "text", 40),
        *(Column(word(f"severity_{severity}", language), "integer", 12) for severity in SEVERITIES),
        Column(word("share_total", language), "integer", 12),
    )
    rows: list[list[object]] = []
    for unit in units:
        found = [counts[unit, severity] for severity in SEVERITIES]
        if unit is not None:
            rows.append([clean(unit), clean(names.get(unit, "")), *found, sum(found)])
        elif sum(found):
            rows.append(["", word("of_no_unit", language), *found, sum(found)])
    totals = [sum(each.severity == severity for each in problems) for severity in SEVERITIES]
    rows.append(["", word("share_total", language), *totals, sum(totals)])
    return Sheet(word("sheet_totals", language), columns, rows, notice, frozen=2)


def _list(problems: Sequence[Problem], names: Mapping[str, str], language: Language, notice: str) -> Sheet:
    columns = (
        *unit_columns(language),
        Column(word("severity", language), "text", 14),
        Column(word("code", language), "text", 9),
        Column(word("message", language), "long", 60),
        *place_columns(language),
        Column(word("question", language), "text", 12),
        Column(word("hint", language), "long", 50),
    )
    rows: list[list[object]] = [
        [
            clean(each.place.unit or ""),
            clean(names.get(each.place.unit or "", "")),
            _severity(each, language),
            each.code,
            clean(each.message(language)),
            clean(each.place.file or ""),
            clean(_spot(each.place)),
            clean(each.place.question or ""),
            clean(each.hint(language)),
        ]
        for each in problems
    ]
    notes = () if rows else (word("nothing_found", language),)
    return Sheet(word("sheet_findings", language), columns, rows, notice, notes, frozen=2)


def _severity(each: Problem, language: Language) -> str | Marked:
    text = word(f"severity_{each.severity}", language)
    return text if each.severity == "note" else Marked(text, each.severity)


def _spot(place: Place) -> str:
    if place.sheet is None and place.line is not None:
        return f"{place.line}" + ("" if place.column is None else f":{place.column}")
    return cell_name(place.sheet, place.cell)
