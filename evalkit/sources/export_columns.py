"""What each column of an export is: an answer, something about the respondent, or nothing that is used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evalkit.definitions.exports import Export
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import fold, normalise, shortened
from evalkit.sources.export_grid import Grid
from evalkit.sources.export_headings import Absent, Headings, Meant, OtherText

_NUMBER = re.compile(r"^[0-9]{1,4}[、.:](?=.)")


@dataclass(slots=True)
class Columns:
    """Numbers of columns, from 0: by role, and by the key of an answer or the code of a whole multiple choice.

    ``about`` are those, by the study's names, that describe a respondent; one may be an answer too. ``boxes`` are the
    columns, by the code of a question, to tick where it does not apply. ``doubled`` are keys that two columns claim;
    ``unknown`` is how many columns with anything in them mean nothing.
    """

    roles: dict[str, int] = field(default_factory=dict)
    about: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    boxes: dict[str, int] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    unknown: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a column: ``names`` by which it may be called, ``item`` of the row of options."""

    column: int
    names: tuple[str, ...]
    item: str

    @property
    def shown(self) -> str:
        """The heading as a finding shows it."""
        return shortened(" | ".join(part for part in (next(filter(None, self.names), ""), self.item) if part))

    def is_called(self, name: str) -> bool:
        """Tell whether a name is one of the column's; a number before it, width, case and blanks do not matter."""
        unnumbered = (_NUMBER.sub("", normalise(each)) for each in self.names)
        return fold(name) in map(fold, (*self.names, *unnumbered, self.shown))


def headings_of(grid: Grid, profile: Platform) -> list[Heading]:
    """Return the headings of all columns; above a row of options, an empty heading is that of the column before."""
    rows = dict(zip(profile.header, grid.headers, strict=False))
    blank = ("",) * len(grid.columns)
    items = rows.get("item", blank)
    found: list[Heading] = []
    before = ""
    for column, (heading, text, item) in enumerate(
        zip(rows.get("heading", blank), rows.get("text", blank), items, strict=True)
    ):
        before = heading or (before if item else "")
        found.append(Heading(column, tuple(dict.fromkeys(name for name in (before, text) if name)), item))
    return found


def find_columns(grid: Grid, profile: Platform, export: Export, questionnaire: Questionnaire) -> Columns:
    """Return what the columns are; of a long table only their roles.

    ``EK280``: a heading that the study names is not there. ``EK281``: a heading means nothing, ``EK283``: its number
    and its text mean different questions. ``EK282``: two columns have one meaning.
    """
    finder = _Finder(grid, profile, export, headings_of(grid, profile))
    finder.find_roles()
    if profile.layout == "wide":
        finder.find_answers(Headings(questionnaire, profile))
    return finder.found


@dataclass(frozen=True, slots=True)
class _Finder:
    grid: Grid
    profile: Platform
    export: Export
    headings: list[Heading]
    found: Columns = field(default_factory=Columns)

    def find_roles(self) -> None:
        """Find the columns that hold no answer: what the study names, else what the profile knows."""
        unit = None if self.export.unit is None else self.export.unit.column
        meta = self.profile.meta
        for role, named, known in (
            ("respondent", self.export.respondent, meta.respondent),
            ("unit", unit, meta.unit),
            ("weight", self.export.weight, meta.weight),
            ("submitted", None, meta.submitted),
        ):
            column = self.called(*known) if named is None else self.named(named)
            if column is not None:
                self.found.roles[role] = column
        for name, heading in self.export.about.items():
            if (column := self.named(heading)) is not None:
                self.found.about[name] = column

    def find_answers(self, finder: Headings) -> None:
        """Find the answers by the study's own list, then by the patterns; report the columns that are not used."""
        told = {key: self.named(name) for key, name in self.export.questions.items()}
        for own, column in told.items():
            if column is not None:
                self.claim(own, self.headings[column])
        taken = {*self.found.roles.values(), *self.found.answers.values()}
        meta = self.profile.meta
        passed_over = (*self.export.ignore, *meta.ignored, *meta.respondent, *meta.unit, *meta.weight, *meta.submitted)
        for heading in self.headings:
            if heading.column in taken or any(map(heading.is_called, passed_over)):
                continue
            meant = finder.find(heading.names, heading.item)
            key = _key(meant) if isinstance(meant, Meant) else None
            if key is not None and told.get(key) is None:
                self.claim(key, heading)
            elif isinstance(meant, Absent):
                self.found.boxes.setdefault(meant.question.code, heading.column)
            elif heading.column in self.found.about.values():
                continue
            elif heading.shown or len(self.grid.columns[heading.column].texts) > 1:
                self.found.unknown += 1
                self.found.problems.append(self.unread(heading, meant))

    def called(self, *names: str) -> int | None:
        """Return the first column that is called by one of the names, taken in their order."""
        found = (each.column for name in names for each in self.headings if each.is_called(name))
        return next(found, None)

    def named(self, name: str) -> int | None:
        """Return the column that the study names, or report that there is none."""
        column = self.called(name)
        if column is None:
            known = [each.shown for each in self.headings if each.shown]
            about = {"column": shortened(name), "allowed": listed(known)}
            self.found.problems.append(problem("EK280", self.head(), **about, **suggestion(name, known)))
        return column

    def claim(self, key: str, heading: Heading) -> None:
        first = self.found.answers.setdefault(key, heading.column)
        if first != heading.column:
            self.found.doubled.add(key)
            names = {"first": self.headings[first].shown, "second": heading.shown}
            self.found.problems.append(problem("EK282", self.head(heading.column), key=key, **names))

    def unread(self, heading: Heading, meant: Meant | Absent | OtherText | None) -> Problem:
        place = self.head(heading.column)
        if isinstance(meant, OtherText):
            about = {"number": meant.number, "text": shortened(meant.question.text.say())}
            return problem("EK283", place, heading=heading.shown, question=meant.question.code, **about)
        return problem("EK281", place, heading=heading.shown)

    def head(self, column: int = 0) -> Place:
        return self.grid.at(self.grid.header_lines[0] if self.grid.header_lines else 1, column)


def _key(meant: Meant) -> str | None:
    """Return the key; a heading without the part of a row of numbers means no cell."""
    return meant.key or (None if meant.question.type == "numbers" else meant.question.code)
