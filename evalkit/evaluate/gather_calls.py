"""Bring plan and call sheets of a study together: files once each, ratings checked, as observations and as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalkit import library
from evalkit.calls import OUTCOME, SECOND, Calls, call_arrays
from evalkit.definitions.bundle import Bundle, data_files
from evalkit.evaluate.agent_checks import check_agents
from evalkit.evaluate.limit_checks import check_limits
from evalkit.evaluate.plan_checks import check_plan
from evalkit.evaluate.remark_checks import check_remarks
from evalkit.evaluate.timing_checks import check_timing, made_calls
from evalkit.observations import Batch
from evalkit.problems import Problem, problem
from evalkit.sources.agents import read_agent_key
from evalkit.sources.audit import NO_AUDITS, Audits, read_audits
from evalkit.sources.auditor_key import read_auditor_key
from evalkit.sources.call_plan import PlannedCall, read_call_plan
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.private_keys import PrivateKeys
from evalkit.sources.register import Register
from evalkit.sources.survey import FileAccount
from evalkit.sources.telephones import read_number_key

Read = tuple[list[Batch], list[FileAccount], Calls | None]


def gather_calls(
    bundle: Bundle, register: Register, plan: Sequence[PlannedCall], first: int, ledger: Ledger = NO_CORRECTIONS
) -> tuple[Read, list[Problem]]:
    """Return batches, accounts and arrays of the ratings, checked; ``first`` is the row id of their first cell.

    The corrections of ``ledger`` are applied. Without a protocol there are no ratings, and a study that names call
    sheets all the same gets EK611.
    """
    audits, problems = _read(bundle, register, ledger)
    if bundle.protocol is None:
        return ([], [], None), problems
    protocol = bundle.protocol[0]
    if plan:
        problems += check_plan(plan, audits.ratings, bundle.study.data.plan or "")
    second = {(each.call, each.auditor) for each in plan if each.role == SECOND}
    made = made_calls(audits.ratings, second)
    problems += check_timing(protocol, made, bundle.study.fieldwork)
    problems += check_limits(bundle.study.fieldwork, made)
    problems += check_remarks(protocol, audits.ratings)
    problems += check_agents(protocol, audits.ratings)
    if bundle.study.data.agent_key is None and any(rating.agent for rating in audits.ratings):
        problems.append(problem("EK639", bundle.document.place(("data",))))
    batches = [
        Batch(rating.unit, protocol.id, rating.file, rating.cells, rating.respondent) for rating in audits.ratings
    ]
    keys = (OUTCOME, *(item.code for item in protocol.items if item.is_asked))
    calls = call_arrays(audits.ratings, audits.counted, register.units, keys, first)
    return (batches, list(audits.accounts), calls), problems


def read_plan(bundle: Bundle, register: Register) -> tuple[tuple[PlannedCall, ...], list[Problem]]:
    """Return the plan that the study names; empty where it names none or it cannot be read."""
    name = bundle.study.data.plan
    if name is None or bundle.protocol is None:
        return (), []
    path, problems = library.within(bundle.folder, name, bundle.document.place(("data", "plan")))
    if path is None:
        return (), problems
    return read_call_plan(path, name, bundle.protocol[0], register, bundle.study.limits)


def _read(bundle: Bundle, register: Register, ledger: Ledger) -> tuple[Audits, list[Problem]]:
    """Return the ratings of all call sheets, each file read once, in the order of the study's patterns and by name."""
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
    keys, more = _keys(bundle)
    problems += more
    found = [(path, name) for name, path in files.items()]
    audits, more = read_audits(bundle.protocol[0], register, found, bundle.study.limits, ledger=ledger, keys=keys)
    return audits, [*problems, *more]


def _keys(bundle: Bundle) -> tuple[PrivateKeys, list[Problem]]:
    """Return the private keys that the study names, as far as they can be read."""
    data, problems = bundle.study.data, list[Problem]()
    found: dict[str, Mapping[str, str]] = {}
    readers = (("auditor_key", data.auditor_key, read_auditor_key), ("number_key", data.number_key, read_number_key))
    for key, name, read in readers:
        if name is not None:
            path, more = library.within(bundle.folder, name, bundle.document.place(("data", key)))
            found[key], wrong = ({}, []) if path is None else read(path, name)
            problems += [*more, *wrong]
    secret = b""
    if data.agent_key is not None:
        path, more = library.within(bundle.folder, data.agent_key, bundle.document.place(("data", "agent_key")))
        secret, wrong = (b"", []) if path is None else read_agent_key(path, data.agent_key)
        problems += [*more, *wrong]
    return PrivateKeys(found.get("auditor_key", {}), found.get("number_key", {}), secret), problems
