"""Studies whose awards need more than scores: earlier waves, nominations, tiers only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.small_studies import TREE, VALUES, values_study, write_table, write_yaml

TIERS: dict[str, Any] = {
    "id": "tiers",
    "version": "1",
    "name": {"zh": "分档", "en": "Tiers"},
    "publish": "tiers",
    "awards": [
        {
            "id": "tier",
            "name": {"zh": "分档", "en": "Tier"},
            "rule": {
                "method": "blocks",
                "by": "natural_breaks",
                "blocks": [{"id": "upper", "name": {"zh": "上档", "en": "upper"}}, {"id": "lower", "name": "下档"}],
            },
        },
        {"id": "best", "name": "最佳", "rule": {"method": "top", "count": 2}, "minimum": {"A": 20}},
    ],
}
NOMINATED: dict[str, Any] = {
    "id": "nominated",
    "version": "1",
    "name": "提名奖",
    "unordered": True,
    "awards": [
        {
            "id": "case",
            "name": "案例奖",
            "compare": {"method": "jury", "fewest_judges": 2, "criteria": [{"id": "new", "name": "创新"}]},
            "rule": {"method": "top", "count": 1},
        },
        {"id": "star", "name": "服务之星", "to": "person", "rule": {"method": "decision", "count": 2}},
    ],
}
ODD_VALUES = (
    ("unit", "a1", "a2", "b1"),
    ("U1", "80.137", "60.291", "41.073"),
    ("U2", "51.519", "70.817", "90.463"),
    ("U3", "88.339", "90.671", "11.929"),
    ("U4", "20.873", "7x.371", "30.557"),
)
"""Values, and scores made of them, that can be looked for in a text; one of them is no number."""
PEOPLE = ("赵一", "钱二", "孙三")


def award_study(
    folder: Path,
    scheme: dict[str, Any],
    values: Sequence[Sequence[str]] = VALUES,
    **keys: Any,  # noqa: ANN401 - any key of a study
) -> Path:
    """A study of ready-made values with this scheme."""
    path = values_study(folder, values, tree=TREE, awards=["awards.yaml"], **keys)
    write_yaml(folder / "awards.yaml", scheme)
    return path


def nominated_study(folder: Path) -> Path:
    """A study with submissions, a jury sheet and decisions."""
    files = {"submissions": "submissions.csv", "jury": "jury.csv", "decisions": "decisions.csv"}
    path = award_study(folder, NOMINATED, nominations=files)
    write_table(
        folder / "submissions.csv",
        [("submission", "award", "unit", "title"), ("S1", "case", "U1", "一号"), ("S2", "case", "U4", "四号")],
    )
    marks = [
        ("S1", "J1", "甲市", "99"),
        ("S1", "J2", "", "60"),
        ("S1", "J3", "", "70"),
        ("S2", "J1", "", "80"),
        ("S2", "J2", "", "70"),
    ]
    write_table(folder / "jury.csv", [("submission", "judge", "judge_unit", "new"), *marks])
    people = [
        ("star", "乙市", PEOPLE[0], "十年如一日"),
        ("star", "U2", PEOPLE[1], "创新"),
        ("star", "U3", PEOPLE[2], "满意"),
    ]
    write_table(folder / "decisions.csv", [("award", "unit", "person", "reason"), *people])
    return path
