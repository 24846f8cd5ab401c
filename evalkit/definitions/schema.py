"""JSON Schemas of the definition files, made from the models; the shipped copies are kept fresh by a test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.extension import Extension
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.platform import Platform
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.study import Study
from evalkit.registry import NO_PLUG_INS, Kind, PlugIn, Registry

MODELS: dict[str, type[BaseModel]] = {
    "study": Study,
    "indicators": IndicatorSet,
    "questionnaire": Questionnaire,
    "protocol": Protocol,
    "awards": AwardScheme,
    "platform": Platform,
}
"""The kinds of definition file; an indicator set that says ``extends`` is an :class:`Extension` instead."""
_TYPES = {"float": "number", "int": "integer", "bool": "boolean", "str": "string"}
_NAMED: dict[str, tuple[Kind, str]] = {
    "PlugInRule": ("rules", "name"),
    "PlugInNormalisation": ("normalisations", "name"),
    "Reading": ("readers", "reader"),
}
SHIPPED = Path(__file__).parent / "schemas"
"""The folder of the package that holds them."""


def schema_text(kind: str, plug_ins: Registry = NO_PLUG_INS) -> str:
    """Return the JSON Schema of a kind of definition file, as text, with the plug-ins that may be named."""
    schema = _indicators() if kind == "indicators" else MODELS[kind].model_json_schema()
    for name, (kind_of, key) in _NAMED.items():
        if plug_ins.plug_ins and name in schema.get("$defs", {}):
            _name_plug_ins(schema["$defs"][name], key, plug_ins.of(kind_of))
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _indicators() -> dict[str, Any]:
    """Return the schema of a set that is written whole, or as the difference from another one."""
    refs, schema = models_json_schema([(IndicatorSet, "validation"), (Extension, "validation")])
    return schema | {
        "title": "Indicators",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": refs[Extension, "validation"],
        "else": refs[IndicatorSet, "validation"],
    }


def _name_plug_ins(schema: dict[str, Any], key: str, plug_ins: Sequence[PlugIn]) -> None:
    """Let the schema of a plug-in, named under ``key``, know those there are, and the settings of each."""
    schema["properties"][key]["enum"] = [each.name for each in plug_ins]
    schema["allOf"] = [
        {
            "if": {"properties": {key: {"const": each.name}}},
            "then": {"description": each.summary, "properties": {"settings": _settings(each)}}
            | ({"required": ["settings"]} if any(setting.required for setting in each.settings) else {}),
        }
        for each in plug_ins
    ]


def _settings(plug_in: PlugIn) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {setting.name: {"type": _TYPES[setting.type]} for setting in plug_in.settings},
        "required": [setting.name for setting in plug_in.settings if setting.required],
    }


def write_schemas(folder: Path, plug_ins: Registry = NO_PLUG_INS) -> list[Path]:
    """Write the schemas of all kinds as ``KIND.schema.json`` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in MODELS:
        paths.append(folder / f"{kind}.schema.json")
        paths[-1].write_text(schema_text(kind, plug_ins), encoding="utf-8", newline="\n")
    return paths
