"""Charts as pictures, PNG or SVG, by Altair and vl-convert, which the extra ``plot`` brings; they load late."""

from __future__ import annotations

from evalkit.reports.plots.accessor import Plot, Plots
from evalkit.reports.plots.refusal import PlotError

__all__ = ["Plot", "PlotError", "Plots"]
