"""How far the reading of files has come: a bar on a terminal, for work of over two seconds only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from evalkit.messages import Language, word

if TYPE_CHECKING:
    from rich.progress import Progress

    from evalkit.sources.reading import Reading

_PATIENCE = 2.0
"""Seconds without a bar."""


@contextmanager
def progress(language: Language) -> Iterator[Reading]:
    """Give a reading on all cores whose progress is shown on stderr if that is a terminal; the bar goes at the end."""
    from evalkit.sources.reading import Reading, cores  # noqa: PLC0415 - late: loads pandas

    with ExitStack() as stack:
        reading = Reading(cores())
        yield replace(reading, watch=_Bar(language, stack).show) if sys.stderr.isatty() else reading


class _Bar:
    """A bar that appears once the work has taken long enough and is not nearly done."""

    def __init__(self, language: Language, stack: ExitStack) -> None:
        self.language = language
        self.stack = stack
        self.started = time.monotonic()
        self.bar: Progress | None = None

    def show(self, read: int, of: int) -> None:
        """Show how many are read."""
        if self.bar is None and read < of and time.monotonic() - self.started > _PATIENCE:
            self.bar = self._open(of)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=read)

    def _open(self, of: int) -> Progress:
        from rich.console import Console  # noqa: PLC0415 - late: rich loads long
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

        console = Console(file=sys.stderr, legacy_windows=False, highlight=False, emoji=False, markup=False)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        bar = self.stack.enter_context(Progress(*columns, console=console, transient=True))
        bar.add_task(word("reading_files", self.language), total=of)
        return bar
