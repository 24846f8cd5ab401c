"""The mystery-call protocol: who plays what, when and how, what may come of a call, and what is judged.

All rules that a result depends on are declared here, before the first call: what an unreached call counts, how often
it is tried again, what a veto does, how many calls two auditors score, and what happens to items they disagree on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from evalkit.definitions.base import (
    Code,
    Definition,
    Fault,
    Flag,
    Identifier,
    Number,
    Text,
    Weight,
    Whole,
    fault,
    refuse,
)
from evalkit.definitions.plausibility import Plausibility
from evalkit.definitions.protocol_items import Item
from evalkit.messages.nearest import listed, suggestion

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _is_clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        refuse([fault("EK380", value=text)])
    return text


Clock = Annotated[str, AfterValidator(_is_clock)]
"""A time of day, ``09:00``."""


class Channel(Definition):
    """A way to reach the hotline."""

    code: Code
    """short code, such as ``phone``"""
    name: Text
    """label for people"""


class Slot(Definition):
    """A part of the week in which calls are made."""

    code: Code
    """short code"""
    name: Text
    """label for people"""
    days: Literal["workday", "weekend", "any"] = "any"
    """on which days"""
    start: Clock
    """first minute, in the hotline's local time"""
    end: Clock
    """minute at which it is over; earlier than ``start`` where it spans midnight"""

    def is_open(self, *, workday: bool) -> bool:
        """Tell whether the slot takes place on a workday, or on a day that is none."""
        return self.days == "any" or (self.days == "workday") == workday

    def faults(self) -> Iterator[Fault]:
        """Yield a slot without length."""
        if self.start == self.end:
            yield fault("EK112", "end", key="end", value=self.end, limit=f"≠ start = {self.start}")


class Base(Definition):
    """A set of calls that a rate or an item refers to: those whose outcome lists it."""

    code: Code
    """short code"""
    name: Text
    """label for people"""


class Outcome(Definition):
    """What may come of a call."""

    code: Code
    """short code, entered by the auditor"""
    name: Text
    """label for people"""
    reached: Flag
    """whether the line was connected"""
    bases: tuple[Code, ...]
    """the bases that such a call is in"""


class Scenario(Definition):
    """What the caller acts out."""

    code: Code
    """unique within the protocol"""
    name: Text
    """label for people"""
    channels: tuple[Code, ...] = Field(min_length=1)
    """channels on which it is played"""
    weight: Weight = 1
    """weight among the scenarios of a unit; rescaled where the unit has no call with one"""
    script: Text
    """what the caller says first"""
    facts: tuple[Text, ...] = ()
    """what the caller may tell when asked, and nothing else"""
    expected: Text
    """the answer that counts as right"""
    not_applicable_when: Text | None = None
    """when the scenario is not played at a unit"""
    source: str = ""
    """where the scenario comes from"""


class Attempts(Definition):
    """What is done about a call that does not get through."""

    most: Annotated[Whole, Field(ge=1, le=20)]
    """attempts a call at most, the first included"""
    minutes_apart: Annotated[Number, Field(ge=0)]
    """minutes between two attempts at least"""
    counts: Literal["first", "last", "reached"]
    """the attempt that counts: the first, the last, or the first that got through (the last, where none did)"""


Agreement = Literal["percentage", "fleiss", "ac1", "ac2_linear", "ac2_quadratic", "ac2_ordinal", "alpha", "icc"]


class DoubleScoring(Definition):
    """Calls that two auditors score, and what follows for items on which they do not agree."""

    share: Annotated[Number, Field(ge=0, le=1)]
    """share of the calls"""
    coefficient: Agreement = "ac1"
    """coefficient of agreement that is held against the threshold"""
    threshold: Annotated[Number, Field(ge=-1, le=1)] = 0.6
    """smallest coefficient that is in order"""
    least_calls: Annotated[Whole, Field(ge=2)] = 20
    """calls scored twice below which agreement is shown, but nothing follows from it"""
    below: Literal["flag", "down_weight", "drop"] = "flag"
    """what happens to an item below it: reported only; its weight times the coefficient; left out"""


_LISTS = {
    "channels": ("渠道", "channel"),
    "slots": ("时段", "slot"),
    "bases": ("基数", "base"),
    "outcomes": ("拨测结果", "outcome"),
    "scenarios": ("场景", "scenario"),
    "items": ("评分项", "item"),
}


