"""The rows of an XLSForm: what is asked, in which group, under which condition, within which limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalkit.definitions.base import Text
from evalkit.definitions.condition_words import condition_words
from evalkit.definitions.form import Stamp
from evalkit.definitions.questionnaire import CHOICE_TYPES, NumberPart, Question, Questionnaire
from evalkit.messages import word
from evalkit.reports.template_rules import NUMBER_TYPES, hint
from evalkit.reports.template_styles import Words, clean, words
from evalkit.reports.xlsform_conditions import condition_xpath, number_text
from evalkit.reports.xlsform_evidence import evidence_row
from evalkit.reports.xlsform_names import (
    ABSENT,
    HASH_FIELD,
    TICKED,
    UNIT_FIELD,
    FieldNames,
    has_absent_choice,
    has_box,
)

Row = Mapping[str, str | Words]
"""Cells by column; a pair is a text in Chinese and in English."""

YES_NO_LIST = "yes_no"
_ONE_SCREEN = "field-list"
_QUOTES = str.maketrans("‘’“”", "''\"\"")
"""pyxform replaces these wherever they stand; done before, they cannot break a quotation open"""


@dataclass(frozen=True, slots=True)
class Survey:
    """The sheets ``survey`` and ``choices`` of a questionnaire, row by row."""

    questionnaire: Questionnaire
    names: FieldNames
    stamp: Stamp

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the sheet ``survey``."""
        yield from self.head()
        for section in self.questionnaire.sections:
            name = self.names.groups[f"section {section.id}"]
            yield {"type": "begin_group", "name": name, "label": both(section.name)}
            for question in section.questions:
                yield from self.question(question)
                if question.evidence is not None:
                    yield evidence_row(question, self.names, self.relevant(question))
            yield {"type": "end_group", "name": name}

    def head(self) -> Iterator[Row]:
        """Yield whose form it is, hidden if that is settled, and what the questionnaire says of itself."""
        if self.stamp.unit:
            yield {"type": "calculate", "name": UNIT_FIELD, "calculation": literal(self.stamp.unit)}
        else:
            yield {"type": "text", "name": UNIT_FIELD, "label": words("form_unit"), "required": "yes"}
        yield {"type": "calculate", "name": HASH_FIELD, "calculation": literal(self.stamp.hash)}
        for name, paragraph in zip(self.names.notes, self.questionnaire.instructions, strict=True):
            yield {"type": "note", "name": name, "label": both(paragraph)}

    def question(self, question: Question) -> Iterator[Row]:
        """Yield the rows of a question."""
        if question.type == "ratio":
            yield from self.quotients(question)
        elif has_box(question):
            yield from self.boxed(question)
        else:
            kind = {"text": "text", "multiple": f"select_multiple {list_name(question)}"}
            row = {"type": kind.get(question.type, f"select_one {list_name(question)}"), **self.common(question)}
            row |= {"relevant": self.relevant(question), "name": self.names.answers[question.code]}
            row |= {"label": both(question.text), "hint": self.hint(question)}
            if question.type == "text":
                row["appearance"] = "multiline"
            if question.type == "multiple" and has_absent_choice(question):
                row["constraint"] = f"not(selected(., '{ABSENT}') and count-selected(.) > 1)"
                row["constraint_message"] = words("xlsform_absent_alone")
            yield row

    def boxed(self, question: Question) -> Iterator[Row]:
        """Yield a group on one screen: the numbers or the date, and a box to tick where they do not apply."""
        group = self.names.groups[f"question {question.code}"]
        box = self.names.absent[question.code]
        many = question.type == "numbers"
        head: dict[str, str | Words] = {"type": "begin_group", "name": group, "appearance": _ONE_SCREEN}
        head |= {"relevant": self.relevant(question)}
        if many:
            head |= {"label": self.with_help(question)}
        yield head
        for part in question.parts if many else (None,):
            name = self.names.answers[question.code if part is None else f"{question.code}.{part.code}"]
            row = {"name": name, "relevant": f"not(${{{box}}} = '{TICKED}')", **self.common(question)}
            row |= {"label": _with_unit(part.name if part else question.text, _unit(question, part))}
            row |= {"hint": hint(question) if many else self.hint(question)}
            yield row | (_limits(question) if question.type in NUMBER_TYPES else {"type": "date"})
        label = words("xlsform_box", question=question.code)
        yield {"type": "acknowledge", "name": box, "label": label}
        yield {"type": "end_group", "name": group}

    def quotients(self, question: Question) -> Iterator[Row]:
        """Yield what is computed, in percent, empty where a number is missing or the lower one is zero."""
        for part in question.parts:
            fields = [self.names.answers.get(key or "") for key in (part.numerator, part.denominator)]
            if None in fields:
                continue
            over, under = (f"${{{field}}}" for field in fields)
            given = f"{over} != '' and {under} != '' and {under} != 0"
            name = self.names.answers[f"{question.code}.{part.code}"]
            yield {
                "type": "calculate",
                "name": name,
                "calculation": f"if({given}, 100 * {over} div {under}, '')",
                "relevant": self.relevant(question),
            }

    def common(self, question: Question) -> dict[str, str | Words]:
        """Return whether an answer is asked for before the form can be sent."""
        return {"required": "yes"} if question.required else {}

    def relevant(self, question: Question) -> str:
        """Return the condition as XPath; empty where there is none."""
        return condition(question, self.questionnaire, self.names) or ""

    def hint(self, question: Question) -> Words:
        """Return how to answer, the condition where it could not be put into XPath, and the question's own help."""
        lines = [hint(question)] if question.type in NUMBER_TYPES else []
        lines += [] if question.condition is None or self.relevant(question) else [self.told(question)]
        lines += [both(question.help)] if question.help else []
        return _lines(lines)

    def with_help(self, question: Question) -> Words:
        """Return the question with its help, since a group has no hint."""
        more = [] if question.condition is None or self.relevant(question) else [self.told(question)]
        return _lines([both(question.text), *more, *([both(question.help)] if question.help else [])])

    def told(self, question: Question) -> Words:
        """Return the condition in words."""
        if question.condition is None:
            return "", ""
        chinese, english = (condition_words(question.condition, self.questionnaire, side) for side in ("zh", "en"))
        return word("form_ask_if", "zh", condition=chinese), word("form_ask_if", "en", condition=english)

    def choices(self) -> Iterator[Row]:
        """Yield the rows of the sheet ``choices``; all yes/no questions share one list."""
        seen: set[str] = set()
        for question in self.questionnaire.questions.values():
            listed = question.type in CHOICE_TYPES or question.type == "multiple"
            if not listed or list_name(question) in seen:
                continue
            seen.add(list_name(question))
            for option in question.choices:
                yield {"list_name": list_name(question), "name": option.code, "label": both(option.name)}
            if has_absent_choice(question):
                yield {"list_name": list_name(question), "name": ABSENT, "label": words("form_not_applicable")}


