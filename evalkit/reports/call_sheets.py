"""Call sheets: a workbook an auditor, with his calls, his scenarios and what to enter; nothing about past ranks.

The first sheet is read back as it is; the answers are chosen from lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evalkit.calls import SECOND
from evalkit.definitions.base import Text
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.protocol_items import Item
from evalkit.evaluate.planning import PlannedRating
from evalkit.messages import Language, word

_FONT, _NAVY, _PALE, _ENTRY, _RULE = "Microsoft YaHei", "#1F3864", "#DDEBF7", "#FFFBE6", "#BFBFBF"
_FIELDS = {
    "call": ("拨测编号", 9),
    "date": ("计划日期", 11),
    "slot": ("时段", 13),
    "unit": ("单位", 9),
    "name": ("名称", 16),
    "scenario": ("场景", 8),
    "channel": ("渠道", 12),
    "number": ("计划主叫号码", 11),
    "auditor": ("拨测员", 9),
    "role": ("用途", 12),
    "attempt": ("次数", 6),
    "called": ("日期", 11),
    "start": ("开始时间", 9),
    "duration": ("时长(秒)", 9),
    "called_from": ("主叫号码", 9),
    "outcome": ("拨测结果", 26),
    "agent": ("话务员工号", 11),
}
"""Headers, as the reader of call sheets knows them, and widths."""
_HEADERS = frozenset(header for header, _ in _FIELDS.values())
_ENTERED = ("attempt", "called", "start", "duration", "called_from", "outcome", "agent")
_WHERE_PLANNED = {"date": "date", "number": "number", "called_from": "number"}
"""Fields that stand only where a rating has this one."""
_LINE, _LETTERS = 15, 34
_FIRST_ATTEMPT = "1"


def write_call_sheet(
    path: Path, protocol: Protocol, ratings: Sequence[PlannedRating], language: Language = "both"
) -> None:
    """Write the sheet of one auditor. Raises OSError or FileCreateError where the disk does not allow it."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        _calls(book, protocol, ratings, language)
        _scenarios(book, protocol, {rating.scenario for rating in ratings}, language)
        _items(book, protocol, language)


def headers(protocol: Protocol) -> dict[str, str]:
    """Return the header of each item that is asked: its text, Chinese first; its code where a text is not its own."""
    asked = [item for item in protocol.items if item.is_asked]
    texts = [item.text.zh or item.text.en for item in asked]
    return {
        item.code: text if texts.count(text) == 1 and text not in _HEADERS else item.code
        for item, text in zip(asked, texts, strict=True)
    }


def _calls(book: xlsxwriter.Workbook, protocol: Protocol, ratings: Sequence[PlannedRating], language: Language) -> None:
    sheet = book.add_worksheet(word("calls_sheet", "zh" if language == "both" else language))
    head, fixed, entry, reserve = _formats(book)
    planned = {name for name in _WHERE_PLANNED.values() if any(getattr(each, name) for each in ratings)}
    fields = [name for name in _FIELDS if _WHERE_PLANNED.get(name, name) in planned or name not in _WHERE_PLANNED]
    titles = headers(protocol)
    sheet.set_row(0, 4 * _LINE)
    for column, (header, width) in enumerate(
        [*(_FIELDS[name] for name in fields), *((each, 16) for each in titles.values())]
    ):
        sheet.write_string(0, column, header, head)
        sheet.set_column(column, column, width)
    for line, rating in enumerate(in_order(protocol, ratings), start=1):
        about = _about(protocol, rating, language)
        for column, name in enumerate(fields):
            style = entry if name in _ENTERED else reserve if rating.role == "reserve" else fixed
            sheet.write_string(line, column, about[name], style)
        scenario = protocol.scenario_by_code[rating.scenario]
        for column, code in enumerate(titles, start=len(fields)):
            asked = protocol.asks(protocol.item_by_code[code], scenario, rating.channel)
            sheet.write_blank(line, column, None, entry if asked else fixed)
    last = max(len(ratings), 1)
    outcomes = [_label(outcome.name, outcome.code) for outcome in protocol.outcomes]
    _choices(sheet, last, fields.index("outcome"), outcomes)
    if "called_from" in fields:
        _choices(sheet, last, fields.index("called_from"), numbers_of(ratings))
    for column, code in enumerate(titles, start=len(fields)):
        _choices(sheet, last, column, _answers(protocol.item_by_code[code]))
    sheet.freeze_panes(1, fields.index("scenario"))
    sheet.autofilter(0, 0, last, len(fields) + len(titles) - 1)


def numbers_of(ratings: Sequence[PlannedRating]) -> list[str]:
    """Return the codes of the numbers that the auditor of these ratings calls from."""
    return sorted({rating.number for rating in ratings if rating.number and rating.role != SECOND})


