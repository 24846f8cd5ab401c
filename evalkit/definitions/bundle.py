"""A study with all the definitions it names, read together so that all their findings come together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from evalkit import library
from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.crosscheck import Context, check_form, crosscheck
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.study import Study
from evalkit.definitions.validation import load_definition
from evalkit.definitions.yaml_source import Document
from evalkit.problems import Place, Problem, problem

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The definitions of a study; ``indicators`` is None, and ``questionnaire`` and ``awards`` lack what is broken.

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
    profiles: tuple[Platform | None, ...] = ()


def load_bundle(path: Path) -> tuple[Bundle | None, list[Problem]]:
    """Read a study file and every definition it names; None only where the study itself cannot be read."""
    loaded, problems = load_definition(path, path.name, Study)
    if loaded is None:
        return None, problems
    study, document = loaded
    reader = _Reader(path.resolve().parent, document, {path.name: path.resolve()}, problems)
    indicators = reader.read(study.indicators, "indicators", ("indicators",), IndicatorSet)
    questionnaire = None
    if study.questionnaire is not None:
        questionnaire = reader.read(study.questionnaire, "questionnaire", ("questionnaire",), Questionnaire)
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
    )
    if indicators is not None:
        problems += crosscheck(Context(indicators, questionnaire, awards, loaded))
    elif questionnaire is not None:
        problems += check_form(*questionnaire)
    known = tuple(None if profile is None else profile[0] for profile in profiles)
    bundle = Bundle(reader.folder, study, document, indicators, questionnaire, awards, reader.files, whole, known)
    return bundle, problems


@dataclass(frozen=True, slots=True)
class _Reader:
    folder: Path
    document: Document
    files: dict[str, Path]
    problems: list[Problem]

    def read(
        self, reference: str, kind: library.Kind, loc: tuple[str | int, ...], model: type[Model]
    ) -> tuple[Model, Document] | None:
        path, found = library.find(reference, kind, self.folder, self.document.place(loc))
        self.problems.extend(found)
        if path is None:
            return None
        if not library.is_file(path):
            self.problems.append(problem("EK001", self.document.place(loc), path=reference))
            return None
        self.files[reference] = path
        loaded, found = load_definition(path, reference, model)
        self.problems.extend(found)
        return loaded


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
