"""The study: which indicators, units, questionnaire, awards and data belong together, and every choice of method."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from evalkit.definitions.base import Definition, Identifier, Number, Text, Weight, Whole
from evalkit.definitions.rules import Aggregation, Missing, Normalisation
from evalkit.definitions.screens import Screens
from evalkit.definitions.uncertainty import Uncertainty

Ties = Literal["min", "dense", "average", "max"]


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Patterns = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A pattern of file names, or several."""


class Data(Definition):
    """Where the data are; paths and patterns relative to the study file."""

    survey: Patterns = ()
    """filled questionnaires: a pattern such as ``responses/*.xlsx``, or several"""
    values: str | None = None
    """ready-made values: a CSV or Excel table with the unit and one column a measure"""


class NodeOverride(Definition):
    """What the recipe changes at one node."""

    weight: Weight | None = None
    """weight among its siblings"""
    normalise: Normalisation | None = None
    """how the raw value becomes a score"""
    aggregate: Aggregation | None = None
    """mean of the children"""
    missing: Missing | None = None
    """what to do about children without a score"""


class Percentages(Definition):
    """How the percentages of the descriptive table are printed; the exact share stands beside them."""

    decimals: Annotated[Whole, Field(ge=0, le=6)] = 1
    """decimals"""
    rounding: Literal["half_up", "largest_remainder"] = "half_up"
    """each by itself, or so that the options of a single choice add up to 100"""


class RecipeOverrides(Definition):
    """Choices of method that override the indicator set: here > one node > the node itself > the set's defaults.

    ``nodes`` speaks of one node and wins over everything; ``normalise``, ``aggregate`` and ``missing`` hold for all
    other nodes, even those that say something themselves, so that one line compares two methods.
    """

    ties: Ties = "min"
    """rank that equal scores share"""
    tie_tolerance: Annotated[Number, Field(ge=0)] = 1e-9
    """scores that differ by no more are equal"""
    normalise: Normalisation | None = None
    """for every indicator"""
    aggregate: Aggregation | None = None
    """for every node"""
    missing: Missing | None = None
    """for every node"""
    peer_groups: tuple[str, ...] = ()
    """columns of the unit register within whose groups units are ranked too"""
    percentages: Percentages = Percentages()
    """rounding of the descriptive table"""
    nodes: dict[str, NodeOverride] = Field(default_factory=dict)
    """changes at single nodes, by id"""


class Study(Definition):
    """A study file."""

    study: Identifier
    """id of the study"""
    name: Text | None = None
    """title of the results"""
    notice: Text | None = None
    """a sentence that every result must show, such as "synthetic data" """
    indicators: str
    """path or ``builtin:NAME`` of the indicator set"""
    units: str
    """path of the unit register (CSV or Excel): unit, name, then columns of your own; aliases separated by ``|``"""
    questionnaire: str | None = None
    """path or ``builtin:NAME``"""
    awards: tuple[str, ...] = ()
    """paths or ``builtin:NAME`` of award schemes"""
    wave: str = ""
    """round of evaluation, such as 2024 or 2025Q1"""
    data: Data = Data()
    """where the data are"""
    corrections: str | None = None
    """path of the ledger of corrections (CSV or Excel): unit, question, old, new, reason, by, date"""
    recipe: RecipeOverrides = RecipeOverrides()
    """choices of method"""
    screens: Screens = Screens()
    """integrity screens of the answers"""
    uncertainty: Uncertainty | None = None
    """how sure the ranks are; without it nothing of it is computed"""
