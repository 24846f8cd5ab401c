"""What goes back to the units: a marked copy of every workbook with faults, and the list of all findings."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from evalkit import library
from evalkit.definitions.bundle import Bundle, data_files
from evalkit.evaluate.project import Project
from evalkit.messages import Language
from evalkit.observations import ERROR, Cell
from evalkit.problems import Place, Problem, problem
from evalkit.reports.annotated_copy import annotated_copy, is_drawn_on
from evalkit.reports.problem_list import write_problem_list
from evalkit.sources.editable import refusal
from evalkit.sources.register import Register, read_register
from evalkit.sources.survey_workbook import Returned, SurveyReader

LIST = "problems.xlsx"
"""Name of the list of all findings."""
_NAMES_OTHER_UNITS = frozenset({"EK240", "EK254", "EK273"})
_FAULTS = frozenset({"error", "warning"})
_NOTES_FOR_UNITS = frozenset({"EK268"})


def annotate(
    study: Project | Bundle, problems: Sequence[Problem], folder: Path, *, language: Language = "both"
) -> tuple[int, list[Problem]]:
    """Write marked copies and :data:`LIST` into ``folder``; return how many copies there are, and findings of this act.

    ``problems`` are those of :meth:`Project.check`. A workbook with an error or a warning gets a copy under its own
    name (ending in ``.xlsx``, since macros do not stay), if it was read at all: what the guard refused is opened by
    nothing. The originals are only read. A finding that names another unit is on the list, not in a copy; of the notes,
    a copy has those that the unit alone can settle (``EK268``).

    ``EK008``: a file of that name is there and stays as it is; ``EK010``: a copy could not be made, or would not read
    back with the same answers; ``EK267``: a copy lacks the pictures of its original; ``EK005``: the folder cannot be
    written.
    """
    bundle = study.bundle if isinstance(study, Project) else study
    register = _register(bundle)
    names = {} if register is None else register.names
    notice = bundle.study.notice.say(language) if bundle.study.notice else ""
    count, found = 0, []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as made:
            listed = Path(made) / LIST
            write_problem_list(problems, names, listed, language, notice=notice)
            found += _keep(folder / LIST, listed.read_bytes())
    except OSError as error:
        return 0, [_not_written(folder, error)]
    if register is None or bundle.questionnaire is None:
        return 0, found
    reader = SurveyReader(bundle.questionnaire[0], register, bundle.study.limits)
    told = _told(problems)
    for path, shown_as, name in _faulty_workbooks(bundle, told):
        more, kept = _write_copy(reader, (path, shown_as), told[shown_as], folder / name, language)
        found += more
        count += kept
    return count, found


def _told(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Return by file what its unit is told, for the files with a fault."""
    by_file: dict[str, list[Problem]] = {}
    for each in problems:
        if each.place.file is not None and (_is_fault(each) or each.code in _NOTES_FOR_UNITS):
            by_file.setdefault(each.place.file, []).append(each)
    return {file: found for file, found in by_file.items() if any(map(_is_fault, found))}


def _is_fault(each: Problem) -> bool:
    """Tell whether a finding is a fault that its unit is to be told of."""
    return each.severity in _FAULTS and each.code not in _NAMES_OTHER_UNITS


def _register(bundle: Bundle) -> Register | None:
    path, _ = library.within(bundle.folder, bundle.study.units, Place())
    return None if path is None else read_register(path, bundle.study.units)[0]


def _faulty_workbooks(bundle: Bundle, faulty: Collection[str]) -> list[tuple[Path, str, str]]:
    """Return path, name in findings and name of the copy of the workbooks among ``faulty``.

    Copies that would have one name are told apart by their folder.
    """
    files: dict[str, Path] = {}
    for pattern in bundle.study.data.survey:
        files |= {name: path for path, name in data_files(bundle, pattern, Place())[0] if name in faulty}
    stems = Counter([path.stem.casefold() for path in files.values()] + [Path(LIST).stem])
    return [
        (path, shown_as, f"{path.stem if stems[path.stem.casefold()] == 1 else _with_folder(shown_as)}.xlsx")
        for shown_as, path in files.items()
    ]


def _with_folder(shown_as: str) -> str:
    return "_".join(Path(shown_as.removesuffix(".xlsx")).parts)


def _write_copy(
    reader: SurveyReader, file: tuple[Path, str], findings: Sequence[Problem], target: Path, language: Language
) -> tuple[list[Problem], bool]:
    path, shown_as = file
    before, _ = reader.read(path, shown_as)
    place = Place(file=shown_as, unit=before.unit or None)
    if before.cells is None:
        return [], False
    try:
        data = path.read_bytes()
        if (refused := refusal(data, place, reader.limits)) is not None:
            return [_no_copy(place, refused.message("zh"), refused.message("en"))], False
        copy = annotated_copy(data, findings, [(cell.sheet, cell.cell) for cell in before.cells.values()], language)
    except Exception as error:  # noqa: BLE001 - openpyxl raises anything for a workbook that it does not understand
        reason = f"{type(error).__name__} {error}".strip().splitlines()[0][:200]
        return [_no_copy(place, reason, reason)], False
    try:
        if not _reads_the_same(reader, before, copy, path.stem):
            zh, en = "副本读回的答案与原件不同", "it would not read back with the same answers"
            return [_no_copy(place, zh, en)], False
        found = _keep(target, copy)
    except OSError as error:
        return [_not_written(target, error)], False
    drawn = [problem("EK267", place, path=target.name)] if is_drawn_on(data) else []
    return [*found, *drawn], not found


def _reads_the_same(reader: SurveyReader, before: Returned, copy: bytes, stem: str) -> bool:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / f"{stem}.xlsx"
        path.write_bytes(copy)
        after, _ = reader.read(path, path.name)
    if after.cells is None or before.cells is None or after.unit != before.unit:
        return False
    return all(_same(cell, after.cells[key]) for key, cell in before.cells.items())


def _same(one: Cell, other: Cell) -> bool:
    """Tell whether two cells read the same; the text of an error value is lost with the result of its formula."""
    if one.status == other.status == ERROR:
        return True
    return (one.status, one.raw, one.value) == (other.status, other.raw, other.value)


def _keep(target: Path, data: bytes) -> list[Problem]:
    """Make the file, unless something of its name is there. Raises OSError."""
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return [problem("EK008", Place(file=str(target)), path=target.name)]
    return []


def _no_copy(place: Place, zh: str, en: str) -> Problem:
    return problem("EK010", place, path=place.file, reason_zh=zh, reason_en=en)


def _not_written(target: Path, error: OSError) -> Problem:
    return problem("EK005", Place(file=str(target)), path=target.name, reason=error.strerror or str(error))
