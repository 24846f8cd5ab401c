"""One-table exports of a study, and how the answers of several respondents become the value of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from evalkit.definitions.base import Code, Definition, Fault, Identifier, Number, fault, text_or_mapping
from evalkit.definitions.questionnaire import Answer


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Patterns = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A pattern of file names, or several."""


class UnitFrom(Definition):
    """Where an export says which unit a respondent speaks of; plain text in YAML is the heading of a column."""

    column: str | None = None
    """heading of a column with the id, name or alias of the unit"""
    question: Code | None = None
    """a question of the questionnaire whose answer is the unit"""
    value: str | None = None
    """the unit of all respondents of the file"""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        return {"column": value} if isinstance(value, str) else value

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for two sources or none."""
        sources = ("column", "question", "value")
        found = [name for name in sources if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="unit", allowed=", ".join(sources), found=", ".join(found) or "-")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say that plain text may stand for a mapping."""
        return text_or_mapping(schema, handler)


class Export(Definition):
    """A table of answers, one row a respondent or an answer."""

    file: Patterns
    """path or pattern of the files (CSV or Excel), or several"""
    profile: str
    """path or ``builtin:NAME`` of the import profile of the platform"""
    sheet: str | None = None
    """sheet of the workbook; without it the first visible one that holds anything"""
    unit: UnitFrom | None = None
    """where the unit is found; without it in the columns that the profile names"""
    respondent: str | None = None
    """heading of the respondent's id, where it is not one that the profile names"""
    weight: str | None = None
    """heading of the column of weights, where it is not one that the profile names"""
    questions: dict[Answer, str] = Field(default_factory=dict)
    """heading by answer (``Q01``, ``Q03.web``), where the profile does not find it"""
    about: dict[Identifier, str] = Field(default_factory=dict)
    """heading by name of what else the file says of a respondent, such as ``{department: 承办部门}``, for portraits"""
    ignore: tuple[str, ...] = ()
    """headings that are no question of the questionnaire"""


class RespondentRule(Definition):
    """How the points of several respondents become the one value of their unit."""

    method: Literal["mean", "median", "share", "last"] = "mean"
    """weighted mean, weighted median, weighted share in % of those with at least ``at_least`` points, or the last, of
    which alone no sampling error is known"""
    at_least: Number | None = None
    """share only: the points from which a respondent counts"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for a share without its limit, and for a limit without a share."""
        if self.method == "share" and self.at_least is None:
            yield fault("EK103", key="at_least")
        elif self.method != "share" and self.at_least is not None:
            where = f"method: {self.method}"
            yield fault("EK121", "at_least", key="at_least", where_zh=where, where_en=where)

    def __str__(self) -> str:
        """``mean``, ``share >= 75``."""
        return self.method if self.at_least is None else f"{self.method} >= {self.at_least:g}"


class RespondentRules(RespondentRule):
    """The rule for all questions, and others for single questions."""

    questions: dict[Code, RespondentRule] = Field(default_factory=dict)
    """rules of single questions, by code"""

    def of(self, question: str) -> RespondentRule:
        """Return the rule of a question; a formula, which has none, goes by the rule for all."""
        return self.questions.get(question, RespondentRule(method=self.method, at_least=self.at_least))
