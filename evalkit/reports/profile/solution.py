"""The accurate solution of a unit in words: what to change, from what to what, and what scoring it again gave."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.advised_changes import AdvisedChanges, Change, Row


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

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        """Index the table ``solutions``."""
        self.language: Language = language
        self.advised, self.root = AdvisedChanges(evaluation, language), evaluation.root

    def unit(self, unit: str) -> Advice | None:
        """Return what a unit is advised, nothing for one without an index; where no changes were computed, that."""
        rows = self.advised.of_unit.get(unit)
        if self.advised.asked and not self.advised.of_unit:
            return Advice("", 0.0, of_index=False, sentences=(self._say("solution_none"),), changes=(), notes=())
        if not rows:
            return None
        first, aim = rows[0], self.advised.aim(rows[0])
        lacking, gap, of_index = self._lacking(first)
        changes = tuple(self.advised.changes(rows))
        if first["verdict"] == "found":
            found = self._say("solution_found", aim=aim, cost=f"{first['total_cost']:g}", count=len(changes))
            sentences = (found, self._proof(first), *self._moved(first))
        else:
            sentences = (word(f"solution_{first['verdict']}", self.language, aim=aim),)
        return Advice(lacking, gap, of_index, sentences, changes, self.advised.notes())

    def _say(self, key: str, **params: object) -> str:
        return word(key, self.language, **params)

    def _lacking(self, row: Row) -> tuple[str, float, bool]:
        if pd.isna(row["floor"]) or pd.isna(row["score_before"]):
            return "", 0.0, False
        gap = max(row["floor"] - row["score_before"], 0.0)
        name = self.advised.nodes[row["node"]]
        text = self._say("solution_lacking", aim=self.advised.aim(row), gap=f"{gap:.2f}", node=name)
        return text, gap, row["node"] == self.root

    def _proof(self, row: Row) -> str:
        about = {
            "before": f"{row['index_before']:.2f}", "after": f"{row['index_after']:.2f}",
            "rank_before": f"{row['rank_before']:g}", "rank_after": f"{row['rank_after']:g}",
        }  # fmt: skip
        text = self._say("solution_proof" if row["verified"] == 1 else "solution_unproved", **about)
        if row["aim"] != "tier":
            return text
        before, after = self.advised.tiers(row)
        return text + self._say("solution_tiers", before=before, after=after)

    def _moved(self, row: Row) -> list[str]:
        return [self._say("solution_moved", count=row["others_moved"])] if row["others_moved"] else []
