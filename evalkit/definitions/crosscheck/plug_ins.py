"""Plug-ins that definitions name: they must exist, and take the settings that are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.plug_ins import Use, uses
from evalkit.definitions.validation import shown
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Problem, problem
from evalkit.registry import GROUPS, PlugIn, Setting

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "float": ("数值", "a number"),
    "int": ("整数", "a whole number"),
    "bool": ("true 或 false", "true or false"),
    "str": ("文本", "text"),
}


def check_plug_ins(context: Context) -> Iterator[Problem]:
    """Find names that no plug-in has, and settings that are unknown, that lack, or of another type."""
    for use in uses(context.indicators, context.study):
        plug_in = context.plug_ins.find(use.kind, use.name)
        if plug_in is not None:
            yield from _check_settings(use, plug_in)
        elif not context.plug_ins.incomplete:
            known = [each.name for each in context.plug_ins.of(use.kind)]
            about = {"name": use.name, "group": GROUPS[use.kind], "allowed": listed(known) or "-"}
            yield problem("EK355", use.place_of("name"), **about, **suggestion(use.name, known))


def _check_settings(use: Use, plug_in: PlugIn) -> Iterator[Problem]:
    known = {setting.name: setting for setting in plug_in.settings}
    for name, value in use.settings.items():
        place = use.document.place((*use.way, "settings", name))
        if name not in known:
            place = use.document.place((*use.way, "settings", name), of_key=True)
            yield problem("EK102", place, key=name, allowed=listed(known) or "-", **suggestion(name, known))
        elif not fits(known[name], value):
            zh, en = _EXPECTED[known[name].type]
            yield problem("EK104", place, key=name, value=shown(value), expected_zh=zh, expected_en=en)
    for setting in plug_in.settings:
        if setting.required and setting.name not in use.settings:
            yield problem("EK103", use.place_of("settings"), key=setting.name)


def fits(setting: Setting, value: Any) -> bool:  # noqa: ANN401 - whatever the file holds
    """Tell whether a value of the file is of the type of a setting."""
    if setting.type == "bool" or isinstance(value, bool):
        return setting.type == "bool" and isinstance(value, bool)
    if setting.type == "str":
        return isinstance(value, str)
    return isinstance(value, int if setting.type == "int" else int | float)
