"""A small study that asks for the least changes of answers, `diagnosis:`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evalkit.evaluate import Evaluation
from tests.small_studies import form_study, run

_YES_NO = {"method": "points", "points": {"yes": 100, "no": 0}}
_TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {"id": "I1", "name": "one", "weight": 2, "measure": {"question": "Q1", "rule": _YES_NO}},
        {"id": "I2", "name": "two", "weight": 1, "measure": {"question": "Q3", "rule": {"method": "share"}}},
        {"id": "I3", "name": "three", "weight": 1, "measure": {"question": "Q4", "rule": {"method": "scale"}}},
    ],
}
_FILLED = {
    "U1": {"Q1": "no", "Q3.web": "√", "Q4": "fair"},
    "U2": {"Q1": "yes", "Q3.web": "√", "Q3.app": "√", "Q4": "good"},
}


def solution_run(folder: Path, diagnosis: Mapping[str, Any], **keys: Any) -> Evaluation:  # noqa: ANN401 - any key of a study
    """Run it: U1 has an index of 18.75, U2 one of 81.25, the others sent nothing."""
    return run(form_study(folder, _TREE, _FILLED, diagnosis=diagnosis, **keys))
