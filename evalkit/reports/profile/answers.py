"""The answers behind the indicators, in words, with the place they were read from."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.problems import cell_name
from evalkit.reports.outline.question_names import question_names
from evalkit.reports.outline.sheet import in_language, records
from evalkit.reports.page.tables import NO_VALUE

_SHOWN = 8
Row = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A read cell of a unit in words; ``text`` is the question's, ``correction`` what the ledger changed."""

    key: str
    text: str
    raw: str
    value: str
    status: str
    place: str
    correction: str


class AnswerBook:
    """All read cells of a run, by unit and by indicator: built once, asked for many units."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        """Index the tables ``observations``, ``parts`` and the questions' texts of ``shares``."""
        self.language = language
        self.cells: dict[str, Row] = {str(row["observation"]): row for row in records(evaluation["observations"])}
        self.of_unit: dict[str, list[Row]] = {}
        for row in self.cells.values():
            self.of_unit.setdefault(row["unit"], []).append(row)
        self.parts: dict[tuple[str, str], list[Row]] = {}
        for row in records(evaluation["parts"]):
            self.parts.setdefault((row["unit"], row["indicator"]), []).append(row)
        self.names = question_names(evaluation, language)

    def unit(self, unit: str) -> list[Answer]:
        """Return all cells of a unit, in the order in which they were read."""
        return [self._answer(row) for row in self.of_unit.get(unit, ())]

    def behind(self, unit: str, indicator: str) -> list[str]:
        """Return the answers behind an indicator in words, the ticks of a question in one; the first eight.

        Answers of respondents, which ``parts`` names by ranges of rows, are not told one by one.
        """
        parts = self.parts.get((unit, indicator), ())
        ids = dict.fromkeys(
            each for part in parts for each in str(part["observations"]).split("|") if each in self.cells
        )
        said: dict[str, list[str]] = {}
        for row in (self.cells[each] for each in ids):
            title, text = self._said(row)
            said.setdefault(title, []).extend([text] if text else [])
        joint = choose(self.language, "、", ", ", ", ")
        lines = [f"{title}: {joint.join(texts) or NO_VALUE}" for title, texts in said.items()]
        more = len(lines) - _SHOWN
        return lines[:_SHOWN] + ([word("profile_more", self.language, count=more)] if more > 0 else [])

    def _said(self, row: Row) -> tuple[str, str]:
        """Return what an answer is to and what it says, nothing for a row that is not ticked."""
        label = self.names.labels.get((row["question"], row["item"]), "") if row["item"] else ""
        title = f"{row['question']} {label}".rstrip()
        if row["status"] != "ok":
            return title, word(f"status_{row['status']}", self.language)
        if (row["question"], row["item"]) in self.names.ticks:
            return str(row["question"]), label if row["value"] == "1" else ""
        return title, self.names.labels.get((row["question"], row["value"]), str(row["value"]))

    def _answer(self, row: Row) -> Answer:
        place = f"{row['file']} {cell_name(row['sheet'], row['cell'])}"
        label = self.names.labels.get((row["question"], row["item"]), "") if row["item"] else ""
        return Answer(
            _key(row),
            " · ".join(part for part in (self.names.texts.get(row["question"], ""), label) if part),
            in_language(row["raw"], self.language),
            row["value"],
            word(f"status_{row['status']}", self.language),
            place.strip(),
            row["correction"],
        )


def _key(row: Row) -> str:
    return f"{row['question']}.{row['item']}" if row["item"] else str(row["question"])
