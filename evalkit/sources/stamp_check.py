"""What the stamps of a returned workbook say: whose it is, of which questionnaire, and in which version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from evalkit.definitions.form import Stamp, stamp
from evalkit.definitions.form_changes import NO_CHANGES, Changes, changes, digests
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import word
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_sheet import AnswerTable, find_digests
from evalkit.sources.cell_text import shortened
from evalkit.sources.register import Register
from evalkit.sources.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Judged:
    """Whose workbook it is, if that can be told, and which questions differ from the present questionnaire."""

    unit: str | None
    changes: Changes = NO_CHANGES


class StampCheck:
    """Compares the stamps of workbooks with one questionnaire and one register."""

    def __init__(self, questionnaire: Questionnaire, register: Register) -> None:
        """Make the stamp that a form of today bears."""
        self.register = register
        self.stamp = stamp(questionnaire, "")
        self.digests = digests(questionnaire)

    def judge(
        self, book: Workbook, mark: Stamp | None, stem: str, by_name: str | None, place: Place
    ) -> tuple[Judged, list[Problem]]:
        """Tell whose workbook it is, by its stamp ``mark``, else by the name of the file, ``stem`` or ``by_name``.

        ``EK229`` no stamp; ``EK230`` another questionnaire, an error; another version: ``EK255`` with the questions
        that differ, ``EK256`` where none does, ``EK226`` where the workbook does not say; ``EK227`` no known unit, an
        error; ``EK240`` the file is named after another unit.
        """
        stamped = self.register.find(mark.unit) if mark is not None and mark.unit else None
        unit = stamped if mark is not None and mark.unit else by_name
        place = place.at(unit=unit)
        problems: list[Problem] = []
        found = NO_CHANGES
        if mark is None:
            problems.append(problem("EK229", place))
        elif mark.questionnaire != self.stamp.questionnaire:
            expected = self.stamp.questionnaire
            about = {"found": shortened(mark.questionnaire), "expected": expected}
            return Judged(unit), [problem("EK230", place, **about)]
        elif (mark.version, mark.hash) != (self.stamp.version, self.stamp.hash):
            found, finding = self._version(book, mark, place)
            problems.append(finding)
        if unit is None:
            name = shortened(mark.unit if mark is not None and mark.unit else stem)
            problems.append(problem("EK227", place, name=name, **self.register.suggestion(name)))
        elif by_name is not None and by_name != unit:
            problems.append(problem("EK240", place, named=by_name, stamped=unit))
        return Judged(unit, found), problems

    def _version(self, book: Workbook, mark: Stamp, place: Place) -> tuple[Changes, Problem]:
        about = {
            "found": shortened(f"{mark.version} ({mark.hash})"),
            "expected": f"{self.stamp.version} ({self.stamp.hash})",
        }
        then = find_digests(book)
        if not then:
            return NO_CHANGES, problem("EK226", place, **about)
        found = changes(then, self.digests)
        if not found:
            return found, problem("EK256", place, **about)
        said = {"changes_zh": _said(found, "zh"), "changes_en": _said(found, "en")}
        return found, problem("EK255", place, **about, **said)


def _said(found: Changes, language: Literal["zh", "en"]) -> str:
    """Return the changes in words, those that matter most first."""
    kinds = {"answer": found.answer, "added": found.added, "removed": found.removed, "wording": found.wording}
    parts = [
        word(f"questions_{kind}", language, codes=listed(map(shortened, codes)))
        for kind, codes in kinds.items()
        if codes
    ]
    return "; ".join(parts)


def foreign_sheets(tables: Iterable[AnswerTable], mark: Stamp | None, place: Place) -> list[Problem]:
    """Return a finding (``EK254``) for each sheet with the stamp of another unit or questionnaire than the workbook."""
    problems = []
    for table in tables:
        other = table.stamp
        if mark is None or other is None:
            continue
        found, expected = (f"{each.questionnaire} {each.unit}".strip() for each in (other, mark))
        if found != expected:
            where = place.at(sheet=table.sheet.name)
            problems.append(problem("EK254", where, found=shortened(found), expected=shortened(expected)))
    return problems
