"""A finished run of an earlier wave, read as a file from outside: measured and checked before it is believed."""

from __future__ import annotations

import errno
import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalkit import library
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256
from evalkit.sources import delimited
from evalkit.sources.cell_text import shortened

MANIFEST = "run.json"
MOST_BYTES = 200_000_000
"""Largest manifest or table that is read."""
_COLUMNS = {
    "units": ("unit", "name"),
    "nodes": ("node", "parent", "share"),
    "scores": ("unit", "node", "score"),
    "awards": ("scheme", "award", "unit", "tier"),
    "precision": ("unit", "node", "standard_error"),
}
_OPTIONAL = "precision"
"""The table that only a run with ``uncertainty:`` has."""


@dataclass(frozen=True, slots=True)
class EarlierAward:
    """An award of an earlier wave; ``tier`` is None where the awards were no ladder."""

    scheme: str
    award: str
    unit: str
    tier: int | None


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """What is compared of an earlier run: scores by node over ``units``, NaN where a unit had none.

    ``errors`` are standard errors of them, 0 where a score carries none, by the nodes that carry any.
    ``choices`` are those of its recipe by node, ``shares`` the shares of the children by node; ``place`` is where the
    study names the run, ``sha256`` the hash of its manifest and ``tables`` those of its tables.
    """

    folder: str
    place: Place
    wave: str
    study: str
    indicators: str
    questionnaire: str
    sha256: str
    tables: Mapping[str, str]
    units: pd.DataFrame
    choices: Mapping[str, Mapping[str, Any]]
    shares: Mapping[str, Mapping[str, float]]
    scores: Mapping[str, NDArray[np.float64]]
    errors: Mapping[str, NDArray[np.float64]]
    awards: tuple[EarlierAward, ...]


