"""Bring the data of a study together: register, workbooks, ready-made values, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from evalkit import library
from evalkit.calls import Calls
from evalkit.definitions.bundle import Bundle, data_files
from evalkit.evaluate.award_data import NO_AWARD_DATA, AwardData, award_columns, award_data
from evalkit.evaluate.earlier_waves import NO_EARLIER_WAVES, EarlierWaves, last_numbers, read_earlier_waves
from evalkit.evaluate.exports import answered_twice, read_exports
from evalkit.evaluate.gather_calls import gather_calls, read_plan
from evalkit.evaluate.plug_in_values import ReadValues, read_by_plug_ins
from evalkit.evaluate.records import read_records, without_records
from evalkit.evaluate.respondents import Respondents, bring_together
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import COLUMN_PREFIX, Answers, Batch, answer_arrays
from evalkit.problems import Place, Problem, problem
from evalkit.records import Records
from evalkit.sources.audit_corrections import correctable
from evalkit.sources.call_plan import PlannedCall
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger, apply_corrections
from evalkit.sources.earlier_answers import EarlierNumbers
from evalkit.sources.ledger import NOTHING, cell_parsers, read_corrections
from evalkit.sources.reading import ONE_BY_ONE, Reading
from evalkit.sources.register import Register, read_register
from evalkit.sources.same_body import proposals
from evalkit.sources.survey import FileAccount, read_survey
from evalkit.sources.values import read_values


@dataclass(frozen=True, slots=True)
class Gathered:
    """All data of a study, read once: batches in the order of the register, surveys, then values, then calls.

    ``answers`` hold surveys and values, ``calls`` the ratings of mystery calls that count; None without a protocol.
    ``previous``: the numbers of the last earlier wave that has any, in the order of ``answers``.
    ``respondents`` are those of the exports, None without any; ``answers`` are of the units themselves.
    """

    register: Register
    batches: list[Batch]
    accounts: list[FileAccount]
    answers: Answers
    earlier: EarlierWaves = NO_EARLIER_WAVES
    previous: EarlierNumbers | None = None
    award_data: AwardData = NO_AWARD_DATA
    calls: Calls | None = None
    read: Mapping[str, Path] = field(default_factory=dict)
    """files that readers of the study's own have read"""
    respondents: Respondents | None = None
    plan: tuple[PlannedCall, ...] = ()
    """the planned ratings of calls, where the study names a plan"""
    records: Mapping[str, Records] = field(default_factory=dict)
    """work orders and call records by the name of their source"""


def gather(bundle: Bundle, reading: Reading = ONE_BY_ONE) -> tuple[Gathered | None, list[Problem]]:
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
    problems += _alike_units(bundle, register)
    columns, more = _value_columns(bundle)
    problems += more
    ledger, more = _corrections(bundle, register, columns)
    problems += more
    (batches, accounts), more = _survey(bundle, register, ledger.of_answers(), reading)
    problems += more
    by_readers, more = read_by_plug_ins(bundle, register, columns)
    problems += more
    problems += _not_read(bundle, columns, by_readers)
    ready_made, more = _values(bundle, register, [name for name in columns if name not in by_readers.columns])
    ready_made = [*by_readers.batches, *ready_made]
    read = [(batch.unit, batch.file, {cell.key: cell for cell in batch.cells}) for batch in ready_made]
    problems += apply_corrections(ledger.of_values(), read, more)
    batches += ready_made
    keys = bundle.questionnaire[0].cell_keys if bundle.questionnaire is not None else ()
    keys += tuple(f"{COLUMN_PREFIX}{name}" for name in columns)
    answers = answer_arrays(batches, register.units, keys)
    plan, more = read_plan(bundle, register)
    problems += more
    first = sum(len(batch.cells) for batch in batches) + 1
    (rated, more_accounts, calls), more = gather_calls(bundle, register, plan, first, ledger)
    problems += more
    batches += rated
    accounts += more_accounts
    exports, more_accounts, more = read_exports(bundle, register, ledger)
    problems += more
    accounts += more_accounts
    forms = bundle.questionnaire[0].cell_keys if bundle.questionnaire is not None else ()
    respondents = bring_together(exports, answers, forms, sum(len(batch.cells) for batch in batches) + 1)
    problems += answered_twice(respondents, answers)
    records, more_accounts, more = read_records(bundle, register)
    problems += more
    accounts += more_accounts
    problems += _silent_units(register, batches, accounts, respondents, records)
    earlier, more = read_earlier_waves(bundle, register)
    problems += more
    previous, more = last_numbers(bundle, register, answers.keys, earlier)
    problems += more
    for_awards, more = award_data(bundle, register)
    problems += more
    return Gathered(
        register, batches, accounts, answers, earlier, previous, for_awards, calls, by_readers.files, respondents, plan,
        records,
    ), problems  # fmt: skip


