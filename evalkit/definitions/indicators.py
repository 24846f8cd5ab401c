"""The indicator set: a tree of nodes whose leaves, the indicators, say how they are measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from evalkit.definitions.adjust import Adjust
from evalkit.definitions.base import Code, Definition, Fault, Flag, Identifier, Text, Weight, fault
from evalkit.definitions.records import RecordMeasure
from evalkit.definitions.rules import (
    CALL_RULES,
    Aggregation,
    CallQuantile,
    CallRate,
    CallScores,
    Formula,
    MeasureRule,
    Missing,
    Normalisation,
    Rule,
    Unchanged,
    Weighting,
)
from evalkit.provenance import sha256

Attestation = str
"""What is found and what is reconstructed: ``heading`` and ``text`` are found in the published report; ``split: …``
and ``reconstructed`` are not; ``placeholder`` must be set by the user."""


class Part(Definition):
    """One question's contribution to an indicator that is measured by several."""

    question: Code
    """question code"""
    rule: Rule
    """how its answer becomes points"""
    weight: Weight = 1
    """weight among the parts; the indicator is their weighted mean"""


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Items = Annotated[
    tuple[Code, ...],
    BeforeValidator(_one_or_more),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
"""The code of an item, or several."""


class Measure(Definition):
    """Where the raw value of an indicator comes from: one of column, question, parts, formula, item, records."""

    column: str | None = None
    """a column of ready-made values"""
    se: str | None = None
    """the column of their standard errors, in the unit of the values"""
    question: Code | None = None
    """one question, with its ``rule``"""
    rule: MeasureRule | None = None
    """how the answer becomes points; for items ``call_scores`` unless it says otherwise"""
    parts: tuple[Part, ...] | None = Field(default=None, min_length=1)
    """several questions, each with its rule and weight"""
    formula: Formula | None = None
    """a formula over question codes"""
    item: Items | None = None
    """items of the mystery-call protocol, their deductions and vetoes included"""
    records: RecordMeasure | None = None
    """work orders or call records"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for two sources or none, and for a question without a rule or a rule without a question."""
        sources = ("column", "question", "parts", "formula", "item", "records")
        found = [name for name in sources if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="measure", allowed=", ".join(sources), found=", ".join(found) or "-")
        elif self.se is not None and self.column is None:
            yield fault("EK103", key="column")
        elif self.question is not None and self.rule is None:
            yield fault("EK103", key="rule")
        elif self.rule is not None and self.question is None and self.item is None:
            yield fault("EK103", key="question")
        elif self.rule is not None and isinstance(self.rule, CALL_RULES) != (self.item is not None):
            key = "item" if self.item is not None else "question"
            allowed = _CALL_METHODS if self.item is not None else _QUESTION_METHODS
            yield fault("EK375", "rule", "method", method=self.rule.method, key=key, allowed=allowed)

    @property
    def of_questions(self) -> bool:
        """Whether answers to questions are scored, and not values, calls or records read."""
        return self.column is None and self.item is None and self.records is None

    @property
    def scored_parts(self) -> tuple[Part, ...]:
        """The questions that feed the indicator; one for ``question``, none for ``column`` and ``formula``."""
        if self.question is not None and self.rule is not None and not isinstance(self.rule, CALL_RULES):
            return (Part(question=self.question, rule=self.rule),)
        return self.parts or ()

    @property
    def call_rule(self) -> CallScores | CallRate | CallQuantile:
        """How the calls become the raw value, for an indicator measured by items."""
        return self.rule if isinstance(self.rule, CALL_RULES) else CallScores(method="call_scores")


_CALL_METHODS = "call_scores, call_rate, call_quantile"
_QUESTION_METHODS = "points, share, scale, number, ratio, sum, count, formula"
_OF_INDICATORS = ("direction", "unit", "normalise", "sampling_error")
_OF_GROUPS = ("aggregate", "missing", "adjust", "weighting")


class Node(Definition):
    """A node of the tree: a group with ``children``, or an indicator with a ``measure``."""

    id: Identifier
    """unique within the set"""
    name: Text
    """name for people"""
    weight: Weight | None = None
    """weight among its siblings, any scale; equal weights where no sibling gives one"""
    children: tuple[Node, ...] = ()
    """nodes below this one"""
    aggregate: Aggregation | None = None
    """mean by which the children become this node's score"""
    missing: Missing | None = None
    """what to do about children without a score"""
    adjust: Adjust | None = None
    """points taken off the mean and added to it"""
    weighting: Weighting | None = None
    """where the weights of the children come from, if not from their own ``weight``"""
    direction: Literal["higher", "lower"] = "higher"
    """which raw values are better"""
    unit: str = ""
    """unit of the raw value"""
    normalise: Normalisation | None = None
    """how the raw value becomes a score"""
    measure: Measure | None = None
    """where the raw value comes from"""
    sampling_error: Flag = False
    """whether the measure is estimated from a sample (calls, respondents) rather than told by the unit itself"""
    source: str = ""
    """where the node comes from"""
    attestation: Attestation = ""
    """what of it is found in a source and what is reconstructed"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for a node that is group and indicator at once, and for keys that only the other one has."""
        if self.children and self.measure is not None:
            yield fault("EK116", key=self.id, allowed="children, measure", found="children, measure")
        where = (
            ("有下级的节点", "a node with children") if self.children else ("没有下级的节点", "a node without children")
        )
        for name in _OF_INDICATORS if self.children else _OF_GROUPS:
            if name in self.model_fields_set:
                yield fault("EK121", name, key=name, where_zh=where[0], where_en=where[1])
        if self.children and self.adjust is not None:
            yield from self._faults_of_adjust(self.adjust)

    def _faults_of_adjust(self, adjust: Adjust) -> Iterator[Fault]:
        ids = [child.id for child in self.children]
        for name in adjust.named:
            if name not in ids:
                yield fault("EK336", "adjust", node=self.id, child=name, allowed=", ".join(ids))
        others = [child for child in self.children if child.id not in adjust.named]
        if others and adjust.start is not None:
            where = ("有下级取平均的节点", "a node that has a mean of children")
            yield fault("EK121", "adjust", "start", key="start", where_zh=where[0], where_en=where[1])
        if not others and adjust.start is None:
            yield fault("EK103", "adjust", key="start")
        for number, child in enumerate(self.children):
            if child.id in adjust.named and child.weight is not None:
                where = ("adjust 引用的下级", "a child that adjust names")
                yield fault("EK121", "children", number, "weight", key="weight", where_zh=where[0], where_en=where[1])

    @property
    def is_indicator(self) -> bool:
        """A leaf of the tree."""
        return not self.children

    @property
    def adjusters(self) -> tuple[str, ...]:
        """The children that take no part in the mean, but adjust it."""
        return self.adjust.named if self.adjust is not None else ()


class Defaults(Definition):
    """What holds for every node that says nothing else."""

    normalise: Normalisation = Field(default_factory=lambda: Unchanged(method="none"))
    """how raw values become scores"""
    aggregate: Aggregation = "arithmetic"
    """mean by which children become a node's score"""
    missing: Missing = Missing()
    """what to do about children without a score"""


class IndicatorSet(Definition):
    """A versioned tree of indicators."""

    id: Identifier
    """id of the set"""
    kind: Literal["indicators"] = "indicators"
    """what this file is"""
    version: str
    """version of the set"""
    name: Text
    """name for people"""
    source: str = ""
    """where the set comes from; what is reconstructed says so"""
    defaults: Defaults = Field(default_factory=Defaults)
    """methods for all nodes"""
    tree: Node
    """the root: the index"""

    def walk(self) -> Iterator[Branch]:
        """Yield every node from the root down, parents before children, siblings in the order of the file."""
        yield from _walk(self.tree, None, 0, ("tree",))

    @property
    def fingerprint(self) -> str:
        """Hash of id, version, defaults and tree: the same whether a set is written whole or extends another."""
        content = self.model_dump(mode="json", include={"id", "version", "defaults", "tree"})
        return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8"))

    def indicators(self) -> tuple[Node, ...]:
        """Return the leaves in the order of the file."""
        return tuple(branch.node for branch in self.walk() if branch.node.is_indicator)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with its place in the tree; ``loc`` leads to it in the file."""

    node: Node
    parent: Node | None
    level: int
    loc: tuple[str | int, ...]


def _walk(node: Node, parent: Node | None, level: int, loc: tuple[str | int, ...]) -> Iterator[Branch]:
    yield Branch(node, parent, level, loc)
    for index, child in enumerate(node.children):
        yield from _walk(child, node, level + 1, (*loc, "children", index))
