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
    """Yield the charts of these kinds that may be shown and have something to show."""
    for kind, make in FIGURES.items():
        figure = make(evaluation, language) if kind in kinds and may_be_shown(evaluation, kind) else None
        if figure is not None:
            yield figure


def may_be_shown(evaluation: Evaluation, kind: FigureKind) -> bool:
    """Tell whether charts of a kind may be shown: where tiers only are published, those without scores and ranks."""
    return kind in _WITHOUT_SCORES or not tiers_only(evaluation)
