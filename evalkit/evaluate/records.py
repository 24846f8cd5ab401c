"""The work orders and call records that a study names, every file of a source read and put together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import numpy as np

from evalkit.definitions.bundle import Bundle, data_files
from evalkit.definitions.expression import choices
from evalkit.definitions.questionnaire import spelling
from evalkit.definitions.records import RecordSource
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256_file
from evalkit.records import Records
from evalkit.sources.record_merge import Merger
from evalkit.sources.records import RecordReader, status_counts
from evalkit.sources.register import Register
from evalkit.sources.survey import FileAccount


def read_records(bundle: Bundle, register: Register) -> tuple[dict[str, Records], list[FileAccount], list[Problem]]:
    """Read the sources that an indicator uses, by name; an account a file, whose cells are those that were needed."""
    found: dict[str, Records] = {}
    accounts: list[FileAccount] = []
    problems: list[Problem] = []
    for name, columns in _needed(bundle).items():
        source = bundle.study.data.records[name]
        files, more = _files(bundle, name, source)
        problems += more
        needed = [each for each in source.columns if each in {*columns, *source.order}]
        reader = RecordReader(source, needed, register, bundle.study.limits)
        read = []
        for shown_as, path in files.items():
            table = reader.read(path, shown_as)
            if table is None:
                digest = sha256_file(path) if path.is_file() else ""
                accounts.append(FileAccount(shown_as, "", "unreadable", sha256=digest))
                continue
            counts = status_counts(table.cells.values())
            accounts.append(FileAccount(shown_as, "", "read", sum(counts), counts, sha256=table.table.sha256))
            read.append(table)
        merger = Merger(name, source, needed, register, read)
        found[name] = merger.merge()
        problems += [*reader.problems, *merger.problems]
    return found, accounts, [*problems, *unmet_options(bundle, found)]


def unmet_options(bundle: Bundle, records: Mapping[str, Records]) -> Iterator[Problem]:
    """Yield ``EK821`` for each text that a formula compares with a category, but that no record has.

    A column that declares its options is left alone: one that nobody chose is no mistake there.
    """
    if bundle.indicators is None:
        return
    tree, document = bundle.indicators
    for branch in tree.walk():
        measure = None if branch.node.measure is None else branch.node.measure.records
        if measure is None or measure.of not in records:
            continue
        source, columns = records[measure.of], bundle.study.data.records[measure.of].columns
        for way, formula in measure.formulas.items():
            place = document.place((*branch.loc, "measure", "records", *way))
            for name, option in dict.fromkeys((name.key, option.text) for name, option in choices(formula)):
                if columns[name].codes or spelling(option) in source.known[name]:
                    continue
                met = source.cells[name].options
                yield problem("EK821", place, name=name, option=option, allowed=listed(met), **suggestion(option, met))


def without_records(records: Mapping[str, Records], register: Register, heard: Collection[str]) -> Iterator[Problem]:
    """Yield ``EK814`` for each unit that was ``heard`` of otherwise, but has no record in a source."""
    for name, source in records.items():
        for number in np.flatnonzero(source.per_unit == 0).tolist():
            unit = source.units[number]
            if unit in heard:
                yield problem("EK814", Place(unit=unit), source=name, unit=unit, name=register.names[unit])


def _needed(bundle: Bundle) -> dict[str, dict[str, None]]:
    """Return the names that the formulas of the indicators have, by source, in the order of the study."""
    needed: dict[str, dict[str, None]] = {}
    for node in bundle.indicators[0].indicators() if bundle.indicators is not None else ():
        if node.measure is not None and node.measure.records is not None:
            needed.setdefault(node.measure.records.of, {}).update(dict.fromkeys(node.measure.records.columns))
    return {name: needed[name] for name in bundle.study.data.records if name in needed}


def _files(bundle: Bundle, name: str, source: RecordSource) -> tuple[Mapping[str, Path], list[Problem]]:
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for number, pattern in enumerate(source.source):
        place = bundle.document.place(("data", "records", name, "source", number))
        matched, more = data_files(bundle, pattern, place)
        files |= {shown_as: path for path, shown_as in matched}
        problems += more
    return files, problems
