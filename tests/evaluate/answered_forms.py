"""Answers to a made-up questionnaire as they come out of the reading, without workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.evaluate.gather import Gathered
from evalkit.observations import BLANK, OK, Batch, Cell, answer_arrays
from evalkit.sources.cell_text import as_text
from evalkit.sources.register import Register
from tests.small_studies import write_study, write_yaml

TREE = {"id": "T", "name": "T", "measure": {"column": "x"}}


def bundle_of(
    folder: Path,
    questions: list[dict[str, Any]],
    checks: list[dict[str, Any]] | None = None,
    **study: Any,  # noqa: ANN401 - any key of a study file
) -> Bundle:
    """A study of the questions, which come in one section and get a text where they have none."""
    path = write_study(folder, TREE, questionnaire="form.yaml", **study)
    asked = [{"text": "?", "role": "descriptive", **question} for question in questions]
    section = {"id": "S", "name": "S", "questions": asked}
    form = {"id": "form", "version": "1", "name": "form", "sections": [section], "checks": checks or []}
    write_yaml(folder / "form.yaml", form)
    bundle, _ = load_bundle(path)
    assert bundle is not None
    assert bundle.questionnaire is not None
    return bundle


def gathered(
    bundle: Bundle, units: Mapping[str, Mapping[str, float | int]], classes: Mapping[str, str] | None = None
) -> Gathered:
    """What was read: a file a unit, its answers by key, in the cells D1, D2 … of sheet S in the order of the form."""
    assert bundle.questionnaire is not None
    keys = bundle.questionnaire[0].cell_keys
    columns = {unit: (classes or {}).get(unit, "") for unit in units}
    frame = pd.DataFrame({"unit": list(units), "name": list(units), "class": list(columns.values())}, dtype=object)
    batches = [
        Batch(unit, "form", f"{unit}.xlsx", tuple(_cell(key, row, given) for row, key in enumerate(keys, start=1)))
        for unit, given in units.items()
    ]
    return Gathered(Register(frame, {}), batches, [], answer_arrays(batches, tuple(units), keys))


def _cell(key: str, row: int, given: Mapping[str, float | int]) -> Cell:
    if key not in given:
        return Cell(key, BLANK, sheet="S", cell=f"D{row}")
    number = float(given[key])
    text = as_text(number)
    assert np.isfinite(number)
    return Cell(key, OK, text, text, number, "S", f"D{row}")
