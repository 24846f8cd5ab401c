"""The data that awards look at beside scores and earlier waves: columns of the register, and nominations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from evalkit import library
from evalkit.definitions.awards import Gates
from evalkit.definitions.bundle import Bundle
from evalkit.definitions.yaml_source import Document, Way
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem
from evalkit.sources.nomination_tables import read_decisions, read_forms, read_submissions
from evalkit.sources.nominations import NO_NOMINATIONS, Nominations
from evalkit.sources.register import Register

Read = TypeVar("Read")
Named = tuple[str, tuple[str, ...], Place, str]
"""A column of the register, the groups it must have, where it is named, and by what."""


@dataclass(frozen=True, slots=True)
class AwardData:
    """Nominations, and the files they were read from, by the name shown."""

    nominations: Nominations = NO_NOMINATIONS
    files: dict[str, Path] = field(default_factory=dict)


NO_AWARD_DATA = AwardData()


def award_data(bundle: Bundle, register: Register) -> tuple[AwardData, list[Problem]]:
    """Read what the study names under ``nominations:``."""
    files: dict[str, Path] = {}
    nominations, problems = _nominations(bundle, register, files)
    return AwardData(nominations, files), problems


def _nominations(bundle: Bundle, register: Register, files: dict[str, Path]) -> tuple[Nominations, list[Problem]]:
    named = bundle.study.nominations
    awards = [f"{scheme.id}/{award.id}" for scheme, _ in bundle.awards for award in scheme.awards]
    problems: list[Problem] = []

    def read(
        key: str,
        name: str | None,
        reader: Callable[[Path, str, Register, Sequence[str]], tuple[list[Read], list[Problem]]],
        known: Sequence[str],
    ) -> tuple[Read, ...]:
        if name is None:
            return ()
        path, found = library.within(bundle.folder, name, bundle.document.place(("nominations", key)))
        problems.extend(found)
        if path is None:
            return ()
        files[name] = path
        rows, found = reader(path, name, register, known)
        problems.extend(found)
        return tuple(rows)

    submissions = read("submissions", named.submissions, read_submissions, awards)
    forms = read("jury", named.jury, read_forms, [each.id for each in submissions])
    decisions = read("decisions", named.decisions, read_decisions, awards)
    return Nominations(submissions, forms, decisions), problems


def award_columns(bundle: Bundle, register: Register) -> list[Problem]:
    """Find columns and groups that award schemes name and the register does not have (``EK310``, ``EK315``)."""
    known = [str(column) for column in register.frame.columns]
    problems: list[Problem] = []
    for column, values, place, where in _named(bundle):
        if column not in known:
            near = suggestion(column, known)
            problems.append(problem("EK310", place, where=where, column=column, allowed=listed(known), **near))
            continue
        present = set(register.frame[column])
        allowed = listed(sorted(present))
        absent = [value for value in values if value not in present]
        problems += [problem("EK315", place, group=value, column=column, allowed=allowed) for value in absent]
    return problems


def _named(bundle: Bundle) -> Iterator[Named]:
    """Yield the columns that awards name, with the groups that must be there; a veto may concern nobody."""
    for scheme, document in bundle.awards:
        yield from _of_gates(scheme.gates, document, ("gates",), scheme.id)
        for index, award in enumerate(scheme.awards):
            way, where = ("awards", index), f"{scheme.id}/{award.id}"
            if award.within is not None:
                yield award.within, (), document.place((*way, "rule", "within")), where
            yield from _of_gates(award, document, way, where)


def _of_gates(gates: Gates, document: Document, way: Way, where: str) -> Iterator[Named]:
    for column, values in gates.eligible.items():
        yield column, values, document.place((*way, "eligible", column)), where
    for number, veto in enumerate(gates.veto):
        if veto.column is not None:
            yield veto.column, (), document.place((*way, "veto", number, "column")), where
    if gates.sample is not None and gates.sample.column is not None:
        yield gates.sample.column, (), document.place((*way, "sample", "column")), where
