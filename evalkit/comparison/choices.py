"""The choices and inputs that two manifests state, compared key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

CHOICES = (
    "study", "indicators", "questionnaire", "protocol", "awards", "publish", "recipe", "plugins", "screens", "seed",
)  # fmt: skip
"""Keys of ``run.json`` that say what was chosen; the others say what came of it, from what and when."""

Pair = tuple[str | None, str | None]
"""Before and after, as JSON; None where it is in the other one only."""


def changed_choices(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Pair]:
    """Return what differs of the choices, by its keys joined with dots: ``recipe.nodes.NET.weight``.

    Entries of a list that have an ``id`` are named by it, others by their number from 1.
    """
    return changed_values(*(dict(_flat({key: each.get(key) for key in CHOICES})) for each in (before, after)))


def changed_values(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Pair]:
    """Return the keys whose values differ, those of ``before`` first."""
    keys = dict.fromkeys([*before, *after])
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value of a manifest
    if isinstance(value, list | tuple) and value:
        names = [_name(each, number) for number, each in enumerate(value, 1)]
        unique = len({*names}) == len(names)
        value = dict(zip(names if unique else [str(at) for at in range(1, len(names) + 1)], value, strict=True))
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name))
    else:
        yield key, json.dumps(value, ensure_ascii=False)


def _name(entry: Any, number: int) -> str:  # noqa: ANN401 - as above
    return str(entry["id"]) if isinstance(entry, Mapping) and "id" in entry else str(number)
