"""Proof that questions ask for: whether it stands beside the answers that need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalkit.definitions.base import Text
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.observations import BLANK, OK, SKIPPED, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.sources.survey_workbook import Returned

_NOTHING = frozenset({BLANK, SKIPPED})


def check_evidence(questionnaire: Questionnaire, returned: Sequence[Returned]) -> Iterator[Problem]:
    """Yield what is wrong with the evidence, after skip rules; an answer counts with or without it.

    ``EK326``: a question that asks for proof is answered without any; ``EK327``: proof is given where there is no
    answer, which may have been forgotten; ``EK328``: the workbook has nowhere to write it, said once a workbook.
    Nothing has to be proved by a ``no``, by options that are not ticked, or by "does not apply".
    """
    questions = [(each, each.evidence) for each in questionnaire.with_evidence if each.evidence is not None]
    if not questions:
        return
    for each in returned:
        if each.cells is None:
            continue
        place = Place(file=each.file, unit=each.unit)
        if not any(cell.evidence_cell for cell in each.cells.values()):
            yield problem("EK328", place)
            continue
        for question, wanted in questions:
            yield from _check(question, wanted, each.cells, place)


def _check(question: Question, wanted: Text, cells: Mapping[str, Cell], place: Place) -> Iterator[Problem]:
    own = [cells[key] for key in question.keys]
    given = next((cell for cell in own if cell.evidence), None)
    if given is None:
        needing = next((cell for cell in own if _needs_proof(question, cell)), None)
        if needing is not None:
            where = next((cell for cell in own if cell.evidence_cell), needing)
            at = _at(place, where, question, where.evidence_cell or where.cell)
            yield problem("EK326", at, question=question.code, wanted_zh=wanted.say("zh"), wanted_en=wanted.say("en"))
    elif all(cell.status in _NOTHING for cell in own):
        yield problem("EK327", _at(place, given, question, given.evidence_cell), question=question.code)


def _needs_proof(question: Question, cell: Cell) -> bool:
    if cell.status != OK:
        return False
    if question.type == "multiple":
        return cell.number == 1
    return question.type != "yesno" or cell.value != "no"


def _at(place: Place, cell: Cell, question: Question, name: str) -> Place:
    return place.at(sheet=cell.sheet or None, cell=name or None, question=question.code)
