"""From a YAML document to a frozen model, with every finding at its line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evalkit.definitions.base import FaultBook
from evalkit.definitions.model_path import Spot, follow
from evalkit.definitions.yaml_scalar import scalar
from evalkit.definitions.yaml_source import Document, Way, read_yaml
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, has_errors, problem

Model = TypeVar("Model", bound=BaseModel)

_MAPPING = ("键值对", "a mapping of keys")
_TEXT_OR_MAPPING = ("文本,或 {zh: …, en: …}", "text, or {zh: …, en: …}")
_EXPECTED = {  # by pydantic's error type
    "string_type": ("文本", "text"),
    "int_type": ("整数", "a whole number"),
    "float_type": ("数值", "a number"),
    "bool_type": ("true 或 false", "true or false"),
    "tuple_type": ("列表", "a list"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}
_BOUNDS = {  # by pydantic's error type: the sign, and the name of the bound in its context
    "greater_than": (">", "gt"),
    "greater_than_equal": ("≥", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("≤", "le"),
}
_LENGTHS = {
    "too_short": ("≥", "min_length"),
    "too_long": ("≤", "max_length"),
    "string_too_short": ("≥", "min_length"),
    "string_too_long": ("≤", "max_length"),
}
_FULL_WIDTH_KEY = re.compile(r"[\w.-]+：")
_LONGEST_SHOWN = 60


def load_definition(
    path: Path, shown_as: str, model: type[Model]
) -> tuple[tuple[Model, Document] | None, list[Problem]]:
    """Read a definition file; returns the model with its document, or all findings."""
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return None, problems
    value, more = validate(document, model)
    problems = [*problems, *more]
    return (None if value is None or has_errors(problems) else (value, document)), problems


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Validate a document; returns the model, or a finding for each error, in the order of the file."""
    book = FaultBook(dict(_mappings(document.value, ())))
    problems: list[Problem] = []
    value = None
    try:
        value = model.model_validate(document.value, context=book)
    except ValidationError as error:
        errors = [each for each in error.errors(include_url=False) if not _is_consequence(each)]
        problems += [finding for each in errors for finding in _findings(each, document, model)]
    for way, faults in book.found.items():
        problems += [problem(each.code, document.place((*way, *each.way)), **each.params) for each in faults]
    problems.sort(key=lambda each: (each.place.line or 0, each.place.column or 0))
    return (None if problems else value), problems


def _mappings(value: Any, way: Way) -> Iterator[tuple[int, Way]]:  # noqa: ANN401 - whatever the file holds
    """Yield the identity of every mapping with the way to it."""
    if isinstance(value, dict):
        yield id(value), way
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _mappings(part, (*way, key))


