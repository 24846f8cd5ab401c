"""CPU time of guarding and reading questionnaires against a bare python-calamine read of the same bytes.

Run as ``python tests/benchmarks/reading_workbooks.py [NUMBER OF WORKBOOKS]``; the goal is a ratio under 1.6.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable

import openpyxl
import python_calamine
import xlsxwriter

from evalkit.problems import Place
from evalkit.sources import guard, workbook

SHEETS, QUESTIONS_A_SHEET = 6, 10
HEADINGS = ("代码 Code", "题目 Question", "题型 Type", "单位 Unit", "选项 Options", "答案 Answer", "说明 Note", "来源")
ANSWERS = ("是", "否", "不适用")
ROUNDS = 7


def questionnaire(seed: int) -> bytes:
    """Return a questionnaire of 60 questions on six sheets, as a city would send it back."""
    dice = random.Random(seed)  # noqa: S311 - made-up answers, no secret
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    heading, answer = book.add_format({"bold": True}), book.add_format({"locked": False, "border": 1})
    for number in range(SHEETS):
        sheet = book.add_worksheet(f"第{number + 1}部分")
        sheet.set_column(0, len(HEADINGS) - 1, 18)
        sheet.write_row(0, 0, HEADINGS, heading)
        for row in range(1, QUESTIONS_A_SHEET + 1):
            code = f"Q{number * QUESTIONS_A_SHEET + row:02d}"
            question = f"贵市热线在第{number + 1}方面的第{row}项工作开展得怎样?请按实际情况填写"
            sheet.write_row(row, 0, (code, question, "number", "%", ";".join(ANSWERS)))
            sheet.write(row, 5, dice.choice([*ANSWERS, round(dice.random() * 100, 2)]), answer)
            sheet.write_blank(row, 6, None, answer)
            sheet.write(row, 7, f"见附件{dice.randrange(1000)}")
            sheet.data_validation(row, 5, row, 5, {"validate": "list", "source": list(ANSWERS)})
        sheet.freeze_panes(1, 0)
        sheet.protect()
    book.close()
    return stream.getvalue()


def saved_by_openpyxl(data: bytes) -> bytes:
    """Return the workbook as openpyxl writes it: texts within the cells."""
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(stream)
    return stream.getvalue()


def bare(data: bytes) -> None:
    """Read all sheets with nothing but calamine."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def guarded(data: bytes) -> None:
    """Guard and read all sheets."""
    _, problems = workbook.read(data, Place())
    assert not problems


def guard_alone(data: bytes) -> None:
    """Guard only."""
    guard.inspect(data, guard.Limits(), Place())


def least_seconds(files: list[bytes]) -> list[float]:
    """Return the CPU time for all files of each way to read; of each file the least of several rounds counts."""
    least = [[float("inf")] * len(files) for _ in WAYS]
    for _ in range(ROUNDS):
        for read, times in zip(WAYS, least, strict=True):
            for number, data in enumerate(files):
                start = time.process_time()
                read(data)
                times[number] = min(times[number], time.process_time() - start)
    return [sum(times) for times in least]


WAYS: tuple[Callable[[bytes], None], ...] = (bare, guard_alone, guarded)


def main() -> None:
    """Print the CPU times and ratios."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    files = [questionnaire(seed) for seed in range(number)]
    for writer, sent in (("XlsxWriter", files), ("openpyxl", [saved_by_openpyxl(data) for data in files])):
        base, alone, both = least_seconds(sent)
        size = sum(map(len, sent)) / len(sent) / 1000
        print(f"{writer}: {number} workbooks of {size:.1f} KB and {SHEETS * QUESTIONS_A_SHEET} questions")
        print(f"  calamine alone   {base:.3f} s")
        print(f"  guard            {alone:.3f} s   {alone / base:.2f} x")
        print(f"  guard and read   {both:.3f} s   {both / base:.2f} x")


if __name__ == "__main__":
    main()
