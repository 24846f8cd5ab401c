"""The rubric of a mystery-call protocol: items, what an auditor may answer, and what an answer is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Code, Definition, Fault, Flag, Number, Text, Weight, fault

ItemType = Literal["yesno", "scale", "count", "seconds", "outcome", "text"]
"""outcome: computed from the call's outcome code, not asked; the others are filled in by the auditor."""
Role = Literal["scored", "deduction", "veto", "descriptive"]

YES_NO_CODES = ("yes", "no")
_MEASURED: tuple[ItemType, ...] = ("count", "seconds")
_CHOSEN: tuple[ItemType, ...] = ("yesno", "scale", "outcome")

Points = Annotated[Number, Field(ge=0, le=100)]
"""Points of a call on one item: 0 worst, 100 best."""


class ScaleStep(Definition):
    """A step of a scale."""

    code: Code
    """short code, entered by the auditor"""
    name: Text
    """label for people"""
    points: Points | None = None
    """points of this step; without any, the steps stand at equal distances from 100 (first) to 0 (last)"""


TYPES_OF_ROLE: dict[Role, tuple[ItemType, ...]] = {
    "scored": ("yesno", "scale", "count", "seconds", "outcome"),
    "deduction": ("yesno", "scale", "count", "outcome"),
    "veto": ("yesno", "scale", "outcome"),
    "descriptive": ("yesno", "scale", "count", "seconds", "outcome", "text"),
}
"""Which types of item a role can have."""
_NEEDED: dict[tuple[Role, ItemType], tuple[str, ...]] = {
    ("scored", "count"): ("best", "worst"),
    ("scored", "seconds"): ("best", "worst"),
    ("scored", "outcome"): ("points",),
    ("deduction", "count"): ("deduct_each",),
    **{("deduction", each): ("deduct",) for each in _CHOSEN},
    **{("veto", each): ("when",) for each in _CHOSEN},
}
_ROLES_OF_KEY: dict[str, tuple[Role, ...]] = {
    "weight": ("scored",),
    "best": ("scored",),
    "worst": ("scored",),
    "deduct": ("deduction",),
    "deduct_each": ("deduction",),
    "deduct_most": ("deduction",),
    "when": ("veto",),
}
_TYPES_OF_KEY: dict[str, tuple[ItemType, ...]] = {
    "steps": ("scale",),
    "best": _MEASURED,
    "worst": _MEASURED,
    "points": ("yesno", "outcome"),
    "norm": ("seconds",),
    "deduct": _CHOSEN,
    "deduct_each": ("count",),
    "deduct_most": ("count",),
    "when": _CHOSEN,
    "not_applicable": ("yesno", "scale", "count", "seconds"),
}


