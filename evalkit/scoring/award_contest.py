"""One award among the units that may take part: who wins in the field or in each peer group, and what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from evalkit.definitions.award_rules import Band, Blocks, Top
from evalkit.definitions.awards import Award, Gates
from evalkit.messages import word
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_blocks import NO_BLOCK
from evalkit.scoring.award_division import divide, sizes_said
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_gates import Passed
from evalkit.scoring.award_quantity import Quantity
from evalkit.scoring.award_reasons import (
    Competition,
    Reason,
    places,
    why_at_top,
    why_before_others,
    why_in_band,
    why_in_block,
    why_passed,
    why_vetoed,
)
from evalkit.scoring.award_selection import broken_ties, in_band, select_top
from evalkit.scoring.award_words import joined


@dataclass(frozen=True, slots=True)
class Won:
    """The unit at ``index`` gets what is called ``gives``; ``block`` counts the blocks of a division from 1."""

    index: int
    gives: str
    block: int | None
    basis: str
    reason: str
    group: str = ""
    """the peer group in which it was given, ``column:value``"""


@dataclass(frozen=True, slots=True)
class Contest:
    """An award, what is compared for it, and who passed its gates, over the rows of ``field``."""

    award: Award
    gates: tuple[Gates, ...]
    field: Field
    compared: Quantity
    passed: Passed
    taken: BoolArray
    name: str

    def winners(self) -> tuple[list[Won], list[Problem]]:
        """Return who wins, group by group."""
        won: list[Won] = []
        eligible = self.passed.eligible & ~np.isnan(self.compared.values)
        problems = self._in_no_group(eligible)
        for group, members in self._groups():
            competition = Competition(self.award.within or "", group, eligible & members, self.taken)
            least = max((each.least_units or 0 for each in self.gates), default=0)
            if competition.eligible.sum() < least:
                found = int(competition.eligible.sum())
                problems.append(problem("EK507", award=self.name, group=group or "-", found=found, least=least))
                continue
            more_won, more = self._of_group(competition, members)
            won += more_won
            problems += more
        return won, problems

    def _groups(self) -> list[tuple[str, BoolArray]]:
        """Return the peer groups in which the award is given, with members; the whole field is one without a name."""
        if self.award.within is None:
            return [("", np.ones(len(self.field.units), dtype=bool))]
        values = self.field.columns[self.award.within]
        return [(value, np.array([each == value for each in values])) for value in dict.fromkeys(values) if value]

    def _in_no_group(self, eligible: BoolArray) -> list[Problem]:
        column = self.award.within
        if column is None:
            return []
        without = eligible & np.array([not value for value in self.field.columns[column]], dtype=bool)
        units = [self.field.units[index] for index in np.flatnonzero(without)]
        return [problem("EK504", Place(unit=unit), unit=unit, column=column, award=self.name) for unit in units]

    def _of_group(self, competition: Competition, members: BoolArray) -> tuple[list[Won], list[Problem]]:
        rule, values, tolerance = self.award.rule, self.compared.values, self.field.tolerance
        if isinstance(rule, Band):
            inside = in_band(values, rule.low, rule.high, rule.closed, tolerance=tolerance)
            chosen = np.flatnonzero(inside & competition.eligible & ~self.taken).tolist()
            return [self._won(index, partial(why_in_band, rule, self.compared, tolerance)) for index in chosen], []
        if isinstance(rule, Top):
            return self._places(rule, competition)
        if isinstance(rule, Blocks):
            return self._blocks(rule, competition, members)
        raise TypeError(f"the rule {rule.method} compares nothing")

    def _won(
        self, index: int, why: Callable[[int], Reason], group: str = "", block: int | None = None, gives: str = ""
    ) -> Won:
        if not self.field.explained:
            return Won(index, gives or self.award.id, block, "", "", group)
        basis, sentences = why(index)
        passed_basis, passed = why_passed(self.gates, self.field, index)
        sentences = [*sentences, *self.compared.more.get(index, ()), *passed]
        return Won(index, gives or self.award.id, block, basis + passed_basis, joined(sentences), group)

    def _places(self, rule: Top, competition: Competition) -> tuple[list[Won], list[Problem]]:
        order = self._order(rule)
        winners, problems = self._top(rule, competition, order)
        why = partial(self._why_at_top, rule, order, competition)
        chosen = np.flatnonzero(winners).tolist()
        return [self._won(index, why, competition.name) for index in chosen], problems

    def _why_at_top(self, rule: Top, order: FloatArray, competition: Competition, index: int) -> Reason:
        basis, said = why_at_top(rule, self.compared, order, competition, index, tolerance=self.field.tolerance)
        parted = why_before_others(rule, self.compared, order, competition.eligible, index, field=self.field)
        return basis, [*said, *parted]

    def _order(self, rule: Top) -> FloatArray:
        """Return what orders the units: what is compared, with its ties broken where the rule says by what."""
        if not rule.tie_break:
            return self.compared.values
        keys = [self.field.scores[node] for node in rule.tie_break]
        return broken_ties(self.compared.values, keys, tolerance=self.field.tolerance)

    def _top(self, rule: Top, competition: Competition, order: FloatArray) -> tuple[BoolArray, list[Problem]]:
        eligible = competition.eligible
        competing = eligible if rule.count_from == "all" else eligible & ~self.taken
        available = places(rule, int(eligible.sum()))
        problems = []
        if rule.count is not None and competing.sum() < available:
            problems.append(problem("EK501", award=self.name, found=int(competing.sum()), places=available))
        tolerance = self.field.tolerance
        selected = select_top(order, competing, available, ties=rule.ties, tolerance=tolerance)
        if selected.tied_at_cut.any():
            units = self._names(selected.tied_at_cut)
            zh, en = word(f"ties_{rule.ties}", "zh"), word(f"ties_{rule.ties}", "en")
            about = {"places": available, "units": units, "ties_zh": zh, "ties_en": en}
            problems.append(problem("EK502", award=self.name, **about))
        return selected.winners & ~self.taken, problems

    def _blocks(self, rule: Blocks, competition: Competition, members: BoolArray) -> tuple[list[Won], list[Problem]]:
        eligible = competition.eligible & ~self.taken
        mine = Competition(competition.column, competition.group, eligible, self.taken)
        values = np.where(eligible, self.compared.values, np.nan)
        divided, problems = divide(rule, values, self.field.units, self.name, tolerance=self.field.tolerance)
        why = partial(why_in_block, rule, self.compared, divided.blocks, mine, tolerance=self.field.tolerance)
        won = [
            self._won(index, why, mine.name, number + 1, rule.blocks[number].id)
            for index, number in enumerate(divided.blocks.tolist())
            if number != NO_BLOCK
        ]
        if rule.vetoed is not None:
            number = next(number for number, block in enumerate(rule.blocks) if block.id == rule.vetoed)
            for index in np.flatnonzero(self.passed.vetoed & members & ~self.taken).tolist():
                basis, sentences = why_vetoed(self.passed.vetoes[index])
                won.append(Won(index, rule.vetoed, number + 1, basis, joined(sentences), mine.name))
        given = Counter(each.gives for each in won)
        counts = [given[block.id] for block in rule.blocks]
        return won, [*problems, *sizes_said(rule, counts, competition.group, self.name)]

    def _names(self, units: BoolArray) -> str:
        return ", ".join(self.field.units[index] for index in np.flatnonzero(units))