class Protocol(Definition):
    """A mystery-call protocol."""

    id: Identifier
    """id of the protocol"""
    kind: Literal["protocol"]
    """what this file is; it stands beside questionnaires"""
    version: str
    """version of the protocol"""
    name: Text
    """title"""
    source: str = ""
    """where it comes from; what is reconstructed says so"""
    wave: str = ""
    """the round for which it is declared, such as 2025Q1; empty for any"""
    channels: tuple[Channel, ...] = Field(min_length=1)
    """ways to reach the hotlines"""
    slots: tuple[Slot, ...] = Field(min_length=1)
    """parts of the week"""
    bases: tuple[Base, ...] = Field(min_length=1)
    """sets of calls that rates and items refer to"""
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    """what may come of a call"""
    unreached: Literal["left_out", "zero"]
    """a call that is not in an item's base: does not count for the item, or counts 0 points"""
    attempts: Attempts
    """what is done about a call that does not get through"""
    scenarios: tuple[Scenario, ...] = Field(min_length=1)
    """what callers act out"""
    items: tuple[Item, ...] = Field(min_length=1)
    """the rubric"""
    double_scoring: DoubleScoring
    """calls that two auditors score"""
    adjust: Literal["none", "fixed", "random"] = "none"
    """whether scores are freed of the auditors' severity, and whether auditors are taken as they are or as a sample"""
    plausibility: Plausibility = Plausibility()
    """what is asked about in the calls that come in"""

    def faults(self) -> Iterator[Fault]:
        """Yield codes that stand twice, names of what does not exist, and sets that nothing can be in."""
        for field in _LISTS:
            codes = [each.code for each in getattr(self, field)]
            for index, code in enumerate(codes):
                if code in codes[:index]:
                    yield fault("EK119", field, index, "code", key=field, code=code)
        for index, scenario in enumerate(self.scenarios):
            yield from self._named(scenario.channels, "channels", scenario.code, ("scenarios", index, "channels"))
        for index, outcome in enumerate(self.outcomes):
            yield from self._named(outcome.bases, "bases", outcome.code, ("outcomes", index, "bases"))
        for index, item in enumerate(self.items):
            yield from self._item_faults(item, index)
        way = ("plausibility", "shortest_seconds")
        yield from self._named(tuple(self.plausibility.shortest_seconds), "bases", "shortest_seconds", way, keys=True)
        yield from self._empty_sets()

    def _item_faults(self, item: Item, index: int) -> Iterator[Fault]:
        way = ("items", index)
        yield from self._named(item.channels, "channels", item.code, (*way, "channels"))
        yield from self._named(item.scenarios, "scenarios", item.code, (*way, "scenarios"))
        yield from self._named((item.base,), "bases", item.code, (*way, "base"), whole=True)
        if item.type == "outcome":
            for key in ("points", "deduct", "when"):
                codes = tuple(getattr(item, key))
                yield from self._named(codes, "outcomes", item.code, (*way, key), keys=key != "when")
            lacking = [each.code for each in self.outcomes if item.base in each.bases and each.code not in item.points]
            if item.role == "scored" and item.points and lacking:
                yield fault("EK317", *way, "points", options=listed(lacking), question=item.code)
        if not any(self.asks(item, scenario, channel) for scenario in self.scenarios for channel in scenario.channels):
            yield fault("EK371", *way, "code", item=item.code)

    def _empty_sets(self) -> Iterator[Fault]:
        for index, base in enumerate(self.bases):
            if not any(base.code in outcome.bases for outcome in self.outcomes):
                yield fault("EK372", "bases", index, "code", base=base.code)
        if all(scenario.weight == 0 for scenario in self.scenarios):
            yield fault("EK306", "scenarios", node="scenarios")

    def _named(
        self,
        names: tuple[str, ...],
        field: str,
        where: str,
        way: tuple[str | int, ...],
        *,
        whole: bool = False,
        keys: bool = False,
    ) -> Iterator[Fault]:
        """Yield the names that no entry of the list ``field`` has as its code."""
        known = [each.code for each in getattr(self, field)]
        zh, en = _LISTS[field]
        for index, name in enumerate(names):
            if name not in known:
                spot = way if whole else (*way, name if keys else index)
                about = {"where": where, "what_zh": zh, "what_en": en, "name": name, "allowed": listed(known)}
                yield fault("EK370", *spot, **about, **suggestion(name, known))

    @staticmethod
    def asks(item: Item, scenario: Scenario, channel: str) -> bool:
        """Tell whether an item is judged when a scenario is played on a channel."""
        return (not item.scenarios or scenario.code in item.scenarios) and (
            not item.channels or channel in item.channels
        )

    @cached_property
    def item_by_code(self) -> dict[str, Item]:
        """The items by code."""
        return {item.code: item for item in self.items}

    @cached_property
    def outcome_by_code(self) -> dict[str, Outcome]:
        """The outcomes by code."""
        return {outcome.code: outcome for outcome in self.outcomes}

    @cached_property
    def slot_by_code(self) -> dict[str, Slot]:
        """The slots by code."""
        return {slot.code: slot for slot in self.slots}

    @cached_property
    def scenario_by_code(self) -> dict[str, Scenario]:
        """The scenarios by code."""
        return {scenario.code: scenario for scenario in self.scenarios}
