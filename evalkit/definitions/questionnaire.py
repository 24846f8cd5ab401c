"""The questionnaire: sections of questions, each with a code, a type and the rules for its answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from evalkit.definitions.base import Code, Definition, Fault, Flag, Identifier, Number, Text, fault
from evalkit.definitions.checks import Check
from evalkit.definitions.expression import Expression, parse
from evalkit.definitions.rules import Formula

QuestionType = Literal["yesno", "single", "multiple", "scale", "number", "numbers", "date", "text", "ratio"]
CHOICE_TYPES: tuple[QuestionType, ...] = ("yesno", "single", "scale")


Answer = Annotated[str, Field(pattern=r"^[A-Za-z_一-鿿][A-Za-z0-9_一-鿿]*(\.[A-Za-z_一-鿿][A-Za-z0-9_一-鿿]*)?$")]
"""An answer cell: a question, or a part of it, such as ``Q04.web``."""


def spelling(name: str) -> str:
    """Return a code or label in the spelling by which options are compared: NFKC, without outer space, caseless."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


class Option(Definition):
    """An answer that can be chosen."""

    code: Code
    """short code, used by rules"""
    name: Text
    """label for people"""
    attestation: str = ""
    """found or filled in"""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The code and the labels, spelt as :func:`spelling` does."""
        return tuple(spelling(name) for name in (self.code, self.name.zh, self.name.en) if name)


class NumberPart(Definition):
    """One of several numbers of a question; in a ``ratio``, one quotient computed from other answers."""

    code: Code
    """short code, used by rules"""
    name: Text
    """label for people"""
    unit: str = ""
    """unit of the number, if it differs from the question's"""
    numerator: Answer | None = None
    """ratio only: the code above the line, such as ``Q04.web``"""
    denominator: Answer | None = None
    """ratio only: the code below the line, such as ``Q04.total``"""


YES_NO = (
    Option(code="yes", name=Text(zh="是", en="Yes")),
    Option(code="no", name=Text(zh="否", en="No")),
)


ANY_EVIDENCE = Text(zh="文件名称与文号，或网址", en="name and number of the document, or its address")
"""What ``evidence: true`` asks for."""


