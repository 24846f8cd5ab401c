"""The texts of an export as answers: each text is read once, however many respondents gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evalkit.definitions.platform import PLACEHOLDER, Platform
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question
from evalkit.observations import BLANK, INVALID, NOT_APPLICABLE, OK, SKIPPED
from evalkit.problems import Problem
from evalkit.sources.answer_cells import Answer, Choice, Parser, choice_of, parse_text, parse_tick, parsers, read_answer
from evalkit.sources.cell_text import fold, normalise


class Ticks(NamedTuple):
    """What a cell says of all options of a multiple choice: their status, which are ticked, and the finding."""

    status: int
    ticked: frozenset[int]
    finding: Problem | None = None


@dataclass(frozen=True, slots=True)
class Forms:
    """How a profile writes answers, made ready for use: its tokens as they are spelt and folded, and its patterns."""

    profile: Platform
    tokens: Mapping[str, int]
    missing: Mapping[str, int]
    other: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, profile: Platform) -> Forms:
        """Prepare the tokens and the patterns of a profile."""
        kinds = (BLANK, SKIPPED, NOT_APPLICABLE)
        names = (profile.missing.blank, profile.missing.skipped, profile.missing.not_applicable)
        tokens = {normalise(name): kind for kind, several in zip(kinds, names, strict=True) for name in several}
        missing = {fold(name): kind for name, kind in tokens.items()}
        return cls(profile, tokens, missing, tuple(map(_own_text, profile.answers.other)))

    def status_of(self, text: str) -> int | None:
        """Return the status that a text stands for, if it stands for a missing answer."""
        return self.missing.get(fold(text), BLANK if not normalise(text) else None)

    def own_words(self, text: str) -> Answer:
        """Read an answer in the respondent's words; only what is spelt exactly like a token stands for one."""
        plain = normalise(text)
        status = self.tokens.get(plain, None if plain else BLANK)
        if status is not None:
            return Answer(status, text)
        answer = read_answer(parse_text, text)
        return Answer(OK, text, plain, 1.0) if answer.status == NOT_APPLICABLE else answer

    def plain_option(self, text: str) -> str:
        """Return the option of an answer with a text of the respondent's own."""
        matches = (pattern.fullmatch(normalise(text)) for pattern in self.other)
        return next((found["option"] for found in matches if found), text)

    def choice(self, question: Question) -> Choice:
        """Return the parser of an option as the profile names options."""
        ways = self.profile.answers.choices
        by_name = choice_of(question)
        numbers = {str(index + 1): (float(index), each.code) for index, each in enumerate(question.choices)}
        if "number" not in ways:
            return by_name
        named = by_name.options if len(ways) > 1 else {}
        return Choice({**named, **numbers}, tuple(numbers) if len(ways) == 1 else by_name.allowed)

    def answers(self, question: Question, key: str, texts: Sequence[str]) -> list[Answer]:
        """Read the cell of a question, or of a part of it, that is no multiple choice."""
        if question.type == "text":
            return [self.own_words(text) for text in texts]
        chosen = self.choice(question) if question.type in CHOICE_TYPES else None
        parser: Parser = chosen or parsers(question)[key]
        return [self._answer(parser, text, own_text=chosen is not None) for text in texts]

    def _answer(self, parser: Parser, text: str, *, own_text: bool) -> Answer:
        status = self.status_of(text)
        if status is not None:
            return Answer(status, text)
        answer = read_answer(parser, text)
        if own_text and answer.status == INVALID and (plain := self.plain_option(text)) != text:
            answer = read_answer(parser, plain)
        return answer._replace(raw=text)

    def is_ticked(self, text: str) -> bool:
        """Tell whether a box is ticked."""
        return fold(text) in map(fold, self.profile.answers.ticked)

    def tick(self, question: Question, key: str, texts: Sequence[str]) -> list[Answer]:
        """Read the column of one option; an empty cell is blank."""
        option = question.options[question.keys.index(key)]
        names = (option.code, option.name.zh, option.name.en, option.name.say("both"))
        form = self.profile.answers
        ticked = {fold(name) for name in (*form.ticked, *names) if name}
        unticked = set(map(fold, form.not_ticked))

        def read(text: str) -> Answer:
            status = self.status_of(text)
            if status is not None:
                return Answer(status, text)
            for name in map(fold, (text, self.plain_option(text))):
                if name in ticked or name in unticked:
                    number = float(name in ticked)
                    return Answer(OK, text, str(int(number)), number)
            return read_answer(parse_tick, text)._replace(raw=text)

        return [read(text) for text in texts]

    def joined(self, question: Question, texts: Sequence[str]) -> list[Ticks]:
        """Read cells that name all options chosen; an unknown one makes the whole cell invalid."""
        choice = self.choice(question)
        separators = "|".join(map(re.escape, self.profile.answers.separators))
        return [self._ticks(choice, re.compile(separators) if separators else None, text) for text in texts]

    def _ticks(self, choice: Choice, separators: re.Pattern[str] | None, text: str) -> Ticks:
        status = self.status_of(text)
        if status is not None:
            return Ticks(status, frozenset())
        whole = read_answer(choice, self.plain_option(text))
        if whole.status != INVALID or separators is None:
            return _ticks_of([whole])
        parts = [part for part in separators.split(text) if normalise(part)]
        return _ticks_of([read_answer(choice, self.plain_option(part)) for part in parts])


def _ticks_of(answers: Iterable[Answer]) -> Ticks:
    given = list(answers)
    wrong = next((each for each in given if each.status != OK), None)
    if wrong is not None:
        return Ticks(wrong.status, frozenset(), wrong.finding)
    return Ticks(OK, frozenset(int(each.number) for each in given))


def _own_text(pattern: str) -> re.Pattern[str]:
    made, start = "", 0
    for found in PLACEHOLDER.finditer(pattern):
        made += re.escape(normalise(pattern[start : found.start()]))
        made += "(?P<option>.+?)" if found[1] == "option" else "(?P<text>.*)"
        start = found.end()
    return re.compile(made + re.escape(normalise(pattern[start:])), re.DOTALL)
