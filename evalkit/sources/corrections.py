"""The ledger of corrections: what an evaluator changes in what was read, why, by whom and when.

A line corrects an answer to the questionnaire, a ready-made value, or, where it names a call, an entry of a call sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from evalkit.calls import rating_name
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import COLUMN_PREFIX, NOT_APPLICABLE, OK, Cell, CorrectionNote
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Number, Parser, Value, parse_number, parsers, read_answer
from evalkit.sources.audit_columns import attempt_number
from evalkit.sources.cell_text import fold, normalise, shortened
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
CALL_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "call": ("call", "拨测编号"),
    "auditor": ("auditor", "拨测员"),
    "attempt": ("attempt", "次数"),
}
"""Columns of a ledger that corrects call sheets too: they name a rating as its call sheet does."""
_MAY_BE_EMPTY = frozenset({"old", "new"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the ledger; ``old`` and ``new`` are as written.

    ``key`` is that of an answer cell or ``column:NAME``; with a ``call``, whose rating by ``auditor`` is meant, that of
    an item or ``outcome``.
    """

    unit: str
    key: str
    old: str
    new: str
    reason: str
    by: str
    date: str
    place: Place
    call: str = ""
    auditor: str = ""
    attempt: int = 1

    @property
    def rating(self) -> str:
        """The name of the rating that is corrected, empty where it is none."""
        return rating_name(self.call, self.auditor, self.attempt) if self.call else ""

    @property
    def cell(self) -> str:
        """What is corrected, for findings: the key, after the rating where there is one."""
        return f"{self.rating} {self.key}" if self.rating else self.key

    def __str__(self) -> str:
        """``old -> new; reason; by; date``, the values shortened: the table of observations has them whole."""
        old, new = (shortened(normalise(text)) for text in (self.old, self.new))
        return str(CorrectionNote(f"{old} -> {new}", self.reason, self.by, self.date))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The corrections that may be applied, with the parser of each answer cell by its key; ``calls``: of ratings."""

    corrections: tuple[Correction, ...] = ()
    parsers: Mapping[str, Parser] = field(default_factory=dict)
    calls: tuple[Correction, ...] = ()

    def of_answers(self) -> Ledger:
        """Return the part that corrects questionnaires."""
        return replace(self, corrections=tuple(each for each in self.corrections if not _is_value(each.key)))

    def of_values(self) -> Ledger:
        """Return the part that corrects ready-made values."""
        return replace(self, corrections=tuple(each for each in self.corrections if _is_value(each.key)))


NO_CORRECTIONS = Ledger()
"""The ledger of a study without one."""


@dataclass(frozen=True, slots=True)
class Correctable:
    """What can be corrected of a rating: its parser by key, and the key by its names as :func:`fold` spells them."""

    parsers: Mapping[str, Parser] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


NOTHING = Correctable()
"""What can be corrected of ratings in a study without any."""


def _is_value(key: str) -> bool:
    return key.startswith(COLUMN_PREFIX)


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
    item by its code or text, or the outcome. Findings, each with its line: those of :func:`read_table`; ``EK201`` a
    column lacks, ``EK251`` it stands twice; ``EK265`` something is left empty that may not be, ``EK242`` an unknown
    unit, ``EK262`` an unknown question, ``EK609`` no number of an attempt, ``EK264`` several corrections of one cell:
    none of these lines is applied.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return Ledger(), problems
    columns, more = _columns(table)
    problems += more
    if more:
        return Ledger(), problems
    keys = _names_of_keys(known)
    by_cell: dict[tuple[str, str, str], list[Correction]] = {}
    for row in table.rows:
        correction, more = _correction(table, columns, row, register, (keys, calls.names))
        problems += more
        if correction is not None:
            by_cell.setdefault((correction.unit, correction.rating, correction.key), []).append(correction)
    for first, *others in by_cell.values():
        about = {"unit": first.unit, "question": first.cell, "first": str(first.place)}
        problems += [problem("EK264", other.place, **about) for other in others]
    alone = [several[0] for several in by_cell.values() if len(several) == 1]
    of_calls = tuple(each for each in alone if each.rating)
    return Ledger(tuple(each for each in alone if not each.rating), known, of_calls), problems


def _columns(table: Table) -> tuple[dict[str, int], list[Problem]]:
    """Return where the columns stand, under whichever of their names."""
    found: dict[str, int] = {}
    problems = []
    titles = [fold(title) for title in table.header]
    for name, spellings in {**COLUMNS, **CALL_COLUMNS}.items():
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
    for key in sorted(known, key=_is_value):
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
    names: tuple[Mapping[str, str], Mapping[str, str]],
) -> tuple[Correction | None, list[Problem]]:
    """Return the correction of a line; ``names`` has the keys of answers and values, and those of ratings, by name."""
    line, cells = row
    given = {name: cells[index] for name, index in columns.items()}
    text = {name: normalise(value) for name, value in given.items()}
    places = {name: table.at(line, index) for name, index in columns.items()}
    problems = [
        problem("EK265", places[name], column=table.header[columns[name]])
        for name in COLUMNS
        if not text[name] and name not in _MAY_BE_EMPTY
    ]
    attempt = attempt_number(text.get("attempt", ""))
    if text.get("call") and attempt is None:
        problems.append(problem("EK609", places["attempt"], value=shortened(text["attempt"])))
    keys = names[bool(text.get("call"))]
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
    rating = (text.get("call", ""), text.get("auditor", ""), attempt or 1)
    return Correction(unit, key, given["old"], given["new"], *why, place, *rating), []


def apply_corrections(
    ledger: Ledger, read: Iterable[tuple[str, str, Mapping[str, Cell]]], problems: Iterable[Problem]
) -> list[Problem]:
    """Correct the cells in place and return the findings that stand then; ``read``: unit, file, and cells by key.

    ``problems`` are the findings so far: those of a cell that is corrected are settled by it and fall away, and a note
    (``EK266``) says what was done. A correction is not applied, and is an error at its line, where no cell was read
    (``EK263``), where its old value is not what was read (``EK260``), and where the new one does not fit (``EK261``).
    Text is compared as it is read, numbers by their value, options by what they mean; empty matches a blank cell.
    """
    cells_of = {unit: (file, cells) for unit, file, cells in read}
    settled: set[tuple[str, ...]] = set()
    found: list[Problem] = []
    for correction in ledger.corrections:
        file, cells = cells_of.get(correction.unit, ("", {}))
        cell = cells.get(correction.key)
        if cell is None:
            about = {"unit": correction.unit, "question": correction.cell}
            found.append(problem("EK263", correction.place, **about))
            continue
        found += _apply(correction, ledger.parsers[correction.key], cell, file)
        if cell.correction:
            settled |= {(file, cell.key), (file, cell.sheet, cell.cell)} if cell.cell else set()
    return [*(each for each in problems if _about(each) not in settled), *found]


def _about(each: Problem) -> tuple[str, ...]:
    """Return the file with the cell that a finding speaks of; of a code that stands twice it is the key."""
    file = each.place.file or ""
    if each.code == "EK234":
        return file, dict(each.params)["value"]
    return file, each.place.sheet or "", each.place.cell or ""


def _apply(correction: Correction, parser: Parser, cell: Cell, file: str) -> list[Problem]:
    old, new = shortened(normalise(correction.old)), shortened(normalise(correction.new))
    if not _matches(correction.old, parser, cell):
        return [problem("EK260", correction.place, old=old, read=shortened(cell.raw))]
    status, _, value, number, finding = read_answer(parser, _typed(correction.new, parser))
    if finding is not None and finding.severity == "error":
        reasons = {"reason_zh": finding.message("zh"), "reason_en": finding.message("en")}
        return [problem("EK261", correction.place, new=new, **reasons)]
    cell.status, cell.value, cell.number, cell.correction = status, value, number, str(correction)
    question = correction.key.removeprefix(COLUMN_PREFIX).partition(".")[0]
    place = Place(file, cell.sheet or None, cell.cell or None, unit=correction.unit, question=question)
    about = {"old": shortened(cell.raw), "new": new, "reason": shortened(correction.reason), "by": correction.by}
    remarks = [] if finding is None else [replace(finding, place=correction.place)]
    return [*remarks, problem("EK266", place, **about, date=correction.date)]


def _typed(text: str, parser: Parser) -> Value:
    """Return a plain number of percent as a number, to be remarked on: Excel keeps a typed ``95.1%`` as 0.951."""
    if not (isinstance(parser, Number) and parser.percent):
        return text
    answer = read_answer(parser, text)
    return answer.number if answer.status == OK and answer.finding is None else text


def _matches(old: str, parser: Parser, cell: Cell) -> bool:
    """Tell whether a cell holds what the ledger says; limits do not matter to what a number is."""
    if normalise(old) == normalise(cell.raw):
        return True
    lenient = replace(parser, least=None, most=None, whole=False) if isinstance(parser, Number) else parser
    said, was = read_answer(lenient, old), read_answer(lenient, cell.raw)
    if said.status == NOT_APPLICABLE:
        return was.status == NOT_APPLICABLE
    if said.status != OK:
        return False
    return (was.status == OK and said.value == was.value) or (cell.status == OK and said.value == cell.value)
