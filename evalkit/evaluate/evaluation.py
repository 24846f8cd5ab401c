"""What a run gives: tables, findings, and the choices and inputs they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evalkit.problems import Problem

TABLES = (
    "units", "nodes", "files", "observations", "parts", "measures", "scores", "ranks", "awards", "shares", "problems",
)  # fmt: skip
"""Names of the tables, in the order of the stages."""
EXTRA_TABLES = ("precision", "robustness", "acceptability", "sensitivity")
"""Names of the tables that only a study with ``uncertainty:`` has."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a run: a data frame for each name in :data:`TABLES`, and the ``manifest``, which is ``run.json``.

    There are tables of :data:`EXTRA_TABLES` too where they were computed.

    ``problems`` are the findings; a run read back from disk has them in the table of that name only.
    """

    tables: dict[str, pd.DataFrame]
    manifest: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Return a table by name."""
        return self.tables[table]

    @property
    def root(self) -> str:
        """Id of the index."""
        return str(self.tables["nodes"]["node"].iloc[0])

    def ranking(self, node: str | None = None, group: str = "") -> pd.DataFrame:
        """Return the rows of ``ranks`` for a node (the index) and a peer group (the whole field), best first."""
        ranks = self.tables["ranks"]
        chosen = ranks[(ranks["node"] == (node or self.root)) & (ranks["group"] == group)]
        return chosen.sort_values(["rank", "unit"], ignore_index=True)
