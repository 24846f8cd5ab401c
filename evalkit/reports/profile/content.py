"""What the page of a unit says, in words and numbers, before it is laid out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalkit.evaluate.diagnosis import Diagnoses, Diagnosis, Standing
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.problems import cell_name
from evalkit.reports.outline.award_certainty import certificate_text
from evalkit.reports.outline.names import award_names, node_names, unit_names
from evalkit.reports.outline.ranking import unranked_reasons
from evalkit.reports.outline.sheet import in_language, records
from evalkit.reports.profile.answers import Answer, AnswerBook
from evalkit.reports.profile.calls import CallBook, CallLine
from evalkit.reports.profile.portraits import PortraitLine, portrait_lines
from evalkit.reports.profile.solution import Advice, AdviceBook

_ROWS, _LEADS, _HOLDERS = 8, 5, 4


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in a table: its name, the numbers that the table shows, and texts beside them."""

    name: str
    numbers: tuple[float, ...]
    texts: tuple[list[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar unit with a higher index: its heading and the indicators in which it leads most."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The page of a unit; tables have their rows in the order in which they are read."""

    unit: str
    name: str
    facts: tuple[str, ...]
    awards: tuple[tuple[str, str], ...]
    peers: str
    upper: tuple[Line, ...]
    standings: tuple[Line, ...]
    opportunities: tuple[Line, ...]
    strengths: tuple[Line, ...]
    similar: tuple[Similar, ...]
    advice: Advice | None
    call_indicators: tuple[str, ...]
    calls: tuple[CallLine, ...]
    portraits: tuple[PortraitLine, ...]
    answers: tuple[Answer, ...]
    findings: tuple[tuple[str, str, str], ...]


class Profiles:
    """The pages of a run: what all units share is looked up once."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        """Index the tables of the run."""
        self.evaluation, self.language = evaluation, language
        self.names, self.nodes = unit_names(evaluation), node_names(evaluation, language)
        self.book = AnswerBook(evaluation, language)
        self.advice, self.calls = AdviceBook(evaluation, language), CallBook(evaluation, language)
        self.portraits = portrait_lines(evaluation, language)
        self.diagnoses = Diagnoses(evaluation)
        self.reasons = unranked_reasons(evaluation, language)
        self.titles = award_names(evaluation, language)

    def of(self, unit: str) -> Profile:
        """Return the page of a unit, an id of the register."""
        diagnosis, advice = self.diagnoses.of(unit), self.advice.unit(unit)
        return Profile(
            unit,
            self.names[unit],
            tuple(self._facts(unit, diagnosis, advice)),
            tuple(self._awards(unit)),
            self._peers(diagnosis),
            tuple(self._standing(each) for each in diagnosis.upper),
            tuple(self._standing(each) for each in diagnosis.standings),
            tuple(self._opportunity(each) for each in diagnosis.opportunities[:_ROWS]),
            tuple(self._strength(unit, each) for each in diagnosis.strengths[:_ROWS]),
            tuple(self._similar(unit, diagnosis)),
            advice,
            self.calls.indicators,
            tuple(self.calls.of_unit.get(unit, ())),
            tuple(self.portraits.get(unit, ())),
            tuple(self.book.unit(unit)),
            tuple(self._findings(unit)),
        )

    def _say(self, key: str, **params: Any) -> str:  # noqa: ANN401 - whatever fills the words
        return word(key, self.language, **params)

    def _label(self, node: str) -> str:
        return f"{node} {self.nodes[node]}"

    def _facts(self, unit: str, diagnosis: Diagnosis, advice: Advice | None) -> list[str]:
        ranks = self.evaluation["ranks"]
        own = records(ranks[(ranks["unit"] == unit) & (ranks["node"] == self.evaluation.root)])
        if not own:
            return [self._say("profile_no_index", reason=self.reasons.get(unit, ""))]
        counts = ranks[ranks["node"] == self.evaluation.root]["group"].value_counts().to_dict()
        facts = [self._say("profile_index", score=f"{own[0]['score']:.2f}")]
        for row in own:
            about = {"rank": f"{row['rank']:g}", "count": counts[row["group"]]}
            group = str(row["group"]).partition(":")[2]
            facts.append(
                self._say("profile_rank_in", group=group, **about) if group else self._say("profile_rank", **about)
            )
            if not group and not pd.isna(row["rank_low"]):
                ends = {"low": f"{row['rank_low']:g}", "high": f"{row['rank_high']:g}"}
                facts.append(self._say("profile_interval", **ends))
        return [*facts, *self._ahead(unit), *self._missing(diagnosis, advice)]

    def _ahead(self, unit: str) -> list[str]:
        """Say how far away the next better unit of the field is."""
        ranking = self.evaluation.ranking()
        own = ranking["score"][ranking["unit"] == unit].iloc[0]
        better = ranking[ranking["rank"] < ranking["rank"][ranking["unit"] == unit].iloc[0]]
        if better.empty:
            return []
        other = better.loc[better["score"].idxmin()]
        return [self._say("profile_next", name=self.names[other["unit"]], gap=f"{other['score'] - own:.2f}")]

    def _missing(self, diagnosis: Diagnosis, advice: Advice | None) -> list[str]:
        """Say what the unit lacks for its target, and which indicator alone would make it up: the nearest one."""
        if advice is None or not advice.lacking:
            return []
        enough = [each for each in diagnosis.opportunities if each.gain >= advice.gap]
        alone = [self._say("profile_enough", node=self._label(enough[-1].node))] if advice.of_index and enough else []
        return [advice.lacking, *alone]

    def _awards(self, unit: str) -> list[tuple[str, str]]:
        awards = self.evaluation["awards"]
        return [
            (self.titles[row["scheme"], row["award"]], self._reason(row))
            for row in records(awards[awards["unit"] == unit])
        ]

    def _reason(self, row: Mapping[Hashable, Any]) -> str:
        """Return why an award is given, and how sure that is where the run says so."""
        certificate = certificate_text(row.get("certificate", ""), self.language)
        reason = in_language(row["reason"], self.language)
        return f"{reason} · {self._say('certificate')}: {certificate}" if certificate else reason

    def _peers(self, diagnosis: Diagnosis) -> str:
        if not diagnosis.group:
            return self._say("profile_peers_field", count=diagnosis.peers)
        return self._say("profile_peers", group=diagnosis.group.partition(":")[2], count=diagnosis.peers)

    def _standing(self, each: Standing) -> Line:
        return Line(self._label(each.node), (each.score, each.median, each.best))

    def _opportunity(self, each: Standing) -> Line:
        holders = [self.names[unit] for unit in each.holders[:_HOLDERS]]
        more = len(each.holders) - len(holders)
        holders += [self._say("profile_more", count=more)] if more > 0 else []
        return Line(self._label(each.node), (each.score, each.best, each.gain), (holders,))

    def _strength(self, unit: str, each: Standing) -> Line:
        return Line(self._label(each.node), (each.score, each.median), (self.book.behind(unit, each.node),))

    def _similar(self, unit: str, diagnosis: Diagnosis) -> list[Similar]:
        return [
            Similar(
                self._say(
                    "profile_model",
                    name=self.names[model.unit],
                    index=f"{model.index:.2f}",
                    distance=f"{model.distance:.1f}",
                ),
                tuple(
                    Line(
                        self._label(node),
                        (gap,),
                        (self.book.behind(model.unit, node), self.book.behind(unit, node)),
                    )
                    for node, gap in model.leads[:_LEADS]
                ),
            )
            for model in diagnosis.models
        ]

    def _findings(self, unit: str) -> list[tuple[str, str, str]]:
        problems = self.evaluation["problems"]
        return [
            (
                self._say(f"severity_{row['severity']}"),
                in_language(row["message"], self.language),
                cell_name(row["sheet"], row["cell"]),
            )
            for row in records(problems[problems["unit"] == unit])
        ]
