"""In how many replicates a unit gets an award, by the award schemes themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evalkit.definitions.award_compare import Improvement, Jury, Waves
from evalkit.definitions.award_rules import Decision
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Earlier, Field
from evalkit.scoring.awards import apply_scheme

HELD = ("jury", "decision", "earlier_waves", "sample")
"""What replicates may hold fixed: marks, a committee's decisions, earlier waves' scores, sizes of samples."""


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
    rng: np.random.Generator | None = None,
) -> Awarded:
    """Apply the schemes to every replicate; ``scores`` (draws, units) by node.

    With ``rng`` the scores of earlier waves are drawn too, where their errors are known. All else that awards look at
    is held as it is in the ``field``: register, sizes of samples, what a jury and committees said.
    """
    awarded = no_awards(schemes, len(field.units))
    place = {unit: at for at, unit in enumerate(field.units)}
    draws = len(scores[field.root])
    for draw in range(draws):
        earlier = field.earlier if rng is None else tuple(_drawn(each, rng) for each in field.earlier)
        drawn = replace(field, scores=_Draw(scores, draw), earlier=earlier, explained=False)
        for scheme in schemes:
            for given in apply_scheme(scheme, drawn)[0]:
                awarded.counts[scheme.id, given.award][place[given.unit]] += 1
    return Awarded(awarded.counts, draws)


def earlier_draws(seed: int, block: int) -> np.random.Generator:
    """Return the generator of the scores of earlier waves in a block of replicates."""
    return np.random.default_rng([seed, 3, block, 0])  # four numbers, as no other generator of a study has


def _drawn(earlier: Earlier, rng: np.random.Generator) -> Earlier:
    """Return an earlier wave with other samples."""
    drawn = {
        node: earlier.scores[node] + errors * rng.standard_normal(errors.size)
        for node, errors in earlier.errors.items()
        if node in earlier.scores
    }
    return replace(earlier, scores={**earlier.scores, **drawn}) if drawn else earlier


def held_fixed(scheme: AwardScheme, award: Award, field: Field) -> tuple[str, ...]:
    """Return what no replicate draws again though the award depends on it, of :data:`HELD`.

    Earlier waves are where one of them has no errors. What the awards before it depend on counts too where they
    exclude it.
    """
    awards = (award, *scheme.displacing(award))
    found = {
        "jury": any(isinstance(each.compare, Jury) for each in awards),
        "decision": any(isinstance(each.rule, Decision) for each in awards),
        "earlier_waves": any(isinstance(each.compare, Improvement | Waves) for each in awards)
        and not all(each.errors for each in field.earlier),
        "sample": any(gates.sample is not None for each in awards for gates in scheme.gates_of(each)),
    }
    return tuple(key for key in HELD if found[key])


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
