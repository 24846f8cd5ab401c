"""The skip rules while answers change: which questions are asked, and from where new answers start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evalkit.definitions.expression import names
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.evaluate.answer_rungs import Rungs
from evalkit.observations import BLANK, OK, SKIPPED
from evalkit.scoring.arrays import FloatArray, StatusArray


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """The answers of a unit, arrays over keys, when the gates stand as they do here, at a ``cost``.

    ``costs`` has that of each gate that was moved, by key.
    """

    numbers: FloatArray
    statuses: StatusArray
    cost: float = 0.0
    costs: Mapping[str, float] = field(default_factory=dict)

    def moved(self, column: int, key: str, number: float, cost: float) -> Scenario:
        """Return the scenario with one more gate moved."""
        numbers = self.numbers.copy()
        numbers[column] = number
        return Scenario(numbers, self.statuses, self.cost + cost, {**self.costs, key: cost})


def relevant_questions(questionnaire: Questionnaire, read: Sequence[str]) -> tuple[list[Question], frozenset[str]]:
    """Return the questions that scores depend on, in the order of the form, and the cells that their skip rules name.

    ``read`` are the keys of the cells that indicators read. A gate of a gate is one, too.
    """
    wanted = {key.partition(".")[0] for key in read}
    gates: set[str] = set()
    for question in reversed(questionnaire.questions.values()):
        if question.code in wanted and question.condition is not None:
            named = list(names(question.condition))
            gates |= {name.key for name in named}
            wanted |= {name.question for name in named}
    return [each for each in questionnaire.questions.values() if each.code in wanted and each.is_asked], frozenset(
        gates
    )


@dataclass(frozen=True, slots=True, eq=False)
class SkipRules:
    """What is asked when: ``questions`` as :func:`relevant_questions` gives them, ``columns`` by key."""

    questionnaire: Questionnaire
    questions: Sequence[Question]
    gates: frozenset[str]
    columns: Mapping[str, int]
    rungs: Mapping[str, Rungs]

    def scenarios(self, numbers: FloatArray, statuses: StatusArray, limit: int) -> list[Scenario] | None:
        """Return every way in which the gates of a unit may stand, the present one first; None for over ``limit``.

        A question that is asked no more loses its answer; one that is asked for the first time starts from its worst
        answer, at no cost, and stays blank where none is known to be the worst.
        """
        found = [Scenario(numbers, statuses)]
        for question in self.questions:
            found = [self._asked(question, each) for each in found]
            for key in question.keys:
                if key in self.gates:
                    found = [other for each in found for other in self._moved(key, each)]
            if len(found) > limit:
                return None
        return found

    def _moved(self, key: str, scenario: Scenario) -> Iterator[Scenario]:
        yield scenario
        column, rungs = self.columns[key], self.rungs.get(key)
        if rungs is not None and scenario.statuses[column] == OK:
            for number, cost in rungs.moves(float(scenario.numbers[column])):
                yield scenario.moved(column, key, number, cost)

    def _asked(self, question: Question, scenario: Scenario) -> Scenario:
        if question.condition is None or not scenario.costs:
            return scenario
        named = {name.key: scenario.numbers[self.columns[name.key]] for name in names(question.condition)}
        asked = evaluate(question.condition, named, option_position(self.questionnaire)).values > 0
        own = [self.columns[key] for key in question.keys]
        skipped = bool((scenario.statuses[own] == SKIPPED).any())
        if bool(asked) != skipped:
            return scenario
        numbers, statuses = scenario.numbers.copy(), scenario.statuses.copy()
        numbers[own] = [self._start(question, key) if asked else np.nan for key in question.keys]
        statuses[own] = np.where(np.isnan(numbers[own]), BLANK, OK) if asked else SKIPPED
        return Scenario(numbers, statuses, scenario.cost, scenario.costs)

    def _start(self, question: Question, key: str) -> float:
        if question.type == "multiple":
            return 0.0  # no tick, whether or not one would count
        return self.rungs[key].start if key in self.rungs else np.nan
