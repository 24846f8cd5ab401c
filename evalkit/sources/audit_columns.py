"""The columns of a call sheet: what each header means, in Chinese, in English, or by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import spelling
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Problem, problem
from evalkit.sources.tables import Table

FIELDS: Mapping[str, tuple[str, ...]] = {
    "call": ("call", "拨测编号", "编号"),
    "unit": ("unit", "单位", "热线"),
    "scenario": ("scenario", "场景"),
    "channel": ("channel", "渠道"),
    "slot": ("slot", "时段"),
    "auditor": ("auditor", "拨测员"),
    "attempt": ("attempt", "次数", "第几次"),
    "date": ("date", "日期", "拨测日期"),
    "start": ("start", "time", "开始时间", "时间"),
    "duration": ("duration", "时长", "通话时长", "时长(秒)"),
    "number": ("number", "from_number", "主叫号码"),
    "agent": ("agent", "话务员工号", "话务员", "座席", "工号"),
    "outcome": ("outcome", "拨测结果", "结果"),
    "item": ("item", "评分项"),
    "answer": ("answer", "答案", "评分"),
}
"""What describes a rating, by the headers it may have. ``item`` and ``answer``: sheets with one row an item."""
REQUIRED = ("call", "unit", "scenario", "outcome")
_FOR_PEOPLE = {"name", "purpose", "用途", "计划日期", "计划主叫号码", "名称"}
"""Headers that are allowed but not read."""


def attempt_number(text: str) -> int | None:
    """Return the number of an attempt, 1 for an empty text; None where it is no whole number from 1 to 999."""
    number = (text or "1").removesuffix(".0")
    whole = number.isascii() and number.isdigit() and len(number) < 4  # noqa: PLR2004 - as said above
    return int(number) or None if whole else None


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of fields and items in a sheet."""

    fields: Mapping[str, int]
    items: Mapping[str, int]

    @property
    def by_item(self) -> bool:
        """Whether the sheet has one row an item."""
        return "item" in self.fields and "answer" in self.fields


def item_names(protocol: Protocol) -> dict[str, str]:
    """Return the code of each item that is asked, by its code and texts as :func:`spelling` spells them."""
    asked = [item for item in protocol.items if item.is_asked]
    return {spelling(name): item.code for item in asked for name in (item.text.en, item.text.zh, item.code) if name}


def find_columns(table: Table, protocol: Protocol) -> tuple[Columns | None, list[Problem]]:
    """Return the columns of a sheet; none where one that every rating needs is lacking (EK201).

    A header that means nothing here is reported (EK612).
    """
    fields = {spelling(name): field for field, names in FIELDS.items() for name in names}
    items = item_names(protocol)
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    problems: list[Problem] = []
    for position, name in enumerate(table.header):
        spelt = spelling(name)
        if spelt in items:
            found[1].setdefault(items[spelt], position)
        elif spelt in fields:
            found[0].setdefault(fields[spelt], position)
        elif name and spelt not in _FOR_PEOPLE:
            near = suggestion(name, [*FIELDS, *dict.fromkeys(items.values())])
            problems.append(problem("EK612", table.place.at(line=1), column=name, **near))
    columns = Columns(*found)
    lacking = [name for name in REQUIRED if name not in columns.fields]
    place, allowed = table.place.at(line=1), listed(table.header)
    problems += [problem("EK201", place, column=name, allowed=allowed) for name in lacking]
    return (None if lacking else columns), problems
