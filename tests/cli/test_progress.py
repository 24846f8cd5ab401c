"""The bar of progress: on a terminal, for long work only, and gone at the end."""

from __future__ import annotations

import io

import pytest

from evalkit.cli import progress as module
from evalkit.cli.progress import reading_files, shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("patience", "shown"), [(0.0, True), (60.0, False)])
def test_a_bar_is_shown_on_a_terminal_for_long_work(
    monkeypatch: pytest.MonkeyPatch, patience: float, shown: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(module, "_PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with reading_files("en") as reading:
        for read in range(1, 4):
            reading.watch(read, 3)
    assert ("Reading questionnaires" in terminal.getvalue()) == shown
    assert ("3/3" in terminal.getvalue()) == shown
    terminal.getvalue().encode("gbk")


def test_nothing_is_shown_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    with reading_files("zh") as reading:
        reading.watch(1, 2)
    assert capsys.readouterr() == ("", "")


def test_the_bar_is_named_after_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with shown("Drawing") as watch:
        watch(1, 2)
    assert "Drawing" in terminal.getvalue()
    assert "1/2" in terminal.getvalue()
