"""In how many replicates a unit gets an award, by the award schemes themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.definitions.award_compare import Score
from evalkit.definitions.award_rules import Decision
from evalkit.definitions.awards import AwardScheme
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.awards import apply_scheme
from evalkit.uncertainty.inputs import Inputs


@dataclass(frozen=True, slots=True)
class Awarded:
    """How often each award went to each unit: (units,) by scheme and award; counts may be added."""

    counts: dict[tuple[str, str], FloatArray]
    draws: int

    def __add__(self, other: Awarded) -> Awarded:
        """Return the counts of both."""
        return Awarded({key: own + other.counts[key] for key, own in self.counts.items()}, self.draws + other.draws)

    @property
    def error(self) -> float:
        """The largest Monte Carlo standard error of a share; 0.5 where nothing was drawn."""
        if not self.draws:
            return 0.5
        shares = np.concatenate([np.zeros(1), *(each / self.draws for each in self.counts.values())])
        return float(np.sqrt(shares * (1 - shares) / self.draws).max())


def no_awards(schemes: Sequence[AwardScheme], units: int) -> Awarded:
    """Return the counts of no draw, for the awards of the schemes that can be repeated."""
    given = [(scheme.id, name) for scheme in repeatable(schemes) for award in scheme.awards for name in award.gives]
    return Awarded({key: np.zeros(units) for key in given}, 0)


def repeatable(schemes: Sequence[AwardScheme]) -> tuple[AwardScheme, ...]:
    """Return the schemes whose awards all follow from scores alone.

    What a jury or a committee decides, what earlier waves or the size of a sample decide, no replicate draws again; the
    other awards of such a scheme may depend on it.
    """
    return tuple(
        scheme
        for scheme in schemes
        if all(
            isinstance(award.compare, Score) and not isinstance(award.rule, Decision) and award.sample is None
            for award in scheme.awards
        )
    )


def count_awards(
    schemes: Sequence[AwardScheme], inputs: Inputs, register: pd.DataFrame, scores: Mapping[str, FloatArray]
) -> Awarded:
    """Apply the schemes to every replicate; ``scores`` (draws, units) by node."""
    awarded = no_awards(schemes, len(inputs.units))
    place = {unit: at for at, unit in enumerate(inputs.units)}
    columns = {str(column): list(values) for column, values in register.items()}
    names = {node.id: (node.name.say("zh"), node.name.say("en")) for node in inputs.recipe.nodes}
    root = inputs.recipe.nodes[0].id
    chosen = repeatable(schemes)
    draws = len(scores[root])
    for draw in range(draws):
        field = Field(inputs.units, _Draw(scores, draw), columns, root, inputs.recipe.tie_tolerance, names)
        for scheme in chosen:
            for given in apply_scheme(scheme, field)[0]:
                awarded.counts[scheme.id, given.award][place[given.unit]] += 1
    return Awarded(awarded.counts, draws)


class _Draw(Mapping[str, FloatArray]):
    """The scores of one draw by node."""

    def __init__(self, scores: Mapping[str, FloatArray], draw: int) -> None:
        self.scores, self.draw = scores, draw

    def __getitem__(self, node: str) -> FloatArray:
        scores: FloatArray = self.scores[node][self.draw]
        return scores

    def __iter__(self) -> Iterator[str]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)
