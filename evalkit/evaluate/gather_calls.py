"""Bring the call sheets of a study together: files once each, ratings as batches of observations and as arrays."""

from __future__ import annotations

from pathlib import Path

from evalkit.calls import OUTCOME, Calls, call_arrays
from evalkit.definitions.bundle import Bundle, data_files
from evalkit.observations import Batch
from evalkit.problems import Problem, problem
from evalkit.sources.audit import NO_AUDITS, Audits, read_audits
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.register import Register
from evalkit.sources.survey import FileAccount

Read = tuple[list[Batch], list[FileAccount], Calls | None]


def gather_calls(
    bundle: Bundle, register: Register, first: int, ledger: Ledger = NO_CORRECTIONS
) -> tuple[Read, list[Problem]]:
    """Return batches, accounts and arrays of the ratings; ``first`` is the row id of their first cell.

    The corrections of ``ledger`` are applied. Without a protocol there are no ratings, and a study that names call
    sheets all the same gets EK611.
    """
    audits, problems = _read(bundle, register, ledger)
    if bundle.protocol is None:
        return ([], [], None), problems
    protocol = bundle.protocol[0]
    batches = [
        Batch(rating.unit, protocol.id, rating.file, rating.cells, rating.respondent) for rating in audits.ratings
    ]
    keys = (OUTCOME, *(item.code for item in protocol.items if item.is_asked))
    calls = call_arrays(audits.ratings, audits.counted, register.units, keys, first)
    return (batches, list(audits.accounts), calls), problems


def _read(bundle: Bundle, register: Register, ledger: Ledger) -> tuple[Audits, list[Problem]]:
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for index, pattern in enumerate(bundle.study.data.audit):
        place = bundle.document.place(("data", "audit", index))
        if bundle.study.protocol is None:
            return NO_AUDITS, [problem("EK611", place)]
        matched, more = data_files(bundle, pattern, place)
        files |= {name: path for path, name in matched}
        problems += more
    if bundle.protocol is None:
        return NO_AUDITS, problems
    found = [(path, name) for name, path in files.items()]
    audits, more = read_audits(bundle.protocol[0], register, found, bundle.study.limits, ledger)
    return audits, [*problems, *more]
