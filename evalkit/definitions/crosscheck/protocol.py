"""The protocol and the indicators measured by its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.indicators import Measure
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.protocol_items import Item
from evalkit.definitions.rules import CallQuantile, CallRate, CallScores
from evalkit.definitions.study import Study
from evalkit.definitions.yaml_source import Document, Way
from evalkit.messages import word
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Problem, problem


def check_protocol(context: Context) -> Iterator[Problem]:
    """Find unknown items, rules that do not fit, channels and items nobody uses, and a protocol of another wave.

    Of the fieldwork: days of which none is one of a slot, and days without a protocol.
    """
    tree, document = context.indicators
    for branch in tree.walk():
        measure, way = branch.node.measure, (*branch.loc, "measure")
        if measure is None or measure.item is None:
            continue
        if context.protocol is not None:
            yield from _check_measure(measure, context.protocol[0].item_by_code, document, way, branch.node.id)
        elif not context.protocol_is_broken:
            yield problem("EK376", document.place(way), node=branch.node.id)
    if context.study is not None:
        yield from _fieldwork(context, *context.study)
    if context.protocol is not None:
        yield from _idle_channels(*context.protocol)
        yield from _unused(context, *context.protocol)
        yield from _other_wave(context, *context.protocol)


def _check_measure(
    measure: Measure, items: Mapping[str, Item], document: Document, way: Way, node: str
) -> Iterator[Problem]:
    known: list[Item] = []
    for code in measure.item or ():
        if code in items:
            known.append(items[code])
            continue
        about = {"where": node, "what_zh": "评分项", "what_en": "item", "name": code}
        yield problem(
            "EK370", document.place((*way, "item")), **about, allowed=listed(items), **suggestion(code, items)
        )
    if known and len(known) == len(measure.item or ()) and not _fits(measure.call_rule, known):
        method = measure.call_rule.method
        yield problem(
            "EK377",
            document.place((*way, "rule" if measure.rule is not None else "item")),
            method=method,
            item=listed(item.code for item in known),
            type=listed(item.type for item in known),
            role=listed(item.role for item in known),
            needed_zh=word(f"needs_{method}", "zh"),
            needed_en=word(f"needs_{method}", "en"),
        )


def _fits(rule: CallScores | CallRate | CallQuantile, items: list[Item]) -> bool:
    if isinstance(rule, CallScores):
        return any(item.role == "scored" for item in items)
    if len(items) != 1:
        return False
    if isinstance(rule, CallRate):
        return items[0].role == "scored" and items[0].type in {"yesno", "scale", "outcome"}
    return items[0].type in {"count", "seconds"}


def _idle_channels(protocol: Protocol, document: Document) -> Iterator[Problem]:
    played = {channel for scenario in protocol.scenarios for channel in scenario.channels}
    for index, channel in enumerate(protocol.channels):
        if channel.code not in played:
            yield problem("EK373", document.place(("channels", index, "code")), channel=channel.code)


def _unused(context: Context, protocol: Protocol, document: Document) -> Iterator[Problem]:
    measures = [node.measure for node in context.indicators[0].indicators() if node.measure is not None]
    used = {code for measure in measures for code in measure.item or ()}
    for index, item in enumerate(protocol.items):
        if item.code not in used and item.role != "descriptive":
            yield problem("EK378", document.place(("items", index, "code")), item=item.code)


def _other_wave(context: Context, protocol: Protocol, document: Document) -> Iterator[Problem]:
    wave = "" if context.study is None else context.study[0].wave
    if protocol.wave and wave and protocol.wave != wave:
        yield problem("EK379", document.place(("wave",)), declared=protocol.wave, wave=wave)


def _fieldwork(context: Context, study: Study, document: Document) -> Iterator[Problem]:
    place = document.place(("fieldwork",))
    if study.fieldwork is None:
        return
    if context.protocol is None:
        if not context.protocol_is_broken:
            yield problem("EK385", place)
        return
    for slot in context.protocol[0].slots:
        if not any(study.fieldwork.is_open(slot, day) for day in study.fieldwork.days):
            yield problem("EK384", place, slot=slot.code, days=slot.days)
