"""``evaluation.plot``: the charts of a run for notebooks, drawn on this machine without a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import public
from evalkit.explanation import known_unit
from evalkit.messages import Language
from evalkit.problems import problem
from evalkit.reports.figures import may_be_shown
from evalkit.reports.figures.figure import FIRST, Figure, FigureKind
from evalkit.reports.figures.ranking import change, intervals, ranking
from evalkit.reports.figures.scores import heat, profile
from evalkit.reports.figures.shares import shares
from evalkit.reports.plots.refusal import PlotError, needing_extra

if TYPE_CHECKING:
    from evalkit.reports.plots.charts import Chart
    from evalkit.reports.plots.drawing import Image


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart that a notebook shows as a picture; ``font`` is a font file to draw with.

    Drawing raises PlotError: ``EK080`` where a letter cannot be drawn, ``EK081`` for a font file that cannot be used,
    ``EK082`` without the extra ``plot``.
    """

    figure: Figure
    font: Path | None = None

    @property
    def chart(self) -> Chart:
        """The chart as an Altair object, to be changed and shown otherwise."""
        with needing_extra():
            from evalkit.reports.plots.charts import chart  # noqa: PLC0415 - late: Altair is an extra
            from evalkit.reports.plots.fonts import font_list  # noqa: PLC0415 - late, as above
        return chart(self.figure, font_list())

    def draw(self, image: Image = "svg") -> bytes:
        """Return the picture as ``svg`` or ``png``."""
        with needing_extra():
            from evalkit.reports.plots.drawing import draw  # noqa: PLC0415 - late: vl-convert is an extra
            from evalkit.reports.plots.fonts import font_file  # noqa: PLC0415 - late, as above
        with font_file(self.font) as font:
            return draw(self.figure, font).as_image(image)

    def save(self, path: str | Path) -> Path:
        """Write the picture to a ``.svg`` or ``.png`` file, and return its path. ValueError for others, OSError."""
        target = Path(path)
        kinds: dict[str, Image] = {".svg": "svg", ".png": "png"}
        if target.suffix.lower() not in kinds:
            raise ValueError(f"{target.name}: .svg, .png")
        target.write_bytes(self.draw(kinds[target.suffix.lower()]))
        return target

    def _repr_svg_(self) -> str:
        return self.draw("svg").decode("utf-8")


class Plots:
    """The charts of a run; where tiers only are published, none that shows a score or a rank.

    Each method returns a :class:`Plot`; PlotError (``EK083``) where the run has nothing of the kind to show. ``first``
    is the number of units, best first.
    """

    def __init__(self, evaluation: Evaluation, *, language: Language = "both", font: str | Path | None = None) -> None:
        """Take a run, the language of titles and notes, and a font file where no Chinese font is installed."""
        self._evaluation = public(evaluation)
        self._language = language
        self._font = None if font is None else Path(font)

    def __call__(self, *, language: Language = "both", font: str | Path | None = None) -> Plots:
        """Return the charts in a language, drawn with a font file: ``evaluation.plot(language="zh").ranking()``."""
        return Plots(self._evaluation, language=language, font=font)

    def ranking(self, first: int = FIRST) -> Plot:
        """Return bars stacked of what each dimension contributes to the index."""
        return self._plot("stacked", "ranking", lambda: ranking(self._evaluation, self._language, first))

    def intervals(self, first: int = FIRST) -> Plot:
        """Return the rank intervals, a forest plot."""
        return self._plot("intervals", "intervals", lambda: intervals(self._evaluation, self._language, first))

    def change(self, first: int = FIRST) -> Plot:
        """Return from which rank to which each unit moved since the last wave."""
        return self._plot("change", "change", lambda: change(self._evaluation, self._language, first))

    def heat(self, first: int = FIRST) -> Plot:
        """Return the heat map of the indicators."""
        return self._plot("heat", "heat", lambda: heat(self._evaluation, self._language, first))

    def shares(self, question: str) -> Plot:
        """Return the shares of the options of a question."""
        whole = shares(self._evaluation, self._language)
        parts = {each.name: each for each in whole.split()} if whole else {}
        return self._plot("shares", f"shares {question}", lambda: parts.get(f"shares {question}"))

    def profile(self, unit: str) -> Plot:
        """Return a unit's dimensions (its code, name or alias) beside median and best of all units."""
        known = known_unit(self._evaluation, unit)
        return self._plot("profile", f"profile {unit}", lambda: profile(self._evaluation, known, self._language))

    def _plot(self, kind: FigureKind, name: str, make: Callable[[], Figure | None]) -> Plot:
        figure = make() if may_be_shown(self._evaluation, kind) else None
        if figure is None:
            raise PlotError(problem("EK083", name=name))
        return Plot(figure, self._font)
