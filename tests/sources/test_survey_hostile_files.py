"""Whatever comes back, it is named for what it is, and the questionnaires beside it are read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.observations import STATUSES
from tests.sources.hostile_corpus import KINDS, REFUSED, Kind
from tests.sources.returned_forms import COUNT, Read, form

BESIDE = "SZ.xlsx"


def test_the_corpus_is_large_and_its_kinds_are_named_once() -> None:
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names) >= 40
    assert len(REFUSED) >= 30


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_file_gives_its_findings_and_the_rest_of_the_run_goes_on(kind: Kind, tmp_path: Path) -> None:
    read = Read(tmp_path, {"GZ.xlsx": kind.make(), BESIDE: form("SZ"), "HZ.xlsx": form("HZ")})
    assert [(each.code, each.place.file) for each in read.problems] == [(code, "GZ.xlsx") for code in kind.codes]
    assert all("{" not in each.message() + each.hint() for each in read.problems)
    account, *others = read.accounts
    assert [(other.state, other.counts[0]) for other in others] == [("read", COUNT)] * 2
    assert [batch.unit for batch in read.batches][-2:] == ["SZ", "HZ"]
    if kind.answers is None:
        assert account.state == "unreadable"
        assert len(read.batches) == 2
        return
    counts = {name: count for name, count in zip(STATUSES, account.counts, strict=True) if count}
    assert counts == dict(kind.answers)
    cells = {each.key: each.value for each in read.batches[0].cells}
    assert {key: cells[key] for key in kind.values} == dict(kind.values)
