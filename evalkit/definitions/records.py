"""Work orders (工单) and call records as a source: where they lie, what columns mean, what is measured of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from evalkit.definitions.base import Code, Definition, Fault, Flag, Identifier, Number, Whole, fault
from evalkit.definitions.exports import Patterns
from evalkit.definitions.expression import Expression, names, parse
from evalkit.definitions.questionnaire import spelling
from evalkit.definitions.rules import parses
from evalkit.messages.nearest import suggestion

ONLY = "records"
"""The name of a source that is given without one."""
YES_NO = ("no", "yes")
"""The options of a column of kind ``yes_no``, by their position."""
METHODS = ("share", "mean", "median", "p90", "count", "ratio")
RecordFormula = Annotated[str, AfterValidator(lambda text: parses(text, of_records=True))]
"""A formula over the columns of a record; ``due is known`` and ``hours(closed - received)`` may stand in it."""
Texts = Patterns
"""A text, or several."""


class RecordColumn(Definition):
    """A column of the files under a name of one's own, by which formulas speak of it."""

    heading: Texts
    """its heading, or several where exports differ"""
    kind: Literal["time", "number", "category", "yes_no"]
    """what its cells hold"""
    options: dict[Code, Texts] = Field(default_factory=dict)
    """category: the texts that mean each option, by code; without them every text is an option of its own. yes_no:
    further texts for ``yes`` and ``no``"""
    day: Literal["start", "end"] | None = None
    """time: what a date without a time of day means, its first second or, as for deadlines, its last"""

    def faults(self) -> Iterator[Fault]:
        """Yield keys that only other kinds have, and a text that means two options."""
        where = f"kind: {self.kind}"
        if self.day is not None and self.kind != "time":
            yield fault("EK121", "day", key="day", where_zh=where, where_en=where)
        if self.options and self.kind in {"time", "number"}:
            yield fault("EK121", "options", key="options", where_zh=where, where_en=where)
        elif self.kind == "yes_no":
            for code in self.options:
                if code not in YES_NO:
                    near = suggestion(code, YES_NO)
                    about = {"name": "yes_no", "option": code, "allowed": ", ".join(YES_NO)}
                    yield fault("EK804", "options", code, **about, **near)
        seen: dict[str, str] = {}
        for code, texts in self.options.items():
            for text in dict.fromkeys(map(spelling, (code, *texts))):
                if seen.setdefault(text, code) != code:
                    yield fault("EK805", "options", code, text=text, first=seen[text], second=code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The options by their position; empty where every text is one."""
        return YES_NO if self.kind == "yes_no" else tuple(self.options)


class RecordUnit(Definition):
    """Where a file says which unit a record belongs to; plain text in YAML is the heading of a column."""

    column: Texts = ()
    """heading of the column with the id, name or alias of the unit, or several where exports differ"""
    value: str | None = None
    """the unit of all records"""
    file: Flag | None = None
    """true: the name of the file is that of the unit, or holds it as a word"""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        return {"column": value} if isinstance(value, str | list) else value

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for two places or none."""
        found = [name for name in ("column", "value", "file") if getattr(self, name)]
        if len(found) != 1:
            yield fault("EK116", key="unit", allowed="column, value, file", found=", ".join(found) or "-")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say that plain text may stand for a mapping."""
        mapping = handler.resolve_ref_schema(handler(schema))
        return {"description": mapping.pop("description", ""), "anyOf": [{"type": ["string", "array"]}, mapping]}


class RecordSource(Definition):
    """Files with a row a work order or a call record (CSV, Excel or Parquet); their rows never reach the results."""

    source: Patterns
    """a pattern of file names such as ``records/*.csv``, or several"""
    unit: RecordUnit
    """where the unit of a record is found"""
    columns: dict[Code, RecordColumn] = Field(min_length=1)
    """the columns that formulas name, by a name of one's own; those that no formula names are not read"""
    id: Texts = ()
    """heading of the number of the order, by which records that stand twice are found"""
    sheet: str | None = None
    """sheet of a workbook; without it the first visible one that holds anything"""
    header: Annotated[Whole, Field(ge=1, le=20)] = 1
    """which of the rows that are not blank has the headings; those above it are left out"""
    about: dict[Identifier, Texts] = Field(default_factory=dict)
    """heading by name of what sorts records into kinds, such as ``{department: 承办单位}``, for portraits"""
    order: tuple[Code, ...] = ()
    """columns of times in the order in which they come about: an earlier one that follows a later one is an error"""
    blank: tuple[str, ...] = ()
    """texts that stand for an empty cell, such as ``NULL`` or ``-``"""
    settings: dict[Code, Flag | Number | str] = Field(default_factory=dict)
    """numbers, ``true`` or ``false``, and times (``2024-03-31 23:59:59``) that formulas may name"""
    sample: Flag = False
    """whether the records are drawn from all at random; all of them have no sampling error"""

    def faults(self) -> Iterator[Fault]:
        """Yield settings that hide a column or are no time, and an order of what is no time."""
        for name, value in self.settings.items():
            if name in self.columns:
                yield fault("EK333", "settings", name, name=name, first="columns", second="settings")
            if isinstance(value, str) and _seconds(value) is None:
                yield fault("EK806", "settings", name, name=name, value=value)
        for number, name in enumerate(self.order):
            if name not in self.columns or self.columns[name].kind != "time":
                times = [each for each, column in self.columns.items() if column.kind == "time"]
                yield fault("EK807", "order", number, name=name, allowed=", ".join(times) or "-")

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each name of a formula stands for: a kind of column, or of a setting."""
        kinds: dict[str, str] = {name: column.kind for name, column in self.columns.items()}
        for name, value in self.settings.items():
            kinds[name] = "yes_no" if isinstance(value, bool) else "time" if isinstance(value, str) else "number"
        return kinds

    @cached_property
    def constants(self) -> dict[str, float]:
        """The settings as numbers: times as seconds since 1970, ``true`` as 1."""
        return {
            name: (_seconds(value) or 0.0) if isinstance(value, str) else float(value)
            for name, value in self.settings.items()
        }


def _seconds(text: str) -> float | None:
    """Return the seconds since 1970 of a time in the form of ISO 8601 without a zone."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        return None
    return (moment - dt.datetime(1970, 1, 1)) / dt.timedelta(seconds=1)  # noqa: DTZ001 - local times of the hotline


def _named(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Give a source that stands without a name the name :data:`ONLY`."""
    if isinstance(value, dict) and isinstance(value.get("source"), str | list):
        return {ONLY: value}
    return value


class _OneOrSeveral:
    """Says in the schema that one source may stand without a name."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        several = handler(schema)
        (one,) = several.get("patternProperties", {"": several.get("additionalProperties")}).values()
        return {"anyOf": [one, several]}


RecordSources = Annotated[dict[Code, RecordSource], BeforeValidator(_named), _OneOrSeveral()]
"""Sources of records by name; a single one may stand without a name."""


class RecordRatio(Definition):
    """``scale`` × the sum of one number over the records ÷ the sum of another."""

    numerator: RecordFormula
    """the number that is added up above"""
    denominator: RecordFormula
    """the number that is added up below"""
    scale: Number = 100
    """100 for a percentage"""


class RecordMeasure(Definition):
    """What is measured of the records of a unit: exactly one of share, mean, median, p90, count, ratio.

    A record of which a formula cannot be computed, since a cell that it needs is blank or unreadable, is left out and
    counted by reason; one for which ``among`` does not hold is outside.
    """

    of: Code = ONLY
    """the source, by its name under ``data: records:``"""
    share: RecordFormula | None = None
    """a condition: 100 × records for which it holds ÷ records"""
    mean: RecordFormula | None = None
    """a number: its mean over the records"""
    median: RecordFormula | None = None
    """a number: its median"""
    p90: RecordFormula | None = None
    """a number: what nine of ten records keep, interpolated between two"""
    count: RecordFormula | None = None
    """a condition: how many records it holds for"""
    ratio: RecordRatio | None = None
    """the quotient of two sums"""
    among: RecordFormula | None = None
    """a condition: only records for which it holds count"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for two measures or none."""
        found = [name for name in METHODS if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="records", allowed=", ".join(METHODS), found=", ".join(found) or "-")

    @property
    def method(self) -> str:
        """Which of :data:`METHODS` it is."""
        return next(name for name in METHODS if getattr(self, name) is not None)

    @cached_property
    def formulas(self) -> dict[tuple[str, ...], Expression]:
        """The parsed formulas by the way to them: what is measured, of a ratio the numerator first, then ``among``."""
        if self.ratio is not None:
            texts: dict[tuple[str, ...], str] = {
                ("ratio", name): getattr(self.ratio, name) for name in ("numerator", "denominator")
            }
        else:
            texts = {(self.method,): getattr(self, self.method)}
        if self.among is not None:
            texts["among",] = self.among
        return {way: parse(text, of_records=True) for way, text in texts.items()}

    @property
    def condition(self) -> Expression | None:
        """The parsed ``among``."""
        return self.formulas.get(("among",))

    @property
    def measured(self) -> tuple[Expression, ...]:
        """The parsed formula that is measured; of a ratio numerator and denominator."""
        return tuple(formula for way, formula in self.formulas.items() if way != ("among",))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that the formulas have, each once, in the order of the text."""
        return tuple(dict.fromkeys(name.key for formula in self.formulas.values() for name in names(formula)))

    @property
    def described(self) -> str:
        """The measure in one line: ``share(closed <= due) among(due is known)``."""
        if self.ratio is not None:
            said = f"ratio({self.ratio.numerator} / {self.ratio.denominator} x {self.ratio.scale:g})"
        else:
            said = f"{self.method}({getattr(self, self.method)})"
        return said if self.among is None else f"{said} among({self.among})"
