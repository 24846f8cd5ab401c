"""Sampling errors of values from records that were drawn at random: linearised, with what they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from scipy import sparse

from evalkit.definitions.records import RecordMeasure
from evalkit.records import Records
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.influence import Influence
from evalkit.scoring.record_measures import MeasuredRecords, used_values

LINEAR = frozenset({"share", "mean", "ratio"})
"""Measures that have a linearised error; a median, a 90th percentile and a count have none here."""
_NEGLIGIBLE = 1e-12


def record_influences(
    definitions: Mapping[str, RecordMeasure], measured: Mapping[str, MeasuredRecords], records: Mapping[str, Records]
) -> dict[str, Influence]:
    """Return the errors of the indicators that are measured by samples of records.

    A value is R = scale × Σa ÷ Σb over n records, each drawn independently, so by Taylor's linearisation (Wolter 2007,
    ch. 6) its variance is n ÷ (n − 1) × Σe² with e = (scale × a − R × b) ÷ Σb, which for a share p in per cent is
    p (100 − p) ÷ (n − 1). Indicators of one source share records: their covariance within a unit is that of their e. A
    unit with a single record gets the mean variance of a record within the others, and no covariance.
    """
    found: dict[str, Influence] = {}
    clusters, start = 0, {}
    nodes = {name: [node for node, each in definitions.items() if _sampled(each, name, records)] for name in records}
    for name, own in nodes.items():
        start[name] = clusters
        clusters += len(own) * len(records[name].units)
    for name, own in nodes.items():
        if not own:
            continue
        factors = _factors(_covariances([(definitions[node], measured[node]) for node in own], records[name]))
        units, count = len(records[name].units), len(own)
        places = start[name] + np.arange(units * count)
        edges = np.arange(units + 1) * count
        for number, node in enumerate(own):
            row = sparse.csr_array((factors[:, number, :].ravel(), places, edges), shape=(units, clusters))
            found[node] = Influence.of("records", row, "linearised")
    return found


def _sampled(definition: RecordMeasure, name: str, records: Mapping[str, Records]) -> bool:
    return definition.of == name and records[name].sample and definition.method in LINEAR


def _covariances(indicators: list[tuple[RecordMeasure, MeasuredRecords]], records: Records) -> FloatArray:
    """Return the covariances of the indicators within each unit, (units, indicators, indicators)."""
    errors = np.column_stack([_errors(definition, measured, records) for definition, measured in indicators])
    order = np.argsort(records.owners, kind="stable")
    edges = np.searchsorted(records.owners[order], np.arange(len(records.units) + 1)).tolist()
    found = np.zeros((len(records.units), len(indicators), len(indicators)))
    for unit, (first, last) in enumerate(pairwise(edges)):
        own = errors[order[first:last]]
        found[unit] = np.einsum("ij,ik->jk", own, own)
    for number, (_, measured) in enumerate(indicators):
        alone, others = measured.base == 1, measured.base > 1
        within = (found[others, number, number] * measured.base[others]).mean() if others.any() else 0.0
        found[alone, number, :] = found[alone, :, number] = 0.0
        found[alone, number, number] = within
    return found


def _errors(definition: RecordMeasure, measured: MeasuredRecords, records: Records) -> FloatArray:
    """Return what each record adds to the error of its unit, (rows,), 0 for one that does not count."""
    above, below, used = used_values(definition, records)
    n = measured.base.astype(np.float64)
    spread = np.sqrt(np.divide(n, n - 1, out=np.zeros_like(n), where=n > 1))
    owners = records.owners
    with np.errstate(invalid="ignore", divide="ignore"):
        errors = (measured.scale * above - measured.raw[owners] * below) / measured.denominator[owners]
    return np.where(used & ~np.isnan(errors), errors * spread[owners], 0.0)


def _factors(covariances: FloatArray) -> FloatArray:
    """Return L with L Lᵀ the covariances of each unit (Cholesky); what follows from other indicators adds nothing."""
    factors = np.zeros_like(covariances)
    for j in range(covariances.shape[1]):
        left = covariances[:, j, j] - (factors[:, j, :j] ** 2).sum(axis=1)
        own = np.sqrt(np.where(left > _NEGLIGIBLE * covariances[:, j, j], left, 0.0))
        factors[:, j, j] = own
        for i in range(j + 1, covariances.shape[1]):
            rest = covariances[:, i, j] - (factors[:, i, :j] * factors[:, j, :j]).sum(axis=1)
            factors[:, i, j] = np.divide(rest, own, out=np.zeros_like(rest), where=own > 0)
    return factors
