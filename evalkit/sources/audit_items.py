"""From what an auditor entered to the cells of a rating: parsed, or left out by the rules of the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalkit.calls import OUTCOME
from evalkit.definitions.protocol import Outcome, Protocol, Scenario
from evalkit.definitions.protocol_items import Item
from evalkit.definitions.questionnaire import Option, Question
from evalkit.messages.nearest import listed
from evalkit.observations import BLANK, INVALID, NOT_APPLICABLE, SKIPPED, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Parser, choice_of, parsers, read_cell


@dataclass(frozen=True, slots=True)
class Entered:
    """Text of an answer and where it stands."""

    text: str
    place: Place


def item_parsers(protocol: Protocol) -> dict[str, Parser]:
    """Return the parser of each item that is asked; answers are read as those to a questionnaire."""
    return {item.code: parsers(_question(item))[item.code] for item in protocol.items if item.is_asked}


def outcome_parser(protocol: Protocol) -> Parser:
    """Return the parser of a call's outcome: by its label in either language, or by its code."""
    options = tuple(Option(code=outcome.code, name=outcome.name) for outcome in protocol.outcomes)
    return choice_of(Question(code=OUTCOME, text=OUTCOME, type="single", options=options))


def _question(item: Item) -> Question:
    about = {"code": item.code, "text": item.text}
    if item.type == "scale":
        options = tuple(Option(code=step.code, name=step.name) for step in item.steps)
        return Question(**about, type="scale", options=options)
    if item.type in {"count", "seconds"}:
        return Question(**about, type="number", min=0, integer=item.type == "count")
    return Question(**about, type="yesno" if item.type == "yesno" else "text")


def rating_cells(
    protocol: Protocol,
    parse: Mapping[str, Parser],
    call: tuple[Scenario, str, Outcome],
    entered: Mapping[str, Entered],
    outcome: Cell,
) -> tuple[tuple[Cell, ...], list[Problem]]:
    """Return the cells of a rating, its outcome first, and the findings in them; ``call``: scenario, channel, outcome.

    An item that is not judged in this scenario on this channel has no cell; one whose base the outcome is not in is
    ``SKIPPED``. A "does not apply" that the item does not allow is ``INVALID`` (EK608). Other findings are those of
    answers to a questionnaire.
    """
    scenario, channel, result = call
    cells, problems = [outcome], list[Problem]()
    for item in protocol.items:
        if not (item.is_asked and protocol.asks(item, scenario, channel)):
            continue
        answer = entered.get(item.code)
        if item.base not in result.bases:
            cells.append(_without(item, SKIPPED, answer))
        elif answer is None:
            cells.append(_without(item, BLANK, None))
        else:
            cell, finding = _read(item, parse[item.code], answer)
            cells.append(cell)
            problems += [finding] if finding else []
    return tuple(cells), problems


def unexpected_answers(
    protocol: Protocol, call: str, cells: Sequence[Cell], entered: Mapping[str, Entered], where: Place
) -> list[Problem]:
    """Report answers to items that are not judged after this outcome (EK606), and items left blank (EK607)."""
    statuses = {cell.key: cell.status for cell in cells}
    given = {item for item, answer in entered.items() if answer.text.strip()}
    asked = [item for item in protocol.items if item.is_asked]
    ignored = [item.code for item in asked if item.code in given and statuses.get(item.code, SKIPPED) == SKIPPED]
    blank = [item.code for item in asked if statuses.get(item.code) == BLANK and item.type != "text"]
    found = []
    if ignored:
        found.append(problem("EK606", where, call=call, outcome=cells[0].value, items=listed(ignored)))
    if blank:
        found.append(problem("EK607", where, call=call, items=listed(blank)))
    return found


def _without(item: Item, status: int, answer: Entered | None) -> Cell:
    if answer is None:
        return Cell(item.code, status)
    return Cell(item.code, status, answer.text, sheet=answer.place.sheet or "", cell=answer.place.cell or "")


def _read(item: Item, parser: Parser, answer: Entered) -> tuple[Cell, Problem | None]:
    place = answer.place.at(question=item.code)
    cell, finding = read_cell(item.code, parser, answer.text, None, place)
    if cell.status == NOT_APPLICABLE and not item.not_applicable:
        cell.status = INVALID
        return cell, problem("EK608", place, item=item.code)
    return cell, finding
