"""What a reader of the page can set: filters of the table, and a slider for each weight."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.names import column_title
from evalkit.reports.page.ranked import RankedUnit


@dataclass(frozen=True, slots=True)
class Filter:
    """A list of values to choose from; ``key`` names the attribute of the rows that has theirs."""

    key: str
    title: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slider:
    """The weight of a node, ``node`` its index in the payload; ``value`` its official share of 100 among siblings."""

    node: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Family:
    """The sliders of siblings, under the name of the node above them."""

    title: str
    sliders: tuple[Slider, ...]


def filters(evaluation: Evaluation, units: Sequence[RankedUnit], language: Language) -> list[Filter]:
    """Return a filter for each peer group and one for the awards, if any were given."""
    groups = [str(column) for column in evaluation.manifest["recipe"]["peer_groups"]]
    found = [
        Filter(
            f"group{number}",
            column_title(column, language),
            tuple(sorted({each.groups[number] for each in units} - {""})),
        )
        for number, column in enumerate(groups)
    ]
    names = dict.fromkeys(won.name for each in units for won in each.awards)
    return [*found, Filter("awards", word("awards", language), tuple(names))] if names else found


def families(nodes: Sequence[Mapping[Hashable, Any]], labels: Mapping[str, str]) -> list[Family]:
    """Return the siblings whose weights can be tried, the dimensions first; an only child has no choice."""
    below: dict[str, list[int]] = {}
    for number, row in enumerate(nodes):
        if row["parent"]:
            below.setdefault(row["parent"], []).append(number)
    return [
        Family(
            labels[parent],
            tuple(
                Slider(number, labels[nodes[number]["node"]], f"{100 * nodes[number]['share']:.1f}")
                for number in children
            ),
        )
        for parent, children in below.items()
        if len(children) > 1
    ]


def emphases(nodes: Sequence[Mapping[Hashable, Any]], labels: Mapping[str, str]) -> tuple[Slider, ...]:
    """Return the dimensions, each of which can be given half of the index; nothing where there is only one."""
    found = families(nodes, labels)
    return next((each.sliders for each in found if nodes[each.sliders[0].node]["level"] == 1), ())
