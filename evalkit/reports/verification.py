"""A finished run on disk held against its hashes, its own numbers, and the study that it came from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from evalkit import library
from evalkit.comparison.cells import first_difference
from evalkit.comparison.choices import changed_choices, changed_values
from evalkit.comparison.consistency import check_ranks, check_scores
from evalkit.evaluate.evaluation import EXTRA_TABLES, Evaluation
from evalkit.evaluate.project import Project, StudyError, load
from evalkit.evaluate.publication import internal, public, tiers_only
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.provenance import sha256, sha256_file
from evalkit.reports.csv_text import as_csv, from_csv
from evalkit.reports.folder import OF_THE_SYSTEM, FolderError, read_as_it_is, read_manifest, stated_hashes
from evalkit.sources.reading import ONE_BY_ONE, Reading
from evalkit.uncertainty import assessment

_BY_HASH = frozenset(EXTRA_TABLES) - {"precision", "covariance"}
"""Tables that come of many draws, which are not made again."""
_OF_DRAWS = ("stability", "method_stability", "held_fixed")
"""Columns of ``awards`` that come of them."""


@dataclass(frozen=True, slots=True)
class Verification:
    """How much of a run was held against what, and what was found.

    ``tables`` were held against their hashes, ``scores`` and ``ranks`` computed again; ``inputs`` were held against
    their hashes and the tables ``reproduced`` are the same when evaluated anew, both None without a study.
    """

    folder: str
    tables: int
    scores: int
    ranks: int
    inputs: int | None
    reproduced: tuple[str, ...] | None
    problems: list[Problem]

    @property
    def holds(self) -> bool:
        """Nothing was found that does not hold."""
        return not has_errors(self.problems)


def verify(
    folder: str | Path,
    study: str | Path | None = None,
    *,
    allow_plugins: bool = False,
    reading: Reading = ONE_BY_ONE,
) -> Verification:
    """Verify the results in ``folder``, and with ``study`` (a file) that they are what the study gives.

    The tables must have the hashes that ``run.json`` states; every score must follow from its children, raw value and
    parts, and every rank from the scores. With a study, the inputs must have the hashes that are stated, the choices
    must be the same, and the study evaluated anew must give the same tables, the public or the internal ones, to the
    byte. Findings are EK750 to EK769. Raises FolderError where there is no run, StudyError where the study file cannot
    be read.
    """
    manifest = read_manifest(folder)
    stated, inputs = (stated_hashes(manifest, key, folder) for key in ("tables", "inputs"))
    there = _tables(Path(folder))
    problems = list(_check_hashes(stated, there))
    scores = ranks = 0
    try:
        evaluation = read_as_it_is(folder)
        scores, ranks = len(evaluation["scores"]), len(evaluation["ranks"])
        hidden = tiers_only(evaluation)
        problems += [problem("EK768")] if hidden else [*check_scores(evaluation), *check_ranks(evaluation)]
    except FolderError as error:
        problems.append(error.problem)
    except (LookupError, ValueError, TypeError, AttributeError):
        if not problems:  # tables as they were written cannot be at fault
            raise
        problems.append(problem("EK013"))
    if study is None:
        return Verification(str(folder), len(stated), scores, ranks, None, None, problems)
    project = load(study, allow_plugins=allow_plugins)
    reproduced, more = _check_study(project, manifest, there, reading)
    return Verification(str(folder), len(stated), scores, ranks, len(inputs), reproduced, [*problems, *more])


def _tables(folder: Path) -> dict[str, Path]:
    """Return what stands in the folder of tables, by the name of the table; other files by their whole names."""
    inner = folder / "tables"
    files = sorted(inner.iterdir()) if inner.is_dir() else []
    kept = [path for path in files if path.name not in OF_THE_SYSTEM]
    return {path.stem if path.suffix == ".csv" and library.is_file(path) else path.name: path for path in kept}


def _check_hashes(stated: Mapping[str, str], there: Mapping[str, Path]) -> Iterator[Problem]:
    for name, digest in stated.items():
        if name not in there:
            yield problem("EK750", _place(name), table=name)
        elif sha256_file(there[name]) != digest:
            yield problem("EK751", _place(name), table=name)
    for name, path in there.items():
        if name not in stated:
            yield problem("EK752", Place(file=f"tables/{path.name}"), table=path.name)


def _place(table: str) -> Place:
    return Place(file=f"tables/{table}.csv")


def _check_study(
    project: Project, manifest: Mapping[str, Any], there: Mapping[str, Path], reading: Reading
) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the names of the tables that are the same when the study is evaluated anew, and what does not hold."""
    try:
        evaluation = assessment.run(project, reading=reading)
    except StudyError as error:
        return (), [*_check_inputs(manifest["inputs"], _still_there(project, manifest["inputs"])), *error.problems]
    now = json.loads(json.dumps(evaluation.manifest))
    problems = list(_check_inputs(manifest["inputs"], now["inputs"]))
    for key, (old, new) in changed_choices(manifest, now).items():
        problems.append(problem("EK765", Place(file="run.json"), key=key, then=old or "-", now=new or "-"))
    versions = ({"evalkit": each["evalkit"], **(each.get("packages") or {})} for each in (manifest, now))
    for package, (old, new) in changed_values(*versions).items():
        problems.append(problem("EK766", package=package, then=old or "-", now=new or "-"))
    shown = internal(evaluation) if manifest.get("internal") else public(evaluation)
    reproduced, more = _check_tables(shown, there, drawn="replicates" in manifest)
    return reproduced, problems + more


