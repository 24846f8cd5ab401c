"""What the page's own award engine works from: the rules of each award with all that does not depend on weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from evalkit.definitions.award_rules import FULL_SHARE, Band, Block, Blocks, Top
from evalkit.definitions.awards import Award, AwardScheme, Gates, Sample, Veto
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.stored_schemes import goes_by_scores, stored_schemes
from evalkit.messages import Language
from evalkit.reports.outline.names import award_names
from evalkit.reports.outline.sheet import records
from evalkit.scoring.arrays import BoolArray
from evalkit.scoring.award_division import cumulated_shares


def award_trial(evaluation: Evaluation, units: Sequence[str], language: Language) -> list[dict[str, Any]]:
    """Return the awards of each scheme as plain values over ``units``, in the order in which they are given.

    ``labels`` and ``tiers`` are the names and rungs of what an award gives (a division gives several); ``held`` the
    number of that for each unit, −1 for none, as officially given. ``rule`` is None where other weights do not tell
    who wins (a jury, a decision, earlier waves, a sample counted in answers): those stay as they are.
    ``out`` are the units that no weights let take part, ``barred`` those with a veto of the register.
    """
    field = _Columns(evaluation, list(units))
    names, held = award_names(evaluation, language), _held(evaluation)
    schemes = []
    for scheme in stored_schemes(evaluation):
        with suppress(KeyError):  # a file that was changed may name nodes, columns or awards that the run does not have
            schemes.append({"id": scheme.id, "awards": list(_awards(scheme, field, names, held))})
    return schemes


def _awards(
    scheme: AwardScheme,
    field: _Columns,
    names: Mapping[tuple[str, str], str],
    held: Mapping[tuple[str, str], Sequence[str]],
) -> Iterator[dict[str, Any]]:
    rung = 0
    for award in scheme.awards:
        exclusion = scheme.exclusion(award)
        rung += exclusion == ""
        given = list(award.gives)
        first = 1 if isinstance(award.rule, Blocks) else rung if exclusion == "" else 0
        yield {
            "labels": [names[scheme.id, each] for each in given],
            "tiers": [first + number for number in range(len(given))],
            "exclusion": exclusion,
            "takes": award.to == "unit",
            "held": [_number(held.get((scheme.id, unit), ()), given) for unit in field.units],
            "rule": _rule(award, field) if goes_by_scores(scheme, award) else None,
            **_gates(scheme.gates_of(award), field),
        }


def kept(schemes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names of the awards given that stay as they are whatever the weights."""
    return [
        label
        for scheme in schemes
        for award in scheme["awards"]
        for number, label in enumerate(award["labels"])
        if award["rule"] is None and number in award["held"]
    ]


class _Columns:
    """The register over the units of the page, and the place of each node in the payload."""

    def __init__(self, evaluation: Evaluation, units: list[str]) -> None:
        self.units = units
        self.register = evaluation["units"].set_index("unit").reindex(units)
        self.nodes: Mapping[str, int] = {node: number for number, node in enumerate(evaluation["nodes"]["node"])}
        self.root = evaluation.root

    def values(self, column: str) -> pd.Series:
        return self.register.index.to_series() if column == "unit" else self.register[column]


def _held(evaluation: Evaluation) -> dict[tuple[str, str], list[str]]:
    held: dict[tuple[str, str], list[str]] = {}
    for row in records(evaluation["awards"]):
        held.setdefault((row["scheme"], row["unit"]), []).append(row["award"])
    return held


def _number(awards: Sequence[str], given: Sequence[str]) -> int:
    return next((number for number, each in enumerate(given) if each in awards), -1)


def _rule(award: Award, field: _Columns) -> dict[str, Any]:
    rule = award.rule
    common = {"node": field.nodes[award.node or field.root], "groups": _groups(award, field)}
    if isinstance(rule, Band):
        return common | {"method": "band", "low": rule.low, "high": rule.high, "closed": rule.closed}
    if isinstance(rule, Top):
        return common | {
            "method": "top",
            "count": rule.count,
            "percent": None if rule.percent is None else _fraction(rule.percent),
            "rounding": rule.rounding,
            "all": rule.count_from == "all",
            "share": rule.ties == "share",
            "keys": [field.nodes[node] for node in rule.tie_break],
        }
    if not isinstance(rule, Blocks):
        raise TypeError(f"the rule {rule.method} compares nothing")
    vetoed = next((number for number, block in enumerate(rule.blocks) if block.id == rule.vetoed), -1)
    common |= {"vetoed": vetoed, "blocks": len(rule.blocks)}
    if rule.by == "natural_breaks":
        return common | {"method": rule.by}
    if rule.by == "score":
        return common | {"method": rule.by, "cuts": [_cut(block) for block in rule.blocks]}
    ends = (
        [_fraction(share) for share in cumulated_shares(rule)]
        if rule.by == "share"
        else np.cumsum([block.count or 0 for block in rule.blocks[: _stop(rule)]]).tolist()
    )
    return common | {"method": rule.by, "ends": ends, "up": rule.ties == "up"}


def _stop(rule: Blocks) -> int:
    return min(rule.unset, default=len(rule.blocks) - 1)


def _cut(block: Block) -> list[Any] | None:
    return None if block.low is None else [block.low, block.above is None]


def _fraction(percent: float) -> list[int]:
    """Return a percentage as numerator and denominator of a share of one, exactly as it is written in decimals."""
    share = Fraction(str(float(percent))) / FULL_SHARE
    return [share.numerator, share.denominator]


def _groups(award: Award, field: _Columns) -> list[int]:
    """Return the number of each unit's peer group, −1 for a unit in none; all in one where the award has none."""
    if award.within is None:
        return [0] * len(field.register)
    values = field.values(award.within).tolist()
    known = {value: number for number, value in enumerate(dict.fromkeys(value for value in values if value))}
    return [known.get(value, -1) for value in values]


def _gates(gates: Sequence[Gates], field: _Columns) -> dict[str, Any]:
    out, barred = np.zeros((2, len(field.register)), dtype=bool)
    minimum: list[list[Any]] = []
    vetoes: list[list[Any]] = []
    for each in gates:
        for column, allowed in each.eligible.items():
            out |= ~field.values(column).isin(list(allowed)).to_numpy()
        minimum += [[field.nodes[node], low] for node, low in each.minimum.items()]
        out |= _too_small(each.sample, field)
        for veto in each.veto:
            if veto.column is None:
                vetoes.append([field.nodes[veto.node or field.root], veto.below, veto.above])
            else:
                barred |= _barred(veto, veto.column, field)
    return {
        "out": np.flatnonzero(out).tolist(),
        "barred": np.flatnonzero(barred).tolist(),
        "minimum": minimum,
        "vetoes": vetoes,
        "least": max((each.least_units or 0 for each in gates), default=0),
    }


def _barred(veto: Veto, column: str, field: _Columns) -> BoolArray:
    return np.asarray(field.values(column).isin(list(veto.values)))


def _too_small(sample: Sample | None, field: _Columns) -> BoolArray:
    if sample is None or sample.column is None:
        return np.zeros(len(field.register), dtype=bool)
    sizes = pd.to_numeric(field.values(sample.column), errors="coerce").to_numpy(dtype=float)
    return np.asarray(~(sizes >= sample.minimum))
