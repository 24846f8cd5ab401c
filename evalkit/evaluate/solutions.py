"""The accurate solution of a unit: the changes of answers that cost least and reach its aim, proved by scoring them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.diagnosis import DiagnosisRules
from evalkit.definitions.recipe import Recipe
from evalkit.definitions.rules import MEANS
from evalkit.evaluate.answer_options import AnswerOptions, Knot, Options, TooManyError
from evalkit.evaluate.answer_rungs import answer_rungs, keys_read
from evalkit.evaluate.answer_scenarios import Scenario, SkipRules, relevant_questions
from evalkit.evaluate.scored_field import ScoredField
from evalkit.evaluate.solution_aims import Aim
from evalkit.observations import Answers
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.diagnosis import Family
from evalkit.scoring.least_effort import choice, tree_frontier

MOST_SCENARIOS = 2_000
"""Ways in which the gates, or the answers that bear on several indicators, may stand above which none is looked at."""
Verdict = Literal["found", "there", "closed", "out_of_reach", "too_many"]
_LEAST_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The least changes of a unit: ``changed`` has the cost of each cell that moves, by key; ``scenario`` the answers.

    Without changes ``verdict`` says why: the unit is there, nothing it could answer gets there (``out_of_reach``), no
    score does (``closed``), or there are too many combinations to look at.
    """

    verdict: Verdict
    cost: float = 0.0
    changed: dict[str, float] = field(default_factory=dict)
    scenario: Scenario | None = None


def not_solvable(recipe: Recipe) -> list[Problem]:
    """Return a finding (EK431) for a tree in which a better answer need not lift the index, else nothing."""
    for node in recipe.nodes:
        reason = "adjust" if node.adjust is not None else node.weighting or node.aggregate
        if not node.is_indicator and reason not in MEANS:
            return [problem("EK431", node=node.id, reason=reason)]
    return []