def condition(question: Question, questionnaire: Questionnaire, names: FieldNames) -> str | None:
    """Return a question's condition as XPath; ``None``: it has none, or none that forms can carry."""
    return None if question.condition is None else condition_xpath(question.condition, questionnaire, names.answers)


def list_name(question: Question) -> str:
    """Return the name of a question's list of choices."""
    return YES_NO_LIST if question.type == "yesno" else f"list_{question.code}"


def both(text: Text) -> Words:
    """Return a text in Chinese and in English, each standing in for the other where that is missing."""
    return text.say("zh"), text.say("en")


def literal(text: str) -> str:
    """Return a text as an XPath string; one with both kinds of quotation marks, or with ``${``, is put together."""
    plain = clean(text).translate(_QUOTES)
    pieces = [piece for piece in re.split(r"(\$)(?=\{)|('+)", plain) if piece]
    quoted = [f'"{piece}"' if "'" in piece else f"'{piece}'" for piece in pieces or [""]]
    return quoted[0] if len(quoted) == 1 else f"concat({', '.join(quoted)})"


def _limits(question: Question) -> dict[str, str | Words]:
    bounds = [f". >= {number_text(question.min)}"] if question.min is not None else []
    bounds += [f". <= {number_text(question.max)}"] if question.max is not None else []
    row: dict[str, str | Words] = {"type": "integer" if question.integer else "decimal"}
    if bounds:
        row |= {"constraint": " and ".join(bounds), "constraint_message": hint(question)}
    return row


def _unit(question: Question, part: NumberPart | None) -> str:
    return (part.unit if part else "") or question.unit


def _with_unit(text: Text, unit: str) -> Words:
    chinese, english = both(text)
    return (f"{chinese}（{unit}）", f"{english} ({unit})") if unit else (chinese, english)


def _lines(lines: list[Words]) -> Words:
    chinese, english = ("\n".join(line[side] for line in lines if line[side]) for side in (0, 1))
    return chinese, english