def _what_evidence(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    return {True: ANY_EVIDENCE, False: None}[value] if isinstance(value, bool) else value


def _true_or_text(schema: dict[str, Any]) -> None:
    schema["anyOf"].insert(0, {"type": "boolean"})


Evidence = Annotated[Text | None, BeforeValidator(_what_evidence), Field(json_schema_extra=_true_or_text)]
"""What proof a question asks for: a text that says so, or ``true``."""


_NEEDED = {"single": "options", "multiple": "options", "scale": "options", "numbers": "parts", "ratio": "parts"}
_TYPES_OF_KEY = {
    "options": ("single", "multiple", "scale"),
    "best_first": ("scale",),
    "parts": ("numbers", "ratio"),
    "min": ("number", "numbers"),
    "max": ("number", "numbers"),
    "integer": ("number", "numbers"),
    "evidence": ("yesno", "single", "multiple", "scale", "number", "numbers", "date", "text"),
}


class Question(Definition):
    """A question with all that is needed to ask it, to read its answer and to check it."""

    code: Code
    """unique within the questionnaire"""
    text: Text
    """the question as asked"""
    type: QuestionType
    """yesno, single, multiple, scale (ordered), number, numbers (a row of cells), date, text; ratio is computed"""
    options: tuple[Option, ...] = ()
    """single, multiple, scale: the answers; yesno has its own"""
    best_first: Flag = True
    """scale: the first option is the best"""
    parts: tuple[NumberPart, ...] = ()
    """numbers: the cells; ratio: the quotients"""
    unit: str = ""
    """unit of the number"""
    min: Number | None = None
    """smallest number allowed"""
    max: Number | None = None
    """largest number allowed"""
    integer: Flag = False
    """whole numbers only"""
    required: Flag = False
    """an empty answer is an error"""
    ask_if: Formula | None = None
    """condition over earlier questions, such as ``Q23 = yes``; where it is false the question is skipped"""
    help: Text | None = None
    """instruction beside the question"""
    evidence: Evidence = None
    """proof asked for beside the answer: ``true``, or what it should be, such as ``name and number of the decree``"""
    role: Literal["scored", "descriptive"] = "scored"
    """``descriptive``: meant for tables only, used by no indicator"""
    source: str = ""
    """where the question comes from"""
    attestation: str = ""
    """what of it is found in a source and what is reconstructed"""

    def faults(self) -> Iterator[Fault]:
        """Yield what is missing for the type, what has no effect on it, and codes and labels that stand twice."""
        needed = _NEEDED.get(self.type)
        if needed is not None and not getattr(self, needed):
            yield fault("EK103", key=needed)
        elif self.type == "scale" and len(self.options) == 1:
            yield fault("EK120", "options", key="options", found=1, limit="≥ 2")
        for name, types in _TYPES_OF_KEY.items():
            if name in self.model_fields_set and self.type not in types:
                yield fault("EK121", name, key=name, where_zh=f"type: {self.type}", where_en=f"type: {self.type}")
        if self.min is not None and self.max is not None and self.min > self.max:
            yield fault("EK112", "min", key="min", value=f"{self.min:.15g}", limit=f"≤ max = {self.max:.15g}")
        yield from self._part_faults()
        yield from self._option_faults()

    def _part_faults(self) -> Iterator[Fault]:
        for index, part in enumerate(self.parts):
            if part.code in [other.code for other in self.parts[:index]]:
                yield fault("EK119", "parts", index, "code", key=self.code, code=part.code)
            for name in ("numerator", "denominator"):
                if self.type == "ratio" and getattr(part, name) is None:
                    yield fault("EK103", "parts", index, key=name)
                elif self.type == "numbers" and getattr(part, name) is not None:
                    where = "type: numbers"
                    yield fault("EK121", "parts", index, name, key=name, where_zh=where, where_en=where)

    def _option_faults(self) -> Iterator[Fault]:
        owners: dict[str, str] = {}
        for index, option in enumerate(self.options):
            if option.code in [other.code for other in self.options[:index]]:
                yield fault("EK119", "options", index, "code", key=self.code, code=option.code)
                continue
            for label in dict.fromkeys(option.spellings):
                first = owners.setdefault(label, option.code)
                if first != option.code:
                    codes = {"first": first, "second": option.code}
                    yield fault("EK122", "options", index, "name", key=self.code, label=label, **codes)

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options; those of a yes/no question are yes and no."""
        return YES_NO if self.type == "yesno" else self.options

    @property
    def items(self) -> tuple[Option | NumberPart, ...]:
        """What a row of the form stands for within the question: its tick rows or number cells, else nothing."""
        return self.options if self.type == "multiple" else self.parts

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its answer cells: ``Q04.web`` for each item, else ``Q01``."""
        return tuple(f"{self.code}.{item.code}" for item in self.items) or (self.code,)

    @property
    def is_asked(self) -> bool:
        """False for a ratio, which is computed."""
        return self.type != "ratio"

    @cached_property
    def condition(self) -> Expression | None:
        """The parsed ``ask_if``."""
        return None if self.ask_if is None else parse(self.ask_if)

    @cached_property
    def option_index(self) -> dict[str, int]:
        """Position of each option by code."""
        return {option.code: index for index, option in enumerate(self.choices)}


class Section(Definition):
    """A sheet of the form."""

    id: Identifier
    """id of the section"""
    name: Text
    """title of the sheet"""
    questions: tuple[Question, ...] = Field(min_length=1)
    """its questions in order"""


class Questionnaire(Definition):
    """A versioned questionnaire."""

    id: Identifier
    """id of the questionnaire"""
    kind: Literal["questionnaire"] = "questionnaire"
    """what this file is"""
    version: str
    """version of the questionnaire"""
    name: Text
    """title"""
    source: str = ""
    """where it comes from; what is reconstructed says so"""
    instructions: tuple[Text, ...] = ()
    """paragraphs of the instruction sheet"""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    """the sheets of the form"""
    checks: tuple[Check, ...] = ()
    """what must hold between answers; not shown on the form"""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by code, in the order of the form."""
        return {question.code: question for section in self.sections for question in section.questions}

    @cached_property
    def cell_keys(self) -> tuple[str, ...]:
        """The keys of all answer cells of the form, in its order."""
        return tuple(key for question in self.questions.values() if question.is_asked for key in question.keys)

    @property
    def with_evidence(self) -> Iterator[Question]:
        """The questions that ask for proof, in the order of the form."""
        return (question for question in self.questions.values() if question.evidence is not None)

    def walk(self) -> Iterator[tuple[Question, tuple[str | int, ...]]]:
        """Yield each question with the way to it in the file."""
        for number, section in enumerate(self.sections):
            for index, question in enumerate(section.questions):
                yield question, ("sections", number, "questions", index)
