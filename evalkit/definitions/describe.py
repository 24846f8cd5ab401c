"""Methods in one line, as the tables and the comparison of versions show them."""

from __future__ import annotations

from evalkit.definitions.base import Definition
from evalkit.definitions.indicators import Measure


def describe_measure(measure: Measure | None) -> str:
    """Return where a raw value comes from, in one line: ``Q07 points x1 + Q08 share x1``."""
    return _measure(measure, settings=False)


def describe_measure_fully(measure: Measure | None) -> str:
    """Return the same with the settings of the rules: ``Q07 points(points={yes=100, no=0}) x1``."""
    return _measure(measure, settings=True)


def _measure(measure: Measure | None, *, settings: bool) -> str:
    if measure is None:
        return ""
    if measure.column is not None:
        return f"column {measure.column}" + (f" ± {measure.se}" if measure.se else "")
    if measure.formula is not None:
        return f"formula {measure.formula}"
    if measure.item is not None:
        rule = describe_method(measure.call_rule) if settings else measure.call_rule.method
        return f"{rule} {' '.join(measure.item)}"
    if measure.records is not None:
        return f"records {measure.records.of}: {measure.records.described}"
    parts = measure.scored_parts
    rules = [describe_method(part.rule) if settings else part.rule.method for part in parts]
    return " + ".join(f"{part.question} {rule} x{part.weight:g}" for part, rule in zip(parts, rules, strict=True))


def describe_method(method: Definition) -> str:
    """Return a method with its settings: ``minmax(range=[0, 100])``; a setting that is not given is left out."""
    content = method.model_dump(exclude_none=True)
    name = content.pop("method")
    settings = ", ".join(f"{key}={_plain(value)}" for key, value in content.items())
    return f"{name}({settings})" if settings else str(name)


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_plain(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={_plain(each)}" for key, each in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, int | float) else str(value)
