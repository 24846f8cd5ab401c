"""From what an auditor entered to the cells of a rating: parsed, or left out by the rules of the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalkit.calls import OUTCOME
from evalkit.definitions.protocol import Outcome, Protocol, Scenario
from evalkit.definitions.protocol_items import Item
from evalkit.definitions.questionnaire import Option, Question
from evalkit.messages.nearest import listed
from evalkit.observations import BLANK, INVALID, NOT_APPLICABLE, OK, SKIPPED, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import Parser, parsers, read_cell


@dataclass(frozen=True, slots=True)
class Entered:
    """Text of an answer and where it stands."""

    text: str
    place: Place


def item_parsers(protocol: Protocol) -> dict[str, Parser]:
    """Return the parser of each item that is asked; answers are read as those to a questionnaire."""
    return {item.code: parsers(_question(item))[item.code] for item in protocol.items if item.is_asked}


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
    call: tuple[str, Scenario, str, Outcome],
    entered: Mapping[str, Entered],
    outcome: Entered,
) -> tuple[tuple[Cell, ...], list[Problem]]:
    """Return the cells of a rating of ``call`` (number, scenario, channel, outcome) and the findings in them.

    An item that is not judged in this scenario on this channel has no cell; one whose base the outcome is not in is
    ``SKIPPED``. Answers to such items are reported together (EK606), as are items left blank (EK607); a "does not
    apply" that the item does not allow is ``INVALID`` (EK608). Other findings are those of answers to a questionnaire.
    """
    number, scenario, channel, result = call
    position = float(list(protocol.outcome_by_code).index(result.code))
    where = outcome.place
    cells = [Cell(OUTCOME, OK, outcome.text, result.code, position, where.sheet or "", where.cell or "")]
    problems: list[Problem] = []
    ignored: list[str] = []
    blank: list[str] = []
    for item in protocol.items:
        answer = entered.get(item.code)
        given = answer is not None and answer.text.strip() != ""
        if not item.is_asked:
            continue
        judged = protocol.asks(item, scenario, channel)
        in_base = item.base in result.bases
        if not (judged and in_base):
            ignored += [item.code] if given else []
            if judged:
                cells.append(_without(item, SKIPPED, answer))
            continue
        if answer is None:
            cells.append(_without(item, BLANK, None))
        else:
            cell, finding = _read(item, parse[item.code], answer)
            cells.append(cell)
            problems += [finding] if finding else []
        blank += [item.code] if cells[-1].status == BLANK and item.type != "text" else []
    if ignored:
        problems.append(problem("EK606", where, call=number, outcome=result.code, items=listed(ignored)))
    if blank:
        problems.append(problem("EK607", where, call=number, items=listed(blank)))
    return tuple(cells), problems


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
