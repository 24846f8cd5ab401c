"""The exports that a study names, each file read by its profile."""

from __future__ import annotations

import numpy as np

from evalkit.definitions.bundle import Bundle, data_files
from evalkit.evaluate.respondents import Respondents
from evalkit.observations import ABSENT, Answers
from evalkit.problems import Place, Problem, problem
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.export import read_export
from evalkit.sources.export_corrections import RespondentCorrections
from evalkit.sources.register import Register
from evalkit.sources.respondents import ReadExport
from evalkit.sources.survey import FileAccount


def read_exports(
    bundle: Bundle, register: Register, ledger: Ledger = NO_CORRECTIONS
) -> tuple[list[ReadExport], list[FileAccount], list[Problem]]:
    """Read all files of all exports, each sheet once though several patterns match the file.

    The corrections of ``ledger`` are applied, each to the first file that has its respondent.

    ``EK320``: the study has no questionnaire to read them by. What cannot be read for a fault in the definitions is
    left out here, since the definitions have a finding of their own.
    """
    exports: list[ReadExport] = []
    accounts: list[FileAccount] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str | None]] = set()
    corrections = RespondentCorrections(ledger)
    for index, export in enumerate(bundle.study.data.exports):
        place = bundle.document.place(("data", "exports", index))
        if bundle.study.questionnaire is None:
            return [], [], [problem("EK320", place)]
        for number, pattern in enumerate(export.file):
            files, more = data_files(bundle, pattern, _place_of_file(bundle, index, number))
            problems += more
            profile = bundle.profiles[index]
            if bundle.questionnaire is None or profile is None:
                continue
            for path, name in files:
                if (name, export.sheet) in seen:
                    continue
                seen.add((name, export.sheet))
                form, limits = bundle.questionnaire[0], bundle.study.limits
                (read, account), more = read_export(
                    (path, name), export, profile, form, register, limits=limits, corrections=corrections
                )
                problems += more
                accounts.append(account)
                exports += [] if read is None else [read]
    return exports, accounts, [*problems, *corrections.left()]


def _place_of_file(bundle: Bundle, index: int, number: int) -> Place:
    return bundle.document.place(("data", "exports", index, "file", number))


def answered_twice(respondents: Respondents | None, workbooks: Answers) -> list[Problem]:
    """Return ``EK299`` for each unit that returned a workbook and has respondents in exports."""
    if respondents is None:
        return []
    columns = workbooks.columns(respondents.layout.keys)
    both = (workbooks.statuses[:, columns] != ABSENT).any(axis=1) & (respondents.layout.counted > 0)
    found = []
    for row in np.flatnonzero(both).tolist():
        unit, count = workbooks.units[row], int(respondents.layout.counted[row])
        found.append(problem("EK299", Place(unit=unit), unit=unit, count=count))
    return found
