"""CPU time of reading and checking filled questionnaires against a bare python-calamine read of the same files.

Run as ``python tests/benchmarks/reading_questionnaires.py [NUMBER OF WORKBOOKS]``; the goal is a ratio under 2.5.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import python_calamine

from evalkit.definitions.base import Text
from evalkit.definitions.questionnaire import NumberPart, Option, Question, Questionnaire, QuestionType, Section
from evalkit.observations import answer_arrays, observation_table
from evalkit.problems import Place
from evalkit.reports.template import write_form
from evalkit.reports.template_book import Answer
from evalkit.sources import workbook
from evalkit.sources.register import Register, read_register
from evalkit.sources.survey import read_survey

ROUNDS = 7
TYPES: tuple[QuestionType, ...] = (
    "yesno", "yesno", "yesno", "single", "single", "scale", "multiple", "number", "numbers", "text",
)  # fmt: skip
"""A section has one question of each; six sections make 60 questions with a cell for each option or part besides."""
LABELS = (("已建成", "in place"), ("建设中", "in progress"), ("已规划", "planned"), ("没有", "none"))
OPTIONS = tuple(Option(code=f"o{number}", name=Text(zh=zh, en=en)) for number, (zh, en) in enumerate(LABELS, start=1))
PARTS = tuple(NumberPart(code=code, name=Text(zh=code, en=code)) for code in ("phone", "web", "app", "total"))
DETAILS: dict[QuestionType, dict[str, Any]] = {
    "single": {"options": OPTIONS},
    "scale": {"options": OPTIONS},
    "multiple": {"options": OPTIONS},
    "number": {"min": 0},
    "numbers": {"min": 0, "parts": PARTS},
}


def questionnaire() -> Questionnaire:
    """Return a questionnaire of 60 questions in six sections."""
    sections = []
    for section in range(6):
        questions: list[Question] = []
        for index, kind in enumerate(TYPES):
            code = f"Q{section * len(TYPES) + index + 1:02d}"
            text = Text(zh=f"贵市热线的第{code[1:]}项工作开展得怎样?", en=f"How is item {code[1:]} of your hotline?")
            more = DETAILS.get(kind, {}) | ({"ask_if": f"{questions[0].code} = yes"} if index == 1 else {})
            questions.append(Question(code=code, text=text, type=kind, **more))
        name = Text(zh=f"第{section + 1}部分", en=f"Part {section + 1}")
        sections.append(Section(id=f"S{section + 1}", name=name, questions=tuple(questions)))
    name = Text(zh="测试问卷", en="Benchmark")
    return Questionnaire(id="benchmark", version="1", name=name, sections=tuple(sections))


def answers(form: Questionnaire, dice: random.Random) -> dict[str, Answer]:
    """Return what a city may have filled in: most cells, most of them well."""
    given: dict[str, Answer] = {}
    for question in form.questions.values():
        for key in question.keys:
            if dice.random() < 0.03:
                continue
            if question.type == "multiple":
                given[key] = dice.choice(("√", "√", ""))
            elif question.type in {"number", "numbers"}:
                given[key] = dice.choice((dice.randrange(100_000), round(dice.random() * 100, 2)))
            elif question.type == "text":
                given[key] = f"见附件{dice.randrange(1000)}"
            else:
                given[key] = dice.choice(question.choices).name.say("both")
    return given


def make_study(folder: Path, form: Questionnaire, number: int) -> tuple[Register, list[tuple[Path, str]]]:
    """Write the register and one filled form a unit."""
    units = [f"U{each:03d}" for each in range(number)]
    register_file = folder / "units.csv"
    pd.DataFrame({"unit": units, "name": [f"第{unit[1:]}市" for unit in units]}).to_csv(register_file, index=False)
    register, _ = read_register(register_file, "units.csv")
    if register is None:
        raise RuntimeError("the register was not read")
    dice = random.Random(20201101)  # noqa: S311 - made-up answers, no secret
    files = []
    for unit in units:
        path = folder / f"{unit}.xlsx"
        write_form(form, path, unit=unit, unit_name=register.names[unit], answers=answers(form, dice))
        files.append((path, path.name))
    return register, files


def bare(files: list[tuple[Path, str]]) -> None:
    """Read all sheets with nothing but calamine."""
    for path, _ in files:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def guarded(files: list[tuple[Path, str]]) -> None:
    """Guard and read all sheets, without looking for answers."""
    for path, name in files:
        workbook.read(path.read_bytes(), Place(file=name))


def complete(form: Questionnaire, register: Register, files: list[tuple[Path, str]]) -> None:
    """Read and check all answers, and make the table of observations and the arrays."""
    (batches, accounts), _ = read_survey(form, register, files)
    table = observation_table(batches, "2020")
    arrays = answer_arrays(batches, register.units, form.cell_keys)
    if len(table) != sum(account.expected for account in accounts) or len(arrays.units) != len(files):
        raise RuntimeError("not every cell was accounted for")


def median_seconds(ways: list[Callable[[], None]]) -> list[float]:
    """Return the median CPU time of several rounds for each way to read, taken in turn."""
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, taken in zip(ways, seconds, strict=True):
            start = time.process_time()
            way()
            taken.append(time.process_time() - start)
    return [statistics.median(each) for each in seconds]


def main() -> None:
    """Print the CPU times and ratios."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    form = questionnaire()
    with tempfile.TemporaryDirectory() as folder:
        started = dt.datetime.now(dt.UTC)
        register, files = make_study(Path(folder), form, number)
        written = (dt.datetime.now(dt.UTC) - started).total_seconds()
        size = sum(path.stat().st_size for path, _ in files) / number / 1000
        ways = [lambda: bare(files), lambda: guarded(files), lambda: complete(form, register, files)]
        alone, guard, both = median_seconds(ways)
    print(f"{number} forms of {len(form.questions)} questions ({len(form.cell_keys)} answer cells, {size:.1f} KB each)")
    print(f"written in {written:.1f} s; CPU, median of {ROUNDS} rounds:")
    print(f"  calamine alone              {alone:.3f} s")
    print(f"  guard and workbook          {guard:.3f} s   {guard / alone:.2f} x")
    print(f"  survey, table and arrays    {both:.3f} s   {both / alone:.2f} x")


if __name__ == "__main__":
    main()
