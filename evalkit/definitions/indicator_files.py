"""Indicator sets as files: read whole, or as what they change of the set that they extend."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from evalkit import library
from evalkit.definitions.extension import Extension
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.patching import apply_patches
from evalkit.definitions.validation import validate
from evalkit.definitions.yaml_source import Document, read_yaml
from evalkit.messages import word
from evalkit.problems import NOWHERE, Place, Problem, has_errors, problem

LONGEST_CHAIN = 6
"""Files from a set to the one that extends nothing."""


@dataclass(frozen=True, slots=True)
class LoadedIndicators:
    """An indicator set as if it were written whole, its document with the positions of every file, and these files.

    ``files`` are those of the sets that it extends, by the name under which findings show them.
    """

    indicators: IndicatorSet
    document: Document
    files: dict[str, Path] = field(default_factory=dict)


def load_indicators(path: Path, shown_as: str, folder: Path) -> tuple[LoadedIndicators | None, list[Problem]]:
    """Read an indicator set and what it extends; ``folder`` is what paths of ``extends`` may not lead out of.

    Returns the set, or all findings, each at its place in the file it stands in. Besides those of the definitions and
    of :func:`evalkit.definitions.patching.apply_patches`: ``EK345`` a set extends itself, ``EK346`` the chain is too
    long, ``EK001``, ``EK003``, ``EK004`` there is no such file.
    """
    return _load(path.resolve(), shown_as, folder.resolve(), {})


def open_indicators(reference: str, place: Place = NOWHERE) -> tuple[LoadedIndicators | None, list[Problem]]:
    """Read the set that a person names: ``builtin:NAME``, or a path from the current folder to anywhere.

    Paths of ``extends`` may not lead out of the current folder where it holds the file, else out of the file's own.
    """
    folder = Path.cwd()
    if reference.startswith(library.PREFIX):
        path, problems = library.find(reference, "indicators", folder, place)
        if path is None:
            return None, problems
    else:
        path = Path(reference)
    home = folder if path.resolve().is_relative_to(folder.resolve()) else path.parent
    return load_indicators(path, reference, home)


def _load(
    path: Path, shown_as: str, folder: Path, chain: dict[Path, str]
) -> tuple[LoadedIndicators | None, list[Problem]]:
    document, problems = read_yaml(path, shown_as)
    if document is None:
        return None, problems
    if not isinstance(document.value, dict) or "extends" not in document.value:
        return _validated(document, problems)
    extension, more = validate(document, Extension)
    problems += more
    base, more = _base(document, path, folder, chain | {path: shown_as})
    problems += more
    if extension is None or base is None or has_errors(problems):
        return None, problems
    merged, more = apply_patches(extension, document, base.document)
    problems += more
    if has_errors(problems):
        return None, problems
    loaded, problems = _validated(_with_source(merged, extension, base.indicators), problems)
    return (None if loaded is None else replace(loaded, files=base.files)), problems


def _validated(document: Document, problems: list[Problem]) -> tuple[LoadedIndicators | None, list[Problem]]:
    indicators, more = validate(document, IndicatorSet)
    problems += more
    return (None if indicators is None or has_errors(problems) else LoadedIndicators(indicators, document)), problems


def _base(
    document: Document, path: Path, folder: Path, chain: dict[Path, str]
) -> tuple[LoadedIndicators | None, list[Problem]]:
    reference, place = document.value["extends"], document.place(("extends",))
    if not isinstance(reference, str):
        return None, []
    if reference.startswith(library.PREFIX):
        found, problems = library.find(reference, "indicators", folder, place, besides=chain)
    else:
        found, problems = library.within(folder, reference, place, start=path.parent)
    if found is None:
        return None, problems
    found = found.resolve()
    if not library.is_file(found):
        return None, [problem("EK001", place, path=reference)]
    if found in chain:
        return None, [problem("EK345", place, chain=" → ".join([*chain.values(), chain[found]]))]
    if len(chain) >= LONGEST_CHAIN:
        return None, [problem("EK346", place, limit=LONGEST_CHAIN)]
    inside = found.is_relative_to(folder)
    is_path = not reference.startswith(library.PREFIX)
    shown_as = found.relative_to(folder).as_posix() if is_path else reference
    base, problems = _load(found, shown_as, folder if inside else found.parent, chain)
    return (None if base is None else replace(base, files={shown_as: found, **base.files})), problems


def _with_source(document: Document, extension: Extension, base: IndicatorSet) -> Document:
    """Let ``source`` say what was extended, and what that set says of itself."""
    what = word("source_extends", reference=extension.extends, id=base.id, version=base.version)
    texts = [each for each in (extension.source, what, base.source) if each]
    return replace(document, value=document.value | {"source": "; ".join(texts)})
