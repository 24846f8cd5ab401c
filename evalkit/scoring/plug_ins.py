"""Functions of others called with arrays: what they return is checked, what they raise becomes a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from evalkit.problems import NOWHERE, Problem, problem
from evalkit.registry import Kind, PlugIn, Registry
from evalkit.scoring.arrays import FloatArray


class PlugInError(Exception):
    """A plug-in did not do its part; ``problem`` says what went wrong (``EK422``, ``EK423``)."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def named(registry: Registry, kind: Kind, name: str) -> PlugIn:
    """Return a plug-in that the checks have found. Raises PlugInError where it is not there."""
    found = registry.find(kind, name)
    if found is None:
        raise PlugInError(problem("EK423", NOWHERE, name=name, kind=kind))
    return found


def call(
    plug_in: PlugIn, arrays: tuple[FloatArray, ...], settings: Mapping[str, Any], *, size: int | None = None
) -> FloatArray:
    """Call a plug-in and return its values, ``size`` of them (one a row of the arrays); NaN is no value.

    The function gets copies that cannot be written to. Raises PlugInError for whatever it raises, and for a result
    that is not so many numbers.
    """
    given = [np.array(each, dtype=np.float64) for each in arrays]
    for each in given:
        each.flags.writeable = False
    try:
        result = np.array(plug_in.function(*given, **settings), dtype=np.float64)
    except Exception as error:  # whatever the code of others does
        what = f"{type(error).__name__}: {error}"
        raise PlugInError(problem("EK422", NOWHERE, name=plug_in.name, path=plug_in.origin, error=what)) from error
    expected = (len(given[0]) if size is None else size,)
    if result.shape != expected:
        what = f"shape {result.shape}, not {expected}"
        raise PlugInError(problem("EK422", NOWHERE, name=plug_in.name, path=plug_in.origin, error=what))
    return result