def _corrections(bundle: Bundle, register: Register, columns: list[str]) -> tuple[Ledger, list[Problem]]:
    name = bundle.study.corrections
    if name is None:
        return NO_CORRECTIONS, []
    path, problems = library.within(bundle.folder, name, bundle.document.place(("corrections",)))
    if path is None:
        return NO_CORRECTIONS, problems
    questionnaire = None if bundle.questionnaire is None else bundle.questionnaire[0]
    calls = NOTHING if bundle.protocol is None else correctable(bundle.protocol[0])
    return read_corrections(path, name, register, cell_parsers(questionnaire, columns), calls)


def _survey(
    bundle: Bundle, register: Register, ledger: Ledger, reading: Reading
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
    read, more = read_survey(
        bundle.questionnaire[0], register, found, ledger, replace(reading, limits=bundle.study.limits)
    )
    return read, [*problems, *more]


def _values(bundle: Bundle, register: Register, columns: list[str]) -> tuple[list[Batch], list[Problem]]:
    name = bundle.study.data.values
    if name is None:
        return [], []
    path, problems = library.within(bundle.folder, name, bundle.document.place(("data", "values")))
    if path is None:
        return [], problems
    batches, more = read_values(path, name, register, columns, bundle.study.limits)
    return batches, [*problems, *more]


def _not_read(bundle: Bundle, columns: list[str], read: ReadValues) -> list[Problem]:
    """Columns that neither readers nor a table of values could give."""
    if bundle.study.data.values is not None or not bundle.study.data.read:
        return []
    place = bundle.document.place(("data", "read"))
    return [problem("EK427", place, column=name) for name in columns if name not in read.columns]


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
            if bundle.study.data.values is None and not bundle.study.data.read:
                place = document.place((*branch.loc, "measure", "column"))
                problems.append(problem("EK309", place, node=branch.node.id, column=measure.column))
    return list(dict.fromkeys(columns)), problems


def _check_columns(bundle: Bundle, register: Register) -> list[Problem]:
    """Columns and groups of the register that the recipe and the awards name."""
    known = [str(column) for column in register.frame.columns]
    problems: list[Problem] = []
    for index, column in enumerate(bundle.study.recipe.peer_groups):
        if column not in known:
            place = bundle.document.place(("recipe", "peer_groups", index))
            near = suggestion(column, known)
            problems.append(problem("EK310", place, where="recipe", column=column, allowed=listed(known), **near))
    return [*problems, *award_columns(bundle, register)]


def _alike_units(bundle: Bundle, register: Register) -> list[Problem]:
    """Units of one place whose names say the same: they may be one body that stands in the register twice."""
    units = {name: unit for unit, name in register.names.items()}
    return [
        problem(
            "EK424",
            Place(file=bundle.study.units, unit=units[each.second]),
            first=units[each.first],
            first_name=each.first,
            second=units[each.second],
            second_name=each.second,
        )
        for each in proposals(units)
        if each.alike
    ]


def _silent_units(
    register: Register,
    batches: list[Batch],
    accounts: list[FileAccount],
    respondents: Respondents | None,
    records: Mapping[str, Records],
) -> list[Problem]:
    """Units that sent nothing at all, or no records; a unit whose workbook was rejected has a finding of its own."""
    heard = {batch.unit for batch in batches} | {account.unit for account in accounts}
    if respondents is not None:
        heard |= {unit for unit, count in zip(register.units, respondents.layout.counted, strict=True) if count}
    for source in records.values():
        heard |= {unit for unit, count in zip(register.units, source.per_unit, strict=True) if count}
    nothing = [
        problem("EK231", Place(unit=unit), unit=unit, name=name)
        for unit, name in register.names.items()
        if unit not in heard
    ]
    return [*nothing, *without_records(records, register, heard)]
