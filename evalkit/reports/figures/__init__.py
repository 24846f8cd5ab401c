"""The charts of a report, made of the same tables as its sheets; Excel, Word and picture files draw them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language
from evalkit.reports.figures.figure import Figure, FigureKind
from evalkit.reports.figures.ranking import change, intervals, ranking
from evalkit.reports.figures.scores import heat
from evalkit.reports.figures.shares import shares

FIGURES: Mapping[FigureKind, Callable[[Evaluation, Language], Figure | None]] = {
    "stacked": ranking,
    "intervals": intervals,
    "change": change,
    "heat": heat,
    "shares": shares,
}
"""The charts of a whole run by kind, in their order."""
_WITHOUT_SCORES = frozenset({"shares"})


def figures(evaluation: Evaluation, language: Language, kinds: Container[FigureKind] = FIGURES) -> Iterator[Figure]:
    """Yield the charts of these kinds that have something to show.

    Where tiers only are published, those without scores and ranks.
    """
    for kind, make in FIGURES.items():
        if kind not in kinds or (tiers_only(evaluation) and kind not in _WITHOUT_SCORES):
            continue
        figure = make(evaluation, language)
        if figure is not None:
            yield figure
