"""The import profile of a survey platform: how a table of answers, exported by it, is to be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Identifier, Text, fault

PLACEHOLDERS = ("code", "number", "text", "item", "place", "any")
"""What a pattern of headings may have in braces; one of the first three says which question is meant."""
NAMES_A_QUESTION = frozenset({"code", "number", "text"})
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

HeaderRow = Literal["heading", "text", "item", "unused"]
Names = tuple[str, ...]
Heading = Annotated[str, Field(min_length=1, max_length=200)]


class MetaColumns(Definition):
    """Names of the columns that hold no answer; they are found by name, wherever they stand."""

    respondent: Names = ()
    """id of the respondent, unique within the file"""
    unit: Names = ()
    """the unit that the respondent speaks of; a study may say another one"""
    weight: Names = ()
    """weight of the respondent; a study may say another one"""
    submitted: Names = ()
    """when the answers were sent in; the rule ``last`` goes by it"""
    ignored: Names = ()
    """what is known and not used, such as the address of the machine or the time taken"""


class AnswerForms(Definition):
    """How answers are written."""

    choices: Annotated[tuple[Literal["label", "code", "number"], ...], Field(min_length=1)] = ("label", "code")
    """how an option is named: its label in either language, its code, or its place in the list, from 1"""
    separators: tuple[Annotated[str, Field(min_length=1, max_length=5)], ...] = ()
    """what stands between the options of a multiple choice that are written in one cell"""
    other: tuple[Heading, ...] = ()
    """how an option with a text of the respondent's own is written, such as ``{option}〖{text}〗``"""
    ticked: Names = ("1",)
    """what stands in the column of an option that is chosen; its own name counts too"""
    absent: tuple[Heading, ...] = ()
    """headings of a box to tick where a question does not apply, such as ``{code}_na``"""
    not_ticked: Names = ("0",)
    """what stands there where it is not; an empty cell counts as not chosen beside a chosen one"""


class MissingTokens(Definition):
    """What stands for a missing answer, by its kind; an empty cell is blank."""

    blank: Names = ()
    """asked and not answered"""
    skipped: Names = ()
    """not asked, by the skip rules of the platform"""
    not_applicable: Names = ()
    """the respondent says that the question does not apply"""


class LongColumns(Definition):
    """Names of the columns of a long table, which has a row an answer."""

    question: Annotated[Names, Field(min_length=1)]
    """the question, as a heading of a wide table would name it"""
    item: Names = ()
    """the option or part, where it is not in the column of the question"""
    answer: Annotated[Names, Field(min_length=1)]
    """the answer"""


class Platform(Definition):
    """An import profile."""

    id: Identifier
    """id of the profile"""
    kind: Literal["platform"] = "platform"
    """what this file is"""
    version: str
    """version of the profile"""
    name: Text
    """name for people"""
    source: str = ""
    """where the form of the export is known from; what is from memory says so"""
    layout: Literal["wide", "long"] = "wide"
    """a row a respondent, or a row an answer"""
    header: Annotated[tuple[HeaderRow, ...], Field(min_length=1)] = ("heading",)
    """the header rows: the heading itself, the text of the question, its option or part, or unused"""
    questions: Annotated[tuple[Heading, ...], Field(min_length=1)]
    """patterns of headings, tried in order: {code} {number} {text} of the question, {item} or {place} of the option or
    part (its code or label, or its place from 1), {any} anything"""
    meta: MetaColumns = MetaColumns()
    """columns that hold no answer"""
    answers: AnswerForms = AnswerForms()
    """how answers are written"""
    missing: MissingTokens = MissingTokens()
    """what stands for a missing answer"""
    long: LongColumns | None = None
    """columns of a long table"""

    def faults(self) -> Iterator[Fault]:
        """Yield header rows without the one heading, patterns that name no question, and names with two meanings."""
        if self.header.count("heading") != 1:
            yield fault("EK330", "header", count=self.header.count("heading"))
        if self.layout == "long" and self.long is None:
            yield fault("EK103", key="long")
        if self.layout == "wide" and self.long is not None:
            yield fault("EK121", "long", key="long", where_zh="layout: wide", where_en="layout: wide")
        for way, patterns in ((("questions",), self.questions), (("answers", "absent"), self.answers.absent)):
            for index, pattern in enumerate(patterns):
                names = PLACEHOLDER.findall(pattern)
                if not NAMES_A_QUESTION & set(names) or set(names) - set(PLACEHOLDERS) or len(names) != len(set(names)):
                    yield fault("EK331", *way, index, pattern=pattern)
        for index, pattern in enumerate(self.answers.other):
            if sorted(PLACEHOLDER.findall(pattern)) != ["option", "text"]:
                yield fault("EK332", "answers", "other", index, pattern=pattern)
        yield from _twice("missing", self.missing.model_dump())
        yield from _twice("meta", self.meta.model_dump())


def _twice(key: str, names: Mapping[str, Names]) -> Iterator[Fault]:
    """Yield the names that stand under two keys."""
    counts = Counter(name for several in names.values() for name in set(several))
    for kind, several in names.items():
        for index, name in enumerate(several):
            first = next(other for other, known in names.items() if name in known)
            if counts[name] > 1 and kind != first:
                yield fault("EK333", key, kind, index, name=name, first=first, second=kind)
