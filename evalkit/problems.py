"""Findings: what a person can act on, with where it is and what to do about it.

A stage of evalkit never raises for the user's data: it returns ``(value, problems)``, and every problem
is a :class:`Problem`. Its words live in :mod:`evalkit.messages`, found by ``code``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from evalkit.messages import Language, finding_text

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a cell of a workbook, a line of a text file, or neither. Lines count from 1."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    unit: str | None = None
    question: str | None = None

    def at(self, **changes: Any) -> Place:  # noqa: ANN401 - the fields of Place, of mixed type
        """Return this place with some fields set."""
        return replace(self, **changes)

    def __str__(self) -> str:
        """``file sheet!cell`` or ``file:line:column``; the empty string for nowhere."""
        text = self.file or ""
        if self.line is not None:
            text += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        return f"{text} {cell_name(self.sheet, self.cell)}".strip()


def cell_name(sheet: str | None, cell: str | None) -> str:
    """Return ``sheet!cell``, or the one of them that there is."""
    return "!".join(part for part in (sheet, cell) if part)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a code of the catalogue, the words to fill in, and the place."""

    code: str
    place: Place = NOWHERE
    params: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """``error``, ``warning`` or ``note``, as the catalogue says for the code."""
        return finding_text(self.code).severity

    def message(self, language: Language = "both") -> str:
        """Return the finding in words."""
        return finding_text(self.code).message(language, dict(self.params))

    def hint(self, language: Language = "both") -> str:
        """Return the remedy in words; empty where there is none."""
        return finding_text(self.code).hint(language, dict(self.params))


def problem(code: str, place: Place = NOWHERE, /, **params: object) -> Problem:
    """Make a finding; ``params`` fill the placeholders of the catalogue's text."""
    return Problem(code, place, tuple((key, str(value)) for key, value in params.items()))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any finding is of severity ``error``."""
    return any(each.severity == "error" for each in problems)


PROBLEM_COLUMNS = (
    "code", "severity", "message", "file", "sheet", "cell", "line", "column", "unit", "hint", "question",
)  # fmt: skip


def as_row(each: Problem, language: Language = "both") -> dict[str, str | int | None]:
    """Return the finding as a row of the table ``problems`` (columns :data:`PROBLEM_COLUMNS`)."""
    place = each.place
    return {
        "code": each.code,
        "severity": each.severity,
        "message": each.message(language),
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "column": place.column,
        "unit": place.unit,
        "hint": each.hint(language),
        "question": place.question,
    }
