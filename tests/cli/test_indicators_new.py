"""``evalkit indicators new``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import evalkit

BASE = "builtin:digital-transformation"


def test_new_writes_a_set_that_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "set.yaml"
    done = evalkit("indicators", "new", path, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert f"evalkit indicators show {path}" in done.out
    assert evalkit("indicators", "show", path).code == 0


def test_new_may_extend_what_is_built_in_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert evalkit("indicators", "new", "one.yaml", "--extends", BASE).code == 0
    assert evalkit("indicators", "new", "two.yaml", "--extends", "one.yaml").code == 0
    done = evalkit("indicators", "show", "two.yaml", "--format", "json")
    assert len(done.json["nodes"]) == 43


def test_an_existing_file_is_a_finding_and_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("mine", encoding="utf-8")
    for more in ((), ("--extends", BASE)):
        done = evalkit("indicators", "new", path, *more)
        assert (done.code, done.out) == (2, "")
        assert "EK354" in done.err
    assert path.read_text(encoding="utf-8") == "mine"


def test_an_unknown_base_is_a_finding(tmp_path: Path) -> None:
    done = evalkit("indicators", "new", tmp_path / "set.yaml", "--extends", "builtin:nothing")
    assert done.code == 1
    assert "EK004" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = evalkit("indicators", "new", tmp_path / "file" / "set.yaml")
    assert done.code == 1
    assert "EK005" in done.err
