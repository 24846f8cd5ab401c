"""Files are read alike by any number of processes, and whoever watches is told after each."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.sources import reading
from evalkit.sources.reading import Reading, read_workbooks
from evalkit.sources.survey import read_survey
from tests.sources.hostile_corpus import KINDS
from tests.sources.returned_forms import form, questionnaire, register


def files(folder: Path) -> list[tuple[Path, str]]:
    units = ("GZ", "SZ", "HZ")
    chosen = {f"{number:02d} {units[number % 3]}.xlsx": kind.make() for number, kind in enumerate(KINDS[::7])}
    named = []
    for name, data in {**chosen, "SZ.xlsx": form("SZ")}.items():
        (folder / name).write_bytes(data)
        named.append((folder / name, name))
    return [*named, (folder / "none.xlsx", "none.xlsx")]


def test_the_result_does_not_depend_on_the_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units, given = register(tmp_path), files(tmp_path)
    expected = read_survey(questionnaire(), units, given)
    monkeypatch.setattr(reading, "WORTH_IT", 0)
    # as texts, since the number of a cell without one is NaN, which equals nothing
    assert repr(read_survey(questionnaire(), units, given, reading=Reading(workers=2))) == repr(expected)


def test_few_files_are_read_in_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ProcessPoolExecutor", None)
    assert len(list(read_workbooks(questionnaire(), register(tmp_path), files(tmp_path), Reading(workers=8)))) > 3


def test_each_file_is_told_of(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    given = files(tmp_path)
    watching = Reading(watch=lambda read, of: told.append((read, of)))
    list(read_workbooks(questionnaire(), register(tmp_path), given, watching))
    assert told == [(number, len(given)) for number in range(1, len(given) + 1)]
