"""Places that are shared by a tie: of scores with sampling error a tie is chance, and would not be there again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.definitions.award_rules import Blocks, Top
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import BoolArray
from evalkit.scoring.award_division import block_sizes
from evalkit.scoring.award_reasons import places
from evalkit.uncertainty.award_gates import takes_part
from evalkit.uncertainty.award_judged import Compared, Judged, compared


def winners_of(given: pd.DataFrame, names: list[str], judged: Judged) -> BoolArray:
    """Tell who has one of the awards or blocks, (units,); ``given`` are rows of the table ``awards``."""
    units = set(given.loc[given["award"].isin(names), "unit"])
    return np.array([unit in units for unit in judged.field.units], dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """Who holds the awards of a scheme: ``given`` are its rows of ``awards``, ``members`` (units,) a group of units."""

    scheme: AwardScheme
    given: pd.DataFrame
    judged: Judged
    members: BoolArray

    def by_tie(self, award: Award, gives: str) -> int:
        """Return how many hold an award, or a better one in its place, beyond the places that there are.

        They do where units tied across a cut all get the award. Counted are ties of scores with sampling error only: a
        tie of scores that are known is none that other samples would break.
        """
        if isinstance(award.rule, Blocks):
            return self._in_blocks(award, award.rule, gives)
        ladder = [award, *self.scheme.displacing(award)]
        if isinstance(award.rule, Top) and award.rule.count_from == "all":  # those on higher rungs take up places here
            return self._beyond(award, self._of([each.id for each in ladder]))
        return sum(self._beyond(each, self._of([each.id])) for each in ladder)

    def _of(self, names: list[str]) -> BoolArray:
        return winners_of(self.given, names, self.judged) & self.members

    def _eligible(self, award: Award, what: Compared) -> BoolArray:
        return takes_part(self.scheme.gates_of(award), self.judged) & self.members & ~np.isnan(what.scores)

    def _beyond(self, award: Award, holders: BoolArray) -> int:
        if not isinstance(award.rule, Top):
            return 0
        what = compared(award, self.judged)
        available = places(award.rule, int(self._eligible(award, what).sum()))
        return _surplus(what, holders, available, self.judged.field.tolerance)

    def _in_blocks(self, award: Award, rule: Blocks, gives: str) -> int:
        if rule.by not in {"share", "places"}:
            return 0
        what = compared(award, self.judged)
        elsewhere = self._of([name for each in self.scheme.displacing(award) for name in each.gives])
        divided = self._eligible(award, what) & ~elsewhere
        names = [block.id for block in rule.blocks]
        upper = block_sizes(rule, int(divided.sum()))[: names.index(gives) + 1]
        holders = self._of(names[: len(upper)]) & divided
        return _surplus(what, holders, sum(size or 0 for size in upper), self.judged.field.tolerance)


def _surplus(what: Compared, holders: BoolArray, available: int, tolerance: float) -> int:
    """Return by how many the holders exceed the places, where the last of them are tied by scores with error."""
    more = int(holders.sum()) - available
    if more <= 0:
        return 0
    last = holders & (what.scores <= np.min(what.scores[holders]) + tolerance)
    return more if (what.error[last] > 0).any() else 0
