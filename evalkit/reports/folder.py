"""A finished run on disk: ``run.json``, ``tables/*.csv`` and its reports, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evalkit import library
from evalkit.evaluate.evaluation import (
    CALL_TABLES,
    EXTRA_TABLES,
    OF_DIAGNOSIS,
    OF_EXPORTS,
    OF_RECORDS,
    PRIVATE_TABLES,
    TABLES,
    Evaluation,
)
from evalkit.evaluate.publication import internal, public, tiers_only
from evalkit.evaluate.table_types import typed
from evalkit.messages import Language
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256
from evalkit.reports.csv_text import csv_blocks, from_csv
from evalkit.reports.formats import DOCUMENT, NAMES, Format, make_reports
from evalkit.reports.in_place import new_beside, put_in_place, recover
from evalkit.reports.plots.refusal import PlotError
from evalkit.sources.geojson import Boundaries

_OPTIONAL = (*CALL_TABLES, *OF_EXPORTS, *OF_RECORDS, *OF_DIAGNOSIS, *EXTRA_TABLES)
_OWN = frozenset({"run.json", "tables"}) | NAMES
OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that a system puts into any folder."""
_MANIFEST = frozenset({"evalkit", "study", "recipe", "awards", "problems"})


class FolderError(Exception):
    """The folder cannot be written or read; ``problem`` says why."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def write(
    evaluation: Evaluation,
    folder: str | Path,
    *,
    language: Language = "both",
    excel: bool = True,
    page: bool = True,
    private: bool = False,
) -> Path:
    """Write what may be published of a run to ``folder`` and return its path; with ``private`` everything.

    Where the study publishes tiers only, that is no score and no rank of any unit; names of persons never are.
    ``excel`` and ``page`` say which reports to make.

    Everything is made in a temporary folder beside it and put in place at the end (:mod:`evalkit.reports.in_place`), so
    that a run that is killed leaves the old folder or the new one, each whole. An existing folder is replaced only if
    it is empty or holds an earlier run and nothing else; otherwise FolderError (EK007). FolderError (EK005) where the
    disk does not allow it; the old folder stays as it was.
    """
    target = Path(folder).resolve()
    try:
        if target.exists() and not _replaceable(target):
            raise FolderError(problem("EK007", Place(file=str(folder)), path=folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        made = new_beside(target)
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or str(error))) from error
    try:
        shown = internal(evaluation) if private else public(evaluation)
        _fill(made, shown, language, excel=excel, page=page)
        put_in_place(made, target)
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or str(error))) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def _fill(folder: Path, evaluation: Evaluation, language: Language, *, excel: bool, page: bool) -> None:
    (folder / "tables").mkdir()
    hashes = {}
    for name, table in {**evaluation.tables, **evaluation.private}.items():
        digest = hashlib.sha256()
        with (folder / "tables" / f"{name}.csv").open("wb") as file:
            for block in csv_blocks(table):
                file.write(block)
                digest.update(block)
        hashes[name] = digest.hexdigest()
    formats: dict[Format, bool] = {"xlsx": excel, "html": page}
    make_reports(evaluation, folder, [name for name, wanted in formats.items() if wanted], (), language)
    manifest = evaluation.manifest | {"tables": hashes}
    (folder / "run.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_reports(
    evaluation: Evaluation,
    folder: str | Path,
    formats: Iterable[Format] = ("html", "xlsx"),
    *,
    units: Sequence[str] = (),
    language: Language = "both",
    boundaries: Boundaries | None = None,
    font: Path | None = None,
) -> list[Path]:
    """Make reports of a finished run in ``folder``, which is made if need be, and return their paths.

    ``units`` (ids) get a page of their own in the folder ``units``; the page of all draws ``boundaries`` as a map, and
    ``font`` is a font file to draw pictures with. A file of that name is replaced whole, nothing else is touched. Of a
    run of which tiers only are published the reports show no more. FolderError: EK005 where the disk does not allow it,
    EK009 for Word without the extra ``word``, EK526 for a unit's page where tiers only are shown, EK080 to EK083 where
    a picture cannot be drawn.
    """
    if units and tiers_only(evaluation):
        raise FolderError(problem("EK526"))
    evaluation = public(evaluation)
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".report.", dir=target) as made:
            written = [
                path.relative_to(made)
                for path in make_reports(
                    evaluation, Path(made), formats, units, language, boundaries=boundaries, font=font
                )
            ]
            for path in written:
                (target / path).parent.mkdir(exist_ok=True)
                (Path(made) / path).replace(target / path)
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or str(error))) from error
    except PlotError as error:
        raise FolderError(error.problem) from error
    except ModuleNotFoundError as error:
        if error.name != "docx":
            raise
        raise FolderError(problem("EK009", path=DOCUMENT, extra="word")) from error
    return [target / path for path in written]


def _replaceable(target: Path) -> bool:
    """Tell whether all that stands there was made by a run: nobody's own file is ever removed."""
    if not target.is_dir():
        return False
    names = {path.name for path in target.iterdir()} - OF_THE_SYSTEM
    tables = {path.name for path in (target / "tables").glob("*")} - OF_THE_SYSTEM
    known = {f"{name}.csv" for name in (*TABLES, *_OPTIONAL, *PRIVATE_TABLES)}
    if not names <= _OWN or not tables <= known:
        return False
    return not names or (target / "run.json").is_file()


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Return what ``run.json`` of a finished run says. Raises FolderError (EK006) where the folder holds none."""
    path = Path(folder)
    try:
        recover(path.resolve())
        manifest: Any = json.loads((path / "run.json").read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or not manifest.keys() >= _MANIFEST:
            raise ValueError("run.json")  # noqa: TRY301 - joins the other ways in which it is no run
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(folder, error) from error
    return manifest


def stated_hashes(manifest: Mapping[str, Any], key: str, folder: str | Path) -> dict[str, str]:
    """Return the hashes that ``run.json`` states under ``key``. Raises FolderError (EK006) where it states none."""
    found = manifest.get(key)
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise FolderError(problem("EK006", Place(file=str(folder)), path=folder, reason=f"run.json: {key}"))
    return found


def read(folder: str | Path) -> Evaluation:
    """Read a finished run back, its tables equal to those that were written.

    Raises FolderError: EK006 where the folder holds none, EK012 where tables lack or do not have the hashes that
    ``run.json`` states.
    """
    manifest = read_manifest(folder)
    stated = stated_hashes(manifest, "tables", folder)
    wanted = [name for name in (*TABLES, *_OPTIONAL) if name in TABLES or name in stated]
    stored = {name: _bytes(Path(folder), name) for name in wanted}
    changed = [name for name, data in stored.items() if data is None or sha256(data) != stated.get(name)]
    if changed:
        raise FolderError(problem("EK012", Place(file=str(folder)), path=folder, tables=listed(changed)))
    return _evaluation(folder, {name: data for name, data in stored.items() if data is not None}, manifest)


def read_as_it_is(folder: str | Path) -> Evaluation:
    """Read a run whose tables may have been changed after it. Raises FolderError (EK006) where that cannot be done."""
    manifest = read_manifest(folder)
    stored = {name: _bytes(Path(folder), name) for name in (*TABLES, *_OPTIONAL)}
    lacking = [name for name in TABLES if stored[name] is None]
    if lacking:
        reason = f"tables/{lacking[0]}.csv"
        raise FolderError(problem("EK006", Place(file=str(folder)), path=folder, reason=reason))
    return _evaluation(folder, {name: data for name, data in stored.items() if data is not None}, manifest)


def _bytes(folder: Path, table: str) -> bytes | None:
    path = folder / "tables" / f"{table}.csv"
    try:
        return path.read_bytes() if library.is_file(path) else None
    except OSError:
        return None


def _evaluation(folder: str | Path, stored: Mapping[str, bytes], manifest: dict[str, Any]) -> Evaluation:
    try:
        tables = {name: typed(name, from_csv(data)) for name, data in stored.items()}
    except ValueError as error:
        raise _unreadable(folder, error) from error
    return Evaluation(tables, manifest)


def _unreadable(folder: str | Path, error: Exception) -> FolderError:
    reason = "run.json" if isinstance(error, FileNotFoundError) else getattr(error, "strerror", None) or str(error)
    return FolderError(problem("EK006", Place(file=str(folder)), path=folder, reason=reason))
