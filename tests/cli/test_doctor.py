"""``evalkit doctor``."""

from __future__ import annotations

import pytest

from evalkit.cli import doctor
from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_installation_is_fine(language: str) -> None:
    done = evalkit("doctor", "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) == 1 + len(doctor.CHECKS)


def test_json_names_every_check() -> None:
    document = evalkit("doctor", "--format", "json").json
    assert document["fine"]
    assert [each["check"] for each in document["checks"]] == list(doctor.CHECKS)
    assert document["problems"] == []


def test_what_is_broken_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise OSError("no room")

    monkeypatch.setitem(doctor.CHECKS, "temporary", broken)
    done = evalkit("doctor", "--lang", "en")
    assert done.code == 1
    assert "[wrong] Temporary folder can be written: OSError: no room" in done.out
    assert done.out.count("[fine]") == len(doctor.CHECKS) - 1
