"""How far mystery calls can be relied on: agreement by item, connection by unit, severity by auditor."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.names import node_names, protocol_names, unit_names
from evalkit.reports.outline.sheet import records

FULL = 100.0


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its interval on an axis of ``FULL`` units."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its label, the cells beside it, its interval if it has one, and whether it stands out."""

    label: str
    cells: tuple[str, ...]
    span: Span | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A table with intervals drawn from ``ends[0]`` to ``ends[1]``; ``reference`` is a line on the axis."""

    title: str
    note: str
    heads: tuple[str, ...]
    ends: tuple[str, str]
    reference: float | None
    lines: tuple[Line, ...]


class Axis:
    """A scale from ``low`` to ``high``."""

    def __init__(self, low: float, high: float) -> None:
        """Keep the ends, which must differ."""
        self.low, self.high = low, high if high > low else low + 1

    def at(self, value: float) -> float:
        """Return the place of a value on the axis, kept within it."""
        return FULL * min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def span(self, row: Mapping[Hashable, Any], low: str, value: str, high: str) -> Span | None:
        """Return the interval of a row; None where it has no value."""
        if math.isnan(row[value]):
            return None
        ends = [row[value] if math.isnan(row[end]) else row[end] for end in (low, high)]
        return Span(self.at(ends[0]), self.at(row[value]), self.at(ends[1]))

    @property
    def ends(self) -> tuple[str, str]:
        """The ends in words."""
        return f"{self.low:.3g}", f"{self.high:.3g}"


def audit_panels(evaluation: Evaluation, language: Language) -> list[Panel]:
    """Return the panels of a study of mystery calls; none where it is no such study."""
    made = [_agreement(evaluation, language), _connection(evaluation, language), _auditors(evaluation, language)]
    return [panel for panel in made if panel is not None]


def _agreement(evaluation: Evaluation, language: Language) -> Panel | None:
    rows = _rows(evaluation, "agreement")
    if not rows:
        return None
    items = protocol_names(evaluation, "items", language)
    axis = Axis(math.floor(10 * min([0.0, *_known(rows, "low")])) / 10, 1.0)
    lines = [
        Line(
            items.get(row["item"], row["item"]),
            (
                f"{row['calls']}",
                word(f"coefficient_{row['coefficient']}", language),
                _number(row["value"]),
                _interval(row, "low", "high"),
                _below(row, language),
            ),
            axis.span(row, "low", "value", "high"),
            bool(row["below"]),
        )
        for row in rows
    ]
    heads = (
        "page_audit_item",
        "page_audit_calls",
        "page_audit_coefficient",
        "page_audit_value",
        "page_audit_interval",
        "",
    )
    threshold = rows[0]["threshold"]
    note = word("page_audit_agreement_note", language, threshold=f"{threshold:g}")
    return Panel(
        word("page_audit_agreement", language), note, _say(heads, language), axis.ends, axis.at(threshold), tuple(lines)
    )


def _connection(evaluation: Evaluation, language: Language) -> Panel | None:
    rows = [row for row in _rows(evaluation, "connection") if not math.isnan(row["rate"])]
    if not rows:
        return None
    names, axis = unit_names(evaluation), Axis(0.0, 1.0)
    rows.sort(key=lambda row: (row["rate"], row["wilson_high"], row["unit"]))
    lines = [
        Line(
            f"{names[row['unit']]} {row['unit']}",
            (
                f"{row['calls']}",
                f"{row['reached']}",
                f"{row['rate']:.1%}",
                _interval(row, "wilson_low", "wilson_high", ".0%"),
            ),
            axis.span(row, "wilson_low", "rate", "wilson_high"),
            marked=False,
        )
        for row in rows
    ]
    heads = ("name", "page_audit_calls", "page_audit_reached", "page_audit_rate", "page_audit_interval")
    note = word("page_audit_connection_note", language)
    return Panel(
        word("page_audit_connection", language), note, _say(heads, language), ("0%", "100%"), None, tuple(lines)
    )


def _auditors(evaluation: Evaluation, language: Language) -> Panel | None:
    rows = _rows(evaluation, "auditors")
    if not rows:
        return None
    labels = node_names(evaluation, language)
    reach = max([abs(each) for name in ("low", "high", "effect") for each in _known(rows, name)], default=1.0)
    axis = Axis(-reach or -1.0, reach)
    lines = [
        Line(
            row["auditor"],
            (
                labels.get(row["indicator"], row["indicator"]),
                f"{row['ratings']}",
                _number(row["mean"]),
                _number(row["effect"], "+.2f"),
                _interval(row, "low", "high"),
            ),
            axis.span(row, "low", "effect", "high"),
            marked=row["low"] > 0 or row["high"] < 0,
        )
        for row in rows
    ]
    heads = (
        "page_audit_auditor", "page_audit_indicator", "page_audit_ratings", "page_audit_mean", "page_audit_effect",
        "page_audit_interval",
    )  # fmt: skip
    note = word("page_audit_auditors_note", language)
    title = word("page_audit_auditors", language)
    return Panel(title, note, _say(heads, language), axis.ends, axis.at(0.0), tuple(lines))


def _rows(evaluation: Evaluation, table: str) -> list[dict[Hashable, Any]]:
    return records(evaluation[table]) if table in evaluation.tables else []


def _known(rows: Sequence[Mapping[Hashable, Any]], name: str) -> Iterator[float]:
    yield from (row[name] for row in rows if not math.isnan(row[name]))


def _below(row: Mapping[Hashable, Any], language: Language) -> str:
    if not row["below"]:
        return ""
    if row["factor"] == 1:
        return word("page_audit_below", language)
    return word("page_audit_below_weighs", language, factor=f"{row['factor']:g}")


def _number(value: float, form: str = ".2f") -> str:
    return "–" if math.isnan(value) else format(value, form)


def _interval(row: Mapping[Hashable, Any], low: str, high: str, form: str = ".2f") -> str:
    if math.isnan(row[low]) or math.isnan(row[high]):
        return "–"
    return f"{format(row[low], form)} … {format(row[high], form)}"


def _say(keys: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(word(key, language) if key else "" for key in keys)
