"""The charts of a run as files of a folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.problems import problem
from evalkit.reports.figures import figures
from evalkit.reports.figures.figure import Figure
from evalkit.reports.figures.scores import profile
from evalkit.reports.file_names import file_name
from evalkit.reports.plots.drawing import Image, draw
from evalkit.reports.plots.fonts import font_file
from evalkit.reports.plots.refusal import PlotError


def write_charts(
    evaluation: Evaluation,
    folder: Path,
    images: Collection[Image],
    language: Language,
    *,
    units: Sequence[str] = (),
    font: Path | None = None,
) -> list[Path]:
    """Write each chart of a run, and the profile of each of the ``units`` (ids), and return the paths.

    Raises PlotError as :class:`~evalkit.reports.plots.Plot` says and where there is none (``EK083``), OSError.
    """
    written = []
    with font_file(font) as family:
        for figure in _all(evaluation, units, language):
            picture = draw(figure, family)
            for image in images:
                written.append(folder / f"{file_name(figure.name)}.{image}")
                written[-1].write_bytes(picture.as_image(image))
    if not written:
        raise PlotError(problem("EK083", name=folder.name))
    return written


def _all(evaluation: Evaluation, units: Sequence[str], language: Language) -> Iterator[Figure]:
    for figure in figures(evaluation, language):
        yield from figure.split()
    for unit in units:
        own = profile(evaluation, unit, language)
        if own is not None:
            yield own
