"""The JSON Schemas that ship are fresh, and say what the reader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from jsonschema.protocols import Validator

from evalkit import library
from evalkit.definitions.schema import MODELS, SHIPPED, schema_text, write_schemas
from evalkit.definitions.yaml_source import read_yaml

ROOT = Path(__file__).parents[2]
FILES: list[tuple[str, Path]] = [(kind, path) for kind in library.FOLDERS for path in library.builtins(kind)]
FILES += [("study", path) for path in sorted((ROOT / "examples").glob("*/study.yaml"))]


def validator(kind: str) -> Validator:
    return jsonschema.Draft202012Validator(json.loads(schema_text(kind)))


def values(path: Path) -> dict[str, Any]:
    document, problems = read_yaml(path, path.name)
    assert problems == []
    assert document is not None
    value: dict[str, Any] = document.value
    return value


@pytest.mark.parametrize("kind", list(MODELS))
def test_the_shipped_schema_is_fresh(kind: str) -> None:
    shipped = (SHIPPED / f"{kind}.schema.json").read_bytes().decode("utf-8")
    assert shipped == schema_text(kind), "run: evalkit indicators schema --out evalkit/definitions/schemas"


def test_no_other_schema_ships(tmp_path: Path) -> None:
    names = {path.name for path in write_schemas(tmp_path / "new")}
    assert {path.name for path in SHIPPED.iterdir()} == names == {path.name for path in (tmp_path / "new").iterdir()}


@pytest.mark.parametrize("kind", list(MODELS))
def test_each_is_a_json_schema_that_describes_its_keys(kind: str) -> None:
    schema = json.loads(schema_text(kind))
    jsonschema.Draft202012Validator.check_schema(schema)
    for model in [schema, *schema["$defs"].values()]:
        for name, about in model.get("properties", {}).items():
            assert about.get("description") or "const" in about, f"{model['title']}.{name}"


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: getattr(value, "name", value))
def test_shipped_definitions_fit_their_schema(kind: str, path: Path) -> None:
    assert [error.message for error in validator(kind).iter_errors(values(path))] == []


def test_there_are_shipped_definitions_of_every_kind() -> None:
    assert {kind for kind, _ in FILES} == set(MODELS)


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: getattr(value, "name", value))
def test_an_unknown_key_does_not_fit(kind: str, path: Path) -> None:
    value = values(path) | {"weigth": 1}
    assert [error.validator for error in validator(kind).iter_errors(value)] == ["additionalProperties"]


def test_an_unknown_key_deep_in_the_tree_does_not_fit() -> None:
    value = values(ROOT / "indicators" / "digital-transformation.yaml")
    value["tree"]["children"][0]["children"][0]["weigth"] = 1
    assert not validator("indicators").is_valid(value)


@pytest.mark.parametrize(
    ("data", "fits"), [({"survey": "a/*.xlsx"}, True), ({"survey": ["a", "b"]}, True), ({"survey": 5}, False)]
)
def test_one_pattern_or_several(data: dict[str, Any], fits: bool) -> None:
    study: dict[str, Any] = {"study": "s", "indicators": "i.yaml", "units": "u.csv", "data": data}
    assert validator("study").is_valid(study) is fits


def test_plain_text_fits_where_a_text_belongs() -> None:
    study: dict[str, Any] = {
        "study": "s",
        "name": "研究",
        "notice": {"zh": "甲"},
        "indicators": "i.yaml",
        "units": "u.csv",
    }
    assert validator("study").is_valid(study)
    assert not validator("study").is_valid(study | {"name": {"de": "x"}})
