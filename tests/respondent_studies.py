"""Studies whose units are spoken for by respondents of a made-up export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.small_studies import QUESTIONNAIRE, write_study, write_table, write_yaml

TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {
            "id": "OPEN",
            "name": "Open",
            "measure": {"question": "Q1", "rule": {"method": "points", "points": {"yes": 100, "no": 0}}},
        },
        {"id": "GOOD", "name": "Good", "measure": {"question": "Q4", "rule": {"method": "scale"}}},
        {
            "id": "MIXED",
            "name": "Mixed",
            "measure": {
                "parts": [
                    {"question": "Q3", "rule": {"method": "share"}, "weight": 3},
                    {"question": "Q6", "rule": {"method": "ratio", "numerator": "net", "denominator": "total"}},
                ]
            },
        },
    ],
}
HEAD = ("respondent", "unit", "weight", "submitted", "Q1", "Q3", "Q4", "Q6.net", "Q6.total")
ROWS: tuple[tuple[str, ...], ...] = (
    ("a", "U2", "1", "2025-01-05", "yes", "web|app", "best", "1", "4"),
    ("b", "U1", "1", "2025-01-03", "yes", "web", "best", "2", "4"),
    ("c", "U1", "3", "2025-01-01", "no", "web|app|mail|fax", "worst", "3", "4"),
    ("d", "U1", "1", "2025-01-02", "yes", "", "fair", "5", "0"),
    ("e", "U9", "1", "2025-01-02", "yes", "web", "best", "1", "1"),
    ("f", "U2", "0", "2025-01-02", "yes", "web", "best", "1", "1"),
)
"""U3 and U4 have nobody; e is of no known unit, f counts for nothing, d divides by zero."""


def respondent_study(
    folder: Path,
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    head: Sequence[str] = HEAD,
    data: Mapping[str, Any] | None = None,
    **keys: Any,  # noqa: ANN401 - any key of a study file
) -> Path:
    """Write a study that reads answers.csv by the profile of plain wide tables."""
    exports = [{"file": "answers.csv", "profile": "builtin:wide"}]
    path = write_study(folder, TREE, questionnaire="form.yaml", data={"exports": exports, **(data or {})}, **keys)
    write_yaml(folder / "form.yaml", QUESTIONNAIRE)
    write_table(folder / "answers.csv", [head, *rows])
    return path


def portrait_study(folder: Path, said: Sequence[str], levels: Sequence[str], **keys: Any) -> Path:  # noqa: ANN401 - any key of a study file
    """Write a study whose respondents name a department and answer Q4; six are of U1, all further ones of U2."""
    rows = [
        (f"r{number}", "U1" if number < 6 else "U2", "1", "", "yes", "web", level, "1", "4", department)
        for number, (department, level) in enumerate(zip(said, levels, strict=True))
    ]
    exports = [{"file": "answers.csv", "profile": "builtin:wide", "about": {"部门": "承办部门"}}]
    return respondent_study(folder, rows, head=(*HEAD, "承办部门"), data={"exports": exports}, **keys)
