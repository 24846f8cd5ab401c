"""The ledger of corrections as a file: what an evaluator changes in what was read, why, by whom and when.

A line corrects an answer in a workbook or a ready-made value; where it names a call, an entry of a call sheet; where it
names a respondent, an answer in an export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import COLUMN_PREFIX
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Parser, parse_number, parsers
from evalkit.sources.audit_columns import attempt_number
from evalkit.sources.cell_text import fold, normalise, shortened
from evalkit.sources.corrections import Correction, Ledger, is_value
from evalkit.sources.register import Register
from evalkit.sources.tables import Table, read_table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "单位"),
    "question": ("question", "item", "评分项", "题目"),
    "old": ("old", "old value", "原值"),
    "new": ("new", "new value", "新值"),
    "reason": ("reason", "理由"),
    "by": ("by", "更正人"),
    "date": ("date", "日期"),
}
"""The columns of the ledger and their names; it may have others, which are for people."""
SOURCE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "call": ("call", "拨测编号"),
    "auditor": ("auditor", "拨测员"),
    "attempt": ("attempt", "次数"),
    "respondent": ("respondent", "答卷编号"),
}
"""Columns of a ledger that corrects call sheets or exports: a rating or a respondent, named as there."""
_MAY_BE_EMPTY = frozenset({"old", "new"})


@dataclass(frozen=True, slots=True)
class Correctable:
    """What can be corrected of a rating: its parser by key, and the key by its names as :func:`fold` spells them."""

    parsers: Mapping[str, Parser] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


NOTHING = Correctable()
"""What can be corrected of ratings in a study without any."""


def cell_parsers(questionnaire: Questionnaire | None, columns: Iterable[str]) -> dict[str, Parser]:
    """Return the parser of every cell that can be corrected: the answers, and the columns of ready-made values."""
    asked = [] if questionnaire is None else [each for each in questionnaire.questions.values() if each.is_asked]
    answers = {key: parser for question in asked for key, parser in parsers(question).items()}
    return answers | {f"{COLUMN_PREFIX}{name}": parse_number for name in columns}


def read_corrections(
    path: Path, shown_as: str, register: Register, known: Mapping[str, Parser], calls: Correctable = NOTHING
) -> tuple[Ledger, list[Problem]]:
    """Read the ledger from CSV or Excel; ``known`` has the cells that can be corrected, as :func:`cell_parsers` does.

    A question is named by the key of its cell (``Q01``, ``Q04.web``), a ready-made value by its column, with or without
    ``column:`` before it. A line that names a call corrects a rating, ``calls`` being what can be corrected there: an
    item by its code or text, or the outcome; one that names a respondent corrects an answer in an export. Findings,
    each with its line: those of :func:`read_table`; ``EK201`` a column lacks, ``EK251`` it stands twice; ``EK265``
    something is left empty that may not be, ``EK242`` an unknown unit, ``EK262`` an unknown question, ``EK609`` no
    number of an attempt, ``EK264`` several corrections of one cell: none of these lines is applied.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return Ledger(), problems
    columns, more = _columns(table)
    problems += more
    if more:
        return Ledger(), problems
    answers = _names_of_keys(key for key in known if not is_value(key))
    names = {"": _names_of_keys(known), "call": calls.names, "respondent": answers}
    by_cell: dict[tuple[str, str], list[Correction]] = {}
    for row in table.rows:
        correction, more = _correction(table, columns, row, register, names)
        problems += more
        if correction is not None:
            by_cell.setdefault((correction.unit, correction.cell), []).append(correction)
    for first, *others in by_cell.values():
        about = {"unit": first.unit, "question": first.cell, "first": str(first.place)}
        problems += [problem("EK264", other.place, **about) for other in others]
    alone = [several[0] for several in by_cell.values() if len(several) == 1]
    of_calls = tuple(each for each in alone if each.call)
    of_respondents = tuple(each for each in alone if each.respondent)
    rest = tuple(each for each in alone if not (each.call or each.respondent))
    return Ledger(rest, known, of_calls, of_respondents), problems


def _columns(table: Table) -> tuple[dict[str, int], list[Problem]]:
    """Return where the columns stand, under whichever of their names."""
    found: dict[str, int] = {}
    problems = []
    titles = [fold(title) for title in table.header]
    for name, spellings in {**COLUMNS, **SOURCE_COLUMNS}.items():
        meant = [index for index, title in enumerate(titles) if title in set(map(fold, spellings))]
        if not meant and name in COLUMNS:
            where = table.place.at(line=1)
            problems.append(problem("EK201", where, column=name, allowed=listed(COLUMNS)))
        elif len(meant) > 1:
            problems.append(problem("EK251", table.place.at(line=1), column=table.header[meant[1]]))
        elif meant:
            found[name] = meant[0]
    return found, problems


def _names_of_keys(known: Iterable[str]) -> dict[str, str]:
    """Return the key by each of its names; an answer's own name comes before that of a column, the exact one first."""
    names: dict[str, str] = {}
    for key in sorted(known, key=is_value):
        for name in (key, key.removeprefix(COLUMN_PREFIX)):
            names.setdefault(name, key)
    folded: dict[str, set[str]] = {}
    for name, key in names.items():
        folded.setdefault(fold(name), set()).add(key)
    return {name: next(iter(meant)) for name, meant in folded.items() if len(meant) == 1} | names


def _correction(
    table: Table,
    columns: Mapping[str, int],
    row: tuple[int, list[str]],
    register: Register,
    names: Mapping[str, Mapping[str, str]],
) -> tuple[Correction | None, list[Problem]]:
    """Return the correction of a line; ``names`` has the keys by name, for lines with a call, a respondent, neither."""
    line, cells = row
    given = {name: cells[index] for name, index in columns.items()}
    text = {name: normalise(value) for name, value in given.items()}
    places = {name: table.at(line, index) for name, index in columns.items()}
    problems = [
        problem("EK265", places[name], column=table.header[columns[name]])
        for name in COLUMNS
        if not text[name] and name not in _MAY_BE_EMPTY
    ]
    source = next((name for name in ("call", "respondent") if text.get(name)), "")
    attempt = attempt_number(text.get("attempt", ""))
    if source == "call" and attempt is None:
        problems.append(problem("EK609", places["attempt"], value=shortened(text["attempt"])))
    keys = names[source]
    unit, key = register.find(text["unit"]), keys.get(text["question"]) or keys.get(fold(text["question"]))
    if unit is None and text["unit"]:
        name = shortened(text["unit"])
        problems.append(problem("EK242", places["unit"], name=name, **register.suggestion(name)))
    if key is None and text["question"]:
        name = shortened(text["question"])
        problems.append(problem("EK262", places["question"].at(unit=unit), question=name, **suggestion(name, keys)))
    if unit is None or key is None or problems:
        return None, problems
    place = places["old"].at(unit=unit, question=key)
    why = (text["reason"], text["by"], text["date"])
    correction = Correction(unit, key, given["old"], given["new"], *why, place)
    if source == "call":
        auditor = text.get("auditor", "")
        return replace(correction, call=text["call"], auditor=auditor, attempt=attempt or 1), []
    return replace(correction, respondent=text.get("respondent", "")), []