class Solver:
    """Finds the solutions of the units of one scored field; what they share is looked up once."""

    def __init__(self, bundle: Bundle, scored: ScoredField, rules: DiagnosisRules) -> None:
        """Find out which answers may be moved, and what hangs together."""
        self.recipe, self.answers, self.tree = scored.recipe, scored.stage.answers, scored.tree
        form = scored.stage.questionnaire if scored.stage.pool is None else None
        read = [key for node in self.recipe.indicators for key in keys_read(node, form)]
        questions, gates = relevant_questions(form, read) if form is not None else ([], frozenset[str]())
        rungs = answer_rungs(self.recipe, form, self.answers, rules, gates)
        raw = {name: each.raw for name, each in scored.stage.measured.items()}
        self.options = AnswerOptions(
            form, self.recipe, self.answers, rungs, gates, raw, bundle.plug_ins, bundle.study.wave
        )
        self.skips = SkipRules(form, questions, gates, self.answers.keys, rungs) if form is not None else None
        self.columns = {node.id: column for column, node in enumerate(self.recipe.nodes)}
        self.families = _families(self.recipe, self.columns)
        self.tolerance = max(self.recipe.tie_tolerance, _LEAST_TOLERANCE)
        self.found: dict[tuple[object, ...], Options] = {}

    def solve(self, row: int, aim: Aim) -> Solution:
        """Return the changes of the unit in ``row`` that cost least; of equally dear ones, those of the best index.

        Every way in which the gates may stand is a problem of its own, since it settles which questions are asked.
        """
        if aim.state != "open" or aim.floors is None:
            return Solution("there" if aim.state == "there" else "closed")
        floors = {self.columns[node]: floor for node, floor in aim.floors.items()}
        self.found.clear()
        best: tuple[tuple[float, float], Solution] | None = None
        try:
            for scenario in self._scenarios(row):
                for key, solution in self._solve(row, scenario, floors):
                    if best is None or key < best[0]:
                        best = key, solution
        except TooManyError:
            return Solution("too_many")
        return Solution("out_of_reach") if best is None else best[1]

    def _scenarios(self, row: int) -> list[Scenario]:
        numbers, statuses = self.answers.numbers[row], self.answers.statuses[row]
        if self.skips is None:
            return [Scenario(numbers, statuses)]
        found = self.skips.scenarios(numbers, statuses, MOST_SCENARIOS)
        if found is None:
            raise TooManyError
        return [each for each in found if not each.costs or self.options.breaks_no_check(each, row)]

    def _solve(
        self, row: int, scenario: Scenario, floors: dict[int, float]
    ) -> Iterator[tuple[tuple[float, float], Solution]]:
        """Yield the cheapest solution for each way in which the answers that bear on several indicators may stand."""
        options = [self._options(knot, scenario, row) for knot in self.options.knots(scenario)]
        scores = self._scores(row, scenario)
        single = [each for each in options if len(each.knot.indicators) == 1]
        several = [each for each in options if len(each.knot.indicators) > 1]
        if np.prod([len(each.cost) for each in several], dtype=np.float64) > MOST_SCENARIOS:
            raise TooManyError
        leaves = {
            self.columns[each.knot.indicators[0]]: choice(str(number), each.cost, each.scores[:, 0])
            for number, each in enumerate(single)
            if not np.isnan(each.scores[0, 0])
        }
        for picks in itertools.product(*(range(len(each.cost)) for each in several)):
            with_several = scores.copy()
            for each, pick in zip(several, picks, strict=True):
                with_several[[self.columns[name] for name in each.knot.indicators]] = each.scores[pick]
            try:
                frontier = tree_frontier(self.families, with_several, leaves, floors, self.tolerance)
            except ValueError:  # a negative score has no geometric mean, and the unit no index to lift
                continue
            if len(frontier.cost) == 0 or np.isnan(frontier.value[0]):
                continue
            taken = [(single[int(name)], int(at)) for name, at in zip(frontier.choices, frontier.picks[0], strict=True)]
            taken += list(zip(several, picks, strict=True))
            solution = self._solution(scenario, taken)
            yield (solution.cost, -float(frontier.value[0])), solution

    def _scores(self, row: int, scenario: Scenario) -> FloatArray:
        """Return the scores of the nodes (nodes,) of which only the indicators are read, as the gates stand."""
        scores: FloatArray = self.tree.scores[row].copy()
        if scenario.costs:
            changed = [
                node
                for node, keys in self.options.reads.items()
                if any(self._differs(row, scenario, key) for key in keys)
            ]
            scores[[self.columns[node] for node in changed]] = self.options.scores(scenario, row, changed)
        return scores

    def _differs(self, row: int, scenario: Scenario, key: str) -> bool:
        column = self.answers.keys[key]
        same = scenario.statuses[column] == self.answers.statuses[row, column]
        before, after = self.answers.numbers[row, column], scenario.numbers[column]
        return not (same and (before == after or (np.isnan(before) and np.isnan(after))))

    def _options(self, knot: Knot, scenario: Scenario, row: int) -> Options:
        """Return the options of a knot, kept for the scenarios in which all that they hang on is the same."""
        read = {key for node in knot.indicators for key in self.options.reads[node]}
        columns = sorted({self.answers.keys[key] for key in read | set(knot.keys)} | self._checked(knot))
        state = scenario.numbers[columns].tobytes(), scenario.statuses[columns].tobytes()
        cached = (knot.keys, *state)
        if cached not in self.found:
            self.found[cached] = self.options.options(knot, scenario, row)
        return self.found[cached]

    def _checked(self, knot: Knot) -> set[int]:
        named = [keys for check, keys in self.options.checks if check in knot.checks]
        return {self.answers.keys[key] for keys in named for key in keys}

    def _solution(self, scenario: Scenario, taken: Sequence[tuple[Options, int]]) -> Solution:
        numbers, costs = scenario.numbers.copy(), dict(scenario.costs)
        for options, pick in taken:
            for key, number, cost in zip(options.knot.keys, options.numbers[pick], options.costs[pick], strict=True):
                numbers[self.answers.keys[key]] = number
                if cost > 0:
                    costs[key] = float(cost)
        total = round(sum(costs.values()), 9)
        return Solution("found", total, costs, Scenario(numbers, scenario.statuses, total, costs))


def changed_answers(answers: Answers, row: int, scenario: Scenario) -> Answers:
    """Return the answers of the field, those of one unit as they are in a scenario, which may have more keys."""
    numbers, statuses = answers.numbers.copy(), answers.statuses.copy()
    count = len(answers.keys)
    numbers[row], statuses[row] = scenario.numbers[:count], scenario.statuses[:count]
    return replace(answers, numbers=numbers, statuses=statuses)


def _families(recipe: Recipe, columns: dict[str, int]) -> list[Family]:
    nodes = recipe.by_id
    return [
        Family(
            columns[node.id],
            tuple(columns[child] for child in node.children),
            np.array([nodes[child].share for child in node.children]),
            node.aggregate,  # type: ignore[arg-type]  # one of our means: not_solvable has looked
            node.missing.rule,
            node.missing.min_coverage,
        )
        for node in recipe.nodes
        if not node.is_indicator
    ]
