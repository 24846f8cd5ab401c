"""Small fields of units, and what a scheme gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.definitions.awards import AwardScheme
from evalkit.problems import Problem
from evalkit.scoring.award_field import Earlier, Field
from evalkit.scoring.awards import Given, apply_scheme
from evalkit.sources.nominations import NO_NOMINATIONS, Nominations

NAN = float("nan")


def field(
    scores: Sequence[float],
    *,
    nodes: Mapping[str, Sequence[float]] | None = None,
    columns: Mapping[str, Sequence[str]] | None = None,
    sizes: Mapping[str, Sequence[int]] | None = None,
    earlier: Mapping[str, Sequence[float]] | None = None,
    comparable: bool = True,
    nominations: Nominations = NO_NOMINATIONS,
    units: Sequence[str] = (),
) -> Field:
    """Units U1, U2 … with these scores of the index and of other nodes."""
    ids = tuple(units) or tuple(f"U{number}" for number in range(1, len(scores) + 1))
    given = {"ROOT": scores, **(nodes or {})}
    return Field(
        units=ids,
        scores={node: np.array(values, dtype=float) for node, values in given.items()},
        columns={"unit": ids, **(columns or {})},
        root="ROOT",
        tolerance=1e-9,
        node_names={
            "ROOT": ("总指数", "Index"),
            **{node: (f"节点{node}", f"Node {node}") for node in given if node != "ROOT"},
        },
        sizes={node: np.array(values) for node, values in (sizes or {}).items()},
        earlier=tuple(
            Earlier(wave, {"ROOT": np.array(values, dtype=float)}, comparable)
            for wave, values in (earlier or {}).items()
        ),
        nominations=nominations,
    )


@dataclass(frozen=True)
class Outcome:
    """Winners by award, all that was given, and the findings."""

    winners: dict[str, list[str]]
    given: list[Given]
    problems: list[Problem]

    @property
    def codes(self) -> list[str]:
        """Codes of the findings."""
        return [each.code for each in self.problems]

    def of(self, code: str) -> list[dict[str, str]]:
        """What the findings of a code say."""
        return [dict(each.params) for each in self.problems if each.code == code]

    def why(self, unit: str, award: str | None = None) -> str:
        """The reason of a unit's (only) award."""
        return next(each.reason for each in self.given if each.unit == unit and award in {None, each.award})


def apply(scheme: AwardScheme, where: Field) -> Outcome:
    """Apply a scheme."""
    given, problems = apply_scheme(scheme, where)
    winners: dict[str, list[str]] = {gives: [] for award in scheme.awards for gives in award.gives}
    for each in given:
        winners[each.award].append(each.unit)
    return Outcome(winners, given, problems)


def award(where: Field, rule: Mapping[str, Any], **keys: Any) -> Outcome:  # noqa: ANN401 - any key of an award
    """Give one award of this rule."""
    return awards(where, [{"rule": rule, **keys}])


def awards(where: Field, declared: Sequence[Mapping[str, Any]], **keys: Any) -> Outcome:  # noqa: ANN401 - as above
    """Give several awards a1, a2 … of a scheme with these ``keys``."""
    listed = [{"id": f"a{number}", "name": "prize", **each} for number, each in enumerate(declared, start=1)]
    scheme = {"id": "s", "version": "1", "name": "s", "awards": listed, **keys}
    return apply(AwardScheme.model_validate(scheme), where)
