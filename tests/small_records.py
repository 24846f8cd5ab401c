"""Small files of work orders for tests, and the source that reads them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from evalkit.definitions.limits import Limits
from evalkit.definitions.records import RecordSource
from evalkit.problems import Problem
from evalkit.records import Records
from evalkit.sources.record_merge import Merger
from evalkit.sources.records import ReadRecords, RecordReader
from evalkit.sources.register import Register
from tests.small_studies import write_study

HEAD = ("工单编号", "受理城市", "受理时间", "办结时限", "办结时间", "是否有效回访", "满意度", "等待秒数", "承办单位")
ROWS = (
    ("1", "甲市", "2024-03-01 12:30:05", "2024-03-05", "2024-03-02 10:00:00", "是", "满意", "12", "住建局"),
    ("2", "甲市", "2024-03-01 12:30:05", "2024-03-05", "2024-03-06 10:00:00", "是", "不满意", "16", "住建局"),
    ("3", "甲市", "2024-03-01 12:30:05", "2024-03-05", "", "否", "", "14", ""),
    ("4", "乙市", "2024/3/1 12:30", "2024年3月5日", "2024/3/5 18:00", "是", "基本满意", "9", "城管局"),
)
COLUMNS: dict[str, Any] = {
    "received": {"heading": "受理时间", "kind": "time"},
    "due": {"heading": "办结时限", "kind": "time", "day": "end"},
    "closed": {"heading": "办结时间", "kind": "time"},
    "visited": {"heading": "是否有效回访", "kind": "yes_no"},
    "satisfaction": {
        "heading": "满意度", "kind": "category", "options": {"good": "满意", "basic": "基本满意", "bad": "不满意"}
    },
    "wait": {"heading": "等待秒数", "kind": "number"},
}  # fmt: skip
SOURCE: dict[str, Any] = {
    "source": "records/*.csv",
    "unit": "受理城市",
    "id": "工单编号",
    "columns": COLUMNS,
    "about": {"department": "承办单位"},
    "order": ["received", "closed"],
}
UNITS = ("甲市", "乙市", "丙市")
REGISTER = Register(
    pd.DataFrame({"unit": ["U1", "U2", "U3"], "name": UNITS}),
    {name: unit for names in (UNITS, ("u1", "u2", "u3")) for name, unit in zip(names, ("U1", "U2", "U3"), strict=True)},
)


def source(**keys: Any) -> RecordSource:  # noqa: ANN401 - any key of a source
    """The source with other keys."""
    return RecordSource.model_validate(SOURCE | keys)


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "gb18030") -> Path:
    """Write an export as a hotline's system does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def changed(row: int, **cells: str) -> tuple[tuple[str, ...], ...]:
    """The rows with other cells in one of them, by the name of the column or by its heading."""
    names = {name: str(column["heading"]) for name, column in COLUMNS.items()} | {"id": HEAD[0], "unit": HEAD[1]}
    places = {HEAD.index(names.get(name, name)): text for name, text in cells.items()}
    new = tuple(places.get(place, text) for place, text in enumerate(ROWS[row]))
    return (*ROWS[:row], new, *ROWS[row + 1 :])


def read_file(path: Path, wanted: RecordSource | None = None, **keys: Any) -> tuple[ReadRecords | None, list[Problem]]:  # noqa: ANN401
    """Read one file, all columns of it."""
    wanted = wanted or source(**keys)
    reader = RecordReader(wanted, list(wanted.columns), REGISTER, Limits())
    return reader.read(path, path.name), reader.problems


def read_all(folder: Path, files: Mapping[str, Sequence[Sequence[str]]], **keys: Any) -> tuple[Records, list[Problem]]:  # noqa: ANN401
    """Write files of rows below the usual headings, read them and put them together."""
    wanted = source(**keys)
    reader = RecordReader(wanted, list(wanted.columns), REGISTER, Limits())
    read = [reader.read(write_csv(folder / name, (HEAD, *rows)), name) for name, rows in files.items()]
    merger = Merger("orders", wanted, list(wanted.columns), REGISTER, [each for each in read if each is not None])
    return merger.merge(), [*reader.problems, *merger.problems]


TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {
            "id": "ON-TIME",
            "name": {"zh": "按时办结率", "en": "On time"},
            "measure": {
                "records": {"of": "orders", "share": "closed is known and closed <= due", "among": "due is known"}
            },
        },
        {
            "id": "HOURS",
            "name": {"zh": "办理时长", "en": "Hours"},
            "direction": "lower",
            "normalise": {"method": "goalposts", "low": 0, "high": 240},
            "measure": {"records": {"of": "orders", "mean": "hours(closed - received)"}},
        },
        {
            "id": "WAIT",
            "name": {"zh": "等待中位数", "en": "Median wait"},
            "direction": "lower",
            "normalise": {"method": "goalposts", "low": 0, "high": 60},
            "measure": {"records": {"of": "orders", "median": "wait"}},
        },
    ],
}


def record_study(
    folder: Path,
    files: Mapping[str, Sequence[Sequence[str]]],
    tree: Mapping[str, Any] = TREE,
    *,
    orders: Mapping[str, Any] | None = None,
    **keys: Any,  # noqa: ANN401 - any key of a study
) -> Path:
    """Write a study of work orders; ``orders`` are keys of the source, ``files`` rows below the usual headings."""
    for name, rows in files.items():
        write_csv(folder / "records" / name, (HEAD, *rows))
    data = {"records": {"orders": SOURCE | dict(orders or {})}} | keys.pop("data", {})
    register = (("unit", "name"), *((unit, name) for unit, name in zip(("U1", "U2", "U3"), UNITS, strict=True)))
    return write_study(folder, tree, register=register, data=data, **keys)
