"""A finished run on disk: ``run.json``, ``tables/*.csv`` and ``results.xlsx``, written whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import TABLES, Evaluation
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256
from evalkit.reports.excel import write_results

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)


class FolderError(Exception):
    """The folder cannot be written or read; ``problem`` says why."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def write(evaluation: Evaluation, folder: str | Path, *, language: Language = "both", excel: bool = True) -> Path:
    """Write a run to ``folder`` and return its path.

    Everything is made in a temporary folder beside it and moved in place at the end. An existing folder is replaced
    only if it is empty or holds an earlier run; otherwise FolderError (EK007).
    """
    target = Path(folder).resolve()
    if target.exists() and not _replaceable(target):
        raise FolderError(problem("EK007", Place(file=str(folder)), path=folder))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or "")) from error
    try:
        made.chmod(0o755)
        _fill(made, evaluation, language, excel=excel)
        _put_in_place(made, target)
    except OSError as error:
        raise FolderError(problem("EK005", path=folder, reason=error.strerror or "")) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def _fill(folder: Path, evaluation: Evaluation, language: Language, *, excel: bool) -> None:
    (folder / "tables").mkdir()
    hashes = {}
    for name in TABLES:
        data = as_csv(evaluation.tables[name])
        (folder / "tables" / f"{name}.csv").write_bytes(data)
        hashes[name] = sha256(data)
    if excel:
        write_results(evaluation, folder / "results.xlsx", language)
    manifest = evaluation.manifest | {"tables": hashes}
    (folder / "run.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / "run.json").is_file() or not any(target.iterdir()))


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


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV: UTF-8 with BOM, full precision, empty for no value, no text that starts a formula."""
    safe = table.copy(deep=False)
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            texts = safe[column]
            risky = texts.map(lambda text: isinstance(text, str) and _starts_formula(text)).astype(bool)
            if risky.any():
                safe[column] = texts.where(~risky, "'" + texts.astype(object).astype(str))
    text = safe.to_csv(index=False, lineterminator="\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def _starts_formula(text: str) -> bool:
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


def read(folder: str | Path) -> Evaluation:
    """Read a finished run back; FolderError (EK006) where the folder holds none."""
    path = Path(folder)
    try:
        manifest: dict[str, Any] = json.loads((path / "run.json").read_text(encoding="utf-8"))
        tables = {name: _read_table(path / "tables" / f"{name}.csv") for name in TABLES}
    except (OSError, ValueError, KeyError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FolderError(problem("EK006", Place(file=str(folder)), path=folder, reason=reason)) from error
    return Evaluation(tables, manifest)


_NUMERIC = {
    "level", "weight", "share", "effective_weight", "min_coverage", "score", "coverage", "rank", "rank_low", "rank_high",
    "n", "base", "percent", "cumulative_n", "cumulative_share", "mean", "median", "minimum", "maximum", "total", "part",
    "observation", "expected", "ok", "blank", "skipped", "not_applicable", "invalid", "error", "rejected",
    "rows_missing", "rows_unknown", "tier", "line", "column",
}  # fmt: skip
_NUMERIC_VALUE_TABLES = {"measures", "parts"}


def _read_table(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    numeric = _NUMERIC | ({"value"} if path.stem in _NUMERIC_VALUE_TABLES else set())
    for column in table.columns:
        if column in numeric and path.stem != "units":
            table[column] = pd.to_numeric(table[column].replace("", None))
        else:
            table[column] = table[column].map(lambda text: text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text)
    return table


