"""The table ``solutions``: for every unit the least changes that reach its aim, and what scoring them again gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.diagnosis import DiagnosisRules
from evalkit.definitions.questionnaire import CHOICE_TYPES, Questionnaire
from evalkit.evaluate.award_stage import cells_counted, competing, give_awards
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.scored_field import ScoredField, score_field
from evalkit.evaluate.solution_aims import Aim, Kind, first_ladder, rank_aim, tier_aim
from evalkit.evaluate.solutions import Solution, Solver, changed_answers, not_solvable
from evalkit.observations import STATUSES, question_and_item
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.award_field import Field
from evalkit.scoring.awards import Given
from evalkit.scoring.ranking import rank
from evalkit.sources.cell_text import as_text

SOLUTION_COLUMNS = (
    "unit", "aim", "scheme", "award", "verdict", "node", "floor", "total_cost", "score_before", "score_after",
    "index_before", "index_after", "rank_before", "rank_after", "tier_before", "tier_after", "verified", "others_moved",
    "step", "question", "item", "from", "to", "cost",
)  # fmt: skip
"""A row a change, ``step`` from 1; one row with step 0 for a unit without changes. aim: ``tier``, ``rank``, ``top`` or
``score``; scheme and award: the rung aimed at; verdict: ``found``, ``there`` (nothing to do), ``closed`` (no score
wins it), ``out_of_reach`` (no admissible changes reach it), ``too_many`` (not looked at); node and floor: the score to
be reached, the hardest where there are several; what ends in ``_after`` comes from scoring the changed answers again;
verified: 1 where that reaches the aim; others_moved: other units whose index changed by it, as relative methods bring
about; from and to: values as in ``observations``, or a status; cost: of this change, 0 for an answer that a skip rule
brings."""

_KINDS: dict[str, Kind] = {"next_rank": "rank", "top": "top", "score": "score"}


def solution_table(
    bundle: Bundle, data: Gathered, scored: ScoredField, field: Field
) -> tuple[pd.DataFrame, list[Problem]]:
    """Solve every unit of a study with ``diagnosis:`` and prove each solution by scoring the whole field again."""
    rules = bundle.study.diagnosis or DiagnosisRules()
    problems = not_solvable(scored.recipe)
    if problems:
        return pd.DataFrame([], columns=list(SOLUTION_COLUMNS)), problems
    prover = _Prover(bundle, data, scored, field, rules)
    if not prover.solver.options.rungs:
        return pd.DataFrame([], columns=list(SOLUTION_COLUMNS)), [problem("EK433")]
    rows: list[dict[str, Any]] = []
    for row, unit in enumerate(field.units):
        if np.isnan(scored.tree.scores[row, 0]):
            continue
        aim = prover.aim(row)
        solution = prover.solver.solve(row, aim)
        if solution.verdict == "too_many":
            problems.append(problem("EK432", Place(unit=unit), unit=unit))
        rows += prover.rows(row, aim, solution)
    return pd.DataFrame(rows, columns=list(SOLUTION_COLUMNS)), problems


@dataclass(frozen=True, slots=True)
class _Standing:
    """Index, rank and rung of one unit, and its score at the node it is about."""

    score: float
    index: float
    rank: float
    place: int


class _Prover:
    def __init__(
        self, bundle: Bundle, data: Gathered, scored: ScoredField, field: Field, rules: DiagnosisRules
    ) -> None:
        self.bundle, self.data, self.scored, self.field, self.rules = bundle, data, scored, field, rules
        self.solver = Solver(bundle, scored, rules)
        self.ladder = first_ladder([scheme for scheme, _ in bundle.awards])
        self.given, _ = give_awards(bundle, field) if self.ladder is not None else ([], [])

    def aim(self, row: int) -> Aim:
        kind, wanted = self.rules.aim
        if kind == "next_tier" and self.ladder is not None:
            return tier_aim(self.ladder, self.given, self.field, row)
        return rank_aim(_KINDS.get(kind, "rank"), self.field, row, wanted)

    def rows(self, row: int, aim: Aim, solution: Solution) -> Iterator[dict[str, Any]]:
        node, floor = self._hardest(row, aim)
        before = self._standing(self.scored, self.given, row, node)
        about: dict[str, Any] = {
            "unit": self.field.units[row], "aim": aim.kind, "scheme": aim.scheme, "award": aim.award,
            "verdict": solution.verdict,
            "node": node if aim.state != "there" else "", "floor": floor,
            "score_before": before.score, "index_before": before.index, "rank_before": before.rank,
            "tier_before": self._tier(before), "verified": None, "others_moved": None,
        }  # fmt: skip
        if solution.scenario is None:
            yield about | {"step": 0}
            return
        about |= {"total_cost": solution.cost} | self._proof(row, aim, solution, node)
        for step, change in enumerate(self._changes(row, solution), start=1):
            yield about | {"step": step} | change

    def _hardest(self, row: int, aim: Aim) -> tuple[str, float]:
        """Return the node that lacks most of what it must reach, and its floor; the index where there is none."""
        lacking = {node: floor - self.scored.tree.of(node)[row] for node, floor in (aim.floors or {}).items()}
        if not lacking:
            return self.field.root, np.nan
        node = max(lacking, key=lambda each: lacking[each])
        return node, float((aim.floors or {})[node])

    def _standing(self, scored: ScoredField, given: list[Given], row: int, node: str) -> _Standing:
        recipe, index = scored.recipe, scored.tree.scores[:, 0]
        ranks = rank(index, ties=recipe.ties, tolerance=recipe.tie_tolerance)
        place = 0 if self.ladder is None else self.ladder.place(given, self.field.units[row])
        return _Standing(float(scored.tree.of(node)[row]), float(index[row]), float(ranks[row]), place)

    def _tier(self, standing: _Standing) -> str:
        return "" if self.ladder is None else self.ladder.name(standing.place)

    def _proof(self, row: int, aim: Aim, solution: Solution, node: str) -> dict[str, Any]:
        """Score the field again with the changed answers, as a run does, and say whether the aim is reached."""
        if solution.scenario is None:
            raise ValueError("there is nothing to prove")
        answers = changed_answers(self.data.answers, row, solution.scenario)
        data = replace(self.data, answers=answers)
        scored, _ = score_field(self.bundle, data)
        given: list[Given] = []
        if self.ladder is not None:
            sizes = cells_counted(scored.stage.measured, scored.stage.answers)
            field = competing(data, scored.recipe, scored.tree, sizes=sizes, earlier=self.field.earlier)
            given, _ = give_awards(self.bundle, field)
        after = self._standing(scored, given, row, node)
        reached = {
            "tier": after.place <= aim.place,
            "rank": after.rank <= aim.place,
            "top": after.rank <= aim.place,
            "score": after.index >= aim.place - self.field.tolerance,
        }[aim.kind]
        moved = np.abs(np.delete(scored.tree.scores[:, 0] - self.scored.tree.scores[:, 0], row)) > self.field.tolerance
        return {
            "score_after": after.score, "index_after": after.index, "rank_after": after.rank,
            "tier_after": self._tier(after), "verified": int(reached), "others_moved": int(moved.sum()),
        }  # fmt: skip

    def _changes(self, row: int, solution: Solution) -> Iterator[dict[str, Any]]:
        """Yield every cell whose answer changes, in the order of the form, those that skip rules bring among them."""
        answers, after = self.solver.answers, solution.scenario
        if after is None:
            return
        form = self.scored.stage.questionnaire
        for key in self.data.answers.keys:
            column = answers.keys[key]
            texts = [
                _said(form, key, float(numbers[column]), int(statuses[column]))
                for numbers, statuses in (
                    (answers.numbers[row], answers.statuses[row]),
                    (after.numbers, after.statuses),
                )
            ]
            if texts[0] != texts[1]:
                question, item = question_and_item(key)
                cost = solution.changed.get(key, 0.0)
                yield {"question": question, "item": item, "from": texts[0], "to": texts[1], "cost": cost}


def _said(form: Questionnaire | None, key: str, number: float, status: int) -> str:
    """Return an answer as it stands in ``observations``, or its status where there is none."""
    if np.isnan(number):
        return STATUSES[status] if status >= 0 else ""
    question = None if form is None else form.questions.get(key.partition(".")[0])
    if question is not None and question.type in CHOICE_TYPES:
        return question.choices[int(number)].code
    return as_text(number)
