"""From what an auditor entered to the cells of a rating: parsed, or left out by the rules of the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from evalkit.calls import OUTCOME
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.protocol_items import Item
from evalkit.definitions.questionnaire import Option, Question
from evalkit.messages.nearest import listed
from evalkit.observations import BLANK, INVALID, NOT_APPLICABLE, SKIPPED, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Answer, Parser, choice_of, parsers, read_answer
from evalkit.sources.audit_rows import Entered
from evalkit.sources.cells import cell_name, column_name
from evalkit.sources.tables import Table

Call = tuple[str, str, str]
"""Codes of scenario, channel and outcome."""


class Asked(NamedTuple):
    """What is asked of the auditor after a call.

    ``judged``: items that are judged in its scenario on its channel, with whether its outcome is in their base;
    ``others``: codes of those to which no answer is expected; ``needed``: of those to which one is, but for remarks.
    """

    judged: tuple[tuple[str, Item, bool], ...]
    others: tuple[str, ...]
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemReader:
    """Reads the answers to the items of a protocol, each different one once; they are read as those of a questionnaire.

    ``asked`` by scenario, channel and outcome; ``known`` answers by item and text.
    """

    protocol: Protocol
    parse: Mapping[str, Parser]
    asked: dict[Call, Asked] = field(default_factory=dict)
    known: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def cells(
        self, call: Call, entered: Mapping[str, Entered], outcome: Cell, table: Table
    ) -> tuple[tuple[Cell, ...], list[Problem]]:
        """Return the cells of a rating, its outcome first, and the findings in them.

        An item that is not judged in this scenario on this channel has no cell; one whose base the outcome is not in
        is ``SKIPPED``. A "does not apply" that the item does not allow is ``INVALID`` (EK608). Other findings are those
        of answers to a questionnaire.
        """
        sheet = table.place.sheet or ""
        cells = [outcome]
        problems: list[Problem] = []
        for code, item, in_base in self._asked(call).judged:
            given = entered.get(code)
            if given is None or not in_base:
                cells.append(_without(item, BLANK if in_base else SKIPPED, given, sheet))
                continue
            text, line, column = given
            status, raw, value, position, finding = self.known.get((code, text)) or self._answer(item, text)
            cells.append(Cell(code, status, raw, value, position, sheet, f"{column_name(column)}{line}"))
            if finding is not None:
                problems.append(replace(finding, place=table.at(line, column).at(question=code)))
        return tuple(cells), problems

    def unexpected(
        self, number: str, call: Call, cells: Sequence[Cell], entered: Mapping[str, Entered], place: Place
    ) -> list[Problem]:
        """Report answers to items that are not judged after this outcome (EK606), and items left blank (EK607)."""
        asked = self._asked(call)
        blank = {cell.key for cell in cells if cell.status == BLANK}
        ignored = [code for code in asked.others if code in entered and entered[code].text.strip()]
        missing = [code for code in asked.needed if code in blank]
        found = [problem("EK606", place, call=number, outcome=call[-1], items=listed(ignored))] if ignored else []
        return [*found, problem("EK607", place, call=number, items=listed(missing))] if missing else found

    def said(self, entered: Mapping[str, Entered]) -> dict[str, str]:
        """Return what each answer says, however it is written; nothing for one that says nothing."""
        read = {item.code: item for item in self.protocol.items if item.is_asked}
        answers = {
            code: self.known.get((code, each.text)) or self._answer(read[code], each.text)
            for code, each in entered.items()
            if code in read
        }
        return {code: each.value or each.raw.strip() for code, each in answers.items() if each.raw.strip()}

    def _asked(self, about: Call) -> Asked:
        found = self.asked.get(about)
        if found is None:
            scenario, channel, outcome = about
            played, bases = self.protocol.scenario_by_code[scenario], self.protocol.outcome_by_code[outcome].bases
            items = [item for item in self.protocol.items if item.is_asked]
            judged = [item for item in items if self.protocol.asks(item, played, channel)]
            wanted = [item for item in judged if item.base in bases]
            found = self.asked[about] = Asked(
                tuple((item.code, item, item.base in bases) for item in judged),
                tuple(item.code for item in items if item not in wanted),
                tuple(item.code for item in wanted if item.type != "text"),
            )
        return found

    def _answer(self, item: Item, text: str) -> Answer:
        answer = _answer(item, self.parse[item.code], text)
        if item.type != "text":
            self.known[item.code, text] = answer
        return answer


def item_reader(protocol: Protocol) -> ItemReader:
    """Return the reader of a protocol's items."""
    return ItemReader(protocol, item_parsers(protocol))


def item_parsers(protocol: Protocol) -> dict[str, Parser]:
    """Return the parser of each item that is asked; answers are read as those to a questionnaire."""
    return {item.code: parsers(as_question(item))[item.code] for item in protocol.items if item.is_asked}


def outcome_parser(protocol: Protocol) -> Parser:
    """Return the parser of a call's outcome: by its label in either language, or by its code."""
    options = tuple(Option(code=outcome.code, name=outcome.name) for outcome in protocol.outcomes)
    return choice_of(Question(code=OUTCOME, text=OUTCOME, type="single", options=options))


def as_question(item: Item) -> Question:
    """Return an item that is asked as a question of a questionnaire, whose answers are the item's."""
    about = {"code": item.code, "text": item.text}
    if item.type == "scale":
        options = tuple(Option(code=step.code, name=step.name) for step in item.steps)
        return Question(**about, type="scale", options=options)
    if item.type in {"count", "seconds"}:
        return Question(**about, type="number", min=0, integer=item.type == "count")
    return Question(**about, type="yesno" if item.type == "yesno" else "text")


def _answer(item: Item, parser: Parser, text: str) -> Answer:
    answer = read_answer(parser, text)
    if answer.status == NOT_APPLICABLE and not item.not_applicable:
        return Answer(INVALID, answer.raw, finding=problem("EK608", item=item.code))
    return answer


def _without(item: Item, status: int, answer: Entered | None, sheet: str) -> Cell:
    if answer is None:
        return Cell(item.code, status)
    return Cell(item.code, status, answer.text, sheet=sheet, cell=cell_name(answer.line - 1, answer.column))
