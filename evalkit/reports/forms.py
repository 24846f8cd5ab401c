"""The questionnaires of a study: one workbook a unit, or one blank form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from evalkit import library
from evalkit.definitions.bundle import Bundle
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.file_names import file_name
from evalkit.reports.template import write_form
from evalkit.sources.register import read_register


def write_forms(
    bundle: Bundle, folder: Path, *, units: Sequence[str] = (), blank: bool = False, language: Language = "both"
) -> tuple[int, list[Problem]]:
    """Write the forms into ``folder`` and return how many; ``units`` (ids, names or aliases) limits them.

    A file that is there already is never overwritten: it may have been filled in.
    """
    if bundle.questionnaire is None:
        return 0, [problem("EK320", Place(file=bundle.document.file))]
    questionnaire = bundle.questionnaire[0]
    notice = bundle.study.notice.say(language) if bundle.study.notice else ""
    wanted: list[tuple[str, str, str]] = [("", "", "blank")]
    problems: list[Problem] = []
    if not blank:
        wanted, problems = _wanted(bundle, units)
    count = 0
    for unit, name, stem in wanted:
        target = folder / f"{file_name(stem)}.xlsx"
        place = Place(file=str(target), unit=unit or None)
        if target.exists():
            problems.append(problem("EK008", place, path=target.name))
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_form(questionnaire, target, unit=unit, unit_name=name, language=language, notice=notice)
        except (OSError, FileCreateError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            problems.append(problem("EK005", place, path=target.name, reason=reason))
            continue
        count += 1
    return count, problems


def _wanted(bundle: Bundle, units: Sequence[str]) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """Return id, name and file name of each unit asked for."""
    path, problems = library.within(bundle.folder, bundle.study.units, bundle.document.place(("units",)))
    if path is None:
        return [], problems
    register, more = read_register(path, bundle.study.units)
    problems += more
    if register is None:
        return [], problems
    names = register.names
    chosen: list[str] = []
    for text in units:
        unit = register.find(text)
        if unit is None:
            problems.append(problem("EK242", name=text, **register.suggestion(text)))
        else:
            chosen.append(unit)
    listed = chosen if units else list(register.units)
    return [(unit, names[unit], f"{unit} {names[unit]}".strip()) for unit in listed], problems
