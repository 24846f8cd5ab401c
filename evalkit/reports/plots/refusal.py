"""Why there is no picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from evalkit.problems import Problem, problem

EXTRA = ("altair", "fontTools", "vl_convert")
"""Packages that the extra ``plot`` brings."""


class PlotError(Exception):
    """A picture cannot be drawn; ``problem`` says why, and what to do."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(": ".join(text for text in (found.message(), found.hint()) if text))


@contextmanager
def needing_extra() -> Iterator[None]:
    """Turn the lack of a package of the extra into PlotError (``EK082``)."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise PlotError(problem("EK082")) from error
