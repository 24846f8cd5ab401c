"""In how many replicates a unit gets an award, by the award schemes themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evalkit.definitions.awards import AwardScheme
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_jury import panels
from evalkit.scoring.awards import winners
from evalkit.uncertainty.award_redraws import Redrawn, drawn_juries, drawn_wave


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
    """Return the counts of no draw."""
    given = [(scheme.id, name) for scheme in schemes for award in scheme.awards for name in award.gives]
    return Awarded({key: np.zeros(units) for key in given}, 0)


def count_awards(
    schemes: Sequence[AwardScheme],
    field: Field,
    scores: Mapping[str, FloatArray],
    redrawn: Redrawn | None = None,
) -> Awarded:
    """Apply the schemes to every replicate; ``scores`` (draws, units) by node.

    With ``redrawn`` the scores of earlier waves are drawn too, where their errors are known, and the judges of juries
    (:func:`drawn_juries`). All else that awards look at is held as it is in the ``field``: register, sizes of samples,
    what was submitted, what committees said.
    """
    awarded = no_awards(schemes, len(field.units))
    draws = len(scores[field.root])
    juries = panels(schemes, field)
    redrawn_juries = [juries] * draws if redrawn is None else drawn_juries(juries, draws, redrawn.judges)
    for draw in range(draws):
        earlier = (
            field.earlier if redrawn is None else tuple(drawn_wave(each, redrawn.earlier) for each in field.earlier)
        )
        drawn = replace(
            field, scores=_Draw(scores, draw), earlier=earlier, panels=redrawn_juries[draw], explained=False
        )
        for scheme in schemes:
            for _, won in winners(scheme, drawn)[0]:
                for each, _ in won:
                    awarded.counts[scheme.id, each.gives][each.index] += 1
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
