"""The example of operation records: every rate equals one counted from the exports by a plain script."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation

STUDY = Path(__file__).parents[2] / "examples" / "records24" / "study.yaml"
FOLDER = STUDY.parent
AS_OF = dt.datetime.fromisoformat("2024-03-31 23:59:59")
Row = dict[str, str]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evalkit.load(STUDY).run()


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("records24_make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["records24_make"] = module
    spec.loader.exec_module(module)
    return module


def rows(kind: str) -> Iterator[Row]:
    """The rows of all exports, under the headings of the first platform."""
    seen = set()
    for path in sorted((FOLDER / kind).glob("*.csv")):
        with path.open(encoding="gb18030", newline="") as file:
            for row in csv.DictReader(file):
                names = {"创建时间": "受理时间", "所属城市": "受理城市", "截止日期": "办结时限"}
                plain = {names.get(name, name): text for name, text in row.items()}
                key = plain.get("工单编号")
                if key is None or key not in seen:
                    yield plain
                seen.add(key)


def moment(text: str, *, end: bool = False) -> dt.datetime | None:
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    if not numbers:
        return None
    rest = [23, 59, 59] if end and len(numbers) == 3 else [0, 0, 0]
    year, month, day, hour, minute, second = (numbers + rest)[:6]
    return dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - local times, as exported


def on_time(row: Row) -> bool | None:
    due = moment(row["办结时限"], end=True)
    if due is None or due > AS_OF or row["办结时间"] == "系统迁移":
        return None
    closed = moment(row["办结时间"])
    return closed is not None and closed <= due


def among(inside: bool, holds: bool) -> bool | None:
    return holds if inside else None


def yes(row: Row, heading: str) -> bool:
    return row[heading] == "是"


CALLS: dict[str, Callable[[Row], bool | None]] = {
    "CONNECTION": lambda row: among(yes(row, "转人工"), yes(row, "接通")),
    "ANSWER-15": lambda row: among(yes(row, "接通"), int(row["等待秒数"] or 99) <= 15),
}
ORDERS: dict[str, Callable[[Row], bool | None]] = {
    "DIRECT": lambda row: yes(row, "直接答复"),
    "DISPATCH": lambda row: among(not yes(row, "直接答复"), not yes(row, "退单")),
    "ON-TIME": on_time,
    "REWORK": lambda row: among(row["办结时间"] not in {"", "系统迁移"}, yes(row, "重办")),
    "VISIT": lambda row: among(yes(row, "应回访"), yes(row, "有效回访")),
    "RESOLUTION": lambda row: among(yes(row, "有效回访"), row["是否解决"] == "已解决"),
    "SAT-STRICT": lambda row: among(yes(row, "有效回访"), row["满意度"] in {"满意", "非常满意"}),
    "SAT-BROAD": lambda row: among(yes(row, "有效回访"), row["满意度"] in {"满意", "非常满意", "基本满意"}),
}


@pytest.mark.parametrize("node", [*CALLS, *ORDERS])
def test_every_rate_equals_the_plain_count(evaluation: Evaluation, node: str) -> None:
    counts: dict[str, list[int]] = {}
    kind, rule, heading = ("calls", CALLS[node], "城市") if node in CALLS else ("orders", ORDERS[node], "受理城市")
    for row in rows(kind):
        holds = rule(row)
        if holds is not None:
            n, base = counts.setdefault(row[heading], [0, 0])
            counts[row[heading]] = [n + holds, base + 1]
    names = dict(zip(evaluation["units"]["unit"], evaluation["units"]["name"], strict=True))
    table = evaluation["records"]
    own = table[table["indicator"] == node]
    assert len(own) == 24
    for unit, n, base, value in zip(own["unit"], own["n"], own["base"], own["value"], strict=True):
        assert [n, base] == counts[names[unit]], unit
        assert value == 100 * n / base, unit


def test_every_record_is_accounted_for(evaluation: Evaluation) -> None:
    table = evaluation["records"]
    reasons = ["blank", "skipped", "not_applicable", "invalid", "error"]
    assert (table["total"] == table[["outside", "base", *reasons]].sum(axis=1)).all()
    orders = table[table["indicator"] == "DIRECT"]["total"].sum()
    assert orders == sum(1 for _ in rows("orders"))
    assert set(table["files"].str.split("/").str[0]) == {"calls", "orders"}


def test_the_index_is_the_mean_of_the_tree(evaluation: Evaluation) -> None:
    scores = evaluation["scores"].pivot_table(index="unit", columns="node", values="score")
    answering = scores[["CONNECTION", "ANSWER-15"]].mean(axis=1)
    handling = scores[["DIRECT", "DISPATCH", "ON-TIME", "REWORK"]].mean(axis=1)
    outcome = scores[["VISIT", "RESOLUTION", "SAT-BROAD"]].mean(axis=1)
    assert np.allclose(scores["OPR"], (answering + handling + outcome) / 3, rtol=0, atol=1e-9)
    assert len(evaluation.ranking()) == 24


def test_the_example_shows_what_happens_and_has_no_error(evaluation: Evaluation) -> None:
    assert evaluation["problems"]["code"].value_counts().to_dict() == {"EK817": 3, "EK815": 1, "EK823": 1}
    assert "error" not in set(evaluation["problems"]["severity"])
    for unit in evaluation["units"]["unit"][::6]:
        assert evalkit.explain(evaluation, unit).adds_up, unit


def test_no_record_reaches_a_table(evaluation: Evaluation) -> None:
    assert evaluation["observations"].empty
    for name, table in evaluation.tables.items():
        if name != "problems":
            assert (
                not table.astype(str).apply(lambda column: column.str.contains("R01-0001|非常满意")).to_numpy().any()
            ), name


def test_portraits_are_drawn_by_department_and_policy(evaluation: Evaluation) -> None:
    table = evaluation["portraits"]
    assert set(table["about"]) == {"department", "policy"}
    field = table[(table["unit"] == "") & (table["indicator"] == "DIRECT") & (table["about"] == "department")]
    assert field["value"].nunique() == 8
    total = int(evaluation["records"].query("indicator == 'DIRECT'")["total"].sum())
    assert field["n"].sum() == total
    assert np.isclose((field["mean"] * field["n"]).sum() / total, field["overall"].iloc[0])


def test_the_script_makes_the_files_as_they_stand(make: ModuleType, tmp_path: Path) -> None:
    make.main(tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert len(made) == 7
    for name in made:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.csv")) < 1_500_000