def in_order(protocol: Protocol, ratings: Sequence[PlannedRating]) -> list[PlannedRating]:
    """Return ratings by day and slot, those without a day last, else as they stand."""
    slots = [slot.code for slot in protocol.slots]
    if not any(rating.date for rating in ratings):
        return list(ratings)
    return sorted(ratings, key=lambda rating: (not rating.date, rating.date, slots.index(rating.slot)))


def _about(protocol: Protocol, rating: PlannedRating, language: Language) -> dict[str, str]:
    """Return what stands in the fields; channel and slot by their labels, which are read as the codes are."""
    channels = {channel.code: _label(channel.name, channel.code) for channel in protocol.channels}
    slots = {slot.code: _label(slot.name, slot.code) for slot in protocol.slots}
    shown = {"channel": channels[rating.channel], "slot": slots[rating.slot], "attempt": _FIRST_ATTEMPT}
    return asdict(rating) | dict.fromkeys(_ENTERED, "") | shown | {"role": word(f"call_{rating.role}", language)}


def _choices(sheet: Worksheet, last: int, column: int, answers: list[str]) -> None:
    """Let one of the answers be chosen; Excel holds 255 letters of a list, beyond that any text may be entered."""
    if answers and len(",".join(answers)) <= 255 and not any("," in answer for answer in answers):  # noqa: PLR2004
        sheet.data_validation(1, column, last, column, {"validate": "list", "source": answers})


def _answers(item: Item) -> list[str]:
    if item.type == "yesno":
        answers = ["是", "否"]
    elif item.type == "scale":
        answers = [_label(step.name, step.code) for step in item.steps]
    else:
        return []
    return [*answers, "不适用"] if item.not_applicable else answers


def _label(name: Text, code: str) -> str:
    label = name.zh or name.en
    return code if "," in label else label


def _scenarios(book: xlsxwriter.Workbook, protocol: Protocol, played: set[str], language: Language) -> None:
    sheet = book.add_worksheet(word("scenarios_sheet", "zh" if language == "both" else language))
    head, text, *_ = _formats(book)
    names = ("scenario", "name", "script", "facts", "expected", "not_applicable_when")
    for column, name in enumerate(names):
        sheet.write_string(0, column, word(f"call_{name}", language), head)
    sheet.set_column(0, 0, 9, text)
    sheet.set_column(1, 1, 36, text)
    sheet.set_column(2, len(names) - 1, 40, text)
    scenarios = [scenario for scenario in protocol.scenarios if scenario.code in played]
    for line, scenario in enumerate(scenarios, start=1):
        facts = "\n".join(fact.say(language) for fact in scenario.facts)
        apart = scenario.not_applicable_when.say(language) if scenario.not_applicable_when else ""
        said = (scenario.name, scenario.script, scenario.expected)
        name, script, expected = (each.say(language) for each in said)
        _row(sheet, line, (scenario.code, name, script, facts, expected, apart), text)
    _for_print(sheet)


def _items(book: xlsxwriter.Workbook, protocol: Protocol, language: Language) -> None:
    sheet = book.add_worksheet(word("items_sheet", "zh" if language == "both" else language))
    head, text, *_ = _formats(book)
    for column, name in enumerate(("item", "text", "answers", "help")):
        sheet.write_string(0, column, word(f"call_{name}", language), head)
    sheet.set_column(0, 0, 18, text)
    sheet.set_column(1, 3, 44, text)
    for line, item in enumerate([item for item in protocol.items if item.is_asked], start=1):
        answers = " / ".join(_answers(item)) or word(f"call_enter_{item.type}", language)
        about = item.help.say(language) if item.help else ""
        _row(sheet, line, (item.code, item.text.say(language), answers, about), text)
    _for_print(sheet)


def _row(sheet: Worksheet, line: int, values: Sequence[str], style: Format) -> None:
    """Write a row of text, as high as its longest cell; a Chinese character is as wide as two letters."""
    lines = [
        sum(1 + sum(1 + (char > "ÿ") for char in part) // _LETTERS for part in text.split("\n")) for text in values
    ]
    sheet.set_row(line, _LINE * max(lines) + 3)
    for column, value in enumerate(values):
        sheet.write_string(line, column, value, style)


def _for_print(sheet: Worksheet) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _formats(book: xlsxwriter.Workbook) -> tuple[Format, Format, Format, Format]:
    """Return the formats of heads, of what is given, of what is entered, and of reserves."""
    usual = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    usual |= {"border_color": _RULE}
    return (
        book.add_format(usual | {"bold": True, "bg_color": _PALE, "font_color": _NAVY}),
        book.add_format(usual),
        book.add_format(usual | {"bg_color": _ENTRY, "num_format": "@"}),
        book.add_format(usual | {"font_color": "#7F7F7F", "italic": True}),
    )
