"""Awards of the sampled study that need more than its scores: an earlier wave, a jury, a committee."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.small_studies import write_table

EARLIER: dict[str, Any] = {"waves": [{"wave": "2023", "scores": "2023.csv", "comparable": True}]}
JURY: dict[str, Any] = {
    "id": "j",
    "name": "j",
    "compare": {"method": "jury", "fewest_judges": 1, "criteria": [{"id": "new", "name": "n"}]},
    "rule": {"method": "top", "count": 1},
}
DECISION: dict[str, Any] = {"id": "d", "name": "d", "rule": {"method": "decision"}}


def nominated(folder: Path) -> dict[str, Any]:
    """Write a submission, a form and a decision; return the key of the study that names them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder / "submissions.csv", [("submission", "award", "unit", "title"), ("S1", "j", "U1", "one")])
    write_table(folder / "jury.csv", [("submission", "judge", "judge_unit", "new"), ("S1", "J1", "", "90")])
    write_table(folder / "decisions.csv", [("award", "unit", "reason"), ("d", "U2", "why")])
    names = ("submissions", "jury", "decisions")
    return {"nominations": {name: f"{name}.csv" for name in names}}


def write_before(folder: Path, error: str = "") -> None:
    """Write the scores of an earlier wave, with a standard error that all have."""
    folder.mkdir(parents=True, exist_ok=True)
    scores = (("U1", "60"), ("U2", "60"), ("U3", "50"), ("U4", "40"))
    head = ("unit", "node", "score", *(["standard_error"] if error else []))
    rows = [(unit, "ROOT", score, *([error] if error else [])) for unit, score in scores]
    write_table(folder / "2023.csv", [head, *rows])
