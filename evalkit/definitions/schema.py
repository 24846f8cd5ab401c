"""JSON Schemas of the definition files, made from the models; the shipped copies are kept fresh by a test."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.study import Study

MODELS: dict[str, type[BaseModel]] = {
    "study": Study,
    "indicators": IndicatorSet,
    "questionnaire": Questionnaire,
    "awards": AwardScheme,
    "platform": Platform,
}
"""The kinds of definition file."""
SHIPPED = Path(__file__).parent / "schemas"
"""The folder of the package that holds them."""


def schema_text(kind: str) -> str:
    """Return the JSON Schema of a kind of definition file, as text."""
    schema = MODELS[kind].model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of all kinds as ``KIND.schema.json`` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in MODELS:
        paths.append(folder / f"{kind}.schema.json")
        paths[-1].write_text(schema_text(kind), encoding="utf-8", newline="\n")
    return paths
