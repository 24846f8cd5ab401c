"""Filled call sheets of a study: ratings of mystery calls, each row accounted for, attempts chosen by the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evalkit.calls import OUTCOME, Rating, rating_name
from evalkit.definitions.limits import Limits
from evalkit.definitions.protocol import Protocol, Scenario
from evalkit.definitions.questionnaire import spelling
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import BLANK, INVALID, OK, STATUSES, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256_file
from evalkit.sources.answer_cells import Parser
from evalkit.sources.audit_columns import REQUIRED, Columns, attempt_number, find_columns, item_names
from evalkit.sources.audit_corrections import RatingCorrections
from evalkit.sources.audit_items import Entered, item_parsers, rating_cells, unexpected_answers
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.register import Register
from evalkit.sources.survey import FileAccount
from evalkit.sources.tables import Table, read_table


@dataclass(frozen=True, slots=True)
class Audits:
    """All ratings that could be read, in the order of the register; ``counted`` says which of them scores use."""

    ratings: tuple[Rating, ...]
    counted: tuple[bool, ...]
    accounts: tuple[FileAccount, ...]


NO_AUDITS = Audits((), (), ())


def read_audits(
    protocol: Protocol,
    register: Register,
    files: Sequence[tuple[Path, str]],
    limits: Limits | None = None,
    ledger: Ledger = NO_CORRECTIONS,
) -> tuple[Audits, list[Problem]]:
    """Read the call sheets ``files`` (path, name in findings): one row a rating, or one row an item of a rating.

    A row that cannot be assigned is left out with a finding: ``EK601`` a field is blank, ``EK602`` an unknown name,
    ``EK242`` an unknown unit, ``EK603`` a rating twice, ``EK604`` a call of two units, scenarios or channels, ``EK605``
    a scenario on a channel where it is not played, ``EK609`` no number of an attempt. A row with neither outcome nor
    answers is a call still to be made (EK614). The first of two files counts, so that what comes in later never
    replaces what was there. The corrections of ``ledger`` are applied to each rating, that of the outcome before it
    decides which items are judged; its findings are those of :mod:`evalkit.sources.audit_corrections`.
    """
    corrections = RatingCorrections(protocol, ledger)
    reader = _Reader(protocol, register, item_parsers(protocol), corrections, limits=limits)
    for path, shown_as in files:
        reader.read(path, shown_as)
    order = {unit: index for index, unit in enumerate(register.units)}
    ratings = sorted(reader.ratings, key=lambda rating: order[rating.unit])
    counted, more = counted_attempts(protocol, ratings)
    problems = [*reader.problems, *more, *corrections.problems, *corrections.left(ratings)]
    return Audits(tuple(ratings), tuple(counted), tuple(reader.accounts)), problems


def counted_attempts(protocol: Protocol, ratings: Sequence[Rating]) -> tuple[list[bool], list[Problem]]:
    """Return which ratings count: one attempt a call and auditor, as the protocol's ``attempts`` say.

    Attempts beyond the number allowed never count (EK610).
    """
    rule = protocol.attempts
    groups: dict[tuple[str, str], list[int]] = {}
    for index, rating in enumerate(ratings):
        groups.setdefault((rating.call, rating.auditor), []).append(index)
    counted = [False] * len(ratings)
    problems: list[Problem] = []
    for (call, _), indices in groups.items():
        tried = sorted(indices, key=lambda index: ratings[index].attempt)
        allowed = [index for index in tried if ratings[index].attempt <= rule.most]
        if len(allowed) < len(tried):
            place = Place(file=ratings[tried[-1]].file, unit=ratings[tried[-1]].unit)
            last = ratings[tried[-1]].attempt
            problems.append(problem("EK610", place, call=call, attempt=last, most=rule.most))
        if not allowed:
            continue
        reached = [index for index in allowed if protocol.outcome_by_code[ratings[index].outcome].reached]
        chosen = allowed[0] if rule.counts == "first" else allowed[-1]
        counted[reached[0] if rule.counts == "reached" and reached else chosen] = True
    return counted, problems


@dataclass(slots=True)
class _Row:
    """What describes a rating, its answers by item, and where it stands."""

    fields: dict[str, str]
    line: int
    answers: dict[str, Entered] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    protocol: Protocol
    register: Register
    parse: dict[str, Parser]
    corrections: RatingCorrections
    ratings: list[Rating] = field(default_factory=list)
    accounts: list[FileAccount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[str, str, int], Place] = field(default_factory=dict)
    calls: dict[str, tuple[tuple[str, str, str], Place]] = field(default_factory=dict)
    limits: Limits | None = None

    def read(self, path: Path, shown_as: str) -> None:
        table, found = read_table(path, Place(file=shown_as), self.limits)
        self.problems += found
        columns = None
        if table is not None:
            columns, found = find_columns(table, self.protocol)
            self.problems += found
        if table is None or columns is None:
            self.accounts.append(FileAccount(shown_as, "", "unreadable"))
            return
        before = len(self.ratings)
        rows = self._rows_of_items(table, columns) if columns.by_item else self._rows(table, columns)
        made = [row for row in rows if row.fields["outcome"] or any(each.text.strip() for each in row.answers.values())]
        if len(made) < len(rows):
            self.problems.append(problem("EK614", table.place, count=len(rows) - len(made)))
        for row in made:
            rating = self._rating(row, table, columns, shown_as)
            if rating is not None:
                self.ratings.append(rating)
        cells = [cell.status for rating in self.ratings[before:] for cell in rating.cells]
        counts = tuple(cells.count(status) for status in range(len(STATUSES)))
        left_out = len(made) - len(self.ratings) + before
        sha256 = sha256_file(path)
        self.accounts.append(
            FileAccount(shown_as, "", "read", len(cells), counts, len(rows) - len(made), left_out, sha256)
        )

    @staticmethod
    def _rows(table: Table, columns: Columns) -> list[_Row]:
        rows = []
        for line, cells in table.rows:
            fields = {name: cells[position].strip() for name, position in columns.fields.items()}
            items = columns.items.items()
            rows.append(_Row(fields, line, {item: Entered(cells[at], table.at(line, at)) for item, at in items}))
        return rows

    def _rows_of_items(self, table: Table, columns: Columns) -> list[_Row]:
        """Put together the rows of one item each, by all that describes their rating."""
        names = item_names(self.protocol)
        together: dict[tuple[str, ...], _Row] = {}
        for line, cells in table.rows:
            fields = {name: cells[position].strip() for name, position in columns.fields.items()}
            key = tuple(value for name, value in fields.items() if name not in {"item", "answer"})
            row = together.setdefault(key, _Row(fields, line))
            item, name = names.get(spelling(fields["item"])), fields["item"]
            place = table.at(line, columns.fields["item"])
            if item is None and name:
                about = {"what_zh": "评分项", "what_en": "item", "name": name}
                known = listed(dict.fromkeys(names.values()))
                self.problems.append(
                    problem("EK602", place, **about, allowed=known, **suggestion(name, names.values()))
                )
            elif item in row.answers:
                self.problems.append(problem("EK613", place, call=fields["call"], item=name))
            elif item is not None:
                position = columns.fields["answer"]
                row.answers[item] = Entered(cells[position], table.at(line, position))
        return list(together.values())

    def _rating(self, row: _Row, table: Table, columns: Columns, file: str) -> Rating | None:
        """Return the rating of a row; nothing, with findings, where it cannot be assigned."""
        found = len(self.problems)
        places = {name: table.at(row.line, position) for name, position in columns.fields.items()}
        self.problems += [problem("EK601", places[name], column=name) for name in _ALWAYS if not row.fields[name]]
        if len(self.problems) > found:
            return None
        call, auditor = row.fields["call"], row.fields.get("auditor", "")
        unit = self.register.find(row.fields["unit"])
        if unit is None:
            name = row.fields["unit"]
            self.problems.append(problem("EK242", places["unit"], name=name, **self.register.suggestion(name)))
        scenario = self._code(row, places, "scenario")
        slot = self._code(row, places, "slot") if row.fields.get("slot") else ""
        channel = self._channel(row, places, scenario)
        attempt = self._attempt(row, places)
        name, sound = rating_name(call, auditor, attempt), len(self.problems) == found
        outcome, faults = self._outcome(row, places["outcome"])
        usable = outcome.status == OK or self.corrections.corrects_outcome(name)
        if unit is None or not (sound and usable):
            self.problems += faults
            return None
        if not self._is_new(call, (unit, scenario, channel), (auditor, attempt), places["call"].at(unit=unit)):
            return None
        self.problems += self.corrections.correct_outcome(name, (unit, file), outcome, faults)
        if outcome.status != OK:
            return None
        about = (self.protocol.scenario_by_code[scenario], channel, self.protocol.outcome_by_code[outcome.value])
        cells, more = rating_cells(self.protocol, self.parse, about, row.answers, outcome)
        self.problems += self.corrections.correct_items(name, (unit, file), cells, more)
        where = places["outcome"].at(unit=unit)
        self.problems += unexpected_answers(self.protocol, call, cells, row.answers, where)
        return Rating(call, unit, auditor, scenario, channel, slot, outcome.value, attempt, file, cells)

    def _outcome(self, row: _Row, place: Place) -> tuple[Cell, list[Problem]]:
        """Return the cell of the outcome and what is wrong with it."""
        text = row.fields["outcome"]
        code, found = self._meant("outcome", text, place) if text else ("", [problem("EK601", place, column="outcome")])
        number = float(list(self.protocol.outcome_by_code).index(code)) if code else float("nan")
        status = OK if code else INVALID if text else BLANK
        return Cell(OUTCOME, status, text, code, number, place.sheet or "", place.cell or ""), found

    def _code(self, row: _Row, places: dict[str, Place], name: str) -> str:
        """Return the code that a code or a label means, empty with a finding where nothing does."""
        code, found = self._meant(name, row.fields[name], places[name])
        self.problems += found
        return code

    def _meant(self, name: str, text: str, place: Place) -> tuple[str, list[Problem]]:
        known: dict[str, str] = {
            spelling(text): each.code
            for each in getattr(self.protocol, f"{name}s")
            for text in (each.name.zh, each.name.en, each.code)
        }
        code = known.get(spelling(text), "")
        if code:
            return code, []
        about = {"what_zh": _WORDS[name][0], "what_en": _WORDS[name][1], "name": text}
        allowed = listed(dict.fromkeys(known.values()))
        return "", [problem("EK602", place, **about, allowed=allowed, **suggestion(text, known.values()))]

    def _channel(self, row: _Row, places: dict[str, Place], code: str) -> str:
        """Return the channel: as given, or the first of the scenario where none is."""
        scenario: Scenario | None = self.protocol.scenario_by_code.get(code)
        if not row.fields.get("channel"):
            return scenario.channels[0] if scenario is not None else ""
        channel = self._code(row, places, "channel")
        if scenario is not None and channel and channel not in scenario.channels:
            allowed = listed(scenario.channels)
            self.problems.append(problem("EK605", places["channel"], scenario=code, channel=channel, allowed=allowed))
        return channel

    def _attempt(self, row: _Row, places: dict[str, Place]) -> int:
        text = row.fields.get("attempt", "")
        number = attempt_number(text)
        if number is None:
            self.problems.append(problem("EK609", places["attempt"], value=text))
        return number or 0

    def _is_new(self, call: str, about: tuple[str, str, str], rating: tuple[str, int], place: Place) -> bool:
        known, first = self.calls.setdefault(call, (about, place))
        if known != about:
            shown = {"known": ", ".join(known), "found": ", ".join(about)}
            self.problems.append(problem("EK604", place, call=call, first=first, **shown))
            return False
        key = (call, *rating)
        if key in self.seen:
            auditor, attempt = rating[0] or "-", rating[1]
            self.problems.append(
                problem("EK603", place, call=call, auditor=auditor, attempt=attempt, first=self.seen[key])
            )
            return False
        self.seen[key] = place
        return True


_ALWAYS = tuple(name for name in REQUIRED if name != OUTCOME)
_WORDS = {
    "scenario": ("场景", "scenario"),
    "outcome": ("拨测结果", "outcome"),
    "slot": ("时段", "slot"),
    "channel": ("渠道", "channel"),
}
