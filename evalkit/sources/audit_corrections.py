"""Corrections of call sheets: applied to each rating while it is read, the outcome before the items that hang on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.calls import OUTCOME, Rating
from evalkit.definitions.protocol import Protocol
from evalkit.messages.nearest import listed
from evalkit.observations import BLANK, NOT_APPLICABLE, SKIPPED, Cell
from evalkit.problems import Problem, problem
from evalkit.sources.answer_cells import read_answer
from evalkit.sources.audit_columns import FIELDS
from evalkit.sources.audit_items import item_parsers, outcome_parser
from evalkit.sources.cell_text import fold, normalise, shortened
from evalkit.sources.corrections import Correction, Ledger, apply_corrections
from evalkit.sources.ledger import Correctable


def correctable(protocol: Protocol) -> Correctable:
    """Return what can be corrected of a rating: the outcome and the items, by code or by a text that means only one."""
    named = [(OUTCOME, FIELDS["outcome"])]
    named += [(item.code, (item.text.zh, item.text.en)) for item in protocol.items if item.is_asked]
    meant: dict[str, set[str]] = {}
    for key, names in named:
        for name in names:
            meant.setdefault(fold(name), set()).add(key)
    parsers = {OUTCOME: outcome_parser(protocol), **item_parsers(protocol)}
    texts = {name: next(iter(keys)) for name, keys in meant.items() if name and len(keys) == 1}
    return Correctable(parsers, texts | {fold(key): key for key in parsers})


class RatingCorrections:
    """The lines of the ledger that correct ratings, each to be used once.

    ``problems``: new values that no call sheet may have (EK261), a blank outcome or an item that must apply; these
    lines are not used.
    """

    def __init__(self, protocol: Protocol, ledger: Ledger) -> None:
        """Sort the lines by rating."""
        self.parsers = correctable(protocol).parsers if ledger.calls else {}
        self.problems: list[Problem] = []
        self.waiting: dict[str, list[Correction]] = {}
        for each in ledger.calls:
            reason = self._refusal(protocol, each)
            if reason is None:
                self.waiting.setdefault(each.rating, []).append(each)
                continue
            why = {"reason_zh": reason.message("zh"), "reason_en": reason.message("en")}
            self.problems.append(problem("EK261", each.place, new=shortened(normalise(each.new)), **why))

    def _refusal(self, protocol: Protocol, each: Correction) -> Problem | None:
        """Return why a value that a questionnaire could have does not fit a call sheet."""
        status = read_answer(self.parsers[each.key], each.new).status
        if each.key == OUTCOME:
            text = normalise(each.new)
            return self.parsers[OUTCOME](text, text)[2] if status in {BLANK, NOT_APPLICABLE} else None
        if status == NOT_APPLICABLE and not protocol.item_by_code[each.key].not_applicable:
            return problem("EK608", item=each.key)
        return None

    def corrects_outcome(self, rating: str) -> bool:
        """Tell whether a line still to be used corrects the outcome of a rating."""
        return any(each.key == OUTCOME for each in self.waiting.get(rating, ()))

    def correct_outcome(
        self, rating: str, where: tuple[str, str], outcome: Cell, problems: Sequence[Problem]
    ) -> list[Problem]:
        """Correct the outcome of a rating in place; ``where``: unit and file. Returns the findings that stand then."""
        return self._correct(rating, where, [outcome], problems, outcome=True)

    def correct_items(
        self, rating: str, where: tuple[str, str], cells: Iterable[Cell], problems: Sequence[Problem]
    ) -> list[Problem]:
        """Correct the items of a rating in place, those that are judged after its outcome."""
        judged = [cell for cell in cells if cell.status != SKIPPED]
        return self._correct(rating, where, judged, problems, outcome=False)

    def _correct(
        self, rating: str, where: tuple[str, str], cells: Iterable[Cell], problems: Sequence[Problem], *, outcome: bool
    ) -> list[Problem]:
        lines = self.waiting.get(rating, [])
        used = tuple(each for each in lines if (each.key == OUTCOME) == outcome)
        if not used:
            return list(problems)
        self.waiting[rating] = [each for each in lines if each not in used]
        return apply_corrections(Ledger(used, self.parsers), [(*where, {cell.key: cell for cell in cells})], problems)

    def left(self, ratings: Iterable[Rating]) -> list[Problem]:
        """Return a finding (EK649) for each line whose rating was not read; it names those of the call that were."""
        lines = [each for several in self.waiting.values() for each in several]
        known: dict[str, list[str]] = {each.call: [] for each in lines}
        for rating in ratings:
            if rating.call in known:
                known[rating.call].append(rating.respondent)
        return [
            problem("EK649", each.place, rating=each.rating, known=listed(known[each.call]) or "-") for each in lines
        ]
