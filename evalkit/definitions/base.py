"""What all definitions share: the frozen strict model, bilingual text, ids, codes, numbers, and their faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    Strict,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from evalkit.definitions.expression_tokens import KEYWORDS
from evalkit.definitions.yaml_source import Way
from evalkit.messages import Language, choose


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that a model makes about itself; ``way`` leads from the model to the place, as far as it exists."""

    code: str
    way: Way
    params: dict[str, object]


def fault(code: str, /, *way: str | int, **params: object) -> Fault:
    """Make a fault; ``params`` fill the placeholders of the catalogue's text."""
    return Fault(code, way, params)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise all faults as one error of pydantic, which :mod:`evalkit.definitions.validation` takes apart."""
    found = tuple(faults)
    if found:
        raise PydanticCustomError("faults", "faults", {"faults": found})


@dataclass(frozen=True, slots=True)
class FaultBook:
    """The context of a validation that goes on after a fault, so that a fault hides none of those around it."""

    ways: dict[int, Way]
    """the way to each mapping of the file, by its identity"""
    found: dict[Way, tuple[Fault, ...]] = field(default_factory=dict)
    """faults by the way to their mapping; a mapping may be judged twice, as pydantic does with recursive models"""


class Definition(BaseModel):
    """A frozen definition that accepts no key it does not know.

    A number may stand where text belongs, and is kept as it is written; nothing else is converted.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, coerce_numbers_to_str=True, allow_inf_nan=False
    )
    replaced: ClassVar[Mapping[str, str]] = {}
    """what to write at the top of the file in place of keys that are no more"""

    @model_validator(mode="wrap")
    @classmethod
    def _judged(cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:  # noqa: ANN401 - whatever the file holds
        definition = handler(value)
        faults = tuple(definition.faults())
        if isinstance(info.context, FaultBook) and id(value) in info.context.ways:
            info.context.found[info.context.ways[id(value)]] = faults
        else:
            refuse(faults)
        return definition

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong between the parts of this definition."""
        yield from ()


def text_or_mapping(schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Return the JSON Schema of a definition for whose mapping plain text may stand."""
    mapping = handler.resolve_ref_schema(handler(schema))
    return {"description": mapping.pop("description", ""), "anyOf": [{"type": "string"}, mapping]}


_LANGUAGE_KEY = re.compile(r"(?:zh|en)\s*：")


class Text(Definition):
    """A text in Chinese, in English, or in both; plain text in YAML stands for both languages."""

    zh: str = ""
    """Chinese text"""
    en: str = ""
    """English text"""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return value
        text = str(value)
        if _LANGUAGE_KEY.match(text):
            refuse([fault("EK109")])
        return {"zh": text, "en": text}

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where neither language has a text."""
        if not (self.zh or self.en):
            yield fault("EK103", key="zh")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say that plain text may stand for a mapping."""
        return text_or_mapping(schema, handler)

    def say(self, language: Language = "both") -> str:
        """Return the text in a language, or in both joined by a slash."""
        return choose(language, self.zh, self.en)


def _not_a_keyword(code: str) -> str:
    if code in KEYWORDS:
        refuse([fault("EK118", key="code", value=code)])
    return code


Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9_一-鿿][A-Za-z0-9_.一-鿿-]*$", max_length=100)]
"""An id of a node, award or definition: letters, digits, Chinese characters, ``_ . -``."""

Code = Annotated[
    str, Field(pattern=r"^[A-Za-z_一-鿿][A-Za-z0-9_一-鿿]*$", max_length=60), AfterValidator(_not_a_keyword)
]
"""A code of a question, an option or a part: as an id, but usable in a formula."""

Number = Annotated[float, Strict()]
"""A finite number; not text that looks like one."""
Whole = Annotated[int, Strict()]
"""A whole number."""
Flag = Annotated[bool, Strict()]
"""``true`` or ``false``."""
Weight = Annotated[Number, Field(ge=0, le=1e9)]
"""A weight among others; only its share of their sum counts."""
