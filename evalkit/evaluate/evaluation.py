"""What a run gives: tables, findings, and the choices and inputs they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

import pandas as pd

from evalkit.problems import Problem
from evalkit.scoring.award_field import Field
from evalkit.scoring.call_refit import Refits
from evalkit.scoring.influence import Influence
from evalkit.scoring.respondent_refit import RespondentRefits

TABLES = (
    "units", "nodes", "files", "observations", "parts", "measures", "scores", "ranks", "awards", "waves", "shares",
    "problems",
)  # fmt: skip
"""Names of the tables, in the order of the stages."""
PRIVATE_TABLES = ("people",)
"""Names of the tables that are written only where internal results are asked for."""
CALL_TABLES = ("calls", "connection", "waits", "agreement", "fair", "auditors", "agents", "adjustment")
"""Further tables, which only a study with a mystery-call protocol has."""
OF_EXPORTS = ("respondents", "portraits")
"""Tables that a run has besides where it read exports of a survey platform, the last where these say ``about:``."""
OF_RECORDS = ("records",)
"""Tables that only a study has of which an indicator is measured by work orders or call records."""
OF_DIAGNOSIS = ("solutions",)
"""Tables that only a study with ``diagnosis:`` has."""
EXTRA_TABLES = (
    "precision", "covariance", "robustness", "acceptability", "sensitivity", "weight_shifts", "leave_one_out",
)  # fmt: skip
"""Names of the tables that only a study with ``uncertainty:`` has."""
ACCESSORS = "evalkit.accessors"
"""Group of entry points: what floors above offer as an attribute of an evaluation, a class that takes one."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a run: a data frame for each name in :data:`TABLES`, and the ``manifest``, which is ``run.json``.

    A study of mystery calls has those of :data:`CALL_TABLES` too, one of exports those of :data:`OF_EXPORTS`, one of
    work orders or call records those of :data:`OF_RECORDS`, one with ``uncertainty:`` those of :data:`EXTRA_TABLES`.

    ``problems`` are the findings; a run read back from disk has them in the table of that name only. ``private`` holds
    the tables of :data:`PRIVATE_TABLES`: names of persons, which no table, report or command shows.

    A run read back from disk lacks the rest: ``competing`` is the field in which the awards were given, with what a
    jury and committees said; ``sampling`` has the errors of raw values that come from calls or respondents, by
    indicator, where the study has ``uncertainty:``; ``refits`` what indicators measured by calls are scored again from,
    ``respondent_refits`` those of respondents where normal errors will not do.
    """

    tables: dict[str, pd.DataFrame]
    manifest: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    private: dict[str, pd.DataFrame] = field(default_factory=dict)
    competing: Field | None = field(default=None, repr=False)
    sampling: Mapping[str, Influence] = field(default_factory=dict, repr=False)
    refits: Refits | None = field(default=None, repr=False)
    respondent_refits: RespondentRefits | None = field(default=None, repr=False)

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

    @property
    def plot(self) -> Any:  # noqa: ANN401 - of a floor above, which this one does not know
        """Charts for notebooks, ``evaluation.plot.ranking()`` (:class:`evalkit.reports.plots.Plots`).

        The package offers them by its entry point ``plot`` of the group :data:`ACCESSORS`.
        """
        (offered,) = metadata.entry_points(group=ACCESSORS, name="plot")
        return offered.load()(self)

    def _repr_html_(self) -> str:
        """Return the ranking as a table, for notebooks; names are escaped."""
        names = self.tables["units"][["unit", "name"]]
        ranking = self.ranking()[["rank", "unit", "score"]].merge(names, on="unit", how="left")
        return str(ranking[["rank", "unit", "name", "score"]].to_html(index=False, float_format="{:g}".format))
