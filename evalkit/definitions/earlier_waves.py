"""Earlier waves of a study: the folders of their results, or tables of their scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from evalkit.definitions.base import Definition, Fault, Flag, fault, text_or_mapping

EARLIER_WAVES = {"previous": 'waves: [results-2024, {wave: "2023", scores: scores-2023.csv}]'}
"""Keys whose place ``waves`` has taken."""


class EarlierWave(Definition):
    """An earlier wave: plain text in YAML is the folder of its results; of others a table of scores serves awards."""

    results: str | None = None
    """folder of its results, as ``evalkit run`` wrote it: scores, ranks, awards and answers are compared"""
    scores: str | None = None
    """path of a table (CSV or Excel) with unit, node and score, for awards that compare waves; a column
    ``standard_error`` may say how sure the scores are"""
    wave: str = ""
    """which wave the table is of, such as 2023; results say it themselves"""
    indicators: str = ""
    """id and version of the indicator set behind the table, such as ``digital-transformation 2020.1``"""
    comparable: Flag | None = None
    """whether awards may compare its scores with this wave's; without it they may if results computed the index as
    it is computed now, or if the table is of the same indicator set"""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        plain = isinstance(value, str | int | float) and not isinstance(value, bool)
        return {"results": value} if plain else value

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for two sources or none, for a table of no wave, and for results that are told their wave."""
        found = [name for name in ("results", "scores") if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="waves", allowed="results, scores", found=", ".join(found) or "-")
        elif self.results is not None:
            told = [name for name in ("wave", "indicators") if getattr(self, name)]
            yield from (fault("EK124", name, key=name) for name in told)
        elif not self.wave:
            yield fault("EK103", key="wave")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say that plain text may stand for a mapping."""
        return text_or_mapping(schema, handler)
