"""CPU time of reading and measuring work orders against pandas' ``read_csv(dtype=str)`` of the same columns.

Run as ``python tests/benchmarks/reading_records.py [ROWS [quoted]]``: 12 columns, of which 8 are needed, four of them
nearly all distinct (three times and the number of the order); three rates and a median are measured. The goal is a
ratio of 2; with ``quoted`` every row has a cell in quotation marks, which takes a little longer.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from evalkit.definitions.limits import Limits
from evalkit.definitions.records import RecordMeasure, RecordSource
from evalkit.scoring.record_measures import measure_records
from evalkit.sources.record_merge import Merger
from evalkit.sources.records import RecordReader
from evalkit.sources.register import Register

UNITS = 24
HEAD = (
    "工单编号", "受理城市", "受理时间", "办结时限", "办结时间", "承办单位", "诉求类别", "是否有效回访", "满意度",
    "等待秒数", "来电人", "诉求内容",
)  # fmt: skip
COLUMNS = {
    "received": {"heading": "受理时间", "kind": "time"},
    "due": {"heading": "办结时限", "kind": "time"},
    "closed": {"heading": "办结时间", "kind": "time"},
    "visited": {"heading": "是否有效回访", "kind": "yes_no"},
    "satisfaction": {"heading": "满意度", "kind": "category"},
    "wait": {"heading": "等待秒数", "kind": "number"},
}
MEASURES = (
    {"share": "closed is known and closed <= due", "among": "due is known"},
    {"share": "satisfaction = 满意 or satisfaction = 非常满意", "among": "visited"},
    {"share": "wait <= 15"},
    {"median": "hours(closed - received)"},
)


def write(path: Path, rows: int, comma: str) -> None:
    """Write the export; a ``comma`` of ASCII in the text puts it into quotation marks."""
    dice = random.Random(20240401)  # noqa: S311 - made-up orders, no secret
    start = dt.datetime.fromisoformat("2024-01-01")
    satisfied = ("非常满意", "满意", "基本满意", "不满意", "")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(rows):
            received = start + dt.timedelta(seconds=dice.randrange(180 * 86_400))
            closed = received + dt.timedelta(seconds=dice.randrange(6 * 86_400))
            about = (f"单位{dice.randrange(60)}", f"类别{dice.randrange(12)}", "是" if dice.random() < 0.8 else "否")
            times = (received, received + dt.timedelta(days=5), closed if dice.random() < 0.97 else "")
            rest = (dice.choice(satisfied), dice.randrange(1, 90), "王某", f"反映小区路灯不亮{comma}请尽快处理")
            writer.writerow([f"GD2024{number:08}", f"U{number % UNITS}", *times, *about, *rest])


def main() -> None:
    """Print CPU times, their ratio, and the memory that reading added."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    units = [f"U{number}" for number in range(UNITS)]
    register = Register(pd.DataFrame({"unit": units, "name": units}), {unit.casefold(): unit for unit in units})
    source = RecordSource.model_validate(
        {
            "source": "orders.csv",
            "unit": "受理城市",
            "id": "工单编号",
            "columns": COLUMNS,
            "order": ["received", "closed"],
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        write(path, rows, "," if "quoted" in sys.argv else "、")
        needed = ["工单编号", "受理城市", *(str(column["heading"]) for column in COLUMNS.values())]
        start = time.process_time()
        bare = len(pd.read_csv(path, dtype=str, keep_default_na=False, usecols=needed))
        of_pandas = time.process_time() - start
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        reader = RecordReader(source, list(COLUMNS), register, Limits())
        table = reader.read(path, path.name)
        merger = Merger("orders", source, list(COLUMNS), register, [table] if table is not None else [])
        records = merger.merge()
        read = time.process_time() - start
        for measure in MEASURES:
            measure_records(RecordMeasure.model_validate(measure), records)
        whole = time.process_time() - start
        added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    findings = len([*reader.problems, *merger.problems])
    print(f"{bare:,} rows, {len(records.owners):,} records, {findings} findings")
    print(f"pandas {of_pandas:.2f} s, read {read:.2f} s, with measures {whole:.2f} s: ratio {whole / of_pandas:.2f}")
    print(f"memory added over pandas' own {added:.0f} MB")


if __name__ == "__main__":
    main()
