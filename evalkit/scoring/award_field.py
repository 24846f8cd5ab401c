"""The units that compete for awards, with all that an award may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.jury import Panel
from evalkit.sources.nominations import NO_NOMINATIONS, Nominations


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier wave: scores by node in the order of the field's units, NaN where a unit had none.

    ``comparable`` says that its scores and those of this wave come from one framework. ``errors``: standard errors of
    the scores by node, 0 for none, where they are known.
    """

    wave: str
    scores: Mapping[str, FloatArray]
    comparable: bool
    errors: Mapping[str, FloatArray] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """The units that compete: ids, scores by node, and the register's columns, all in one order.

    ``sizes``: how many answer cells stand behind a node, by node. ``earlier``: earlier waves, the oldest first.
    ``explained``: whether bases and reasons of awards are put into words; who only counts winners does without.
    ``panels``: juries that were put together already, or drawn again, by award (``SCHEME/AWARD``); those of other
    awards are read from the ``nominations``.
    """

    units: tuple[str, ...]
    scores: Mapping[str, FloatArray]
    columns: Mapping[str, Sequence[str]]
    root: str
    tolerance: float
    node_names: Mapping[str, tuple[str, str]]
    sizes: Mapping[str, IntArray] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()
    nominations: Nominations = NO_NOMINATIONS
    explained: bool = True
    panels: Mapping[str, Panel] = field(default_factory=dict)

    def take(self, rows: Sequence[int]) -> Field:
        """Return a field of these rows, which may name a unit several times."""
        at = np.array(rows, dtype=np.intp)
        return replace(
            self,
            units=tuple(self.units[row] for row in rows),
            scores=_taken(self.scores, at),
            columns={name: [values[row] for row in rows] for name, values in self.columns.items()},
            sizes={node: sizes[at] for node, sizes in self.sizes.items()},
            earlier=tuple(
                replace(each, scores=_taken(each.scores, at), errors=_taken(each.errors, at)) for each in self.earlier
            ),
        )


def _taken(by_node: Mapping[str, FloatArray], rows: IntArray) -> dict[str, FloatArray]:
    return {node: values[rows] for node, values in by_node.items()}
