"""``builtin:NAME``: what ships with evalkit: indicator sets, award schemes, questionnaires, protocols, import profiles.

In a checkout they are the folders ``indicators/`` and ``surveys/`` beside the package; in an installed wheel
they are package data. A path that is not ``builtin:`` is taken from the study's own folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Literal

from evalkit.messages.nearest import suggestion
from evalkit.problems import Place, Problem, problem

Kind = Literal["indicators", "awards", "questionnaire", "protocol", "platform"]
FOLDERS: dict[Kind, str] = {
    "indicators": "indicators",
    "awards": "indicators/awards",
    "questionnaire": "surveys",
    "protocol": "surveys",
    "platform": "surveys/platforms",
}
_PROTOCOL = re.compile(r"^kind:\s*protocol\b", re.MULTILINE)
_HEAD = 4096  # characters within which a definition says what kind it is
PREFIX = "builtin:"


def root() -> Path:
    """Return the folder that holds ``indicators/`` and ``surveys/``."""
    package = Path(__file__).parent
    packaged = package / "library_files"
    return packaged if packaged.is_dir() else package.parent


def builtins(kind: Kind) -> Iterator[Path]:
    """Yield the shipped definition files of a kind, sorted by name."""
    for path in sorted((root() / FOLDERS[kind]).glob("*.yaml")):
        if kind not in {"questionnaire", "protocol"} or _is_protocol(path) == (kind == "protocol"):
            yield path


def _is_protocol(path: Path) -> bool:
    """Tell a protocol from the questionnaires beside which it lies, by its line ``kind: protocol``."""
    with path.open(encoding="utf-8") as file:
        return _PROTOCOL.search(file.read(_HEAD)) is not None


def find(
    reference: str, kind: Kind, folder: Path, place: Place, *, besides: Container[Path] = ()
) -> tuple[Path | None, list[Problem]]:
    """Return the file that ``builtin:NAME`` or a path relative to ``folder`` means.

    The user's own ``NAME.yaml``, in ``folder`` or its ``indicators/`` or ``surveys/``, is taken before a built-in,
    unless it is among ``besides``: a file that extends the built-in of its own name does not mean itself.
    A path may not lead out of ``folder``.
    """
    if not reference.startswith(PREFIX):
        return within(folder, reference, place)
    name = reference.removeprefix(PREFIX)
    known = {path.stem: path for path in builtins(kind)}
    own = [folder / f"{name}.yaml", folder / FOLDERS[kind] / f"{name}.yaml"]
    named = [path for path in own if path.name == f"{name}.yaml" and is_file(path) and path.resolve() not in besides]
    if named or name in known:
        return (named[0] if named else known[name]), []
    return None, [problem("EK004", place, name=name, **suggestion(name, known))]


def within(folder: Path, path: str, place: Place, *, start: Path | None = None) -> tuple[Path | None, list[Problem]]:
    """Return ``path`` from ``start`` (``folder``) if it stays inside ``folder``, else a finding (EK003)."""
    try:
        full = ((start or folder) / path).resolve()
        inside = full.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, or no name that a file can have
        inside = False
    return (full, []) if inside else (None, [problem("EK003", place, path=path)])


def read_bytes(path: Path, place: Place) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file that ``place`` names, or the finding why not.

    ``EK001`` it is not there, ``EK011`` it is a folder, ``EK002`` anything else.
    """
    try:
        return path.read_bytes(), []
    except FileNotFoundError:
        return None, [problem("EK001", place, path=place.file)]
    except OSError as error:
        if os.path.isdir(path):  # noqa: PTH112 - never raises; what the error is called depends on the system
            inner = "study.yaml" if is_file(path / "study.yaml") else "…"
            return None, [problem("EK011", place, path=place.file, example=f"{(place.file or '').rstrip('/')}/{inner}")]
        return None, [problem("EK002", place, path=place.file, reason=error.strerror or type(error).__name__)]


def is_file(path: Path) -> bool:
    """Tell whether a path is a file; a name too long for the file system is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
