"""``builtin:NAME``: the indicator sets, award schemes, questionnaires and import profiles that ship with evalkit.

In a checkout they are the folders ``indicators/`` and ``surveys/`` beside the package; in an installed wheel
they are package data. A path that is not ``builtin:`` is taken from the study's own folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from evalkit.messages.nearest import suggestion
from evalkit.problems import Place, Problem, problem

Kind = Literal["indicators", "awards", "questionnaire", "platform"]
FOLDERS: dict[Kind, str] = {
    "indicators": "indicators",
    "awards": "indicators/awards",
    "questionnaire": "surveys",
    "platform": "surveys/platforms",
}
PREFIX = "builtin:"


def root() -> Path:
    """Return the folder that holds ``indicators/`` and ``surveys/``."""
    package = Path(__file__).parent
    packaged = package / "library_files"
    return packaged if packaged.is_dir() else package.parent


def builtins(kind: Kind) -> Iterator[Path]:
    """Yield the shipped definition files of a kind, sorted by name."""
    yield from sorted((root() / FOLDERS[kind]).glob("*.yaml"))


def find(reference: str, kind: Kind, folder: Path, place: Place) -> tuple[Path | None, list[Problem]]:
    """Return the file that ``builtin:NAME`` or a path relative to ``folder`` means.

    The user's own ``NAME.yaml``, in ``folder`` or its ``indicators/`` or ``surveys/``, is taken before a built-in.
    A path may not lead out of ``folder``.
    """
    if not reference.startswith(PREFIX):
        return within(folder, reference, place)
    name = reference.removeprefix(PREFIX)
    known = {path.stem: path for path in builtins(kind)}
    own = [folder / f"{name}.yaml", folder / FOLDERS[kind] / f"{name}.yaml"]
    named = [path for path in own if path.name == f"{name}.yaml" and is_file(path)]
    if named or name in known:
        return (named[0] if named else known[name]), []
    return None, [problem("EK004", place, name=name, **suggestion(name, known))]


def within(folder: Path, path: str, place: Place) -> tuple[Path | None, list[Problem]]:
    """Return ``folder / path`` if it stays inside ``folder``, else a finding (EK003)."""
    try:
        full = (folder / path).resolve()
        inside = full.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, or no name that a file can have
        inside = False
    return (full, []) if inside else (None, [problem("EK003", place, path=path)])


def is_file(path: Path) -> bool:
    """Tell whether a path is a file; a name too long for the file system is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
