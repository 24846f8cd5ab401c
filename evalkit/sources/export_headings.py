"""Which answer a heading of an export means, by the patterns of its profile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evalkit.definitions.platform import PLACEHOLDER, Platform
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.sources.cell_text import fold, normalise

_DECORATION = re.compile(r"\[[^\[\]]*\]|【[^【】]*】|\([^()]*\)")
_TELLS_HOW_TO_ANSWER = re.compile("[选填必答题]")
_SHORTEST_BEGINNING = 6
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Meant:
    """A question, and the key of its option or part where the heading names one."""

    question: Question
    key: str | None


@dataclass(frozen=True, slots=True)
class Absent:
    """The box to tick where a question does not apply."""

    question: Question


@dataclass(frozen=True, slots=True)
class OtherText:
    """The heading has the number of a question, but not its text: nobody can tell which of the two is right."""

    question: Question
    number: int


def bare(text: str) -> str:
    """Return a text of a question as it is compared: letters and digits only, without ``[单选题]`` and the like."""
    plain = _DECORATION.sub(_without_instruction, normalise(text))
    return "".join(character for character in plain.casefold() if character.isalnum())


def _without_instruction(bracketed: re.Match[str]) -> str:
    """Return what brackets hold, or nothing if it only tells how to answer, as ``(可多选)`` does."""
    text = bracketed[0]
    return text if text.startswith("(") and not _TELLS_HOW_TO_ANSWER.search(text) else ""


class Headings:
    """Finds the answers that headings mean; what depends on the questionnaire and the profile is made once."""

    def __init__(self, questionnaire: Questionnaire, profile: Platform) -> None:
        """Prepare the patterns and the texts of the questions."""
        self.asked = [question for question in questionnaire.questions.values() if question.is_asked]
        self.by_code = {fold(question.code): question for question in self.asked}
        self.patterns = [self._pattern(each) for each in profile.questions]
        self.boxes = [self._pattern(each) for each in profile.answers.absent]
        self.has_items = "item" in profile.header
        self.exact = {text: question for text, question in self._texts if question is not None}

    @cached_property
    def _texts(self) -> list[tuple[str, Question | None]]:
        """The bare texts; one that two questions have means neither."""
        found: dict[str, list[Question]] = {}
        for question in self.asked:
            for text in dict.fromkeys(map(bare, (question.text.zh, question.text.en, question.text.say("both")))):
                found.setdefault(text, []).append(question)
        return [(text, several[0] if len(several) == 1 else None) for text, several in found.items() if text]

    def find(self, candidates: Iterable[str], item: str = "") -> Meant | Absent | OtherText | None:
        """Return what the first of the ``candidates`` that fits a pattern means; ``item`` is the row of options."""
        doubtful: OtherText | None = None
        for heading in map(_one_line, candidates):
            for pattern in self.patterns if heading else ():
                found = pattern.fullmatch(heading)
                meant = None if found is None else self._meant(found.groupdict())
                if isinstance(meant, Meant):
                    return self._with_item(meant, item)
                doubtful = doubtful or meant
            for pattern in self.boxes if heading else ():
                found = pattern.fullmatch(heading)
                question = None if found is None else self._question(found.groupdict())
                if isinstance(question, Question):
                    return Absent(question)
        return doubtful

    def _with_item(self, meant: Meant, item: str) -> Meant | None:
        if not self.has_items or meant.key is not None or not meant.question.items or not normalise(item):
            return meant
        key = key_of_item(meant.question, item)
        return meant if key is None else Meant(meant.question, key)

    def _pattern(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern as a regular expression over normalised headings; a code is one of those there are."""
        codes = sorted((re.escape(question.code) for question in self.asked), key=len, reverse=True)
        parts = {"code": "|".join(codes) or "(?!)", "number": "[0-9]{1,4}", "place": "[0-9]{1,4}"}
        made, start = "", 0
        for found in PLACEHOLDER.finditer(pattern):
            made += _literal(pattern[start : found.start()])
            made += f"(?P<{found[1]}>{parts.get(found[1], '.+')})"
            start = found.end()
        return re.compile(made + _literal(pattern[start:]), re.IGNORECASE | re.DOTALL)

    def _meant(self, named: Mapping[str, str]) -> Meant | OtherText | None:
        question = self._question(named)
        if not isinstance(question, Question):
            return question
        if "place" in named:
            place = int(named["place"]) - 1
            return Meant(question, question.keys[place]) if 0 <= place < len(question.items) else None
        if "item" not in named:
            return Meant(question, None)
        key = key_of_item(question, named["item"])
        return None if key is None else Meant(question, key)

    def _question(self, named: Mapping[str, str]) -> Question | OtherText | None:
        """Return the question by code, else by number and text, which must agree, else by either."""
        if "code" in named:
            return self.by_code.get(fold(named["code"]))
        number = int(named["number"]) if "number" in named else 0
        numbered = self.asked[number - 1] if 0 < number <= len(self.asked) else None
        if "text" not in named:
            return numbered
        text = bare(named["text"])
        if numbered is not None and text and _agree(text, numbered):
            return numbered
        return self.exact.get(text) or (None if numbered is None else OtherText(numbered, number))


def _one_line(heading: str) -> str:
    """Return a heading as the patterns take it; a longer one is known by its beginning."""
    return " ".join(normalise(heading[:_LONGEST]).split())


def _literal(text: str) -> str:
    """Return what fits a text whose blanks do not matter."""
    return r"\s*".join(["", *map(re.escape, "".join(normalise(text).split())), ""])


def _agree(text: str, question: Question) -> bool:
    """Tell whether a bare text is that of a question, or one of the two begins with the other."""
    for own in map(bare, (question.text.zh, question.text.en)):
        short, long = sorted((text, own), key=len)
        if text == own or (len(short) >= _SHORTEST_BEGINNING and long.startswith(short)):
            return True
    return False


def key_of_item(question: Question, name: str) -> str | None:
    """Return the key of the option or part of that code or label."""
    wanted = fold(name)
    for key, item in zip(question.keys, question.items, strict=False):
        if wanted in map(fold, (item.code, item.name.zh, item.name.en, item.name.say("both"))) and wanted:
            return key
    return None
