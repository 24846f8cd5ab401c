"""All replicates of a study: other methods (b), and other methods on other samples (c), block by block.

Every block has its own generators, so the numbers do not depend on how many processes share the work; results are added
in the order of the blocks. Award schemes are applied until the standard error of every share is small enough, which is
looked at after each wave of blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from evalkit.definitions.awards import AwardScheme
from evalkit.scoring.award_field import Field
from evalkit.uncertainty.acceptability import Counts, count_ranks
from evalkit.uncertainty.award_redraws import Redrawn, draws_more
from evalkit.uncertainty.award_shares import Awarded, count_awards, no_awards
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.method_space import MethodDraws, blocks, draw_block
from evalkit.uncertainty.replicates import ReplicateScores, sampled
from evalkit.uncertainty.weighted_scores import effective_weights

WAVE = 4
"""Blocks after which it is looked at whether the awards need more replicates."""
Progress = Callable[[int, int], None]
"""Called with the blocks done and the blocks there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What a block needs; it can be sent to another process."""

    inputs: Inputs
    schemes: tuple[AwardScheme, ...]
    field: Field


@dataclass(frozen=True, slots=True, eq=False)
class Replicated:
    """Counts over replicates: of other methods; of other methods on other samples, None without sampling errors.

    ``both_awards`` are there too where juries or earlier waves are all that is drawn again.
    """

    method: Counts
    method_awards: Awarded
    both: Counts | None
    both_awards: Awarded | None

    def __add__(self, other: Replicated) -> Replicated:
        """Return the counts of both."""
        together = None if self.both is None or other.both is None else self.both + other.both
        both_awards = self.both_awards
        if both_awards is not None and other.both_awards is not None:
            both_awards = both_awards + other.both_awards
        return Replicated(self.method + other.method, self.method_awards + other.method_awards, together, both_awards)

    @property
    def award_error(self) -> float:
        """The largest Monte Carlo standard error of a share of awards."""
        return max(self.method_awards.error, 0.0 if self.both_awards is None else self.both_awards.error)


def replicate_block(study: Study, block: int, *, with_awards: bool) -> Replicated:
    """Return the counts of one block of replicates."""
    inputs = study.inputs
    draws = draw_block(inputs, block)
    schemes = study.schemes if with_awards else ()
    method, method_awards = _count(study, schemes, ReplicateScores(inputs, draws, inputs.raw), draws)
    redrawn = Redrawn.of_block(inputs.choices.seed, block, judges=True)
    if inputs.has_error.any():
        raw = sampled(inputs, block, len(draws.shares), refit=True)
        both, both_awards = _count(study, schemes, ReplicateScores(inputs, draws, raw), draws, redrawn)
        return Replicated(method, method_awards, both, both_awards)
    if not draws_more(study.schemes, study.field):
        return Replicated(method, method_awards, None, None)
    _, both_awards = _count(study, schemes, ReplicateScores(inputs, draws, inputs.raw), draws, redrawn)
    return Replicated(method, method_awards, None, both_awards)


def _count(
    study: Study,
    schemes: tuple[AwardScheme, ...],
    scores: ReplicateScores,
    draws: MethodDraws,
    redrawn: Redrawn | None = None,
) -> tuple[Counts, Awarded]:
    inputs = study.inputs
    weights = effective_weights(inputs.recipe.nodes, draws.shares)
    root = inputs.recipe.nodes[0].id
    counts, _ = count_ranks(scores[root], weights, tolerance=inputs.recipe.tie_tolerance)
    if not schemes:
        return counts, no_awards(study.schemes, len(inputs.units))
    return counts, count_awards(schemes, study.field, scores, redrawn)


def replicate(study: Study, *, workers: int = 1, progress: Progress | None = None) -> Replicated:
    """Return the counts of all replicates; the same for any number of ``workers``. Raises SpaceError."""
    total: Replicated | None = None
    count = blocks(study.inputs.choices)
    with _mapping(workers) as run:
        for start in range(0, count, WAVE):
            wave = range(start, min(start + WAVE, count))
            settled = total is not None and total.award_error <= study.inputs.choices.stop_at
            for number, found in enumerate(run(study, wave, not (settled or not study.schemes)), start=start + 1):
                total = found if total is None else total + found
                if progress is not None:
                    progress(number, count)
    if total is None:
        raise ValueError("a study has at least one replicate")
    return total


Run = Callable[[Study, Sequence[int], bool], Iterator[Replicated]]


@contextmanager
def _mapping(workers: int) -> Iterator[Run]:
    """Give a function that runs blocks in their order, here or in other processes."""
    if workers <= 1:
        yield lambda study, wave, with_awards: (
            replicate_block(study, block, with_awards=with_awards) for block in wave
        )
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:

        def run(study: Study, wave: Sequence[int], with_awards: bool) -> Iterator[Replicated]:
            futures = [pool.submit(replicate_block, study, block, with_awards=with_awards) for block in wave]
            return (future.result() for future in futures)

        yield run
