"""A study of ready-made values with standard errors: two sampled indicators, and one told by the units themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.uncertainty import assessment
from tests.small_studies import values_study, write_yaml

SCALE = {"method": "goalposts", "low": 0, "high": 100}
TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {
            "id": "A",
            "name": {"zh": "甲维度", "en": "Dimension A"},
            "weight": 3,
            "children": [
                {"id": "A1", "name": "A1", "sampling_error": True, "measure": {"column": "a1", "se": "a1_se"}},
                {"id": "A2", "name": "A2", "sampling_error": True, "measure": {"column": "a2", "se": "a2_se"}},
            ],
        },
        {"id": "B", "name": {"zh": "乙维度", "en": "Dimension B"}, "weight": 1, "measure": {"column": "b"}},
    ],
}
VALUES = (
    ("unit", "a1", "a1_se", "a2", "a2_se", "b"),
    ("U1", "80", "2", "60", "4", "40"),
    ("U2", "50", "1", "70", "1", "90"),
    ("U3", "90", "3", "90", "1.5", "10"),
    ("U4", "20", "1", "30", "2", "30"),
)
AWARDS: dict[str, Any] = {
    "id": "prizes",
    "version": "1",
    "name": "prizes",
    "awards": [
        {"id": "good", "name": "good", "rule": {"method": "band", "low": 65}},
        {"id": "two", "name": "two", "rule": {"method": "top", "count": 2}},
        {"id": "channels", "name": "channels", "node": "B", "rule": {"method": "top", "count": 1}},
    ],
}


def sampled_study(
    folder: Path,
    values: Sequence[Sequence[str]] = VALUES,
    **keys: Any,  # noqa: ANN401 - any key of a study file
) -> Path:
    """Write the study; ``awards`` is the content of a scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    write_yaml(folder / "awards.yaml", keys.pop("awards", AWARDS))
    keys = {"tree": TREE, "uncertainty": {"replicates": 2000, "seed": 7}, "defaults": {"normalise": SCALE}} | keys
    return values_study(folder, values, awards=["awards.yaml"], **keys)


def changed(row: int, column: str, text: str) -> list[list[str]]:
    """Return the values with one cell changed; row 0 is the heading."""
    table = [list(each) for each in VALUES]
    table[row][table[0].index(column)] = text
    return table


def assessed(path: Path) -> Evaluation:
    """Run the study with its uncertainty."""
    return assessment.run(evalkit.load(path))
