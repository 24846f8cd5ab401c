"""One set of answers as each platform would export it; made up, after the forms that the profiles describe.

A person is a mapping from keys to the answer in neutral terms: the code of an option, a set of codes for a multiple
choice, a number, a text, or one of the statuses ``BLANK`` and ``SKIPPED``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.sources.cell_text import as_text

BLANK, SKIPPED = "<blank>", "<skipped>"
Answer = str | float | frozenset[str]
Person = Mapping[str, Answer]
Row = list[str]

FORM: dict[str, Any] = {
    "id": "citizens",
    "version": "1",
    "name": {"zh": "市民满意度", "en": "Satisfaction of citizens"},
    "sections": [
        {
            "id": "A",
            "name": {"zh": "满意度", "en": "Satisfaction"},
            "questions": [
                {
                    "code": "Q1",
                    "text": {"zh": "您近一年拨打过12345热线吗？", "en": "Have you called 12345 within a year?"},
                    "type": "yesno",
                },
                {
                    "code": "Q2",
                    "text": {"zh": "您对热线服务是否满意？", "en": "Are you satisfied with the service?"},
                    "type": "scale",
                    "ask_if": "Q1 = yes",
                    "options": [
                        {"code": "very", "name": {"zh": "非常满意", "en": "Very satisfied"}},
                        {"code": "quite", "name": {"zh": "比较满意", "en": "Quite satisfied"}},
                        {"code": "so", "name": {"zh": "一般", "en": "So so"}},
                        {"code": "poor", "name": {"zh": "不满意", "en": "Not satisfied"}},
                    ],
                },
                {
                    "code": "Q3",
                    "text": {"zh": "您通过哪些渠道联系热线？", "en": "Through which channels do you reach it?"},
                    "type": "multiple",
                    "options": [
                        {"code": "phone", "name": {"zh": "电话", "en": "Telephone"}},
                        {"code": "web", "name": {"zh": "网站", "en": "Website"}},
                        {"code": "app", "name": {"zh": "手机应用", "en": "App"}},
                        {"code": "other", "name": {"zh": "其他", "en": "Other"}},
                    ],
                },
                {
                    "code": "Q4",
                    "text": {"zh": "您等了几分钟？", "en": "How many minutes did you wait?"},
                    "type": "number",
                    "min": 0,
                },
                {
                    "code": "Q5",
                    "text": {"zh": "去年拨打了几次？", "en": "How often did you call?"},
                    "type": "numbers",
                    "parts": [
                        {"code": "day", "name": {"zh": "白天", "en": "By day"}},
                        {"code": "night", "name": {"zh": "夜间", "en": "By night"}},
                    ],
                },
                {"code": "Q6", "text": {"zh": "您有什么建议？", "en": "What do you suggest?"}, "type": "text"},
            ],
        }
    ],
}
PEOPLE: tuple[tuple[str, str, Person], ...] = (
    ("1", "U1", {"Q1": "yes", "Q2": "very", "Q3": frozenset({"phone", "web"}), "Q4": 3, "Q5.day": 2, "Q5.night": 0,
                 "Q6": "NA"}),
    ("2", "U1", {"Q1": "yes", "Q2": "so", "Q3": frozenset({"other"}), "Q4": 10, "Q5.day": 1, "Q5.night": 1,
                 "Q6": "007"}),
    ("3", "U2", {"Q1": "no", "Q2": SKIPPED, "Q3": frozenset({"app"}), "Q4": BLANK, "Q5.day": BLANK, "Q5.night": BLANK,
                 "Q6": "None"}),
    ("4", "U2", {"Q1": "yes", "Q2": "poor", "Q3": BLANK, "Q4": 0.5, "Q5.day": 12, "Q5.night": 3, "Q6": BLANK}),
    ("5", "U3", {"Q1": "yes", "Q2": "quite", "Q3": frozenset({"phone", "web", "app", "other"}), "Q4": 1, "Q5.day": 0,
                 "Q5.night": 5, "Q6": "很好, 快"}),
)  # fmt: skip


def questionnaire() -> Questionnaire:
    """The questionnaire of the exports."""
    return Questionnaire.model_validate(FORM)


def plain(value: Answer) -> str:
    """An answer as a person writes it."""
    return as_text(float(value)) if isinstance(value, int | float) else str(value)


def label(question: Question, code: str) -> str:
    """The Chinese label of an option."""
    return next(option.name.zh for option in question.choices if option.code == code)


def place(question: Question, code: str) -> str:
    """The place of an option, from 1."""
    return str(question.option_index[code] + 1)


Columns = list[tuple[str, str, Callable[[Answer], str]]]
"""Heading, key of the answer, and how it is written."""


def ticked(answer: Answer, code: str, yes: str, no: str, blank: str) -> str:
    """What stands in the column of an option."""
    if not isinstance(answer, frozenset):
        return blank
    return yes if code in answer else no


def given(answer: Answer) -> str:
    """A code or a number; nothing for what is missing."""
    return "" if answer in {BLANK, SKIPPED} or isinstance(answer, frozenset) else plain(answer)


class Writer:
    """Writes the people in the form of a platform: headings, then a row each."""

    header: Sequence[str] = ()

    def __init__(self, people: Sequence[tuple[str, str, Person]] = PEOPLE) -> None:
        self.people = people
        self.questions = list(questionnaire().questions.values())

    def columns(self) -> Columns:
        """The columns of all questions."""
        return [each for number, question in enumerate(self.questions, 1) for each in self.of(number, question)]

    def table(self) -> list[Row]:
        """All rows of the file, header rows first."""
        columns = self.columns()
        names = [*self.header, *(heading for heading, _, _ in columns)]
        rows = [
            [*self.meta(number, unit), *(write(answers[key]) for _, key, write in columns)]
            for number, unit, answers in self.people
        ]
        return [names, *rows]

    def meta(self, number: str, unit: str) -> Row:
        """The columns before the answers."""
        raise NotImplementedError

    def of(self, number: int, question: Question) -> Columns:
        """The columns of a question."""
        raise NotImplementedError


class WjxText(Writer):
    """问卷星, by option text: one column a question, ┋ between the options, 〖〗 around a text of one's own."""

    header: Sequence[str] = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "您所在的城市")
    blank, skipped = "(空)", "(跳过)"

    def meta(self, number: str, unit: str) -> Row:
        return [number, f"2025/3/{number} 9:05:00", "123秒", "微信", "N/A", "1.2.3.4(广东-广州)", unit]

    def of(self, number: int, question: Question) -> Columns:
        write = partial(self.cell, question)
        if question.type == "numbers":
            return [(f"第{number}题({part.name.zh})", f"{question.code}.{part.code}", write) for part in question.parts]
        return [(f"{number}、{question.text.zh}", question.code, write)]

    def cell(self, question: Question, answer: Answer) -> str:
        if isinstance(answer, frozenset):
            names = [option.name.zh for option in question.options if option.code in answer]
            return "┋".join("其他〖热线活动〗" if name == "其他" else name for name in names)
        if answer in {BLANK, SKIPPED}:
            return self.blank if answer == BLANK else self.skipped
        return self.choice(question, str(answer)) if question.choices else plain(answer)

    def choice(self, question: Question, code: str) -> str:
        return label(question, code)


