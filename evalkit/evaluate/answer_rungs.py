"""To which values each answer may be moved, the worst first, and what a step costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.diagnosis import DiagnosisRules
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question, Questionnaire
from evalkit.definitions.recipe import Recipe, ResolvedNode
from evalkit.definitions.rules import (
    CountRule,
    FormulaRule,
    Goalposts,
    NumberRule,
    PointsRule,
    Rule,
    ShareRule,
    Target,
)
from evalkit.observations import COLUMN_PREFIX, Answers, question_and_item
from evalkit.scoring.answer_keys import answer_keys, picked_keys
from evalkit.scoring.arrays import FloatArray

Move = tuple[float, float]
"""A value that an answer may be moved to, as the kernels see it, and the cost."""


@dataclass(frozen=True, slots=True)
class Grades:
    """A choice: ``grades`` say how good each option is, by position; NaN for one that is never advised.

    Without grades any option may be moved to, at one step: nothing says which is better.
    """

    cost: float
    grades: tuple[float, ...]
    graded: bool

    def moves(self, number: float) -> list[Move]:
        """Return the better options, the first of each grade, one step a grade."""
        if not self.graded:
            return [(float(other), self.cost) for other in range(len(self.grades)) if other != number]
        own = self.grades[int(number)]
        better = sorted({grade for grade in self.grades if grade > own})
        return [(float(self.grades.index(grade)), step * self.cost) for step, grade in enumerate(better, start=1)]

    @property
    def start(self) -> float:
        """The worst option, from which a question starts that was not asked before; NaN where none is known."""
        known = [grade for grade in self.grades if not np.isnan(grade)]
        return float(self.grades.index(min(known))) if self.graded and known else np.nan


@dataclass(frozen=True, slots=True)
class Tick:
    """An option of a multiple choice: it may be ticked, never unticked. Alike are ticks that count the same."""

    cost: float
    alike: tuple[object, ...]
    start: float = 0.0

    def moves(self, number: float) -> list[Move]:
        """Return the tick, where there is none."""
        return [(1.0, self.cost)] if number == 0 else []


@dataclass(frozen=True, slots=True)
class Levels:
    """A number: the levels of the field, and whether higher is better."""

    cost: float
    levels: tuple[float, ...]
    higher: bool
    start: float = np.nan

    def moves(self, number: float) -> list[Move]:
        """Return the levels that are better than the number, one step a level."""
        better = sorted(each for each in self.levels if (each > number if self.higher else each < number))
        ordered = better if self.higher else better[::-1]
        return [(level, step * self.cost) for step, level in enumerate(ordered, start=1)]


Rungs = Grades | Tick | Levels


def readings(measure: Measure, questionnaire: Questionnaire | None) -> list[tuple[Question | None, Rule]]:
    """Return the questions that an indicator reads, each with its rule; nothing for a column, calls or records."""
    if questionnaire is None or not measure.of_questions:
        return []
    if measure.formula is not None:
        return [(None, FormulaRule(method="formula", formula=measure.formula))]
    return [(questionnaire.questions[part.question], part.rule) for part in measure.scored_parts]


def keys_read(node: ResolvedNode, questionnaire: Questionnaire | None) -> tuple[str, ...]:
    """Return the keys of the cells that an indicator reads, of a column too; none for calls and records."""
    if node.measure is None:
        return ()
    if node.measure.column is not None:
        return (f"{COLUMN_PREFIX}{node.measure.column}",)
    read = readings(node.measure, questionnaire)
    return tuple(dict.fromkeys(key for own, rule in read for key in answer_keys(own, rule, questionnaire)))  # type: ignore[arg-type]  # a form is there


def answer_rungs(
    recipe: Recipe,
    questionnaire: Questionnaire | None,
    answers: Answers,
    rules: DiagnosisRules,
    gates: frozenset[str],
) -> dict[str, Rungs]:
    """Return the rungs of every answer cell that may be moved, by key.

    ``gates`` are the cells that skip rules name; they may be moved though no indicator reads them. Fixed are: what the
    study says; dates and texts; numbers that another answer hangs on, in a check, a quotient or a formula.
    Without a questionnaire, as where respondents answer and not the units, only columns may be moved.
    """
    found: dict[str, Rungs] = {}
    for node in recipe.indicators:
        column = None if node.measure is None else node.measure.column
        if column is not None and column not in rules.fixed:
            key = f"{COLUMN_PREFIX}{column}"
            if key in answers.keys:
                found.setdefault(key, _levels(node, answers.number(key), rules.costs.get(column, 1.0), None))
    if questionnaire is None:
        return found
    book = _Reading(questionnaire, recipe)
    for question in questionnaire.questions.values():
        if question.code in rules.fixed or not question.is_asked:
            continue
        cost = rules.costs.get(question.code, 1.0)
        for key in question.keys:
            if key in book.readers or key in gates:
                rungs = book.rungs(question, key, answers, cost, is_gate=key in gates)
                if rungs is not None:
                    found[key] = rungs
    return found


class _Reading:
    """Which indicators read which cells, and by what rule."""

    def __init__(self, questionnaire: Questionnaire, recipe: Recipe) -> None:
        self.questionnaire = questionnaire
        self.readers: dict[str, list[tuple[ResolvedNode, Rule]]] = {}
        for node in recipe.indicators:
            for question, rule in readings(node.measure, questionnaire) if node.measure is not None else []:
                for key in answer_keys(question, rule, questionnaire):
                    self.readers.setdefault(key, []).append((node, rule))
        self.bound = {name.key for check in questionnaire.checks for name in check.answers(questionnaire.questions)}
        for question in questionnaire.questions.values():
            self.bound |= {cell for part in question.parts for cell in (part.numerator, part.denominator) if cell}

    def rungs(self, question: Question, key: str, answers: Answers, cost: float, *, is_gate: bool) -> Rungs | None:
        read = self.readers.get(key, [])
        if question.type in CHOICE_TYPES:
            return _grades(question, [rule for _, rule in read], cost)
        if question.type == "multiple":
            return self._tick(question, key, cost, is_gate=is_gate)
        numbers = question.type in {"number", "numbers"} and key not in self.bound
        if numbers and read and all(isinstance(rule, NumberRule) for _, rule in read):
            return _levels(read[0][0], answers.number(key), cost, question)
        return None

    def _tick(self, question: Question, key: str, cost: float, *, is_gate: bool) -> Tick | None:
        """Ticks count alike where all rules that read them give them the same weight and no formula names them."""
        _, item = question_and_item(key)
        weights: list[tuple[str, object]] = []
        for node, rule in self.readers.get(key, []):
            if isinstance(rule, ShareRule):
                weights.append((node.id, rule.weights.get(item, 1.0)))
            elif isinstance(rule, CountRule):
                weights.append((node.id, float(key in picked_keys(question, rule))))
            else:
                weights.append((node.id, key))
        alone = is_gate or key in self.bound
        if not alone and all(weight == 0 for _, weight in weights):
            return None
        return Tick(cost, (question.code, *weights, *([key] if alone else [])))


def _grades(question: Question, rules: list[Rule], cost: float) -> Grades:
    """Grade options by the first rule that gives points, a scale by its order."""
    for rule in rules:
        if isinstance(rule, PointsRule):
            return Grades(cost, tuple(rule.points.get(each.code, np.nan) for each in question.choices), graded=True)
    places = range(len(question.choices))
    if question.type == "scale":
        return Grades(cost, tuple(float(-each if question.best_first else each) for each in places), graded=True)
    return Grades(cost, tuple(map(float, places)), graded=False)


def _levels(node: ResolvedNode, field: FloatArray, cost: float, question: Question | None) -> Levels:
    """Return median and best of the field and the value of full score, within what the question allows."""
    higher = node.direction == "higher"
    known = field[~np.isnan(field)]
    levels = [float(np.median(known)), float(known.max() if higher else known.min())] if len(known) else []
    levels += list(_full_score(node, higher=higher))
    if question is not None:
        if question.integer:
            levels = [float(np.ceil(each) if higher else np.floor(each)) for each in levels]
        low = -np.inf if question.min is None else question.min
        high = np.inf if question.max is None else question.max
        levels = [min(max(each, low), high) for each in levels]
    return Levels(cost, tuple(dict.fromkeys(levels)), higher)


def _full_score(node: ResolvedNode, *, higher: bool) -> Iterator[float]:
    if isinstance(node.normalise, Goalposts):
        yield node.normalise.high if higher else node.normalise.low
    elif isinstance(node.normalise, Target):
        yield node.normalise.target
