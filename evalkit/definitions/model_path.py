"""Where a ``loc`` of pydantic leads: through the file, and through the models."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evalkit.definitions.yaml_source import Way


@dataclass(frozen=True, slots=True)
class Spot:
    """What may stand at a spot: one type, or the models among which the value of the key ``tag`` decides."""

    types: tuple[Any, ...] = ()
    tag: str | None = None

    @property
    def keys(self) -> list[str]:
        """The keys that a mapping may have here; none where any or no mapping fits."""
        return sorted({name for each in self.types if _is_model(each) for name in each.model_fields})

    @property
    def replaced(self) -> dict[str, str]:
        """What to write in place of keys that may no longer stand here."""
        return {key: now for each in self.types if _is_model(each) for key, now in each.replaced.items()}

    @property
    def choices(self) -> list[str]:
        """The words that may stand here, or that the tag may be."""
        found = [_tags(each, self.tag) if self.tag else _words(each) for each in self.types]
        return [str(word) for words in found for word in words]


def follow(model: type[BaseModel], loc: Way) -> tuple[Way, Spot]:
    """Return the way in the file that ``loc`` means, which has no union tags, and what may stand at its end."""
    here, way = Spot((model,)), []
    for segment in loc:
        if here.tag is not None:
            here = Spot(tuple(each for each in here.types if segment in _tags(each, here.tag)))
        elif segment != "[key]":
            way.append(segment)
            here = _inside(here.types[0], segment) if here.types else Spot()
    return tuple(way), here


def _inside(outer: Any, segment: str | int) -> Spot:  # noqa: ANN401 - any type annotation
    if _is_model(outer):
        field: FieldInfo | None = outer.model_fields.get(segment)
        return Spot() if field is None else _spot(field.annotation, field.discriminator)
    arguments = typing.get_args(outer)
    if typing.get_origin(outer) is dict:
        return _spot(arguments[1])
    return _spot(arguments[0]) if arguments else Spot()


def _spot(annotation: Any, tag: Any = None) -> Spot:  # noqa: ANN401 - any type annotation
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *metadata = typing.get_args(annotation)
        named = [each.discriminator for each in metadata if isinstance(each, FieldInfo) and each.discriminator]
        return _spot(inner, tag or next(iter(named), None))
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        members = [each for each in typing.get_args(annotation) if each is not type(None)]
        return _spot(members[0], tag) if len(members) == 1 else Spot(tuple(members), tag)
    return Spot((annotation,))


def _is_model(each: Any) -> bool:  # noqa: ANN401 - any type annotation
    return isinstance(each, type) and issubclass(each, BaseModel)


def _tags(model: type[BaseModel], tag: str) -> tuple[Any, ...]:
    return _words(model.model_fields[tag].annotation)


def _words(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any type annotation
    return typing.get_args(annotation) if typing.get_origin(annotation) is typing.Literal else ()
