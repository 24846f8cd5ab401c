"""The advised changes of answers in words: the aim, what changes from what to what, and by which rules it was found."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.reports.outline.names import award_names, node_names
from evalkit.reports.outline.question_names import question_names
from evalkit.reports.outline.sheet import records

Row = Mapping[Hashable, Any]
_STATUSES = frozenset({"blank", "skipped", "not_applicable", "invalid", "error"})


@dataclass(frozen=True, slots=True)
class Change:
    """Answers to one question that change together: its code and text, from what to what, and the cost."""

    question: str
    text: str
    before: str
    after: str
    cost: float


class AdvisedChanges:
    """The rows of the table ``solutions`` by unit, and the words for them; none where the study has no ``diagnosis:``.

    ``asked``: whether the study has it.
    """

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        """Index the table."""
        self.language: Language = language
        self.awards, self.nodes = award_names(evaluation, language), node_names(evaluation, language)
        self.names = question_names(evaluation, language)
        self.rules: Mapping[str, Any] = evaluation.manifest["study"].get("diagnosis") or {}
        self.asked = "solutions" in evaluation.tables
        self.of_unit: dict[str, list[Row]] = {}
        for row in records(evaluation.tables.get("solutions", pd.DataFrame())):
            self.of_unit.setdefault(row["unit"], []).append(row)

    def aim(self, row: Row) -> str:
        """Return what the unit aims at."""
        if row["aim"] == "tier":
            return self.awards.get((row["scheme"], row["award"]), str(row["award"]))
        kind, _, number = str(self.rules.get("target", "")).partition(":")
        return word(f"solution_aim_{row['aim']}", self.language, number=number or kind)

    def tiers(self, row: Row) -> tuple[str, str]:
        """Return the rungs before and after, a dash for none."""
        before, after = (self.awards.get((row["scheme"], row[key]), "–") for key in ("tier_before", "tier_after"))
        return before, after

    def changes(self, rows: Sequence[Row]) -> list[Change]:
        """Return the changes by question, ticks together; a tick that is only left open is none.

        Of a question that is now asked and whose answer costs nothing, the words say that any answer will do.
        """
        by_question: dict[str, list[Row]] = {}
        for row in rows:
            if row["question"]:
                by_question.setdefault(str(row["question"]), []).append(row)
        return [self._change(question, own) for question, own in by_question.items()]

    def notes(self) -> tuple[str, ...]:
        """Return by which rules the changes were found, and what they leave out."""
        joint = choose(self.language, "、", ", ", ", ")
        costs = joint.join(f"{code} = {cost:g}" for code, cost in (self.rules.get("costs") or {}).items())
        fixed = joint.join(self.rules.get("fixed") or ())
        return (
            word("solution_own_answers", self.language),
            word("solution_costs", self.language),
            *([word("solution_own_costs", self.language, costs=costs)] if costs else []),
            word("solution_stays", self.language),
            *([word("solution_fixed", self.language, fixed=fixed)] if fixed else []),
        )

    def _change(self, question: str, rows: Sequence[Row]) -> Change:
        joint = choose(self.language, "、", ", ", ", ")
        cost = float(sum(row["cost"] for row in rows))
        text = self.names.texts.get(question, "")
        if (question, rows[0]["item"]) in self.names.ticks and rows[0]["item"]:
            added = [self.names.labels[question, row["item"]] for row in rows if row["to"] == "1"]
            before = (
                self._value(rows[0], "from") if rows[0]["from"] != "0" else word("solution_not_ticked", self.language)
            )
            after = joint.join(added) if added else word("solution_no_tick", self.language)
            return Change(question, text, before, after, cost)
        parts = [(self.names.labels.get((question, row["item"]), "") if row["item"] else "", row) for row in rows]
        before = joint.join(f"{part} {self._value(row, 'from')}".strip() for part, row in parts)
        after = joint.join(f"{part} {self._value(row, 'to')}".strip() for part, row in parts)
        if cost == 0 and all(row["from"] == "skipped" and row["to"] not in _STATUSES for row in rows):
            after = word("solution_any_answer", self.language, value=after)
        return Change(question, text, before, after, cost)

    def _value(self, row: Row, key: str) -> str:
        value = str(row[key])
        label = self.names.labels.get((row["question"], value))
        if label is not None:
            return label
        return word(f"status_{value}", self.language) if value in _STATUSES else value
