"""A chart as SVG or PNG, by vl-convert; no network, no browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import vl_convert

from evalkit.reports.figures.figure import Figure
from evalkit.reports.plots.charts import chart
from evalkit.reports.plots.fonts import require_letters

Image = Literal["svg", "png"]
RESOLUTION = 192
"""Pixels an inch; a chart's own unit is 1/72 inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart, as SVG in UTF-8."""

    svg: bytes

    def as_image(self, image: Image) -> bytes:
        """Return it as a file of this kind."""
        return self.svg if image == "svg" else vl_convert.svg_to_png(self.svg.decode("utf-8"), ppi=RESOLUTION)


def draw(figure: Figure, font: str, *, titled: bool = True) -> Picture:
    """Return the picture of a figure without panels; equal figures give equal bytes on one machine.

    Raises PlotError (``EK080``) where a letter cannot be drawn in ``font``.
    """
    spec = chart(figure, font, titled=titled).to_dict()
    require_letters(_texts(spec), font)
    svg = vl_convert.vegalite_to_svg(spec, vl_version=_version(), allowed_base_urls=[])
    return Picture(svg.encode("utf-8"))


def _version() -> str | None:
    """Return the Vega-Lite that Altair writes; None, the newest, where vl-convert does not have it."""
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return version if version in vl_convert.get_vegalite_versions() else None


def _texts(part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a specification
    """Yield all texts of a specification, whatever becomes of them."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from _texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
