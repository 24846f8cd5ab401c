"""From records to the raw value of an indicator for each unit, with an account of every record."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evalkit.definitions.records import RecordMeasure
from evalkit.observations import ABSENT, INVALID, NOT_APPLICABLE, OK, STATUSES
from evalkit.records import Records
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray, StatusArray
from evalkit.scoring.record_formula import Found, RecordFormula

_QUANTILES = {"median": 0.5, "p90": 0.9}
PERCENT = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredRecords:
    """The raw values of one indicator, arrays over units (or other groups of records), and the account of them.

    Of all records of a unit, ``total``, some are ``outside`` (``among`` does not hold), some are ``left_out`` (units,
    statuses) since a cell holds no value, by the worst status; the others are the ``base``. ``hits`` are those for
    which the condition holds; for a number all of the base. Where the value is ``scale`` × ``numerator`` ÷
    ``denominator``, these say so; for a quantile they are NaN.
    """

    source: str
    method: str
    raw: FloatArray
    statuses: StatusArray
    total: IntArray
    outside: IntArray
    base: IntArray
    hits: IntArray
    left_out: IntArray
    numerator: FloatArray
    denominator: FloatArray
    scale: float
    infinite: BoolArray
    """whose value is too large for a number"""


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Which group each record belongs to, sorted: ``order`` of the records, ``edges`` (groups + 1,) in that order."""

    order: IntArray
    edges: IntArray

    @classmethod
    def of(cls, owners: IntArray, used: BoolArray, count: int) -> _Groups:
        rows = np.flatnonzero(used)
        order = rows[np.argsort(owners[rows], kind="stable")]
        return cls(order, np.searchsorted(owners[order], np.arange(count + 1)))

    def sums(self, values: FloatArray) -> FloatArray:
        """Return the sum of each group, rounded once, so that the order of the records does not matter."""
        ordered = values[self.order].tolist()
        edges = self.edges.tolist()
        return np.array([_sum(ordered[a:b]) for a, b in pairwise(edges)])

    def quantiles(self, values: FloatArray, share: float) -> FloatArray:
        """Return the quantile of each group, interpolated between two values; NaN for an empty one."""
        ordered, edges = values[self.order], self.edges.tolist()
        return np.array([np.quantile(ordered[a:b], share) if b > a else np.nan for a, b in pairwise(edges)])


def measure_records(definition: RecordMeasure, records: Records) -> MeasuredRecords:
    """Return the raw values over the units of ``records``.

    share: 100 × hits ÷ base; mean and ratio: of sums that are rounded once; median and p90: interpolated linearly, as
    by type 7 of Hyndman and Fan (1996); count: the hits. A unit without a record has status ABSENT; one whose records
    are all left out has the commonest reason (the worst of several); NOT_APPLICABLE where all are outside, and where a
    sum to divide by is zero.
    """
    known = records.memo.get(definition)
    if not isinstance(known, MeasuredRecords):
        known = records.memo[definition] = _measured(definition, records)
    return known


def _measured(definition: RecordMeasure, records: Records) -> MeasuredRecords:
    owners, count = records.owners, len(records.units)
    found, outside, reasons = _computed(definition, records)
    used = ~outside & (reasons == OK)
    hits = used & (found[0].values == 1) if definition.method in {"share", "count"} else used
    left_out = np.column_stack(
        [_count(owners, ~outside & (reasons == status), count) for status in range(len(STATUSES))]
    )
    base = left_out[:, OK].copy()
    left_out[:, OK] = 0
    total = _count(owners, np.ones(len(owners), dtype=bool), count)
    counts = _count(owners, hits, count)
    raw, numerator, denominator, scale = _values(definition, found, _Groups.of(owners, used, count), counts, base)
    if definition.method == "count":
        raw = np.where(total > 0, raw, np.nan)
    infinite = np.isinf(raw)
    raw = np.where(infinite, np.nan, raw)
    why = np.where(infinite, INVALID, _why(total, left_out))
    statuses = np.where(np.isnan(raw), why, OK).astype(np.int8)
    return MeasuredRecords(
        records.name, definition.method, raw, statuses, total, _count(owners, outside, count), base, counts, left_out,
        numerator, denominator, scale, infinite,
    )  # fmt: skip


def used_values(definition: RecordMeasure, records: Records) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return what each record adds above and below the line, and which records count, all (rows,).

    Of a share and a mean every record adds one below.
    """
    found, outside, reasons = _computed(definition, records)
    used = ~outside & (reasons == OK)
    below = found[1].values if definition.ratio is not None else np.ones(len(used))
    return found[0].values, below, used


def _computed(definition: RecordMeasure, records: Records) -> tuple[list[Found], BoolArray, StatusArray]:
    """Return the values of the formulas, who is outside, and why a record is left out."""
    rows = len(records.owners)
    formula = RecordFormula(records.cells, rows, records.known)
    found = [formula.compute(each) for each in definition.measured]
    inside = formula.compute(definition.condition) if definition.condition is not None else None
    outside = np.zeros(rows, dtype=bool) if inside is None else inside.values == 0
    return found, outside, _reasons(found, inside, outside)


def _reasons(found: list[Found], inside: Found | None, outside: BoolArray) -> StatusArray:
    """Return why a record is left out, OK where it is not: whether it belongs to the base comes first."""
    reasons: StatusArray = np.maximum.reduce([each.reasons for each in found])
    if inside is None:
        return reasons
    unknown = np.isnan(inside.values)
    return np.where(outside, OK, np.where(unknown, inside.reasons, reasons)).astype(np.int8)


def _count(owners: IntArray, rows: BoolArray, count: int) -> IntArray:
    return np.bincount(owners[rows], minlength=count)


def _sum(values: list[float]) -> float:
    try:
        return math.fsum(values)
    except OverflowError:
        return math.inf


def _values(
    definition: RecordMeasure, found: list[Found], groups: _Groups, hits: IntArray, base: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    """Return raw values, numerators, denominators and the scale."""
    method, nothing = definition.method, np.full(len(base), np.nan)
    if method in _QUANTILES:
        return groups.quantiles(found[0].values, _QUANTILES[method]), nothing, nothing, 1.0
    if method == "count":
        counts = hits.astype(np.float64)
        return counts, counts, np.ones(len(counts)), 1.0
    scale = 1.0
    if method == "share":
        numerator, denominator, scale = hits.astype(np.float64), base.astype(np.float64), PERCENT
    elif definition.ratio is not None:
        numerator, denominator = groups.sums(found[0].values), groups.sums(found[1].values)
        scale = definition.ratio.scale
    else:
        numerator, denominator = groups.sums(found[0].values), base.astype(np.float64)
    raw = np.divide(scale * numerator, denominator, out=nothing.copy(), where=denominator != 0)
    return raw, numerator, denominator, scale


def _why(total: IntArray, left_out: IntArray) -> StatusArray:
    """Return why a unit has no value."""
    most = left_out.shape[1] - 1 - np.argmax(left_out[:, ::-1], axis=1)
    reason = np.where(left_out.sum(axis=1) > 0, most, NOT_APPLICABLE)
    return np.where(total == 0, ABSENT, reason).astype(np.int8)
