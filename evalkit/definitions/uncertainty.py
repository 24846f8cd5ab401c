"""What a study wants to know about how sure its ranks are: sampling error, and the choices that could be otherwise."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Flag, Identifier, Number, Weight, Whole, fault
from evalkit.definitions.rules import Aggregation, Missing, Normalisation

Share = Annotated[Number, Field(ge=0, le=1)]
DEFAULT_REPLICATES = 10_000
DEFAULT_RUNS = 1024


def quantile_place(level: float, draws: int) -> int:
    """Return which of ``draws`` in their order is the critical value at ``level``, counted from 1.

    The estimate itself counts as one more draw; a place beyond the last says that the draws are too few.
    """
    return math.ceil(round(level * (draws + 1), 9))


def fewest_draws(level: float) -> int:
    """Return how many draws a critical value at ``level`` needs at least: 19 for 0.95, 14 for 0.93."""
    near = max(int(level / (1 - level)) - 1, 1)
    return next(count for count in itertools.count(near) if quantile_place(level, count) <= count)


class _Space(Definition):
    nodes: tuple[Identifier, ...] = ()
    """nodes whose children's weights vary; none: all that have children"""


class UniformWeights(_Space):
    """Any weights, all equally likely (uniform on the simplex)."""

    method: Literal["uniform"]


class DirichletWeights(_Space):
    """Weights scattered around the official ones: Dirichlet with parameters ``concentration`` × official share."""

    method: Literal["dirichlet"]
    concentration: Annotated[Number, Field(gt=0, le=1e9)]
    """the larger, the closer to the official weights: the standard deviation of a share w is √(w(1−w)/(c+1))"""


class ShareWeights(_Space):
    """Each weight times a factor between 1 − ``share`` and 1 + ``share``, then rescaled among its siblings."""

    method: Literal["share"]
    share: Annotated[Number, Field(gt=0, lt=1)]
    """0.25 for ± 25 %"""


class BoundedWeights(_Space):
    """Weights within bounds and in an order, all such weights equally likely."""

    method: Literal["bounds"]
    bounds: dict[Identifier, tuple[Share, Share]] = Field(default_factory=dict)
    """lowest and highest share among its siblings, by node; nodes not named may have any"""
    order: tuple[tuple[Identifier, ...], ...] = ()
    """lists of siblings, the most important first"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for a space without any constraint, and for a lower bound above the upper."""
        if not self.bounds and not self.order:
            yield fault("EK103", key="bounds")
        for node, (low, high) in self.bounds.items():
            if low > high:
                yield fault("EK112", "bounds", node, key=node, value=f"{low:.15g}", limit=f"≤ {high:.15g}")


class ExpertWeights(_Space):
    """Mixtures of the weights that experts gave, all mixtures equally likely."""

    method: Literal["experts"]
    experts: tuple[dict[Identifier, Weight], ...] = Field(min_length=1)
    """one set of weights an expert, by node; a node not named has its official weight"""


WeightSpace = Annotated[
    UniformWeights | DirichletWeights | ShareWeights | BoundedWeights | ExpertWeights, Field(discriminator="method")
]


class Sensitivity(Definition):
    """Which choice moves the ranks most: Sobol indices of the mean shift of the ranks."""

    runs: Annotated[Whole, Field(ge=64, le=65536)] = DEFAULT_RUNS
    """base sample, a power of two; the ranking is computed so many times × (2 + number of choices)"""
    precision: Annotated[Number, Field(gt=0, le=0.5)] = 0.1
    """half the width of the 95 % interval of an index, above which the index is not given"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where the number of runs is no power of two."""
        if self.runs & (self.runs - 1):
            near = 1 << (self.runs.bit_length() - 1)
            yield fault("EK391", "runs", value=self.runs, below=near, above=2 * near)


class Uncertainty(Definition):
    """How sure ranks and awards are, and under which other choices of method they are looked at."""

    level: Annotated[Number, Field(ge=0.5, le=0.999)] = 0.95
    """confidence of rank intervals and certificates"""
    replicates: Annotated[Whole, Field(ge=1, le=1_000_000)] = DEFAULT_REPLICATES
    """draws of sampling errors, of weights and of other choices"""
    seed: Annotated[Whole, Field(ge=0, le=2**63)] = 1
    """seed of all draws"""
    ranks: Literal["simultaneous", "marginal"] = "simultaneous"
    """rank intervals that hold for all units at once, or for each unit looked at alone"""
    weights: WeightSpace = Field(default_factory=lambda: ShareWeights(method="share", share=0.25))
    """which other weights are looked at; without it ± 25 % of each"""
    normalise: tuple[Normalisation, ...] = ()
    """other normalisations, for every indicator, beside the official ones"""
    outliers: tuple[Annotated[Number, Field(gt=0)], ...] = ()
    """treatments of outliers, beside none: modified z-scores, such as 3.5, beyond which raw values are pulled in"""
    aggregate: tuple[Aggregation, ...] = ()
    """other means, for every node, beside the official ones"""
    missing: tuple[Missing, ...] = ()
    """other rules for missing data, for every node, beside the official ones"""
    drop_one: Flag = False
    """whether one indicator at a time is left out too"""
    stop_at: Annotated[Number, Field(ge=0, le=0.5)] = 0.01
    """standard error of the shares of replicates at which awards are no longer repeated; 0: all replicates"""
    sensitivity: Sensitivity = Sensitivity()
    """which choice moves the ranks most"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where there are fewer replicates than the level needs."""
        needed = fewest_draws(self.level)
        if self.replicates < needed:
            yield fault("EK390", "replicates", value=self.replicates, level=f"{self.level:g}", needed=needed)
