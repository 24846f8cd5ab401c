"""What a codebook says, apart from how it looks: one outline that the HTML page and the Word document share.

Every text is a tuple of lines in the language asked for: one, or Chinese followed by English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evalkit.definitions.base import Text
from evalkit.definitions.condition_words import condition_words
from evalkit.definitions.form import stamp
from evalkit.definitions.questionnaire import Option, Question, Questionnaire
from evalkit.messages import Language, word
from evalkit.observations import STATUSES
from evalkit.reports.template_rules import NUMBER_TYPES, evidence_words
from evalkit.reports.template_styles import Words, clean, words

Lines = tuple[str, ...]
"""A text: a line, or a Chinese line and its English twin."""


@dataclass(frozen=True, slots=True)
class Code:
    """An option or a part of a question."""

    code: str
    label: Lines
    note: Lines
    """unit of a part, how a quotient is computed, where an option comes from"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question."""

    code: str
    text: Lines
    help: Lines
    type: Lines
    codes: tuple[Code, ...]
    rules: tuple[Lines, ...]
    """unit, limits, skip rule in words, whether required"""
    origin: tuple[Lines, ...]
    """source and attestation"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the questionnaire."""

    id: str
    title: Lines
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table with a row of headers."""

    headers: tuple[Lines, ...]
    rows: tuple[tuple[Lines, ...], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A codebook."""

    language: Language
    title: Lines
    kind: Lines
    stamp: str
    """id, version and hash in one line"""
    identity_title: Lines
    contents_title: Lines
    identity: tuple[tuple[Lines, Lines], ...]
    instructions_title: Lines
    instructions: tuple[Lines, ...]
    headers: tuple[Lines, ...]
    chapters: tuple[Chapter, ...]
    statuses_title: Lines
    status_note: Lines
    statuses: Table


def outline(questionnaire: Questionnaire, language: Language) -> Outline:
    """Return the codebook of a questionnaire that has passed its checks."""
    return _Writer(questionnaire, language).outline()


@dataclass(frozen=True, slots=True)
class _Writer:
    questionnaire: Questionnaire
    language: Language

    def outline(self) -> Outline:
        headers = ("code", "question", "codebook_answers", "codebook_rules", "codebook_origin")
        return Outline(
            language=self.language,
            title=self.text(self.questionnaire.name),
            kind=self.word("codebook"),
            stamp=self.stamp(),
            identity_title=self.word("codebook_identity"),
            contents_title=self.word("codebook_contents"),
            identity=self.identity(),
            instructions_title=self.word("codebook_instructions"),
            instructions=tuple(map(self.text, self.questionnaire.instructions)),
            headers=tuple(map(self.word, headers)),
            chapters=tuple(
                Chapter(section.id, self.text(section.name), tuple(map(self.entry, section.questions)))
                for section in self.questionnaire.sections
            ),
            statuses_title=self.word("codebook_statuses"),
            status_note=self.word("codebook_status_note"),
            statuses=self.statuses(),
        )

    def stamp(self) -> str:
        mark = stamp(self.questionnaire, "")
        return clean(f"{mark.questionnaire} {mark.version} ({mark.hash})")

    def identity(self) -> tuple[tuple[Lines, Lines], ...]:
        mark, form = stamp(self.questionnaire, ""), self.questionnaire
        counts = {"sections": len(form.sections), "questions": len(form.questions), "cells": len(form.cell_keys)}
        rows = [
            (self.word("codebook_id"), self.plain(mark.questionnaire)),
            (self.word("version"), self.plain(mark.version)),
            (self.word("codebook_hash"), self.plain(mark.hash)),
            (self.word("codebook_counts"), self.lines(words("codebook_size", **counts))),
            (self.word("source"), self.plain(form.source)),
        ]
        return tuple(row for row in rows if row[1])

    def statuses(self) -> Table:
        headers = tuple(map(self.word, ("codebook_status", "codebook_meaning", "codebook_recorded")))
        rows = tuple(
            (
                (f"{word(f'status_{status}', self.language)} ({status})",) if self.language != "en" else (status,),
                self.lines((word(f"codebook_meaning_{status}", "zh"), word(f"codebook_meaning_{status}", "en"))),
                self.lines((word(f"codebook_record_{status}", "zh"), word(f"codebook_record_{status}", "en"))),
            )
            for status in STATUSES
        )
        return Table(headers, rows)

    def entry(self, question: Question) -> Entry:
        origin = (("source", question.source), ("attestation", question.attestation))
        return Entry(
            code=question.code,
            text=self.text(question.text),
            help=self.text(question.help) if question.help else (),
            type=self.word(f"form_type_{question.type}"),
            codes=self.codes(question),
            rules=tuple(self.rules(question)),
            origin=tuple(self.labelled(key, text) for key, text in origin if text),
        )

    def codes(self, question: Question) -> tuple[Code, ...]:
        listed = [Code(each.code, self.text(each.name), self.attested(each)) for each in question.choices]
        for part in question.parts:
            unit = part.unit or question.unit
            notes = [self.lines(words("codebook_unit", unit=unit))] if part.unit else []
            notes += [self.plain(f"100 × {part.numerator} ÷ {part.denominator}")] if part.numerator else []
            listed.append(Code(part.code, self.text(part.name), tuple(line for note in notes for line in note)))
        return tuple(listed)

    def attested(self, option: Option) -> Lines:
        return self.labelled("attestation", option.attestation) if option.attestation else ()

    def rules(self, question: Question) -> list[Lines]:
        rules = [self.asked(question)]
        rules += [self.word("form_required" if question.required else "codebook_optional")] if question.is_asked else []
        rules += [self.lines(words("codebook_unit", unit=question.unit))] if question.unit else []
        if question.type in NUMBER_TYPES:
            limits = _limits(question)
            rules += [self.lines(words("codebook_limits", limits=limits))] if limits else []
            rules += [self.word("codebook_whole")] if question.integer else []
        if question.type == "scale":
            rules.append(self.word("codebook_scale_down" if question.best_first else "codebook_scale_up"))
        rules += [self.lines(evidence_words(question.evidence))] if question.evidence else []
        rules += [self.word("codebook_descriptive")] if question.role == "descriptive" else []
        return rules

    def asked(self, question: Question) -> Lines:
        if question.condition is None:
            return self.word("codebook_always" if question.is_asked else "form_hint_ratio")
        chinese, english = (self.told(question, side) for side in ("zh", "en"))
        return self.lines((chinese, english))

    def told(self, question: Question, side: Literal["zh", "en"]) -> str:
        if question.condition is None:
            return ""
        return word("form_ask_if", side, condition=condition_words(question.condition, self.questionnaire, side))

    def labelled(self, key: str, text: str) -> Lines:
        label = word(key, "zh" if self.language == "both" else self.language)
        return self.plain(f"{label}：{text}" if self.language != "en" else f"{label}: {text}")

    def word(self, key: str) -> Lines:
        return self.lines(words(key))

    def text(self, text: Text) -> Lines:
        return self.lines((text.zh, text.en))

    def plain(self, text: str) -> Lines:
        return self.lines((text, text))

    def lines(self, text: Words) -> Lines:
        chinese, english = map(clean, text)
        chosen = {"zh": (chinese or english,), "en": (english or chinese,)}.get(self.language, (chinese, english))
        return tuple(dict.fromkeys(line for line in chosen if line))


def _limits(question: Question) -> str:
    least, most = (None if each is None else f"{each:,.15g}" for each in (question.min, question.max))
    if least is not None and most is not None:
        return f"{least}–{most}"
    return f"≥ {least}" if least is not None else f"≤ {most}" if most is not None else ""
