"""Small studies for tests: ready-made values, a questionnaire of every type, and answers given as plain values."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import evalkit
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.recipe import Recipe, resolve
from evalkit.definitions.study import RecipeOverrides
from evalkit.evaluate import Evaluation
from evalkit.observations import ABSENT, OK, STATUSES, Answers
from evalkit.reports.template import write_form

QUESTIONNAIRE: dict[str, Any] = {
    "id": "small",
    "version": "1",
    "name": {"zh": "小问卷", "en": "Small questionnaire"},
    "sections": [
        {
            "id": "A",
            "name": {"zh": "第一部分", "en": "Part one"},
            "questions": [
                {"code": "Q1", "text": {"zh": "是否开通?", "en": "Open?"}, "type": "yesno"},
                {
                    "code": "Q2",
                    "text": {"zh": "哪一种?", "en": "Which one?"},
                    "type": "single",
                    "role": "descriptive",
                    "options": [{"code": code, "name": code} for code in ("own", "rented", "none")],
                },
                {
                    "code": "Q3",
                    "text": {"zh": "哪些渠道?", "en": "Which channels?"},
                    "type": "multiple",
                    "options": [{"code": code, "name": code} for code in ("web", "app", "mail", "fax")],
                },
                {
                    "code": "Q4",
                    "text": {"zh": "效果如何?", "en": "How good?"},
                    "type": "scale",
                    "options": [{"code": code, "name": code} for code in ("best", "good", "fair", "poor", "worst")],
                },
                {
                    "code": "Q5",
                    "text": {"zh": "几天?", "en": "How many days?"},
                    "type": "number",
                    "role": "descriptive",
                },
                {
                    "code": "Q6",
                    "text": {"zh": "来电多少?", "en": "How many calls?"},
                    "type": "numbers",
                    "parts": [{"code": code, "name": code} for code in ("phone", "net", "total")],
                },
                {
                    "code": "Q7",
                    "text": {"zh": "网络占比", "en": "Share of the net"},
                    "type": "ratio",
                    "role": "descriptive",
                    "parts": [{"code": "net", "name": "net", "numerator": "Q6.net", "denominator": "Q6.total"}],
                },
                {
                    "code": "Q8",
                    "text": {"zh": "开通几年?", "en": "Open for how many years?"},
                    "type": "number",
                    "ask_if": "Q1 = yes",
                    "role": "descriptive",
                },
                {"code": "Q9", "text": {"zh": "何时?", "en": "When?"}, "type": "date", "role": "descriptive"},
                {"code": "Q10", "text": {"zh": "说明", "en": "Remarks"}, "type": "text", "role": "descriptive"},
            ],
        }
    ],
}
REGISTER = (
    ("unit", "name", "class", "region", "aliases"),
    ("U1", "甲市", "big", "east", "甲市热线"),
    ("U2", "乙市", "big", "west", ""),
    ("U3", "丙市", "small", "east", "丙|Third"),
    ("U4", "丁市", "small", "west", ""),
)
TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {
            "id": "A",
            "name": {"zh": "甲维度", "en": "Dimension A"},
            "weight": 3,
            "children": [
                {"id": "A1", "name": {"zh": "指标一", "en": "Indicator one"}, "weight": 1, "measure": {"column": "a1"}},
                {"id": "A2", "name": {"zh": "指标二", "en": "Indicator two"}, "weight": 1, "measure": {"column": "a2"}},
            ],
        },
        {
            "id": "B",
            "name": {"zh": "乙维度", "en": "Dimension B"},
            "weight": 1,
            "children": [
                {"id": "B1", "name": {"zh": "指标三", "en": "Indicator three"}, "measure": {"column": "b1"}},
            ],
        },
    ],
}
VALUES = (
    ("unit", "a1", "a2", "b1"),
    ("U1", "80", "60", "40"),
    ("U2", "50", "70", "90"),
    ("U3", "90", "90", "10"),
    ("U4", "20", "", "30"),
)
Cell = float | str


def questionnaire() -> Questionnaire:
    """The questionnaire with a question of every type."""
    return Questionnaire.model_validate(QUESTIONNAIRE)


def answers(units: Sequence[Mapping[str, Cell]]) -> Answers:
    """Answers to the small questionnaire, a mapping a unit: numbers as the kernels see them, or a status."""
    keys = questionnaire().cell_keys
    shape = (len(units), len(keys))
    numbers, statuses = np.full(shape, np.nan), np.full(shape, STATUSES.index("blank"), np.int8)
    for row, given in enumerate(units):
        for key, cell in given.items():
            column = keys.index(key)
            if isinstance(cell, str):
                statuses[row, column] = ABSENT if cell == "absent" else STATUSES.index(cell)
            else:
                numbers[row, column], statuses[row, column] = cell, OK
    ids = np.arange(1, len(units) * len(keys) + 1).reshape(shape)
    names = tuple(f"U{row}" for row in range(1, len(units) + 1))
    return Answers(names, {key: column for column, key in enumerate(keys)}, numbers, statuses, ids)


def recipe(tree: Mapping[str, Any], **defaults: Any) -> Recipe:  # noqa: ANN401 - any default of an indicator set
    """A tree with every choice made."""
    content = {"id": "set", "version": "1", "name": "set", "tree": tree, "defaults": defaults}
    return resolve(IndicatorSet.model_validate(content), RecipeOverrides())


def write_yaml(path: Path, content: Mapping[str, Any]) -> None:
    """Write a definition; aliases are not allowed in it."""
    path.write_text(yaml.safe_dump(json.loads(json.dumps(content)), allow_unicode=True), encoding="utf-8")


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def write_study(
    folder: Path,
    tree: Mapping[str, Any],
    *,
    register: Sequence[Sequence[str]] = REGISTER,
    **keys: Any,  # noqa: ANN401 - any key of a study file
) -> Path:
    """Write study.yaml, set.yaml and units.csv; ``keys`` are keys of the study, ``defaults`` those of the set."""
    folder.mkdir(parents=True, exist_ok=True)
    defaults = keys.pop("defaults", {})
    name = {"zh": "小体系", "en": "Small set"}
    write_yaml(folder / "set.yaml", {"id": "set", "version": "1", "name": name, "defaults": defaults, "tree": tree})
    write_table(folder / "units.csv", register)
    study = {"study": "small", "indicators": "set.yaml", "units": "units.csv"}
    write_yaml(folder / "study.yaml", study | keys)
    return folder / "study.yaml"


def values_study(
    folder: Path,
    values: Sequence[Sequence[str]] = VALUES,
    *,
    tree: Mapping[str, Any] = TREE,
    **keys: Any,  # noqa: ANN401 - as above
) -> Path:
    """Write a study of ready-made values."""
    path = write_study(folder, tree, data={"values": "values.csv"}, **keys)
    write_table(folder / "values.csv", values)
    return path


def form_study(
    folder: Path,
    tree: Mapping[str, Any],
    filled: Mapping[str, Mapping[str, Any]],
    **keys: Any,  # noqa: ANN401 - as above
) -> Path:
    """Write a study whose questionnaires come back filled: answers by unit and key, as a person would enter them."""
    path = write_study(folder, tree, questionnaire="form.yaml", data={"survey": "responses/*.xlsx"}, **keys)
    write_yaml(folder / "form.yaml", QUESTIONNAIRE)
    (folder / "responses").mkdir()
    for unit, given in filled.items():
        write_form(questionnaire(), folder / "responses" / f"{unit}.xlsx", unit=unit, unit_name=unit, answers=given)
    return path


def run(path: Path) -> Evaluation:
    """Evaluate a study."""
    return evalkit.load(path).run()


def codes(evaluation: Evaluation) -> list[str]:
    """The codes of the findings."""
    return [each.code for each in evaluation.problems]