def _is_consequence(error: ErrorDetails) -> bool:
    """Tell whether a list is too short only because items of it failed, each with an error of its own."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


@dataclass(frozen=True, slots=True)
class _Failure:
    """An error of pydantic, with the way to it in the file and what may stand there."""

    kind: str
    input: Any
    context: dict[str, Any]
    way: Way
    of_key: bool
    spot: Spot
    parent: Spot
    document: Document

    @property
    def key(self) -> str:
        return next((segment for segment in reversed(self.way) if isinstance(segment, str)), self.document.file)

    @property
    def place(self) -> Place:
        return self.document.place(self.way, of_key=self.of_key)


def _findings(error: ErrorDetails, document: Document, model: type[BaseModel]) -> Iterator[Problem]:
    way, spot = follow(model, error["loc"])
    parent, of_key = follow(model, error["loc"][:-1])[1], error["loc"][-1:] == ("[key]",)
    failure = _Failure(error["type"], error["input"], error.get("ctx", {}), way, of_key, spot, parent, document)
    if failure.kind == "faults":
        for each in failure.context["faults"]:
            place = _at_colon(failure) if each.code == "EK109" else document.place((*way, *each.way), of_key=of_key)
            yield problem(each.code, place, **each.params)
    else:
        yield _KINDS.get(failure.kind, _other)(failure)


def _missing(failure: _Failure) -> Problem:
    last = failure.way[-1]
    if isinstance(last, int):  # an item of a list of fixed length
        return problem("EK120", failure.place, key=failure.key, found=last, limit=f"≥ {last + 1}")
    return problem("EK103", failure.place, key=last)


def _unknown_key(failure: _Failure) -> Problem:
    known, place = failure.parent.keys, failure.document.place(failure.way, of_key=True)
    if failure.key in failure.parent.replaced:
        return problem("EK123", place, key=failure.key, now=failure.parent.replaced[failure.key])
    return problem("EK102", place, key=failure.key, allowed=listed(known), **suggestion(failure.key, known))


def _not_a_choice(failure: _Failure) -> Problem:
    value, known = shown(failure.input), failure.spot.choices
    return problem(
        "EK105", failure.place, key=failure.key, value=value, allowed=listed(known), **suggestion(value, known)
    )


def _unknown_tag(failure: _Failure) -> Problem:
    tag, known = str(failure.spot.tag), failure.spot.choices
    value, place = shown(failure.input[tag]), failure.document.place((*failure.way, tag))
    return problem("EK105", place, key=tag, value=value, allowed=listed(known), **suggestion(value, known))


def _missing_tag(failure: _Failure) -> Problem:
    if not isinstance(failure.input, dict):
        return _wrong_type(replace(failure, kind="model_type"))
    return problem("EK103", failure.place, key=failure.spot.tag)


def _out_of_range(failure: _Failure) -> Problem:
    sign, name = _BOUNDS[failure.kind]
    limit = f"{sign} {failure.context[name]:.15g}"
    return problem("EK112", failure.place, key=failure.key, value=shown(failure.input), limit=limit)


def _wrong_length(failure: _Failure) -> Problem:
    sign, name = _LENGTHS[failure.kind]
    limit = f"{sign} {failure.context[name]}"
    return problem("EK120", failure.place, key=failure.key, found=len(failure.input), limit=limit)


def _wrong_type(failure: _Failure) -> Problem:
    zh, en = _EXPECTED[failure.kind]
    if (zh, en) == _MAPPING and isinstance(failure.input, str) and _FULL_WIDTH_KEY.match(failure.input):
        return problem("EK109", _at_colon(failure))
    if failure.context.get("class_name") == "Text":
        zh, en = _TEXT_OR_MAPPING
    quoted = isinstance(failure.input, str) and scalar(failure.input) != failure.input
    value = f'"{failure.input}"' if quoted else shown(failure.input)
    return problem("EK104", failure.place, key=failure.key, value=value, expected_zh=zh, expected_en=en)


def _wrong_spelling(failure: _Failure) -> Problem:
    key = str(failure.way[-2]) if failure.of_key else failure.key
    return problem("EK118", failure.place, key=key, value=shown(failure.input))


def _other(failure: _Failure) -> Problem:
    parts = ", ".join(f"{name}={shown(value)}" for name, value in failure.context.items())
    return problem("EK113", failure.place, key=failure.key, detail=f"{failure.kind} {parts}".strip())


_KINDS: dict[str, Callable[[_Failure], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_a_choice,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _missing_tag,
    "string_pattern_mismatch": _wrong_spelling,
    **dict.fromkeys(_BOUNDS, _out_of_range),
    **dict.fromkeys(_LENGTHS, _wrong_length),
    **dict.fromkeys(_EXPECTED, _wrong_type),
}


def _at_colon(failure: _Failure) -> Place:
    """Return the place of the full-width colon in a plain text."""
    place = failure.place
    return place.at(column=(place.column or 1) + str(failure.input).index("："))


def shown(value: object) -> str:
    """Return a value as a finding shows it: as in YAML, cut where it is long."""
    text = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    text = text or json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
