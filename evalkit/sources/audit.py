"""Filled call sheets of a study: ratings of mystery calls, each row accounted for, attempts chosen by the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evalkit.calls import Rating
from evalkit.definitions.limits import Limits
from evalkit.definitions.protocol import Protocol
from evalkit.observations import STATUSES
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256_file
from evalkit.sources.audit_columns import find_columns
from evalkit.sources.audit_corrections import RatingCorrections
from evalkit.sources.audit_form import as_sheet
from evalkit.sources.audit_ratings import RatingReader, rating_reader
from evalkit.sources.audit_rows import rows_of
from evalkit.sources.auditor_key import looks_like_a_person
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.many_objects import collecting_later
from evalkit.sources.private_keys import NO_KEYS, PrivateKeys
from evalkit.sources.register import Register
from evalkit.sources.survey import FileAccount
from evalkit.sources.tables import read_table


@dataclass(frozen=True, slots=True)
class Audits:
    """All ratings that could be read, in the order of the register; ``counted`` says which of them scores use."""

    ratings: tuple[Rating, ...]
    counted: tuple[bool, ...]
    accounts: tuple[FileAccount, ...]


NO_AUDITS = Audits((), (), ())


def read_audits(
    protocol: Protocol,
    register: Register,
    files: Sequence[tuple[Path, str]],
    limits: Limits | None = None,
    *,
    ledger: Ledger = NO_CORRECTIONS,
    keys: PrivateKeys = NO_KEYS,
) -> tuple[Audits, list[Problem]]:
    """Read the call sheets ``files`` (path, name in findings): one row a rating, or one row an item of a rating.

    A row that cannot be assigned is left out with a finding: ``EK601`` a field is blank, ``EK602`` an unknown name,
    ``EK242`` an unknown unit, ``EK604`` a call of two units, scenarios or channels, ``EK605`` a scenario on a channel
    where it is not played, ``EK609`` no number of an attempt. A row with neither outcome nor answers is a call still to
    be made (EK614).

    The first of two rows for one rating counts, in the order of ``files``, so that what comes in later never replaces
    what was there: a later row is left out, with a note where it says the same (EK650), as an error where it says
    something else (EK603). By ``keys`` an auditor's name and the telephone number that a call was made from become
    codes; EK668: other auditors look like names, EK635: other telephone numbers, which are withheld. What is entered of
    date, start and duration and cannot be read is reported (EK657).

    The corrections of ``ledger`` are applied to each rating, that of the outcome before it decides which items are
    judged; its findings are those of :mod:`evalkit.sources.audit_corrections`.
    """
    corrections = RatingCorrections(protocol, ledger)
    reader = rating_reader(protocol, register, corrections, keys)
    ratings: list[Rating] = []
    accounts: list[FileAccount] = []
    problems: list[Problem] = []
    with collecting_later():
        for path, shown_as in files:
            read, account, more = _read_file(reader, path, shown_as, limits)
            ratings += read
            accounts.append(account)
            problems += more
        order = {unit: index for index, unit in enumerate(register.units)}
        ratings.sort(key=lambda rating: order[rating.unit])
        counted, more = counted_attempts(protocol, ratings)
    problems += [*more, *corrections.problems, *corrections.left(ratings)]
    return Audits(tuple(ratings), tuple(counted), tuple(accounts)), problems


def _read_file(
    reader: RatingReader, path: Path, shown_as: str, limits: Limits | None
) -> tuple[list[Rating], FileAccount, list[Problem]]:
    table, problems = read_table(path, Place(file=shown_as), limits)
    columns = None
    if table is not None:
        table = as_sheet(table, reader.protocol)
        columns, more = find_columns(table, reader.protocol)
        problems += more
    if table is None or columns is None:
        return [], FileAccount(shown_as, "", "unreadable"), problems
    rows, more = rows_of(table, columns, reader.protocol)
    problems += more
    made = [row for row in rows if row.is_made]
    if len(made) < len(rows):
        problems.append(problem("EK614", table.place, count=len(rows) - len(made)))
    ratings = []
    for row in made:
        rating, more = reader.read(row, table, columns, shown_as)
        problems += more
        if rating is not None:
            ratings.append(rating)
    if reader.withheld:
        problems.append(problem("EK635", reader.withheld[0], count=len(reader.withheld)))
        reader.withheld.clear()
    named = [rating for rating in ratings if looks_like_a_person(rating.auditor)]
    if named:
        place, persons = named[0].place.at(unit=None), {rating.auditor for rating in named}
        problems.append(problem("EK668", place, count=len(persons)))
    statuses = [cell.status for rating in ratings for cell in rating.cells]
    counts = tuple(statuses.count(status) for status in range(len(STATUSES)))
    to_come, left_out = len(rows) - len(made), len(made) - len(ratings)
    sha256 = sha256_file(path)
    account = FileAccount(shown_as, "", "read", len(statuses), counts, to_come, left_out, sha256)
    return ratings, account, problems


def counted_attempts(protocol: Protocol, ratings: Sequence[Rating]) -> tuple[list[bool], list[Problem]]:
    """Return which ratings count: one attempt a call and auditor, as the protocol's ``attempts`` say.

    Attempts beyond the number allowed never count (EK610).
    """
    rule = protocol.attempts
    groups: dict[tuple[str, str], list[int]] = {}
    for index, rating in enumerate(ratings):
        groups.setdefault((rating.call, rating.auditor), []).append(index)
    counted = [False] * len(ratings)
    problems: list[Problem] = []
    for (call, _), indices in groups.items():
        tried = sorted(indices, key=lambda index: ratings[index].attempt)
        allowed = [index for index in tried if ratings[index].attempt <= rule.most]
        if len(allowed) < len(tried):
            place = Place(file=ratings[tried[-1]].file, unit=ratings[tried[-1]].unit)
            last = ratings[tried[-1]].attempt
            problems.append(problem("EK610", place, call=call, attempt=last, most=rule.most))
        if not allowed:
            continue
        reached = [index for index in allowed if protocol.outcome_by_code[ratings[index].outcome].reached]
        chosen = allowed[0] if rule.counts == "first" else allowed[-1]
        counted[reached[0] if rule.counts == "reached" and reached else chosen] = True
    return counted, problems
