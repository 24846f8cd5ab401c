"""A line of progress on the terminal, for work that takes more than two seconds."""

from __future__ import annotations

import sys
import time

import click

_PATIENCE = 2.0
_WIDTH = 30


class Progress:
    """Shows how far the work is, on stderr, if that is a terminal; called with what is done and what there is."""

    def __init__(self) -> None:
        """Begin to count the time."""
        self._start = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Show the line, and end it with the work."""
        if not sys.stderr.isatty() or time.monotonic() - self._start < _PATIENCE:
            return
        filled = _WIDTH * done // total
        click.echo(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {100 * done // total}%", err=True, nl=False)
        if done == total:
            click.echo("", err=True)
