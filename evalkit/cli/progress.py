"""How far long work has come: a bar on a terminal, for work of over two seconds only, gone at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
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
def reading_files(language: Language) -> Iterator[Reading]:
    """Give a reading of files on all cores, whose progress is shown."""
    from evalkit.sources.reading import Reading, cores  # noqa: PLC0415 - late: loads pandas

    with shown(word("reading_files", language)) as watch:
        yield replace(Reading(cores()), watch=watch)


@contextmanager
def shown(text: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is to be called with what is done and what there is; shown after ``text`` on stderr, if a terminal."""
    with ExitStack() as stack:
        yield _Bar(text, stack).show if sys.stderr.isatty() else _show_nothing


def _show_nothing(_done: int, _of: int) -> None:
    pass


class _Bar:
    """A bar that appears once the work has taken long enough and is not done."""

    def __init__(self, text: str, stack: ExitStack) -> None:
        self.text = text
        self.stack = stack
        self.started = time.monotonic()
        self.bar: Progress | None = None

    def show(self, done: int, of: int) -> None:
        """Show how much is done."""
        if self.bar is None and done < of and time.monotonic() - self.started > _PATIENCE:
            self.bar = self._open(of)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=done)

    def _open(self, of: int) -> Progress:
        from rich.console import Console  # noqa: PLC0415 - late: rich loads long
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

        console = Console(file=sys.stderr, legacy_windows=False, highlight=False, emoji=False, markup=False)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        bar = self.stack.enter_context(Progress(*columns, console=console, transient=True))
        bar.add_task(self.text, total=of)
        return bar
