"""The accurate solution of a unit in words: what to change, from what to what, and what scoring it again gave."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.reports.outline.names import award_names, node_names
from evalkit.reports.outline.sheet import records
from evalkit.reports.profile.answers import AnswerBook

Row = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Answers to one question that change together: its code and text, from what to what, and the cost."""

    question: str
    text: str
    before: str
    after: str
    cost: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What a unit aims at and how it gets there: sentences, the changes, and by which rules they were found.

    ``lacking``: how many points it lacks, in words, for the head of the page; empty where it lacks none. ``gap`` has
    the points, which are ``of_index`` or of another node.
    """

    lacking: str
    gap: float
    of_index: bool
    sentences: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


class AdviceBook:
    """The solutions of a run by unit, none where the study has no ``diagnosis:``."""

    def __init__(self, evaluation: Evaluation, book: AnswerBook) -> None:
        """Index the table ``solutions``."""
        self.language: Language = book.language
        self.book, self.root = book, evaluation.root
        self.awards, self.nodes = award_names(evaluation, self.language), node_names(evaluation, self.language)
        self.rules: Mapping[str, Any] = evaluation.manifest["study"].get("diagnosis") or {}
        self.of_unit: dict[str, list[Row]] = {}
        for row in records(evaluation.tables.get("solutions", pd.DataFrame())):
            self.of_unit.setdefault(row["unit"], []).append(row)

    def unit(self, unit: str) -> Advice | None:
        """Return what a unit is advised, nothing for one without an index."""
        rows = self.of_unit.get(unit)
        if not rows:
            return None
        first = rows[0]
        if first["verdict"] != "found":
            sentence = word(f"solution_{first['verdict']}", self.language, aim=self._aim(first))
            return Advice(*self._lacking(first), (sentence,), (), self._notes())
        found = self._say(
            "solution_found", aim=self._aim(first), cost=f"{first['total_cost']:g}", count=len(self._changes(rows))
        )
        sentences = (found, self._proof(first), *self._moved(first))
        return Advice(*self._lacking(first), sentences, tuple(self._changes(rows)), self._notes())

    def _say(self, key: str, **params: object) -> str:
        return word(key, self.language, **params)

    def _aim(self, row: Row) -> str:
        if row["aim"] == "tier":
            return self.awards.get((row["scheme"], row["award"]), str(row["award"]))
        kind, _, number = str(self.rules.get("target", "")).partition(":")
        return word(f"solution_aim_{row['aim']}", self.language, number=number or kind)

    def _lacking(self, row: Row) -> tuple[str, float, bool]:
        if pd.isna(row["floor"]) or pd.isna(row["score_before"]):
            return "", 0.0, False
        gap = max(row["floor"] - row["score_before"], 0.0)
        name = self.nodes[row["node"]]
        text = self._say("solution_lacking", aim=self._aim(row), gap=f"{gap:.2f}", node=name)
        return text, gap, row["node"] == self.root

    def _proof(self, row: Row) -> str:
        tiers = [self.awards.get((row["scheme"], row[key]), "–") for key in ("tier_before", "tier_after")]
        about = {
            "before": f"{row['index_before']:.2f}", "after": f"{row['index_after']:.2f}",
            "rank_before": f"{row['rank_before']:g}", "rank_after": f"{row['rank_after']:g}",
        }  # fmt: skip
        text = self._say("solution_proof" if row["verified"] == 1 else "solution_unproved", **about)
        if row["aim"] != "tier":
            return text
        return text + self._say("solution_tiers", before=tiers[0], after=tiers[1])

    def _moved(self, row: Row) -> list[str]:
        return [self._say("solution_moved", count=row["others_moved"])] if row["others_moved"] else []

    def _changes(self, rows: Sequence[Row]) -> list[Change]:
        """Return the changes by question, ticks together; a tick that is only left open is none."""
        by_question: dict[str, list[Row]] = {}
        for row in rows:
            by_question.setdefault(str(row["question"]), []).append(row)
        return [self._change(question, own) for question, own in by_question.items()]

    def _change(self, question: str, rows: Sequence[Row]) -> Change:
        labels = self.book.labels
        joint = choose(self.language, "、", ", ", ", ")
        cost = float(sum(row["cost"] for row in rows))
        text = self.book.texts.get(question, "")
        if (question, rows[0]["item"]) in self.book.ticks and rows[0]["item"]:
            added = [labels[question, row["item"]] for row in rows if row["to"] == "1"]
            before = self._value(rows[0], "from") if rows[0]["from"] != "0" else self._say("solution_not_ticked")
            after = joint.join(added) if added else self._say("solution_no_tick")
            return Change(question, text, before, after, cost)
        parts = [(labels.get((question, row["item"]), "") if row["item"] else "", row) for row in rows]
        before, after = (
            joint.join(f"{part} {self._value(row, key)}".strip() for part, row in parts) for key in ("from", "to")
        )
        return Change(question, text, before, after, cost)

    def _value(self, row: Row, key: str) -> str:
        value = str(row[key])
        label = self.book.labels.get((row["question"], value))
        if label is not None:
            return label
        return self._say(f"status_{value}") if value in _STATUSES else value

    def _notes(self) -> tuple[str, ...]:
        joint = choose(self.language, "、", ", ", ", ")
        costs = joint.join(f"{code} = {cost:g}" for code, cost in (self.rules.get("costs") or {}).items())
        fixed = joint.join(self.rules.get("fixed") or ())
        return (
            self._say("solution_costs"),
            *([self._say("solution_own_costs", costs=costs)] if costs else []),
            self._say("solution_stays"),
            *([self._say("solution_fixed", fixed=fixed)] if fixed else []),
        )


_STATUSES = frozenset({"blank", "skipped", "not_applicable", "invalid", "error"})
