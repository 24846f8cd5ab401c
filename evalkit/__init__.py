"""evalkit: third-party evaluation of government hotlines, from filled questionnaires to a defensible ranking.

``evalkit.load("study.yaml").run()`` gives an :class:`Evaluation` with one data frame a stage; ``evalkit.write``
saves it, ``evalkit.read`` reads a saved one back, ``evalkit.explain`` walks a score down to its cells, and
``evalkit.diff`` says what changed between two,
``evalkit.verify`` holds a saved one against its hashes, its own numbers and its study.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evalkit.comparison import diff
    from evalkit.evaluate import Evaluation, Project, load
    from evalkit.explanation import explain
    from evalkit.reports.folder import read, write
    from evalkit.reports.verification import verify

__all__ = ["Evaluation", "Project", "__version__", "diff", "explain", "load", "read", "verify", "write"]

_HOMES = {
    "Evaluation": "evalkit.evaluate",
    "Project": "evalkit.evaluate",
    "diff": "evalkit.comparison",
    "load": "evalkit.evaluate",
    "explain": "evalkit.explanation",
    "read": "evalkit.reports.folder",
    "verify": "evalkit.reports.verification",
    "write": "evalkit.reports.folder",
}


def __getattr__(name: str) -> object:
    """Import on first use, so that ``evalkit --help`` loads no pandas."""
    if name == "__version__":
        from evalkit.provenance import version  # noqa: PLC0415 - late on purpose

        return version()
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415 - late on purpose

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