class Item(Definition):
    """A line of the rubric.

    ``scored``: the call gets 0 to 100 points, and the item a weight among the items of its indicator. ``deduction``:
    points are taken from the call's score. ``veto``: one of the answers in ``when`` makes the call's score 0.
    ``descriptive``: for tables only. Deductions and vetoes act in the indicators that list them.
    """

    code: Code
    """unique within the protocol"""
    text: Text
    """what the auditor judges"""
    type: ItemType
    """yesno, scale (steps, best first), count, seconds, text; outcome is computed from the call's outcome"""
    role: Role = "scored"
    """what the answer does"""
    base: Code
    """the base of calls in which the item is judged: one of ``bases``"""
    channels: tuple[Code, ...] = ()
    """channels on which it is judged; none means all"""
    scenarios: tuple[Code, ...] = ()
    """scenarios in which it is judged; none means all"""
    weight: Weight = 1
    """weight among the scored items of an indicator; rescaled where another item does not apply"""
    steps: tuple[ScaleStep, ...] = Field(default=(), max_length=20)
    """scale: the steps, best first"""
    points: dict[Code, Points] = Field(default_factory=dict)
    """yesno: points of ``yes`` and ``no``, 100 and 0 unless they say otherwise; outcome: points of outcome codes"""
    best: Number | None = None
    """count, seconds: the number that earns 100 points, and all that are better"""
    worst: Number | None = None
    """count, seconds: the number that earns 0 points; in between the points fall evenly"""
    norm: Annotated[Number, Field(gt=0)] | None = None
    """seconds: the longest time that is in order"""
    deduct: dict[Code, Points] = Field(default_factory=dict)
    """deduction by answer: points taken from the call's score"""
    deduct_each: Annotated[Number, Field(gt=0, le=100)] | None = None
    """count: points taken for each"""
    deduct_most: Annotated[Number, Field(gt=0, le=100)] | None = None
    """count: at most so many"""
    when: tuple[Code, ...] = ()
    """veto: the answers that make the call's score 0"""
    not_applicable: Flag = False
    """whether the auditor may answer that it does not apply; the other items' weights are then rescaled"""
    help: Text | None = None
    """how to judge"""
    source: str = ""
    """where the item comes from"""
    attestation: str = ""
    """what of it is found in a source and what is reconstructed"""

    def faults(self) -> Iterator[Fault]:
        """Yield keys that have no effect, keys that lack, and answers that do not exist."""
        for name in self.model_fields_set:
            yield from self._without_effect(name)
        yield from self._lacking()
        yield from self._order()
        if self.type == "outcome":
            return  # the answers are the protocol's outcomes, which the protocol checks
        for name in ("points", "deduct"):
            if self.type in _TYPES_OF_KEY[name]:
                yield from (self._unknown(code, name, code) for code in getattr(self, name) if code not in self.answers)
        if self.type in _TYPES_OF_KEY["when"]:
            yield from (self._unknown(code, "when", i) for i, code in enumerate(self.when) if code not in self.answers)

    def _without_effect(self, name: str) -> Iterator[Fault]:
        if self.type not in _TYPES_OF_KEY.get(name, (self.type,)):
            where = f"type: {self.type}"
            yield fault("EK121", name, key=name, where_zh=where, where_en=where)
        elif self.role not in _ROLES_OF_KEY.get(name, (self.role,)):
            where = f"role: {self.role}"
            yield fault("EK121", name, key=name, where_zh=where, where_en=where)

    def _lacking(self) -> Iterator[Fault]:
        if self.type == "scale" and len(self.steps) < 2:  # noqa: PLR2004 - one step is no scale
            yield fault("EK120", "steps", key="steps", found=len(self.steps), limit="≥ 2")
        types = TYPES_OF_ROLE[self.role]
        if self.type not in types:
            yield fault("EK374", "role", item=self.code, type=self.type, role=self.role, allowed=", ".join(types))
            return
        for name in _NEEDED.get((self.role, self.type), ()):
            if getattr(self, name) in (None, {}, ()):
                yield fault("EK103", key=name)

    def _order(self) -> Iterator[Fault]:
        if self.best is not None and self.best == self.worst:
            limit = f"≠ worst = {self.worst:.15g}"
            yield fault("EK112", "best", key="best", value=f"{self.best:.15g}", limit=limit)
        codes = [step.code for step in self.steps]
        for index, step in enumerate(self.steps):
            if step.code in codes[:index]:
                yield fault("EK119", "steps", index, "code", key=self.code, code=step.code)
            elif (step.points is None) != (self.steps[0].points is None):
                yield fault("EK103", "steps", index, key="points")

    def _unknown(self, code: str, *way: str | int) -> Fault:
        about = {"where": self.code, "what_zh": "答案", "what_en": "answer", "name": code}
        return fault("EK370", *way, **about, allowed=", ".join(self.answers), suggestion_zh="", suggestion_en="")

    @property
    def answers(self) -> tuple[str, ...]:
        """The codes that can be answered; none for numbers, text and outcomes."""
        return YES_NO_CODES if self.type == "yesno" else tuple(step.code for step in self.steps)

    @property
    def points_by_answer(self) -> dict[str, float]:
        """Points of each answer of a chosen item: as declared, or at equal distances."""
        if self.type == "yesno":
            return {"yes": 100.0, "no": 0.0} | self.points
        if self.type == "outcome":
            return dict(self.points)
        last = max(len(self.steps) - 1, 1)
        even = {step.code: 100.0 * (last - place) / last for place, step in enumerate(self.steps)}
        return {step.code: even[step.code] if step.points is None else step.points for step in self.steps}

    @property
    def is_asked(self) -> bool:
        """Whether the auditor fills it in."""
        return self.type != "outcome"
