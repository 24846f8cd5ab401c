"""What is compared for an award: the score, its growth since an earlier wave, several waves together, jury marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evalkit.definitions.award_compare import Improvement, Waves
from evalkit.definitions.awards import Award
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Earlier, Field
from evalkit.scoring.award_words import Said, said

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is compared, (units,), NaN where a unit has none; ``subject`` says what it is (zh, en).

    ``basis`` gives it for machines, by unit, ``more`` are further sentences of the reason; where the field asks for
    no reasons, both may lack.
    """

    values: FloatArray
    subject: tuple[str, str]
    basis: Sequence[str]
    more: Mapping[int, tuple[Said, ...]] = field(default_factory=dict)


def quantity(award: Award, field: Field, name: str) -> tuple[Quantity, list[Problem]]:
    """Return what is compared for an award that looks at scores; ``name`` is how findings call it."""
    node = award.node or field.root
    now = field.scores[node]
    if isinstance(award.compare, Improvement):
        return _growth(award.compare, field, node, name)
    if isinstance(award.compare, Waves):
        return _together(award.compare, field, node, name)
    zh, en = field.node_names[node]
    shown = now.tolist() if field.explained else []
    return Quantity(now, (f"{zh}得分", f"{en} scores"), [f"{node}={score!r}" for score in shown]), []


def growth(
    now: FloatArray,
    before: FloatArray,
    *,
    percent: bool,
    minimum_base: float | None = None,
    tolerance: float = 0.0,
) -> FloatArray:
    """Return how much each score (units,) grew, ``now − before``, with ``percent`` 100 (now − before) ÷ before.

    NaN where a score lacks, where the earlier one is below ``minimum_base`` (or, in percent, not above 0), and where
    the score did not grow by more than ``tolerance``: who fell or stood still has no growth to be compared.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        change = now - before
        grown = np.isfinite(change) & (change > tolerance)
        if minimum_base is not None:
            grown &= before >= minimum_base - tolerance
        if percent:
            grown &= before > 0
            change = PERCENT * change / before
    return np.where(grown & np.isfinite(change), change, np.nan)


def combined(scores: FloatArray, *, mean: bool, least: int) -> FloatArray:
    """Sum (or mean) of the scores (units, waves) that are there; NaN for a unit with fewer than ``least`` of them."""
    present = ~np.isnan(scores)
    count = present.sum(axis=1)
    total = np.zeros(scores.shape[0])
    for wave in range(scores.shape[1]):
        total += np.where(present[:, wave], scores[:, wave], 0.0)
    return np.where(count >= max(least, 1), total / np.maximum(count, 1) if mean else total, np.nan)


def growth_base(rule: Improvement, field: Field, node: str) -> Earlier | None:
    """Return the earlier wave from which growth at a node is counted; None where there is none with the node."""
    known = [each for each in field.earlier if node in each.scores]
    waves = known[-1:] if rule.on is None else [each for each in known if each.wave == rule.on]
    return waves[0] if waves else None


def scores_by_wave(rule: Waves, field: Field, node: str, name: str) -> tuple[FloatArray, list[Problem]]:
    """Return the scores that count together (units, waves), this wave's last; NaN where there is none to be used."""
    known = {each.wave: each for each in field.earlier if node in each.scores}
    wanted = rule.waves if rule.last is None else tuple(each.wave for each in field.earlier[-rule.last :])
    problems = [problem("EK512", award=name, wave=wave) for wave in wanted if wave not in known]
    columns: list[FloatArray] = []
    for wave in wanted:
        if wave in known:
            usable, more_problems = _comparable(known[wave], name, across=rule.across_frameworks)
            problems += more_problems
            columns.append(_scores_of(known[wave], node, usable, field))
        else:
            columns.append(np.full(len(field.units), np.nan))
    if rule.last is not None and len(wanted) < rule.last:
        problems.append(problem("EK512", award=name, wave=f"-{len(wanted) + 1}"))
        columns += [np.full(len(field.units), np.nan)] * (rule.last - len(wanted))
    return np.column_stack([*columns, field.scores[node]]), problems


def _growth(rule: Improvement, field: Field, node: str, name: str) -> tuple[Quantity, list[Problem]]:
    earlier = growth_base(rule, field, node)
    zh, en = field.node_names[node]
    if earlier is None:
        nothing = np.full(len(field.units), np.nan)
        problems = [problem("EK512", award=name, wave=rule.on or "-")]
        return Quantity(nothing, (zh, en), [""] * len(nothing)), problems
    usable, problems = _comparable(earlier, name, across=rule.across_frameworks)
    now, before = field.scores[node], _scores_of(earlier, node, usable, field)
    values = growth(
        now,
        before,
        percent=rule.measure == "percent",
        minimum_base=rule.minimum_base,
        tolerance=field.tolerance,
    )
    grew = np.isfinite(now - before) & (now - before > field.tolerance)
    low_base = int((grew & np.isnan(values)).sum())
    if low_base and rule.minimum_base is not None:
        problems.append(problem("EK528", award=name, count=low_base, minimum=f"{rule.minimum_base:.15g}"))
    mark = "%" if rule.measure == "percent" else ""
    basis = [
        f"{node}={float(score)!r};before={float(base)!r};growth={float(value)!r}{mark}"
        for score, base, value in zip(now, before, values, strict=True)
    ]
    subject = (f"{zh}自 {earlier.wave} 以来的提高{'(%)' if mark else ''}", f"{en}, growth since {earlier.wave}{mark}:")
    more = {
        index: (said("reason_growth", before=f"{before[index]:.2f}", now=f"{now[index]:.2f}", wave=earlier.wave),)
        for index in np.flatnonzero(np.isfinite(values)).tolist()
    }
    return Quantity(values, subject, basis, more), problems


def _together(rule: Waves, field: Field, node: str, name: str) -> tuple[Quantity, list[Problem]]:
    scores, problems = scores_by_wave(rule, field, node, name)
    zh, en = field.node_names[node]
    values = combined(scores, mean=rule.combine == "mean", least=rule.least_waves or scores.shape[1])
    counted = (~np.isnan(scores)).sum(axis=1).tolist()
    basis = [
        f"{node}:{rule.combine}={float(value)!r};waves={count}/{scores.shape[1]}"
        for value, count in zip(values, counted, strict=True)
    ]
    words = {"sum": ("多期累计得分", "total of the waves:"), "mean": ("多期平均得分", "mean of the waves:")}
    subject = (f"{zh}{words[rule.combine][0]}", f"{en}, {words[rule.combine][1]}")
    more = {
        index: (said("reason_waves", waves=count, all=scores.shape[1]),)
        for index, count in enumerate(counted)
        if np.isfinite(values[index])
    }
    return Quantity(values, subject, basis, more), problems


def _comparable(earlier: Earlier, name: str, *, across: bool) -> tuple[bool, list[Problem]]:
    """Tell whether an earlier wave may be used; that it is of another framework is said either way."""
    if earlier.comparable:
        return True, []
    if across:
        return True, [problem("EK514", award=name, wave=earlier.wave)]
    return False, [problem("EK513", award=name, wave=earlier.wave)]


def _scores_of(earlier: Earlier, node: str, usable: bool, field: Field) -> FloatArray:
    return earlier.scores[node] if usable else np.full(len(field.units), np.nan)
