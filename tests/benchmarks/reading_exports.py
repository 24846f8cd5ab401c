"""CPU time and memory of reading a platform's export against a bare pass of Python's csv reader over the same file.

Run as ``python tests/benchmarks/reading_exports.py [RESPONDENTS]``: 40 questions (31 scales, 4 multiple choices, 4
numbers, 1 text), every answer read, checked and placed; the goal is a ratio under 20 and 400 MB for 100,000.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from evalkit import library
from evalkit.definitions.exports import Export
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.validation import load_definition
from evalkit.problems import NOWHERE
from evalkit.sources.export import read_export
from evalkit.sources.register import Register

QUESTIONS, OPTIONS, UNITS = 40, 5, 300
HEAD = ("序号", "提交答卷时间", "所用时间", "来自IP", "城市")


def question(number: int) -> dict[str, Any]:
    """Return a question: every tenth a multiple choice, every eighth a number, the last but one a text."""
    code, text = f"Q{number}", f"第{number}个题目"
    options = [{"code": f"o{place}", "name": f"选项{place}"} for place in range(1, OPTIONS + 1)]
    if number % 10 == 0:
        return {"code": code, "text": text, "type": "multiple", "options": options}
    if number % 8 == 0:
        return {"code": code, "text": text, "type": "number"}
    if number == QUESTIONS - 1:
        return {"code": code, "text": text, "type": "text"}
    return {"code": code, "text": text, "type": "scale", "options": options}


def answer(asked: dict[str, Any], dice: random.Random) -> str:
    """Return an answer as 问卷星 writes it."""
    if asked["type"] == "multiple":
        return "┋".join(option["name"] for option in asked["options"] if dice.random() < 0.4) or "(空)"
    if asked["type"] == "number":
        return str(dice.randrange(5000))
    if asked["type"] == "text":
        return f"意见{dice.randrange(10**7)}"
    return str(dice.choice(asked["options"])["name"])


def write(path: Path, questions: list[dict[str, Any]], respondents: int) -> None:
    """Write the export."""
    dice = random.Random(20201101)  # noqa: S311 - made-up answers, no secret
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEAD, *(f"{number}、{each['text']}" for number, each in enumerate(questions, 1))])
        for number in range(1, respondents + 1):
            meta = [number, "2025/3/1 9:05:00", "123秒", "1.2.3.4", f"U{dice.randrange(UNITS)}"]
            writer.writerow([*meta, *(answer(each, dice) for each in questions)])


def main() -> None:
    """Print CPU times, their ratio, and the memory that the reading added."""
    respondents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    questions = [question(number) for number in range(1, QUESTIONS + 1)]
    section = {"id": "A", "name": "A", "questions": questions}
    form = Questionnaire.model_validate({"id": "big", "version": "1", "name": "big", "sections": [section]})
    units = [f"U{number}" for number in range(UNITS)]
    register = Register(pd.DataFrame({"unit": units, "name": units}), {unit.casefold(): unit for unit in units})
    profile, _ = library.find("builtin:wjx-text", "platform", Path(), NOWHERE)
    loaded = load_definition(profile or Path(), "wjx-text", Platform)[0]
    if loaded is None:
        raise SystemExit("the profile cannot be read")
    export = Export.model_validate({"file": "answers.csv", "profile": "builtin:wjx-text", "unit": "城市"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        write(path, questions, respondents)
        start = time.process_time()
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = sum(1 for _ in csv.reader(file))
        bare = time.process_time() - start
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        (read, account), problems = read_export((path, path.name), export, loaded[0], form, register)
        ours = time.process_time() - start
        added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if read is None:
        raise SystemExit("the export cannot be read")
    print(f"{rows - 1:,} respondents, {account.expected:,} answer cells, {len(problems)} findings")
    print(f"bare {bare:.2f} s, read {ours:.2f} s: ratio {ours / bare:.1f}; memory added {added:.0f} MB")


if __name__ == "__main__":
    main()
