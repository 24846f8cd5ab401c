"""Declarations of how answers become points and how points are normalised, aggregated and completed.

The arithmetic is in :mod:`evalkit.scoring`; here stand only the words of the YAML file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from evalkit.definitions.base import Code, Definition, Fault, Flag, Number, Weight, fault, refuse
from evalkit.definitions.expression import ExpressionError, parse
from evalkit.messages.nearest import listed, suggestion

MEANS = ("arithmetic", "geometric", "harmonic")
"""The means that evalkit brings itself."""
PLUG_IN = "plugin:"
"""What stands before the name of an aggregation that a plug-in brings."""
Range = tuple[Number, Number]
_LONGEST_SHOWN = 80


def parses(text: str, *, of_records: bool = False) -> str:
    """Return the text of a formula, or refuse it as :class:`pydantic.AfterValidator` expects."""
    try:
        parse(text, of_records=of_records)
    except ExpressionError as error:
        reasons = {"reason_zh": error.reason_zh, "reason_en": error.reason_en}
        refuse([fault("EK117", formula=text[:_LONGEST_SHOWN], position=error.position, **reasons)])
    return text


def _known_mean(name: str) -> str:
    if name not in MEANS and not name.startswith(PLUG_IN):
        allowed = [*MEANS, f"{PLUG_IN}NAME"]
        refuse([fault("EK105", key="aggregate", value=name, allowed=listed(allowed), **suggestion(name, allowed))])
    return name


Aggregation = Annotated[
    str,
    AfterValidator(_known_mean),
    WithJsonSchema({"anyOf": [{"enum": list(MEANS)}, {"type": "string", "pattern": f"^{PLUG_IN}"}]}),
]
"""A mean: arithmetic, geometric, harmonic, or ``plugin:NAME``."""

Weighting = Annotated[str, Field(pattern=f"^{PLUG_IN}[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]
"""``plugin:NAME``: the weights of the children are computed from their scores."""

Formula = Annotated[str, AfterValidator(parses)]
"""A formula that parses; its grammar is that of :mod:`evalkit.definitions.expression`."""


class _Rule(Definition):
    skipped: Number | None = None
    """points for a unit whom the skip rule spares the question; without it the question is left out for that unit"""


class PointsRule(_Rule):
    """Points by the option chosen (yes/no, single choice, ordered scale)."""

    method: Literal["points"]
    points: dict[Code, Number] = Field(min_length=1)
    """points for each option, by option code"""


class ShareRule(_Rule):
    """100 × the weights of the options ticked ÷ the weights of all, or ÷ ``full``, at most 100 (multiple choice)."""

    method: Literal["share"]
    weights: dict[Code, Weight] = Field(default_factory=dict)
    """weights by option code; options that are not named weigh 1; 0 leaves an option out"""
    full: Annotated[Number, Field(gt=0)] | None = None
    """the sum of weights that earns 100 points (a cap); without it all options are needed"""


class ScaleRule(_Rule):
    """The position on an ordered scale, worst 0, best 100."""

    method: Literal["scale"]


class NumberRule(_Rule):
    """The number as it is."""

    method: Literal["number"]
    part: Code | None = None
    """which part, where the question asks several numbers"""


class RatioRule(_Rule):
    """``scale`` × numerator ÷ denominator; no value where the denominator is zero."""

    method: Literal["ratio"]
    numerator: Code
    """part of the question"""
    denominator: Code
    """part of the question"""
    scale: Number = 100
    """100 for a percentage"""


class SumRule(_Rule):
    """The sum of several numbers, of those that are given."""

    method: Literal["sum"]
    parts: tuple[Code, ...] = ()
    """which parts; none means all"""


class CountRule(_Rule):
    """How many options are ticked."""

    method: Literal["count"]
    options: tuple[Code, ...] = ()
    """which options count; none means all"""


class FormulaRule(_Rule):
    """A formula over question codes, such as ``Q04.web / Q04.total * 100``."""

    method: Literal["formula"]
    formula: Formula
    """the formula"""


class PlugInRule(_Rule):
    """The points that a function of one's own gives for the cells of the question (:mod:`evalkit.registry`)."""

    method: Literal["plugin"]
    name: Code
    """name of the function"""
    settings: dict[str, Any] = Field(default_factory=dict)
    """its settings, by name"""