class _UnfitError(Exception):
    """The folder holds no run that can be compared; ``found`` says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.found = found


def read_earlier_run(path: Path, shown_as: str, place: Place) -> tuple[EarlierRun | None, list[Problem]]:
    """Read the folder of an earlier run; ``place`` is where the study names it.

    Only its manifest and the tables of :data:`_COLUMNS` are read, each up to :data:`MOST_BYTES` (``EK412``). There is
    no run where the folder holds none or one that is malformed (``EK413``), or where a table is not the one that the
    run wrote (``EK414``: its hash is in the manifest).
    """
    try:
        data = _bytes(path / MANIFEST, shown_as, place)
        manifest = _manifest(data, shown_as, place)
        names = [name for name in _COLUMNS if name != _OPTIONAL or name in manifest["tables"]]
        hashes, folder = manifest["tables"], path / "tables"
        tables = {name: _table(folder / f"{name}.csv", _COLUMNS[name], hashes, shown_as, place) for name in names}
        return _run(manifest, tables, shown_as, place, sha256(data)), []
    except _UnfitError as error:
        return None, [error.found]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return None, [problem("EK413", place, path=shown_as, detail=f"{type(error).__name__}: {error}"[:200])]


def read_run_table(
    path: Path, name: str, columns: Sequence[str], run: EarlierRun
) -> tuple[list[tuple[str, ...]] | None, list[Problem]]:
    """Read columns of a further table of ``run``, whose folder is ``path``, as texts; findings as above.

    None, without a finding, where the run wrote no such table.
    """
    if name not in run.tables:
        return None, []
    try:
        table = _table(path / "tables" / f"{name}.csv", columns, run.tables, run.folder, run.place)
    except _UnfitError as error:
        return None, [error.found]
    return list(table[list(columns)].itertuples(index=False, name=None)), []


def _bytes(path: Path, shown_as: str, place: Place) -> bytes:
    name = f"{shown_as}/{path.parent.name}/{path.name}" if path.name != MANIFEST else f"{shown_as}/{MANIFEST}"
    try:
        if not library.is_file(path):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if path.stat().st_size > MOST_BYTES:
            raise _UnfitError(problem("EK412", place, path=name, limit=MOST_BYTES))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _UnfitError(problem("EK413", place, path=shown_as, detail=f"{name}: {reason}")) from error


def _manifest(data: bytes, shown_as: str, place: Place) -> dict[str, Any]:
    try:
        manifest = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _UnfitError(problem("EK413", place, path=shown_as, detail=MANIFEST)) from error
    lacking = {"study", "recipe", "tables", "indicators"} - (manifest.keys() if isinstance(manifest, dict) else set())
    if lacking:
        raise _UnfitError(problem("EK413", place, path=shown_as, detail=f"{MANIFEST}: {', '.join(sorted(lacking))}"))
    return dict(manifest)


def _table(file: Path, columns: Sequence[str], hashes: Mapping[str, str], shown_as: str, place: Place) -> pd.DataFrame:
    """Return a table as texts, its columns checked, and its hash against that of the manifest."""
    data = _bytes(file, shown_as, place)
    if hashes.get(file.stem) != sha256(data):
        raise _UnfitError(problem("EK414", place, path=f"{shown_as}/tables/{file.name}"))
    table, _ = delimited.read(data, place)
    lacking = [each for each in columns if table is None or each not in table.header]
    if table is None or lacking:
        raise _UnfitError(problem("EK413", place, path=shown_as, detail=f"{file.name}: {', '.join(lacking)}"))
    return pd.DataFrame([cells for _, cells in table.rows], columns=list(table.header), dtype="str")


def _run(
    manifest: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], shown_as: str, place: Place, digest: str
) -> EarlierRun:
    units, nodes = tables["units"], tables["nodes"]
    shares: dict[str, dict[str, float]] = {node: {} for node in nodes["node"]}
    for node, parent, share in zip(nodes["node"], nodes["parent"], nodes["share"], strict=True):
        if parent:
            shares[parent][node] = _number(share)
    choices = {str(node): dict(each) for node, each in manifest["recipe"]["nodes"].items()}
    if set(choices) != set(shares):
        raise ValueError("recipe")
    questionnaire = manifest.get("questionnaire")
    return EarlierRun(
        folder=shown_as,
        place=place,
        wave=shortened(str(manifest["study"].get("wave") or shown_as)),
        study=shortened(str(manifest["study"]["study"])),
        indicators=shortened(f"{manifest['indicators']['id']} {manifest['indicators']['version']}"),
        questionnaire=shortened(f"{questionnaire['id']} {questionnaire['version']}") if questionnaire else "",
        sha256=digest,
        tables={str(name): str(each) for name, each in manifest["tables"].items()},
        units=units,
        choices=choices,
        shares=shares,
        scores=_by_node(tables["scores"], "score", units, dict.fromkeys(shares, math.nan)),
        errors=_errors(tables.get(_OPTIONAL), units, shares),
        awards=tuple(
            EarlierAward(scheme, award, unit, int(tier) if tier else None)
            for scheme, award, unit, tier in tables["awards"][list(_COLUMNS["awards"])].itertuples(index=False)
        ),
    )


def _errors(
    table: pd.DataFrame | None, units: pd.DataFrame, nodes: Mapping[str, object]
) -> dict[str, NDArray[np.float64]]:
    if table is None:
        return {}
    errors = _by_node(table, "standard_error", units, {str(node): 0.0 for node in nodes if node in set(table["node"])})
    if any((own < 0).any() for own in errors.values()):
        raise ValueError("standard_error")
    return errors


def _by_node(
    table: pd.DataFrame, column: str, units: pd.DataFrame, nodes: Mapping[str, float]
) -> dict[str, NDArray[np.float64]]:
    """Return a column by node over the units; ``nodes`` have the value of a unit without a row or a number."""
    rows = {unit: index for index, unit in enumerate(units["unit"])}
    if len(rows) != len(units):
        raise ValueError("units")
    found = {node: np.full(len(rows), none) for node, none in nodes.items()}
    for unit, node, text in zip(table["unit"], table["node"], table[column], strict=True):
        if text:
            found[node][rows[unit]] = _number(text)
    return found


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
