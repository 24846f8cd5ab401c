"""The certificate of each award: how surely the winner would have it if the samples had no error.

By one of four methods, which the column ``certificate_method`` names:

* ``threshold``: a value against a cut; one-sided tests, all units together (Benjamini and Hochberg);
* ``rank sets``: places among rivals; bounds of the ranks;
* ``replicates``: no formula (natural breaks, awards that wait for others): the award stage in samples drawn again;
* ``none``: nothing that decides the award has a sampling error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from evalkit.definitions.award_compare import Jury
from evalkit.definitions.award_rules import Band, Blocks, Decision, Top, Unset
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import TextArray
from evalkit.uncertainty import award_cuts, award_places
from evalkit.uncertainty.award_gates import gates_are_sampled
from evalkit.uncertainty.award_judged import Judged, entering
from evalkit.uncertainty.award_places import Bounds, ranks_alike
from evalkit.uncertainty.award_sampling import sampled_awards, share_holding
from evalkit.uncertainty.award_shares import Awarded
from evalkit.uncertainty.award_ties import winners_of
from evalkit.uncertainty.certificates import NO_ERROR, by_share

Method = Literal["threshold", "rank sets", "replicates", "none"]
VETO = "veto="
"""How the basis of an award begins that a veto gave."""
_TOGETHER = "Benjamini-Hochberg"


@dataclass(frozen=True, slots=True)
class Certificate:
    """How sure an award is, one of ``CERTIFICATES`` or ``NO_ERROR``; ``method`` says how and at which level."""

    label: str
    method: str


def certificates(scheme: AwardScheme, given: pd.DataFrame, judged: Judged) -> dict[tuple[str, str], Certificate]:
    """Return the certificates of a scheme's awards by award and unit; ``given`` are its rows of the table ``awards``.

    What a jury, a committee and the sizes of samples say is taken as it is, and so are earlier waves whose errors are
    not known.
    """
    methods = {award.id: method_of(scheme, award, judged) for award in scheme.awards}
    repeated = sampled_awards(scheme, judged) if "replicates" in methods.values() else None
    case = _Case(scheme, given, judged, repeated, Bounds(judged.inputs))
    found: dict[tuple[str, str], Certificate] = {}
    for award in scheme.awards:
        for gives in award.gives:
            found |= case.of_winners(award, gives, methods[award.id])
        found |= case.of_vetoes(award)
    return found


def method_of(scheme: AwardScheme, award: Award, judged: Judged) -> Method:
    """Return how the certificate of an award is found."""
    if isinstance(award.rule, Unset):
        return "none"
    before = () if isinstance(award.rule, Decision) else scheme.displacing(award)
    if not any(entering(scheme, each, judged) for each in (award, *before)):
        return "none"
    if isinstance(award.rule, Band | Decision):
        return "threshold"
    if isinstance(award.compare, Jury) or not all(ranks_alike(each, award) for each in before):
        return "replicates"
    return _by_rule(scheme, award, judged)


def _by_rule(scheme: AwardScheme, award: Award, judged: Judged) -> Method:
    """Return the method for an award that divides or ranks by scores: none that counts units of an unsure field."""
    gates, rule = scheme.gates_of(award), award.rule
    counts_field = any(each.least_units is not None for each in gates)
    method: Method = "rank sets"
    if isinstance(rule, Blocks):
        counts_field |= rule.by == "share"
        method = {"score": "threshold", "natural_breaks": "replicates"}.get(rule.by, method)  # type: ignore[assignment]
    elif isinstance(rule, Top):
        counts_field |= rule.percent is not None
        tied = not judged.sampled([award.node or judged.field.root])
        method = "replicates" if tied and judged.sampled(rule.tie_break) else method
    return "replicates" if counts_field and gates_are_sampled(gates, judged) else method


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """The awards of a scheme as they were given, and in samples drawn again where a method asks for it."""

    scheme: AwardScheme
    given: pd.DataFrame
    judged: Judged
    repeated: Awarded | None
    bounds: Bounds

    def of_winners(self, award: Award, gives: str, method: Method) -> dict[tuple[str, str], Certificate]:
        """Return the certificates of the winners of an award or a block."""
        winners = np.flatnonzero(winners_of(self.given, [gives], self.judged)).tolist()
        if not winners:
            return {}
        labels, detail = self._labels(award, gives, method)
        said = self._said(method, detail)
        return {(gives, self.judged.field.units[at]): Certificate(str(labels[at]), said) for at in winners}

    def _labels(self, award: Award, gives: str, method: Method) -> tuple[TextArray, str]:
        if method == "threshold":
            return award_cuts.certified(self.scheme, award, gives, self.judged), _TOGETHER
        if method == "rank sets":
            return award_places.certified(
                self.scheme, award, gives, self.given, self.judged, bounds=self.bounds
            ), "stepdown"
        if method == "replicates" and self.repeated is not None:
            shares = share_holding(self.repeated, self.scheme, award, gives)
            return by_share(shares, self.judged.inputs.choices.level), str(self.repeated.draws)
        return np.full(len(self.judged.field.units), NO_ERROR), ""

    def of_vetoes(self, award: Award) -> dict[tuple[str, str], Certificate]:
        """Return the certificates of those whom a veto puts into a block: how sure the veto is."""
        if not isinstance(award.rule, Blocks) or award.rule.vetoed is None:
            return {}
        block, units = award.rule.vetoed, self.judged.field.units
        barred = self.given["basis"].str.startswith(VETO) & (self.given["award"] == block)
        winners = winners_of(self.given[barred], [block], self.judged)
        method: Method = "none"
        labels = np.full(len(units), NO_ERROR)
        if gates_are_sampled(self.scheme.gates_of(award), self.judged):
            method, labels = "threshold", award_cuts.barred(self.scheme, award, self.judged)
        said = self._said(method, _TOGETHER)
        return {(block, units[at]): Certificate(str(labels[at]), said) for at in np.flatnonzero(winners).tolist()}

    def _said(self, method: Method, detail: str) -> str:
        return method if method == "none" else f"{method}, {detail}, {self.judged.inputs.choices.level:g}"
