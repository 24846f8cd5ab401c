"""A study with all the definitions it names, read together so that all their findings come together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from evalkit import library
from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.crosscheck import Context, check_form, crosscheck
from evalkit.definitions.indicator_files import load_indicators
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.platform import Platform
from evalkit.definitions.plug_ins import plug_ins_of, uses
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.study import Study
from evalkit.definitions.validation import load_definition
from evalkit.definitions.yaml_source import Document
from evalkit.problems import Place, Problem, problem
from evalkit.registry import NO_PLUG_INS, Registry

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The definitions of a study; ``indicators`` is None, and the others lack what is broken.

    ``profiles`` has one for each of ``data.exports``, None where it is broken.
    ``files`` are the definition files that were read, by the name under which findings show them.
    """

    folder: Path
    study: Study
    document: Document
    indicators: tuple[IndicatorSet, Document] | None
    questionnaire: tuple[Questionnaire, Document] | None
    awards: tuple[tuple[AwardScheme, Document], ...]
    files: dict[str, Path]
    whole: bool
    """every definition the study names could be read"""
    plug_ins: Registry = NO_PLUG_INS
    protocol: tuple[Protocol, Document] | None = None
    profiles: tuple[Platform | None, ...] = ()


def load_bundle(path: Path, *, allow_plugins: bool = False) -> tuple[Bundle | None, list[Problem]]:
    """Read a study file and every definition it names; None only where the study itself cannot be read.

    The Python files that a study names are run only with ``allow_plugins``.
    """
    loaded, problems = load_definition(path, path.name, Study)
    if loaded is None:
        return None, problems
    study, document = loaded
    reader = _Reader(path.resolve().parent, document, {path.name: path.resolve()}, problems)
    indicators = reader.read_indicators(study.indicators)
    questionnaire = None
    if study.questionnaire is not None:
        questionnaire = reader.read(study.questionnaire, "questionnaire", ("questionnaire",), Questionnaire)
    protocol = None
    if study.protocol is not None:
        protocol = reader.read(study.protocol, "protocol", ("protocol",), Protocol)
    schemes = [reader.read(each, "awards", ("awards", index), AwardScheme) for index, each in enumerate(study.awards)]
    awards = tuple(scheme for scheme in schemes if scheme is not None)
    read = {
        each.profile: reader.read(each.profile, "platform", ("data", "exports", index, "profile"), Platform)
        for index, each in {each.profile: (index, each) for index, each in enumerate(study.data.exports)}.values()
    }
    profiles = [read[each.profile] for each in study.data.exports]
    whole = (
        indicators is not None
        and None not in profiles
        and len(awards) == len(schemes)
        and (questionnaire is not None or study.questionnaire is None)
        and (protocol is not None or study.protocol is None)
    )
    needed = indicators is not None and any(True for _ in uses(indicators, loaded))
    plug_ins, found = plug_ins_of(study, document, reader.folder, reader.files, needed=needed, allowed=allow_plugins)
    problems += found
    if indicators is not None:
        problems += crosscheck(Context(indicators, questionnaire, awards, loaded, plug_ins, protocol))
    elif questionnaire is not None:
        problems += check_form(*questionnaire)
    known = tuple(None if profile is None else profile[0] for profile in profiles)
    parts = (indicators, questionnaire, awards, reader.files, whole, plug_ins, protocol, known)
    return Bundle(reader.folder, study, document, *parts), problems


@dataclass(frozen=True, slots=True)
class _Reader:
    folder: Path
    document: Document
    files: dict[str, Path]
    problems: list[Problem]

    def read(
        self, reference: str, kind: library.Kind, loc: tuple[str | int, ...], model: type[Model]
    ) -> tuple[Model, Document] | None:
        path = self.find(reference, kind, loc)
        if path is None:
            return None
        loaded, found = load_definition(path, reference, model)
        self.problems.extend(found)
        return loaded

    def read_indicators(self, reference: str) -> tuple[IndicatorSet, Document] | None:
        path = self.find(reference, "indicators", ("indicators",))
        if path is None:
            return None
        loaded, found = load_indicators(path, reference, self.folder)
        self.problems.extend(found)
        if loaded is None:
            return None
        self.files.update(loaded.files)
        return loaded.indicators, loaded.document

    def find(self, reference: str, kind: library.Kind, loc: tuple[str | int, ...]) -> Path | None:
        path, found = library.find(reference, kind, self.folder, self.document.place(loc))
        self.problems.extend(found)
        if path is None:
            return None
        if not library.is_file(path):
            self.problems.append(problem("EK001", self.document.place(loc), path=reference))
            return None
        self.files[reference] = path
        return path


def data_files(bundle: Bundle, pattern: str, place: Place) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """Return the files that a pattern of ``data:`` matches, sorted by name; temporary and hidden files are left out."""
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        return [], [problem("EK003", place, path=pattern)]
    try:
        found = [path for path in bundle.folder.glob(pattern) if library.is_file(path)]
    except (IndexError, NotImplementedError, OSError, ValueError):  # what pathlib does with “.”, “” and over-long names
        found = []
    matches = sorted(
        (path.relative_to(bundle.folder).as_posix(), path) for path in found if not path.name.startswith(("~$", "."))
    )
    outside = [name for name, path in matches if not path.resolve().is_relative_to(bundle.folder)]
    problems = [problem("EK003", place, path=name) for name in outside]
    if not matches:
        problems.append(problem("EK239", place, pattern=pattern))
    return [(path, name) for name, path in matches if name not in outside], problems