Rule = Annotated[
    PointsRule | ShareRule | ScaleRule | NumberRule | RatioRule | SumRule | CountRule | FormulaRule | PlugInRule,
    Field(discriminator="method"),
]


class CallScores(Definition):
    """The mean score of calls: weighted points of the items, deductions, vetoes; by scenario, then over scenarios."""

    method: Literal["call_scores"]


class CallRate(Definition):
    """100 × calls with 100 points on the item ÷ calls in its base; its interval is Wilson's."""

    method: Literal["call_rate"]


class CallQuantile(Definition):
    """A quantile of the numbers that auditors entered: 0.5 is the median, 0.9 the time that nine of ten calls keep."""

    method: Literal["call_quantile"]
    quantile: Annotated[Number, Field(ge=0, le=1)] = 0.5
    """which quantile, interpolated between two numbers"""


CALL_RULES = (CallScores, CallRate, CallQuantile)
"""Rules for the items of a protocol; the others are for questions."""
MeasureRule = Annotated[
    PointsRule
    | ShareRule
    | ScaleRule
    | NumberRule
    | RatioRule
    | SumRule
    | CountRule
    | FormulaRule
    | PlugInRule
    | CallScores
    | CallRate
    | CallQuantile,
    Field(discriminator="method"),
]
"""A rule for a question or for items."""


class _Relative(Definition):
    range: Range = (0, 100)
    """lowest and highest score"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where the lowest score is not the lower one."""
        low, high = self.range
        if low >= high:
            yield fault("EK112", "range", key="range", value=f"[{low:.15g}, {high:.15g}]", limit=f"{low:.15g} < …")


class MinMax(_Relative):
    """low + (x − min) ÷ (max − min) × (high − low) over the units; a constant gets the midpoint."""

    method: Literal["minmax"]


class Goalposts(_Relative):
    """As ``minmax``, between two fixed reference points; outside them clipped, or not."""

    method: Literal["goalposts"]
    low: Number
    """the raw value that earns the lowest score (the highest, where lower is better)"""
    high: Number
    """the raw value that earns the highest score (the lowest, where lower is better)"""
    clip: Flag = True
    """hold scores within the range"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where the goalposts do not stand apart."""
        yield from super().faults()
        if self.low >= self.high:
            yield fault("EK112", "low", key="low", value=f"{self.low:.15g}", limit=f"< high = {self.high:.15g}")


class ZScore(Definition):
    """mean + sd × (x − average) ÷ standard deviation over the units; a constant gets ``mean``."""

    method: Literal["zscore"]
    mean: Number = 50
    """score of an average unit"""
    sd: Annotated[Number, Field(gt=0)] = 10
    """score points a standard deviation"""


class RankScore(_Relative):
    """The rank among the units from the worst, mapped to the range; ties get their average."""

    method: Literal["rank"]


class PercentileRank(_Relative):
    """(units below + half of those equal) ÷ units, mapped to the range."""

    method: Literal["percentile_rank"]


class Target(Definition):
    """100 × actual ÷ target, at most 100 × ``cap``; where lower is better, 100 × target ÷ actual."""

    method: Literal["target"]
    target: Annotated[Number, Field(gt=0)]
    """the raw value to be reached; it scores 100"""
    cap: Annotated[Number, Field(ge=1)] | None = None
    """the highest ratio that counts, such as 1.25; without it there is none"""


class Unchanged(Definition):
    """The measure is the score."""

    method: Literal["none"]


class PlugInNormalisation(Definition):
    """The scores that a function of one's own gives for the raw values (:mod:`evalkit.registry`)."""

    method: Literal["plugin"]
    name: Code
    """name of the function"""
    settings: dict[str, Any] = Field(default_factory=dict)
    """its settings, by name"""


Normalisation = Annotated[
    MinMax | Goalposts | ZScore | RankScore | PercentileRank | Target | Unchanged | PlugInNormalisation,
    Field(discriminator="method"),
]


class Missing(Definition):
    """What a node does about children without a score."""

    rule: Literal["rescale", "zero", "fail"] = "rescale"
    """leave the child out and rescale its siblings' weights; count it as zero; or give the node no score"""
    min_coverage: Annotated[Number, Field(ge=0, le=1)] = 0.5
    """below this share of weight with data a node has no score"""
