"""Corrections that an evaluator makes in what was read, and how they are applied to cells: both values stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from evalkit.calls import rating_name
from evalkit.observations import COLUMN_PREFIX, NOT_APPLICABLE, OK, Cell, CorrectionNote
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Number, Parser, Value, read_answer
from evalkit.sources.cell_text import normalise, shortened


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the ledger; ``old`` and ``new`` are as written.

    ``key`` is that of an answer cell, given by the ``respondent`` where there is one, or ``column:NAME``; with a
    ``call``, whose rating by ``auditor`` is meant, that of an item or ``outcome``.
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
    respondent: str = ""

    @property
    def rating(self) -> str:
        """The name of the rating that is corrected, empty where it is none."""
        return rating_name(self.call, self.auditor, self.attempt) if self.call else ""

    @property
    def cell(self) -> str:
        """What is corrected, for findings: the key, after the rating or respondent where there is one."""
        return f"{self.rating or self.respondent} {self.key}".lstrip()

    def __str__(self) -> str:
        """``old -> new; reason; by; date``, the values shortened: the table of observations has them whole."""
        old, new = (shortened(normalise(text)) for text in (self.old, self.new))
        return str(CorrectionNote(f"{old} -> {new}", self.reason, self.by, self.date))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The corrections that may be applied, with the parser of each answer cell by its key.

    ``calls`` are those of ratings, ``respondents`` those of answers in exports, ``corrections`` all others.
    """

    corrections: tuple[Correction, ...] = ()
    parsers: Mapping[str, Parser] = field(default_factory=dict)
    calls: tuple[Correction, ...] = ()
    respondents: tuple[Correction, ...] = ()

    def of_answers(self) -> Ledger:
        """Return the part that corrects questionnaires."""
        return replace(self, corrections=tuple(each for each in self.corrections if not is_value(each.key)))

    def of_values(self) -> Ledger:
        """Return the part that corrects ready-made values."""
        return replace(self, corrections=tuple(each for each in self.corrections if is_value(each.key)))


NO_CORRECTIONS = Ledger()
"""The ledger of a study without one."""


def is_value(key: str) -> bool:
    """Tell whether a key is that of a ready-made value."""
    return key.startswith(COLUMN_PREFIX)


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
