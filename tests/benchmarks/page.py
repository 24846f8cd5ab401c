"""The interactive page: CPU of making it against pandas' ``to_html`` of the same tables, its size, a slider's repaint.

Run as ``python tests/benchmarks/page.py``; goals: at most 3 times ``to_html`` at 333 units × 60 nodes, a repaint within
50 ms. The repaint is measured in Chromium where it is installed.
"""

from __future__ import annotations

import csv
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from evalkit.evaluate import Evaluation, load
from evalkit.messages import Language
from evalkit.reports.outline import outline
from evalkit.reports.page import page_html
from tests.small_studies import write_study, write_yaml

GROUPS, INDICATORS = 10, 46
ROUNDS = 5
LANGUAGE: Language = "zh"
AWARDS = {
    "id": "stars", "version": "1", "name": "星级", "one_rung": True,
    "awards": [
        {"id": "best", "name": "最佳", "rule": {"method": "top", "count": 10}},
        {"id": "first", "name": "前列", "rule": {"method": "top", "percent": 25, "within": "class"}},
        {"id": "passed", "name": "达标", "rule": {"method": "band", "low": 58}},
    ],
}  # fmt: skip
REPAINT = """() => {
  const slider = document.querySelector("input[data-node]");
  const times = [];
  for (let number = 0; number < 30; number += 1) {
    slider.value = 10 + 2 * number;
    const start = performance.now();
    slider.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""


def study(folder: Path, units: int) -> Evaluation:
    """Evaluate made-up values: 3 dimensions, 10 groups, 46 indicators, 60 nodes with the index."""
    rng = np.random.default_rng(20201101)
    names = [f"i{number}" for number in range(INDICATORS)]
    leaves = [{"id": f"L{name}", "name": f"指标 {name}", "measure": {"column": name}} for name in names]
    groups = [{"id": f"G{g}", "name": f"组 {g}", "children": leaves[g::GROUPS]} for g in range(GROUPS)]
    dimensions = [{"id": f"D{d}", "name": f"维度 {d}", "children": groups[d::3]} for d in range(3)]
    register = [("unit", "name", "class"), *((f"U{u:04}", f"城市{u:04}", "地级市") for u in range(units))]
    tree = {"id": "ROOT", "name": "指数", "children": dimensions}
    folder.mkdir(parents=True)
    write_yaml(folder / "awards.yaml", AWARDS)
    path = write_study(folder, tree, register=register, data={"values": "values.csv"}, awards=["awards.yaml"])
    with (folder / "values.csv").open("w", encoding="utf-8", newline="") as file:
        rows = rng.normal(60, 15, (units, INDICATORS)).round(3)
        csv.writer(file).writerows([("unit", *names), *((f"U{u:04}", *row) for u, row in enumerate(rows.tolist()))])
    return load(path).run()


def cpu(action: Any) -> float:  # noqa: ANN401 - anything that can be called
    """Median CPU seconds of a call."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


def as_pandas(evaluation: Evaluation) -> int:
    """Write the same tables by pandas."""
    import pandas as pd  # noqa: PLC0415 - beside its only use

    sheets = list(outline(evaluation, LANGUAGE))
    frames = [pd.DataFrame([[str(cell) for cell in row] for row in sheet.rows]) for sheet in sheets]
    return sum(len(frame.to_html()) for frame in frames)


def repaint(html: str, folder: Path) -> float | None:
    """Median milliseconds from a slider's move to the new layout."""
    program = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be absent
    except ModuleNotFoundError:
        return None
    if program is None:
        return None
    (folder / "page.html").write_text(html, encoding="utf-8")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto((folder / "page.html").as_uri())
        times: list[float] = page.evaluate(REPAINT)
        browser.close()
    return statistics.median(times)


def main() -> None:
    """Print a line a size."""
    for units in (79, 333, 3000):
        with tempfile.TemporaryDirectory() as made:
            evaluation = study(Path(made) / "study", units)
            html = page_html(evaluation, LANGUAGE)
            own, other = (
                cpu(lambda run=evaluation: page_html(run, LANGUAGE)),
                cpu(lambda run=evaluation: as_pandas(run)),
            )
            painted = repaint(html, Path(made))
        print(
            f"{units:5} units: page {own:.2f} s, to_html {other:.2f} s CPU, ratio {own / other:.2f};"
            f" {len(html.encode()) / 1e6:.2f} MB; repaint {'-' if painted is None else f'{painted:.0f} ms'}"
        )


if __name__ == "__main__":
    main()
