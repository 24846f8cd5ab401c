"""What replicates draw again of all that awards look at beside scores, and what they hold as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.definitions.award_compare import Improvement, Jury, Waves
from evalkit.definitions.award_rules import Decision
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.award_field import Earlier, Field
from evalkit.scoring.award_jury import panels
from evalkit.scoring.jury import Panel

HELD = ("submissions", "jury", "decision", "earlier_waves", "sample")
"""What replicates may hold fixed: what was submitted to a jury, the marks of a jury of one, a committee's decisions,
earlier waves' scores, sizes of samples."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What replicates draw again beside scores: the scores of earlier waves, and juries, each with a generator."""

    earlier: np.random.Generator
    judges: np.random.Generator | None = None

    @classmethod
    def of_block(cls, seed: int, block: int, *, judges: bool) -> Redrawn:
        """Return the generators of a block of replicates; juries stay as they are unless ``judges``."""
        # four numbers, as no other generator of a study has
        earlier, of_judges = (np.random.default_rng([seed, 3, block, which]) for which in (0, 1))
        return cls(earlier, of_judges if judges else None)


def drawn_juries(juries: Mapping[str, Panel], draws: int, rng: np.random.Generator | None) -> list[Mapping[str, Panel]]:
    """Return the juries of every draw: of m judges of an award, m − 1 drawn with replacement, for all its submissions.

    Drawing one fewer gives means the variance that m judges have, as for calls (Rao and Wu); a judge who is drawn twice
    counts twice. A jury of one stays as it is, and all do without ``rng``.
    """
    if rng is None:
        return [juries] * draws
    found: list[dict[str, Panel]] = [{} for _ in range(draws)]
    for name, panel in juries.items():
        judges = len(panel.forms)
        counts = bootstrap_counts(np.zeros(judges, np.int64), replicates=draws, rng=rng)
        for draw, often in enumerate(counts):
            found[draw][name] = replace(panel, often=often) if judges > 1 else panel
    return list(found)


def drawn_wave(earlier: Earlier, rng: np.random.Generator) -> Earlier:
    """Return an earlier wave with other samples."""
    drawn = {
        node: earlier.scores[node] + errors * rng.standard_normal(errors.size)
        for node, errors in earlier.errors.items()
        if node in earlier.scores
    }
    return replace(earlier, scores={**earlier.scores, **drawn}) if drawn else earlier


def draws_more(schemes: Sequence[AwardScheme], field: Field) -> bool:
    """Tell whether replicates draw anything that awards look at beside scores: a jury, or an earlier wave."""
    compared = [award.compare for scheme in schemes for award in scheme.awards]
    waves = any(isinstance(each, Improvement | Waves) for each in compared)
    several = any(len(panel.forms) > 1 for panel in panels(schemes, field).values())
    return several or (waves and any(each.errors for each in field.earlier))


def held_fixed(scheme: AwardScheme, award: Award, field: Field) -> tuple[str, ...]:
    """Return what no replicate draws again though the award depends on it, of :data:`HELD`.

    A jury is where it has a single judge, earlier waves are where one of them has no errors. What the awards before it
    depend on counts too where they exclude it.
    """
    awards = (award, *scheme.displacing(award))
    juries = panels([scheme], field)
    found = {
        "submissions": any(isinstance(each.compare, Jury) for each in awards),
        "jury": any(len(juries[name].forms) == 1 for each in awards if (name := f"{scheme.id}/{each.id}") in juries),
        "decision": any(isinstance(each.rule, Decision) for each in awards),
        "earlier_waves": any(isinstance(each.compare, Improvement | Waves) for each in awards)
        and not all(each.errors for each in field.earlier),
        "sample": any(gates.sample is not None for each in awards for gates in scheme.gates_of(each)),
    }
    return tuple(key for key in HELD if found[key])
