"""A small study to plan calls for: forty units in five regions, eight auditors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.evaluate.plan_request import Options
from tests.small_audits import calls_study
from tests.small_studies import write_table

UNITS = [(f"U{number:02}", f"第{number}市", f"R{number % 5}") for number in range(1, 41)]
AUDITORS = [("A1", "U01", ""), ("A2", "R2", ""), *((f"A{number}", "", "") for number in range(3, 9))]

FIELDWORK = {"first": "2025-03-03", "last": "2025-03-14", "daily": 4, "holidays": ["2025-03-06"]}
"""Eleven days with room for 352 calls of eight auditors."""


def options(**changes: Any) -> Options:  # noqa: ANN401 - fields of the options
    """Return what is asked of a plan, some of it changed."""
    return Options(**({"calls": 6, "seed": 1} | changes))


def plan_files(
    folder: Path,
    auditors: Sequence[Sequence[str]] = AUDITORS,
    *,
    header: str = "region",
    more: Sequence[str] = (),
    **keys: Any,  # noqa: ANN401 - keys of a study
) -> tuple[Path, Path]:
    """Write the study and its auditors, whose table has the columns ``more`` too; returns both paths."""
    register = [("unit", "name", header), *UNITS]
    study = calls_study(folder, [], register=register, **keys)
    (folder / "calls" / "a.csv").unlink()
    write_table(folder / "auditors.csv", [("auditor", "home", "most", *more), *auditors])
    return study, folder / "auditors.csv"


def bundle_of(study: Path) -> Bundle:
    """Return the definitions of a study that has none wrong."""
    bundle, problems = load_bundle(study)
    assert problems == []
    assert bundle is not None
    return bundle
