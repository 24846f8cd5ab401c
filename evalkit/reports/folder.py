"""A finished run on disk: ``run.json``, ``tables/*.csv`` and ``results.xlsx``, written whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from evalkit.evaluate.evaluation import EXTRA_TABLES, TABLES, Evaluation
from evalkit.evaluate.table_types import typed
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256
from evalkit.reports.csv_text import as_csv, from_csv
from evalkit.reports.excel import write_results

_OWN = frozenset({"run.json", "results.xlsx", "tables"})
_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_MANIFEST = frozenset({"evalkit", "study", "recipe", "awards", "problems"})


class FolderError(Exception):
    """The folder cannot be written or read; ``problem`` says why."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def write(evaluation: Evaluation, folder: str | Path, *, language: Language = "both", excel: bool = True) -> Path:
    """Write a run to ``folder`` and return its path.

    Everything is made in a temporary folder beside it and moved in place at the end. An existing folder is replaced
    only if it is empty or holds an earlier run and nothing else; otherwise FolderError (EK007). FolderError (EK005)
    where the disk does not allow it; whatever happens, the old folder stays as it was.
    """
    target = Path(folder).resolve()
    if target.exists() and not _replaceable(target):
        raise FolderError(problem("EK007", Place(file=str(folder)), path=folder))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or str(error))) from error
    try:
        made.chmod(0o755)
        _fill(made, evaluation, language, excel=excel)
        _put_in_place(made, target)
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or str(error))) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def _fill(folder: Path, evaluation: Evaluation, language: Language, *, excel: bool) -> None:
    (folder / "tables").mkdir()
    hashes = {}
    for name in (*TABLES, *(extra for extra in EXTRA_TABLES if extra in evaluation.tables)):
        data = as_csv(evaluation.tables[name])
        (folder / "tables" / f"{name}.csv").write_bytes(data)
        hashes[name] = sha256(data)
    if excel:
        write_results(evaluation, folder / "results.xlsx", language)
    manifest = evaluation.manifest | {"tables": hashes}
    (folder / "run.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _replaceable(target: Path) -> bool:
    """Tell whether all that stands there was made by a run: nobody's own file is ever removed."""
    if not target.is_dir():
        return False
    names = {path.name for path in target.iterdir()} - _OF_THE_SYSTEM
    tables = {path.name for path in (target / "tables").glob("*")} - _OF_THE_SYSTEM
    if not names <= _OWN or not tables <= {f"{name}.csv" for name in (*TABLES, *EXTRA_TABLES)}:
        return False
    return not names or (target / "run.json").is_file()


def _put_in_place(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    old = made.with_name(made.name + ".old")
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def read(folder: str | Path) -> Evaluation:
    """Read a finished run back, its tables equal to those that were written.

    Raises FolderError (EK006) where the folder holds none, or one that was changed so that it cannot be read.
    """
    path = Path(folder)
    try:
        manifest: Any = json.loads((path / "run.json").read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or not manifest.keys() >= _MANIFEST:
            raise ValueError("run.json")  # noqa: TRY301 - joins the other ways in which it is no run
        present = [name for name in EXTRA_TABLES if (path / "tables" / f"{name}.csv").is_file()]
        names = (*TABLES, *present)
        tables = {name: typed(name, from_csv((path / "tables" / f"{name}.csv").read_bytes())) for name in names}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FolderError(problem("EK006", Place(file=str(folder)), path=folder, reason=reason)) from error
    return Evaluation(tables, manifest)
