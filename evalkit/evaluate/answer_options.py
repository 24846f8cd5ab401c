"""All admissible changes of a unit's answers, scored by the rules themselves, as options for the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evalkit.definitions.checks import Check, year_of
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.recipe import Recipe, ResolvedNode
from evalkit.definitions.rules import Goalposts, Target, Unchanged
from evalkit.evaluate.answer_rungs import Rungs, Tick, keys_read
from evalkit.evaluate.answer_scenarios import Scenario
from evalkit.evaluate.cross_checks import broken, can_be_judged
from evalkit.observations import OK, Answers
from evalkit.registry import Registry
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.measures import measure
from evalkit.scoring.tree_scores import normalise

MOST_OPTIONS = 100_000
"""Combinations within answers that hang together above which none are looked at."""


class TooManyError(Exception):
    """There are more combinations of changes than can be looked at."""


@dataclass(frozen=True, slots=True)
class Knot:
    """Answers that must be looked at together: an indicator reads them, or a check names them."""

    keys: tuple[str, ...]
    indicators: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """The options of a knot, the first being to change nothing.

    ``cost`` (options,), ``scores`` (options, indicators of the knot), ``numbers`` and ``costs`` (options, keys).
    """

    knot: Knot
    cost: FloatArray
    scores: FloatArray
    numbers: FloatArray
    costs: FloatArray

    def take(self, kept: Sequence[int]) -> Options:
        """Return some of the options."""
        at = np.array(kept, dtype=np.intp)
        return Options(self.knot, self.cost[at], self.scores[at], self.numbers[at], self.costs[at])


@dataclass(slots=True, eq=False)
class AnswerOptions:
    """What the options of all units are made from; ``raw`` values by indicator (units,) are those of the field."""

    questionnaire: Questionnaire | None
    recipe: Recipe
    answers: Answers
    rungs: Mapping[str, Rungs]
    gates: frozenset[str]
    raw: Mapping[str, FloatArray]
    plug_ins: Registry
    wave: str
    reads: dict[str, tuple[str, ...]] = field(init=False)
    checks: list[tuple[Check, tuple[str, ...]]] = field(init=False)

    def __post_init__(self) -> None:
        """Look up which cells indicators and checks read."""
        self.reads = {node.id: keys_read(node, self.questionnaire) for node in self.recipe.indicators}
        self.checks = []
        if self.questionnaire is not None:
            for check in self.questionnaire.checks:
                if can_be_judged(check, self.questionnaire, self.answers, year_of(self.wave)):
                    keys = tuple(name.key for name in check.answers(self.questionnaire.questions))
                    self.checks.append((check, keys))

    def knots(self, scenario: Scenario) -> list[Knot]:
        """Return the answers that may be moved in a scenario, those that hang together in one knot."""
        movable = {
            key
            for key, rungs in self.rungs.items()
            if key not in self.gates
            and scenario.statuses[self.answers.keys[key]] == OK
            and rungs.moves(float(scenario.numbers[self.answers.keys[key]]))
        }
        groups = [set(keys) & movable for keys in (*self.reads.values(), *(keys for _, keys in self.checks))]
        knots = []
        for keys in _joined(groups):
            ordered = tuple(key for key in self.answers.keys if key in keys)
            indicators = tuple(node for node, read in self.reads.items() if keys & set(read))
            knots.append(Knot(ordered, indicators, tuple(check for check, named in self.checks if keys & set(named))))
        return knots

    def scores(self, scenario: Scenario, row: int, indicators: Sequence[str]) -> FloatArray:
        """Return the scores of indicators (indicators,) in a scenario."""
        scores: FloatArray = self._scored(scenario.numbers[np.newaxis], scenario, row, indicators)[0]
        return scores

    def breaks_no_check(self, scenario: Scenario, row: int) -> bool:
        """Tell whether no check fails in a scenario that held before."""
        one, before = self._rows(scenario.numbers[np.newaxis], scenario), self.answers.numbers[row][np.newaxis]
        stays = self._rows(before, Scenario(before[0], self.answers.statuses[row]))
        return not any(self._fails(check, one)[0] and not self._fails(check, stays)[0] for check, _ in self.checks)

    def options(self, knot: Knot, scenario: Scenario, row: int) -> Options:
        """Return the options of a knot for the unit in ``row``, without those that others beat.

        Left out are options that break a check which holds without them, and those that give an indicator a score or
        take it away. Raises TooManyError for over :data:`MOST_OPTIONS`.
        """
        columns = [self.answers.keys[key] for key in knot.keys]
        axes = self._axes(knot, scenario)
        shape = tuple(len(axis) for axis in axes)
        if np.prod(shape, dtype=np.float64) > MOST_OPTIONS:
            raise TooManyError
        picked = np.indices(shape).reshape(len(shape), -1)
        numbers = np.hstack([np.array([each[0] for each in axis])[at] for axis, at in zip(axes, picked, strict=True)])
        costs = np.hstack([np.array([each[1] for each in axis])[at] for axis, at in zip(axes, picked, strict=True)])
        order = [key for axis_keys in self._groups(knot) for key in axis_keys]
        back = [order.index(key) for key in knot.keys]
        numbers, costs = numbers[:, back], costs[:, back]
        whole = np.tile(scenario.numbers, (len(numbers), 1))
        whole[:, columns] = numbers
        scores = self._scored(whole, scenario, row, knot.indicators)
        admissible = (np.isnan(scores) == np.isnan(scores[0])).all(axis=1)
        for check in knot.checks:
            fails = self._fails(check, self._rows(whole, scenario))
            admissible &= ~fails | fails[0]
        found = Options(knot, costs.sum(axis=1), scores, numbers, costs).take(np.flatnonzero(admissible).tolist())
        return found.take(_unbeaten(found.cost, found.scores))

    def _groups(self, knot: Knot) -> list[list[str]]:
        """Return the keys of a knot, ticks that count alike in one group, in the order of the form."""
        groups: dict[object, list[str]] = {}
        for key in knot.keys:
            rungs = self.rungs[key]
            groups.setdefault(rungs.alike if isinstance(rungs, Tick) else key, []).append(key)
        return list(groups.values())

    def _axes(self, knot: Knot, scenario: Scenario) -> list[list[tuple[list[float], list[float]]]]:
        """Return what each group may become: numbers and costs by key; of ticks alike, the first are taken first."""
        axes = []
        for keys in self._groups(knot):
            own = [float(scenario.numbers[self.answers.keys[key]]) for key in keys]
            moves = [self.rungs[key].moves(number) for key, number in zip(keys, own, strict=True)]
            if len(keys) == 1:
                axis = [(own, [0.0]), *(([number], [cost]) for number, cost in moves[0])]
            else:
                axis = [
                    (
                        [moves[at][0][0] if at < count else number for at, number in enumerate(own)],
                        [moves[at][0][1] if at < count else 0.0 for at in range(len(keys))],
                    )
                    for count in range(len(keys) + 1)
                ]
            axes.append(axis)
        return axes

    def _rows(self, numbers: FloatArray, scenario: Scenario) -> Answers:
        """Return answers in which every row is one way in which the unit could answer."""
        count = len(numbers)
        statuses = np.tile(scenario.statuses, (count, 1))
        return Answers(("",) * count, self.answers.keys, numbers, statuses, np.zeros(numbers.shape, dtype=np.int64))

    def _fails(self, check: Check, answers: Answers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        if self.questionnaire is None:
            return np.zeros(len(answers.units), dtype=bool)
        return broken(check, self.questionnaire, answers, year_of(self.wave))

    def _scored(self, numbers: FloatArray, scenario: Scenario, row: int, indicators: Sequence[str]) -> FloatArray:
        answers, nodes = self._rows(numbers, scenario), self.recipe.by_id
        columns = []
        for indicator in indicators:
            node = nodes[indicator]
            if node.measure is None:
                raise ValueError(f"indicator {node.id} has no measure")
            raw = measure(node.measure, answers, self.questionnaire, self.plug_ins).raw
            columns.append(_normalised(node, raw, self.raw[indicator], row, self.plug_ins))
        return np.column_stack(columns) if columns else np.zeros((len(numbers), 0))


def _normalised(node: ResolvedNode, raw: FloatArray, field: FloatArray, row: int, plug_ins: Registry) -> FloatArray:
    """Return the scores of values that one unit could have, the other units keeping theirs."""
    higher = node.direction == "higher"
    if isinstance(node.normalise, Goalposts | Target | Unchanged):
        return normalise(raw, node.normalise, higher_is_better=higher).scores
    scores = np.full(len(raw), np.nan)
    for value in np.unique(raw[~np.isnan(raw)]).tolist():
        changed = field.copy()
        changed[row] = value
        result = normalise(changed, node.normalise, higher_is_better=higher, plug_ins=plug_ins)
        scores[raw == value] = result.scores[row]
    return scores


def _joined(groups: Sequence[set[str]]) -> list[set[str]]:
    """Join the groups that have a member in common."""
    joined: list[set[str]] = []
    for group in groups:
        apart = [each for each in joined if not each & group]
        together = set(group).union(*(each for each in joined if each & group))
        joined = [*apart, together] if together else apart
    return joined


def _unbeaten(cost: FloatArray, scores: FloatArray) -> list[int]:
    """Return the options, in the order of cost, than which no other is at most as dear and as good everywhere."""
    filled = np.nan_to_num(scores)
    order = np.lexsort((-filled.sum(axis=1), cost))
    if scores.shape[1] == 1:
        best = np.maximum.accumulate(filled[order, 0])
        rises = np.concatenate(([True], best[1:] > best[:-1]))
        return [int(option) for option in order[rises]]
    kept: list[int] = []
    for option in order.tolist():
        if not (filled[kept] >= filled[option]).all(axis=1).any():
            kept.append(option)
    return kept
