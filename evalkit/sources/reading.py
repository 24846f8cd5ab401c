"""Reading many workbooks: one after the other, or on several cores where that is faster; the result is the same."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from evalkit.definitions.limits import Limits
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.problems import Problem
from evalkit.sources.register import Register
from evalkit.sources.survey_workbook import Returned, SurveyReader

Read = tuple[Returned, list[Problem]]
_Of = tuple[Questionnaire, Register, Limits]
"""What a reader is made of."""
Watch = Callable[[int, int], None]
"""Is told after each file how many are read, and of how many."""
WORTH_IT = 64 << 20
"""Bytes of workbooks, some 2,400 questionnaires, from which more processes are faster.

CPU measured for 2,000 questionnaires of 27 KB: 4.7 s in one process; in two, 0.7 s to collect the answers and 8.7 s in
the processes, of which some 3 s to start them. So two cores break even at about 45 MB.
"""
_AT_ONCE = 8
_USUAL = Limits()


def _nobody(_read: int, _of: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: on how many cores at most, how large a file may be, and who is told of the progress.

    ``workers`` over 1 starts processes by ``spawn``, so the program that asks for it must be importable (its main part
    under ``if __name__ == "__main__"``); the command line is.
    """

    workers: int = 1
    limits: Limits = _USUAL
    watch: Watch = _nobody


ONE_BY_ONE = Reading()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_workbooks(
    questionnaire: Questionnaire, register: Register, files: Sequence[tuple[Path, str]], reading: Reading = ONE_BY_ONE
) -> Iterator[Read]:
    """Yield what :meth:`SurveyReader.read` gives for each file (path, name in findings), in the order of ``files``."""
    workers = min(reading.workers, len(files)) if _size(files) >= WORTH_IT else 1
    for number, read in enumerate(_read((questionnaire, register, reading.limits), files, workers), start=1):
        reading.watch(number, len(files))
        yield read


def _read(of: _Of, files: Sequence[tuple[Path, str]], workers: int) -> Iterator[Read]:
    if workers <= 1:
        reader = SurveyReader(*of)
        yield from (reader.read(path, shown_as) for path, shown_as in files)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, of) as pool:
        yield from pool.map(_read_one, files, chunksize=_AT_ONCE)


def _size(files: Sequence[tuple[Path, str]]) -> int:
    return sum(path.stat().st_size for path, _ in files if path.is_file())


_readers: list[SurveyReader] = []


def _start(*of: *_Of) -> None:
    """Prepare the reader of this process."""
    _readers[:] = [SurveyReader(*of)]


def _read_one(file: tuple[Path, str]) -> Read:
    return _readers[0].read(*file)