def _still_there(project: Project, stated: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes of the stated inputs that can be found, where the study cannot be evaluated."""
    folder = project.bundle.folder
    found = {name: project.bundle.files.get(name, (folder / name).resolve()) for name in stated}
    known = {*project.bundle.files}
    return {
        name: sha256_file(path)
        for name, path in found.items()
        if library.is_file(path) and (name in known or path.is_relative_to(folder.resolve()))
    }


def _check_inputs(stated: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Problem]:
    for name, (old, new) in changed_values(stated, now).items():
        code = "EK758" if new is None else "EK759" if old is None else "EK757"
        yield problem(code, Place(file=name))


def _check_tables(
    evaluation: Evaluation, there: Mapping[str, Path], *, drawn: bool
) -> tuple[tuple[str, ...], list[Problem]]:
    """``drawn``: the results have what many draws say of robustness, which a plain evaluation lacks."""
    reproduced: list[str] = []
    problems: list[Problem] = []
    fresh = {**evaluation.tables, **evaluation.private}
    by_hash = [name for name in there if drawn and name in _BY_HASH]
    for name, table in fresh.items():
        if name not in there:
            problems.append(problem("EK764", _place(name), table=name))
            continue
        made, stored = as_csv(table), there[name].read_bytes()
        same = sha256(made) == sha256(stored)
        found = None if same else _difference(name, stored, made, drawn=drawn)
        if found is None:
            reproduced.append(name)
        else:
            problems.append(found)
    for name, path in there.items():
        if name not in fresh and name not in by_hash and path.suffix == ".csv":
            problems.append(problem("EK763", _place(name), table=name))
    if by_hash:
        problems.append(problem("EK767", tables=", ".join(by_hash)))
    return tuple(reproduced), problems


def _difference(name: str, stored: bytes, made: bytes, *, drawn: bool) -> Problem | None:
    """Return where a table first differs; None where only what many draws say of it does."""
    now = from_csv(made)
    try:
        then = from_csv(stored)
    except ValueError:
        return problem("EK761", _place(name), table=name, row="-")
    if drawn:
        then, now = _undrawn(name, then, len(now)), _undrawn(name, now, len(now))
    found = first_difference(name, then, now)
    if found is None:
        return None if drawn else problem("EK761", _place(name), table=name, row="-")
    row = found.row or "1"  # the header
    if found.now is None or (not found.column and found.then is not None):
        return problem("EK761", _place(name), table=name, row=row)
    if not found.column:
        return problem("EK762", _place(name), table=name, row=row)
    about = {"table": name, "row": row, "column": found.column, "then": found.then or "", "now": found.now}
    return problem("EK760", _place(name), **about)


def _undrawn(name: str, table: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Leave out what many draws add to a table: columns of ``awards``, further rows of ``problems``."""
    if name == "awards":
        return table.drop(columns=[column for column in _OF_DRAWS if column in table.columns])
    return table.head(rows) if name == "problems" else table