class WjxNumber(WjxText):
    """问卷星, by option number: 1 … n, a column of 0 and 1 an option, -2 blank, -3 skipped."""

    blank, skipped = "-2", "-3"

    def of(self, number: int, question: Question) -> Columns:
        if question.type != "multiple":
            return super().of(number, question)
        return [
            (
                f"第{number}题({each.name.zh})",
                question.code,
                partial(ticked, code=each.code, yes="1", no="0", blank="-2"),
            )
            for each in question.options
        ]

    def choice(self, question: Question, code: str) -> str:
        return place(question, code)


class Tencent(WjxText):
    """腾讯问卷: 1.题干."""

    header = ("编号", "开始答题时间", "结束答题时间", "答题时长", "IP", "城市")

    def meta(self, number: str, unit: str) -> Row:
        return [number, "2025-03-01 09:00:00", f"2025-03-01 09:0{number}:00", "61", "1.2.3.4", unit]

    def of(self, number: int, question: Question) -> Columns:
        write, heading = partial(self.cell, question), f"{number}.{question.text.zh}"
        if question.type == "numbers":
            return [(f"{heading}:{part.name.zh}", f"{question.code}.{part.code}", write) for part in question.parts]
        return [(heading, question.code, write)]


class LimeSurvey(Writer):
    """LimeSurvey: question codes, Q3[SQ002] with Y, answer codes, nothing for what is missing."""

    header = ("id", "submitdate", "lastpage", "startlanguage", "seed", "G0")

    def meta(self, number: str, unit: str) -> Row:
        return [number, f"2025-03-0{number} 10:00:00", "3", "zh-Hans", "77", unit]

    def of(self, _number: int, question: Question) -> Columns:
        code = question.code
        if question.type == "multiple":
            return [
                (
                    f"{code}[SQ{place(question, each.code):0>3}]",
                    code,
                    partial(ticked, code=each.code, yes="Y", no="", blank=""),
                )
                for each in question.options
            ]
        if question.type == "numbers":
            return [(f"{code}[{part.code}]", f"{code}.{part.code}", given) for part in question.parts]
        return [(code, code, given)]


