"""The earlier waves of a study as they were: results of runs, and scores of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evalkit import library
from evalkit.definitions.bundle import Bundle
from evalkit.definitions.earlier_waves import EarlierWave
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.award_field import Earlier
from evalkit.sources.earlier_answers import EarlierNumbers, read_earlier_numbers
from evalkit.sources.earlier_run import EarlierRun, read_earlier_run
from evalkit.sources.earlier_scores import read_earlier_scores
from evalkit.sources.register import Register


@dataclass(frozen=True, slots=True)
class RunBefore:
    """Results of an earlier wave with their folder; ``comparable``: what the study says of them, None for nothing."""

    run: EarlierRun
    path: Path
    comparable: bool | None


@dataclass(frozen=True, slots=True)
class EarlierWaves:
    """Earlier waves that could be read, the oldest first; ``files``: tables of scores, by the name shown."""

    waves: tuple[RunBefore | Earlier, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)

    @property
    def runs(self) -> list[EarlierRun]:
        """The results among them."""
        return [each.run for each in self.waves if isinstance(each, RunBefore)]


NO_EARLIER_WAVES = EarlierWaves()


def read_earlier_waves(bundle: Bundle, register: Register) -> tuple[EarlierWaves, list[Problem]]:
    """Read what the study names under ``waves:``; one that stands twice, or is this one, is pointed out (``EK421``)."""
    found: list[RunBefore | Earlier] = []
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    named = {bundle.study.wave} - {""}
    for number, wave in enumerate(bundle.study.waves):
        name, place = wave.results or wave.scores or "", bundle.document.place(("waves", number))
        path, more = library.within(bundle.folder, name, place)
        problems += more
        if path is None:
            continue
        if wave.results is None:
            files[name] = path
        read, more = _read(bundle, register, wave, (path, name), place)
        problems += more
        if read is not None:
            label = read.wave if isinstance(read, Earlier) else read.run.wave
            if label in named:
                problems.append(problem("EK421", place, wave=label))
            named.add(label)
            found.append(read)
    return EarlierWaves(tuple(found), files), problems


def _read(
    bundle: Bundle, register: Register, wave: EarlierWave, file: tuple[Path, str], place: Place
) -> tuple[RunBefore | Earlier | None, list[Problem]]:
    if wave.results is not None:
        run, problems = read_earlier_run(*file, place)
        return (None if run is None else RunBefore(run, file[0], wave.comparable)), problems
    scores, problems = read_earlier_scores(*file, register)
    if scores is None:
        return None, problems
    return Earlier(wave.wave, scores.scores, _comparable(bundle, wave), scores.errors), problems


def _comparable(bundle: Bundle, wave: EarlierWave) -> bool:
    """Tell whether a table of scores is of the indicator set of this wave; one of which nothing is known is not."""
    if wave.comparable is not None:
        return wave.comparable
    return (
        bundle.indicators is not None and wave.indicators == f"{bundle.indicators[0].id} {bundle.indicators[0].version}"
    )


def last_numbers(
    bundle: Bundle, register: Register, keys: Mapping[str, int], earlier: EarlierWaves
) -> tuple[EarlierNumbers | None, list[Problem]]:
    """Return the numbers of the last results that hold any of today's, for the screen ``previous_ratio``."""
    problems: list[Problem] = []
    if bundle.study.screens.previous_ratio is None or not keys:
        return None, problems
    instrument = "" if bundle.questionnaire is None else bundle.questionnaire[0].id
    for each in reversed(earlier.waves):
        if isinstance(each, Earlier) or each.run.wave == bundle.study.wave:
            continue
        numbers, more = read_earlier_numbers(each.path, each.run, register, keys, instrument=instrument)
        problems += more
        if numbers is not None:
            return numbers, problems
    return None, problems
