"""What mystery calls counted and timed: connection rates, response times, and the list of the calls themselves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Literal

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import protocol_names, unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def interval_columns(language: Language, kind: Literal["percent", "number"]) -> tuple[Column, Column]:
    """Return the two columns of an interval."""
    low, high = (Column(word(f"calls_{end}", language), kind, 11) for end in ("low", "high"))
    return low, high


def connection(evaluation: Evaluation, language: Language) -> Sheet:
    """Return how many calls of each unit got through, the best rate first, with the bands that so few leave open."""
    names = unit_names(evaluation)
    columns = (
        *unit_columns(language),
        Column(word("calls_base", language), "integer", 12),
        Column(word("calls_reached", language), "integer", 12),
        Column(word("calls_rate", language), "percent", 12),
        *interval_columns(language, "percent"),
        Column(word("calls_band", language), "text", 10),
        Column(word("calls_bands_open", language), "text", 18),
    )
    table = evaluation["connection"].sort_values("rate", ascending=False, kind="stable", na_position="last")
    rows = [
        [
            row["unit"],
            names[row["unit"]],
            row["calls"],
            row["reached"],
            row["rate"],
            row["wilson_low"],
            row["wilson_high"],
            _band(row["band"], language),
            _bands_open(row, language),
        ]
        for row in records(table)
    ]
    notes = (word("note_connection", language),)
    title = word("sheet_connection", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=2, optional=True)


def _band(band: str, language: Language) -> str:
    return word(f"band_{band}", language) if band else ""


def _bands_open(row: Mapping[Hashable, Any], language: Language) -> str:
    """Return the bands that the ends of the interval are in, from low to high."""
    ends = dict.fromkeys(_band(row[name], language) for name in ("band_low", "band_high"))
    return "–".join(each for each in ends if each)


def waits(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the distribution of each time, over all slots and in each."""
    items, slots = (protocol_names(evaluation, kind, language) for kind in ("items", "slots"))
    columns = (
        Column(word("waits_item", language), "long", 36),
        Column(word("waits_slot", language), "text", 20),
        Column(word("waits_calls", language), "integer", 12),
        Column(word("waits_median", language), "number", 12),
        Column(word("waits_p90", language), "number", 12),
        Column(word("waits_norm", language), "number", 12),
        Column(word("waits_within", language), "percent", 12),
        *interval_columns(language, "percent"),
    )
    figures = ("calls", "median", "p90", "norm", "within", "within_low", "within_high")
    rows = [
        [
            items.get(row["item"], row["item"]),
            slots.get(row["slot"], row["slot"]) if row["slot"] else word("waits_all_slots", language),
            *(row[name] for name in figures),
        ]
        for row in records(evaluation["waits"])
    ]
    notes = (word("note_waits", language),)
    title = word("sheet_waits", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=2, optional=True)


def calls(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the ratings that count, in the order of the register."""
    names = unit_names(evaluation)
    known = {
        kind: protocol_names(evaluation, f"{kind}s", language) for kind in ("scenario", "channel", "slot", "outcome")
    }
    columns = (
        Column(word("call", language), "text", 12),
        *unit_columns(language),
        Column(word("call_scenario", language), "long", 34),
        Column(word("call_channel", language), "text", 14),
        Column(word("waits_slot", language), "text", 18),
        Column(word("auditor", language), "text", 10),
        Column(word("call_attempt", language), "integer", 8),
        Column(word("call_outcome", language), "long", 28),
        Column(word("file", language), "text", 28),
    )
    rows = [
        [
            row["call"],
            row["unit"],
            names[row["unit"]],
            *(known[kind].get(row[kind], row[kind]) for kind in ("scenario", "channel", "slot")),
            row["auditor"],
            row["attempt"],
            known["outcome"].get(row["outcome"], row["outcome"]),
            row["file"],
        ]
        for row in records(evaluation["calls"])
    ]
    notes = (word("note_calls", language),)
    title = word("sheet_calls", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=3, optional=True)
