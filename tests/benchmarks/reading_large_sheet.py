"""CPU time and memory of guarding and reading one large sheet against a bare python-calamine read of the same file.

Run as ``python tests/benchmarks/reading_large_sheet.py [ROWS]``; the goal is a ratio under 1.5. Each way to read runs
in a process of its own, in turn with the other, so that its peak of memory can be told.
"""

from __future__ import annotations

import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import python_calamine
import xlsxwriter

from evalkit.problems import Place
from evalkit.sources import workbook

ROUNDS = 3
COLUMNS = (
    "工单号",
    "受理时间",
    "办结时间",
    "渠道",
    "区县",
    "类别",
    "承办单位",
    "满意度",
    "时长",
    "金额",
    "经办人",
    "备注",
)
CHANNELS, DISTRICTS = ("电话", "网站", "微信", "APP"), tuple(f"第{number}区" for number in range(1, 13))


def write(path: Path, rows: int) -> None:
    """Write the records of a hotline: numbers, dates and texts, twelve cells a row."""
    dice = random.Random(20201101)  # noqa: S311 - made-up records, no secret
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet("工单")
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, COLUMNS)
        for row in range(1, rows + 1):
            received = 43831 + dice.random() * 365
            sheet.write_number(row, 0, 2_020_000_000 + row)
            sheet.write_number(row, 1, received, date)
            sheet.write_number(row, 2, received + dice.random() * 9, date)
            sheet.write_string(row, 3, dice.choice(CHANNELS))
            sheet.write_string(row, 4, dice.choice(DISTRICTS))
            sheet.write_string(row, 5, f"类别{dice.randrange(300)}")
            sheet.write_string(row, 6, f"第{dice.randrange(500)}承办单位")
            sheet.write_number(row, 7, dice.randrange(1, 6))
            sheet.write_number(row, 8, dice.randrange(30, 3600))
            sheet.write_number(row, 9, round(dice.random() * 1000, 2))
            sheet.write_string(row, 10, f"坐席{dice.randrange(900)}")
            sheet.write_string(row, 11, f"来电{row}")


def read(path: Path, way: str) -> None:
    """Read all cells and print what it cost."""
    data = path.read_bytes()
    started = time.process_time()
    if way == "bare":
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        cells = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    else:
        found, problems = workbook.read(data, Place())
        if found is None:
            raise RuntimeError(problems)
        cells = [sheet.rows for sheet in found.sheets]
    seconds = time.process_time() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "rows": len(cells[0])}))


def main() -> None:
    """Print CPU times, their ratio, and the peaks of memory."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.xlsx"
        write(path, rows)
        taken: dict[str, list[dict[str, float]]] = {"bare": [], "guarded": []}
        for _ in range(ROUNDS):
            for way, costs in taken.items():
                command = [sys.executable, __file__, "--read", str(path), way]
                costs.append(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
        size = path.stat().st_size / 1_000_000
    print(f"{rows} rows of {len(COLUMNS)} cells ({size:.1f} MB); CPU, median of {ROUNDS} rounds; peak of the process:")
    seconds = {way: statistics.median(each["seconds"] for each in costs) for way, costs in taken.items()}
    for way, costs in taken.items():
        peak = max(each["megabytes"] for each in costs)
        print(f"  {way:8} {seconds[way]:.2f} s   {seconds[way] / seconds['bare']:.2f} x   {peak:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
