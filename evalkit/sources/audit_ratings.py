"""From a row of a call sheet to a rating: names resolved, told from the ratings that came before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from evalkit.calls import OUTCOME, Rating, rating_name
from evalkit.definitions.protocol import Protocol
from evalkit.observations import BLANK, INVALID, OK, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.agents import AgentCodes
from evalkit.sources.audit_columns import REQUIRED, Columns, attempt_number
from evalkit.sources.audit_corrections import RatingCorrections
from evalkit.sources.audit_items import ItemReader, item_reader
from evalkit.sources.audit_names import Names, names_of
from evalkit.sources.audit_rows import Entered, Row
from evalkit.sources.audit_timing import read_timing
from evalkit.sources.cell_text import fold
from evalkit.sources.private_keys import PrivateKeys
from evalkit.sources.register import Register
from evalkit.sources.tables import Table
from evalkit.sources.telephones import telephone

_ALWAYS = tuple(name for name in REQUIRED if name != OUTCOME)


class Earlier(NamedTuple):
    """What a rating says before any correction, and where: two that say the same are one.

    ``said``: outcome, slot, date, start, and the duration as text, since one that was not entered is NaN, which equals
    nothing.
    """

    said: tuple[object, ...]
    answers: Mapping[str, Entered]
    place: Place


@dataclass(frozen=True, slots=True)
class RatingReader:
    """Reads rows one after the other; the first of two rows for one rating stands, whatever comes in later.

    ``positions`` of the outcomes; ``keys`` to codes; ``seen``: ratings by call, auditor and attempt; ``calls``: unit,
    scenario and channel of a call, and where it was first said; ``withheld``: where telephone numbers without a code
    stand; ``agents`` gives agents their codes.
    """

    protocol: Protocol
    register: Register
    items: ItemReader
    names: Names
    corrections: RatingCorrections
    positions: Mapping[str, int]
    keys: PrivateKeys
    seen: dict[tuple[str, str, int], Earlier] = field(default_factory=dict)
    calls: dict[str, tuple[tuple[str, str, str], Place]] = field(default_factory=dict)
    withheld: list[Place] = field(default_factory=list)
    agents: AgentCodes = field(default_factory=AgentCodes)

    def read(self, row: Row, table: Table, columns: Columns, file: str) -> tuple[Rating | None, list[Problem]]:
        """Return the rating of a row; none, with findings, where it cannot be assigned or was there before."""
        problems = [
            problem("EK601", row.place(name, table, columns), column=name) for name in _ALWAYS if not row.fields[name]
        ]
        if problems:
            return None, problems
        codes, problems = self._codes(row, table, columns)
        attempt, more = _attempt(row, table, columns)
        problems += more
        call, unit, auditor = row.fields["call"], codes["unit"], row.fields.get("auditor", "")
        auditor = self.keys.auditors.get(fold(auditor), auditor)
        name, where = rating_name(call, auditor, attempt), (unit, file)
        at = row.place("outcome", table, columns)
        outcome, faults = self._outcome(row, at)
        if problems or not (outcome.status == OK or self.corrections.corrects_outcome(name)):
            return None, [*problems, *faults]
        timing, problems = read_timing(row.fields, lambda name: row.place(name, table, columns))
        place = row.place("call", table, columns).at(unit=unit)
        about = (unit, codes["scenario"], codes["channel"])
        said = (outcome.value or outcome.raw, codes["slot"], timing.date, timing.start, str(timing.duration))
        if was_there := self._was_there((call, auditor, attempt), about, Earlier(said, row.answers, place)):
            return None, was_there
        problems += self.corrections.correct_outcome(name, where, outcome, faults)
        if outcome.status != OK:
            return None, problems
        judged = (codes["scenario"], codes["channel"], outcome.value)
        cells, more = self.items.cells(judged, row.answers, outcome, table)
        problems += self.corrections.correct_items(name, where, cells, more)
        problems += self.items.unexpected(call, judged, cells, row.answers, at)
        of_call = (call, unit, auditor, codes["scenario"], codes["channel"], codes["slot"], outcome.value, attempt)
        number = self._number(row, table, columns)
        agent = self.agents.code(unit, row.fields.get("agent", ""))
        return Rating(*of_call, file, cells, timing, place, number, agent), problems

    def _codes(self, row: Row, table: Table, columns: Columns) -> tuple[dict[str, str], list[Problem]]:
        """Return unit, scenario, slot and channel of a row, empty where there is none."""
        name = row.fields["unit"]
        unit = self.register.find(name)
        problems: list[Problem] = []
        if unit is None:
            where = row.place("unit", table, columns)
            problems.append(problem("EK242", where, name=name, **self.register.suggestion(name)))
        codes = {"unit": unit or "", "slot": ""}
        for kind in ("scenario", "slot", "channel"):
            if text := row.fields.get(kind):
                codes[kind] = self.names.find(kind, text)
                if not codes[kind]:
                    problems.append(self.names.unknown(kind, text, row.place(kind, table, columns)))
        codes["channel"], more = self._channel(codes, row, table, columns)
        return codes, [*problems, *more]

    def _number(self, row: Row, table: Table, columns: Columns) -> str:
        """Return the code of the number that the call was made from; a telephone number without one is withheld."""
        text = row.fields.get("number", "")
        digits = telephone(text)
        if digits and digits not in self.keys.numbers:
            self.withheld.append(row.place("number", table, columns))
        return self.keys.numbers.get(digits, "") if digits else text

    def _outcome(self, row: Row, place: Place) -> tuple[Cell, list[Problem]]:
        """Return the cell of the outcome and what is wrong with it."""
        text = row.fields["outcome"]
        where = (place.sheet or "", place.cell or "")
        if not text:
            return Cell(OUTCOME, BLANK, text, "", np.nan, *where), [problem("EK601", place, column="outcome")]
        code = self.names.find("outcome", text)
        if not code:
            return Cell(OUTCOME, INVALID, text, "", np.nan, *where), [self.names.unknown("outcome", text, place)]
        return Cell(OUTCOME, OK, text, code, float(self.positions[code]), *where), []

    def _channel(self, codes: dict[str, str], row: Row, table: Table, columns: Columns) -> tuple[str, list[Problem]]:
        """Return the channel: as given, or the first of the scenario where none is."""
        scenario = self.protocol.scenario_by_code.get(codes["scenario"])
        if scenario is None:
            return "", []
        channel = codes.get("channel", scenario.channels[0])
        if channel and channel not in scenario.channels:
            about = {"scenario": scenario.code, "channel": channel, "allowed": ", ".join(scenario.channels)}
            return channel, [problem("EK605", row.place("channel", table, columns), **about)]
        return channel, []

    def _was_there(self, rating: tuple[str, str, int], about: tuple[str, str, str], entered: Earlier) -> list[Problem]:
        """Remember a rating; say why it is not used where its call or itself was there before."""
        call, auditor, attempt = rating
        known, first = self.calls.setdefault(call, (about, entered.place))
        if known != about:
            shown = {"known": ", ".join(known), "found": ", ".join(about)}
            return [problem("EK604", entered.place, call=call, first=first, **shown)]
        earlier = self.seen.setdefault(rating, entered)
        if earlier is entered:
            return []
        which = {"call": call, "auditor": auditor or "-", "attempt": attempt}
        same = earlier.said == entered.said and self.items.said(earlier.answers) == self.items.said(entered.answers)
        return [problem("EK650" if same else "EK603", entered.place, **which, first=earlier.place)]


def rating_reader(
    protocol: Protocol, register: Register, corrections: RatingCorrections, keys: PrivateKeys
) -> RatingReader:
    """Return a reader that has seen no rating yet."""
    positions = {code: index for index, code in enumerate(protocol.outcome_by_code)}
    items, names = item_reader(protocol), names_of(protocol)
    agents = AgentCodes(keys.agents)
    return RatingReader(protocol, register, items, names, corrections, positions, keys, agents=agents)


def _attempt(row: Row, table: Table, columns: Columns) -> tuple[int, list[Problem]]:
    text = row.fields.get("attempt", "")
    number = attempt_number(text)
    if number is None:
        return 0, [problem("EK609", row.place("attempt", table, columns), value=text)]
    return number, []