class Kobo(Writer):
    """KoboToolbox: XML names with groups, options joined by a blank and 0/1 columns beside."""

    header = ("start", "end", "evalkit_unit", "_id", "_uuid", "_submission_time")

    def meta(self, number: str, unit: str) -> Row:
        return ["s", "e", unit, f"90{number}", number, f"2025-03-0{number}T10:00:00"]

    def of(self, _number: int, question: Question) -> Columns:
        code, heading = question.code, f"A/{question.code}"
        if question.type == "multiple":
            write = partial(ticked, yes="1", no="0", blank="")
            return [
                (heading, code, partial(self.joined, question)),
                *((f"{heading}/{each.code}", code, partial(write, code=each.code)) for each in question.options),
            ]
        if question.type == "numbers":
            return [(f"{heading}/{code}_{part.code}", f"{code}.{part.code}", given) for part in question.parts]
        return [(heading, code, given)]

    def joined(self, question: Question, answer: Answer) -> str:
        return " ".join(each.code for each in question.options if isinstance(answer, frozenset) and each.code in answer)


class Qualtrics(Writer):
    """Qualtrics: name, text and import id above the answers; Q3_2 has the label where it was chosen."""

    header = ("StartDate", "EndDate", "IPAddress", "ResponseId", "Q0")

    def meta(self, number: str, unit: str) -> Row:
        return ["2025-03-01 10:00:00", f"2025-03-01 10:0{number}:00", "1.2.3.4", number, unit]

    def of(self, _number: int, question: Question) -> Columns:
        code = question.code
        if question.type == "multiple":
            write = partial(ticked, no="", blank="")
            return [
                (f"{code}_{index}", code, partial(write, code=each.code, yes=each.name.zh))
                for index, each in enumerate(question.options, 1)
            ]
        if question.type == "numbers":
            return [(f"{code}_{index}", key, given) for index, key in enumerate(question.keys, 1)]
        return [(code, code, partial(self.cell, question))]

    def cell(self, question: Question, answer: Answer) -> str:
        return label(question, str(answer)) if question.choices and given(answer) else given(answer)

    def table(self) -> list[Row]:
        names, *rows = super().table()
        return [names, [f"text of {name}" for name in names], [f'{{"ImportId":"{name}"}}' for name in names], *rows]


class SurveyMonkey(Qualtrics):
    """SurveyMonkey: the question once above its columns, the option or part below it."""

    header = ("Respondent ID", "Collector ID", "Start Date", "IP Address", "City")

    def meta(self, number: str, unit: str) -> Row:
        return [number, "4711", "03/01/2025 10:00:00 AM", "1.2.3.4", unit]

    def table(self) -> list[Row]:
        _, _, _, *rows = super().table()
        above, below = list(self.header), [""] * len(self.header)
        for question in self.questions:
            above += [question.text.en, *[""] * (len(question.keys) - 1)]
            below += [item.name.zh for item in question.items] or ["Response"]
        return [above, below, *rows]


class Wide(Writer):
    """A plain wide table."""

    header = ("respondent", "unit")

    def meta(self, number: str, unit: str) -> Row:
        return [number, unit]

    def of(self, _number: int, question: Question) -> Columns:
        keys = (question.code,) if question.type == "multiple" else question.keys
        return [(key, key, self.cell) for key in keys]

    def cell(self, answer: Answer) -> str:
        if isinstance(answer, frozenset):
            return "|".join(sorted(answer))
        return "(跳过)" if answer == SKIPPED else given(answer)


class Long(Wide):
    """A plain long table: the rows of the wide one, an answer each."""

    def table(self) -> list[Row]:
        names, *rows = super().table()
        answers = [[*row[:2], name, cell] for row in rows for name, cell in zip(names[2:], row[2:], strict=True)]
        return [["respondent", "unit", "question", "answer"], *answers]


PLATFORMS: dict[str, tuple[type[Writer], str | None]] = {
    "wjx-text": (WjxText, "您所在的城市"),
    "wjx-number": (WjxNumber, "您所在的城市"),
    "tencent": (Tencent, "城市"),
    "limesurvey": (LimeSurvey, "G0"),
    "kobo": (Kobo, None),
    "qualtrics": (Qualtrics, "Q0"),
    "surveymonkey": (SurveyMonkey, "City"),
    "wide": (Wide, None),
    "long": (Long, None),
}
"""By profile: who writes it, and the heading of the column of units where the profile does not know one."""


def as_csv(rows: Sequence[Row], encoding: str = "utf-8-sig") -> bytes:
    """Rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


_NUMBER = re.compile(r"0|-?[1-9][0-9]*|0\.[0-9]+")


def write_xlsx(path: Path, rows: Sequence[Row], sheet: str = "Sheet1") -> None:
    """Rows as a workbook; numbers stand as numbers."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if _NUMBER.fullmatch(cell):
                    page.write_number(number, column, float(cell))
                else:
                    page.write_string(number, column, cell)
