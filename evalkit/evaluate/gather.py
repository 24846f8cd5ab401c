"""Bring the data of a study together: register, workbooks, ready-made values, and what they leave open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evalkit import library
from evalkit.definitions.awards import Top
from evalkit.definitions.bundle import Bundle, data_files
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import COLUMN_PREFIX, Answers, Batch, answer_arrays
from evalkit.problems import Place, Problem, problem
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger, apply_corrections, cell_parsers, read_corrections
from evalkit.sources.register import Register, read_register
from evalkit.sources.survey import FileAccount, read_survey
from evalkit.sources.values import read_values


@dataclass(frozen=True, slots=True)
class Gathered:
    """All data of a study, read once: batches in the order of the register, surveys before values."""

    register: Register
    batches: list[Batch]
    accounts: list[FileAccount]
    answers: Answers


def gather(bundle: Bundle) -> tuple[Gathered | None, list[Problem]]:
    """Read the register and all data; None where there is no register or no indicator set."""
    if bundle.indicators is None:
        return None, []
    path, problems = library.within(bundle.folder, bundle.study.units, bundle.document.place(("units",)))
    if path is None:
        return None, problems
    register, more = read_register(path, bundle.study.units)
    problems += more
    if register is None:
        return None, problems
    problems += _check_columns(bundle, register)
    columns, more = _value_columns(bundle)
    problems += more
    ledger, more = _corrections(bundle, register, columns)
    problems += more
    (batches, accounts), more = _survey(bundle, register, ledger.of_answers())
    problems += more
    ready_made, more = _values(bundle, register, columns)
    read = [(batch.unit, batch.file, {cell.key: cell for cell in batch.cells}) for batch in ready_made]
    problems += apply_corrections(ledger.of_values(), read, more)
    batches += ready_made
    keys = bundle.questionnaire[0].cell_keys if bundle.questionnaire is not None else ()
    keys += tuple(f"{COLUMN_PREFIX}{name}" for name in columns)
    problems += _silent_units(register, batches, accounts)
    return Gathered(register, batches, accounts, answer_arrays(batches, register.units, keys)), problems


def _corrections(bundle: Bundle, register: Register, columns: list[str]) -> tuple[Ledger, list[Problem]]:
    name = bundle.study.corrections
    if name is None:
        return NO_CORRECTIONS, []
    path, problems = library.within(bundle.folder, name, bundle.document.place(("corrections",)))
    if path is None:
        return NO_CORRECTIONS, problems
    questionnaire = None if bundle.questionnaire is None else bundle.questionnaire[0]
    return read_corrections(path, name, register, cell_parsers(questionnaire, columns))


def _survey(
    bundle: Bundle, register: Register, ledger: Ledger
) -> tuple[tuple[list[Batch], list[FileAccount]], list[Problem]]:
    """Read the workbooks, each once though several patterns match it; without a questionnaire none can be read."""
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for index, pattern in enumerate(bundle.study.data.survey):
        place = bundle.document.place(("data", "survey", index))
        if bundle.study.questionnaire is None:
            return ([], []), [problem("EK320", place)]
        matched, more = data_files(bundle, pattern, place)
        files |= {name: path for path, name in matched}
        problems += more
    if bundle.questionnaire is None:
        return ([], []), problems
    found = [(path, name) for name, path in files.items()]
    read, more = read_survey(bundle.questionnaire[0], register, found, ledger)
    return read, [*problems, *more]


def _values(bundle: Bundle, register: Register, columns: list[str]) -> tuple[list[Batch], list[Problem]]:
    name = bundle.study.data.values
    if name is None:
        return [], []
    path, problems = library.within(bundle.folder, name, bundle.document.place(("data", "values")))
    if path is None:
        return [], problems
    batches, more = read_values(path, name, register, columns)
    return batches, [*problems, *more]


def _value_columns(bundle: Bundle) -> tuple[list[str], list[Problem]]:
    """Return the columns that indicators use; without ``data: values`` each is a finding."""
    if bundle.indicators is None:
        return [], []
    columns: list[str] = []
    problems: list[Problem] = []
    tree, document = bundle.indicators
    for branch in tree.walk():
        measure = branch.node.measure
        if measure is not None and measure.column is not None:
            columns += [measure.column, *([measure.se] if measure.se else [])]
            if bundle.study.data.values is None:
                place = document.place((*branch.loc, "measure", "column"))
                problems.append(problem("EK309", place, node=branch.node.id, column=measure.column))
    return list(dict.fromkeys(columns)), problems


def _check_columns(bundle: Bundle, register: Register) -> list[Problem]:
    """Columns and groups of the register that the recipe and the awards name."""
    known = [str(column) for column in register.frame.columns]
    named = [
        (column, bundle.document.place(("recipe", "peer_groups", index)), "recipe")
        for index, column in enumerate(bundle.study.recipe.peer_groups)
    ]
    problems: list[Problem] = []
    for scheme, document in bundle.awards:
        for index, award in enumerate(scheme.awards):
            where = f"{scheme.id}/{award.id}"
            if isinstance(award.rule, Top) and award.rule.within is not None:
                named.append((award.rule.within, document.place(("awards", index, "rule", "within")), where))
            for column, values in award.eligible.items():
                place = document.place(("awards", index, "eligible", column))
                named.append((column, place, where))
                present = set(register.frame[column]) if column in known else set(values)
                for value in values:
                    if value not in present:
                        allowed = listed(sorted(present))
                        problems.append(problem("EK315", place, group=value, column=column, allowed=allowed))
    for column, place, where in named:
        if column not in known:
            near = suggestion(column, known)
            problems.append(problem("EK310", place, where=where, column=column, allowed=listed(known), **near))
    return problems


def _silent_units(register: Register, batches: list[Batch], accounts: list[FileAccount]) -> list[Problem]:
    """Units that sent nothing at all; a unit whose workbook was rejected has a finding of its own."""
    heard = {batch.unit for batch in batches} | {account.unit for account in accounts}
    return [
        problem("EK231", Place(unit=unit), unit=unit, name=name)
        for unit, name in register.names.items()
        if unit not in heard
    ]
