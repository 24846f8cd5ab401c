"""A figure as a Vega-Lite chart, by Altair; all data stand in the chart, and nothing is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import altair as alt

from evalkit.reports.figures.figure import COLOURS, DOWN, UP, Figure, FigureKind
from evalkit.reports.file_names import free_name
from evalkit.reports.outline.sheet import plain
from evalkit.reports.page.tables import NO_VALUE

Chart = alt.Chart | alt.LayerChart | alt.FacetChart
_WIDTH, _STEP, _CELL = 620, 16, 26
_LABEL, _SMALL, _TINY = 11, 10, 8
_LINE, _GREY, _NAVY, _DARK, _INK = "#dce3ea", "#6b7c8d", "#1f3a5f", "#245a8e", "#1f2933"
_FULL_MARKS = 100
_TICKS = 5  # of a share: the renderer takes most of its time for letters, and each bar says its own
_DARK_FROM = 0.7
_NOTHING = "#e3e6ea"
"""Colour of a cell without a score."""


def chart(figure: Figure, font: str, *, titled: bool = True) -> Chart:
    """Return the chart of a figure without panels, its letters in ``font`` (families as in CSS).

    ``titled``: with the title, the notice and the notes of the sheet above it.
    """
    sheet = figure.sheet
    drawn = _MAKERS[figure.kind](figure)
    if titled:
        below = [each for each in (sheet.notice, *sheet.notes) if each]
        drawn = drawn.properties(
            title=alt.TitleParams(sheet.title, subtitle=below, anchor="start", color=_NAVY, fontSize=15, offset=12)
        )
    looks: Chart = (
        drawn.configure(font=font, background="white")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=_LABEL, titleFontSize=_LABEL, gridColor=_LINE, domainColor=_GREY, labelLimit=320)
        .configure_title(subtitleColor=_GREY, subtitleFontSize=_LABEL)
        .configure_legend(labelFontSize=_LABEL, orient="top", title=None, labelLimit=320)
    )
    return looks


def _data(rows: list[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=rows)


def _names(figure: Figure) -> list[str]:
    return _apart(str(row[figure.label]) for row in figure.sheet.rows)


def _titles(figure: Figure) -> list[str]:
    return _apart(figure.sheet.columns[column].title for column in figure.series)


def _apart(names: Iterable[str]) -> list[str]:
    """Return the names, one that was there already numbered: Vega-Lite would add up the bars of one name."""
    taken: set[str] = set()
    return [free_name(name, taken) for name in names]


def _rows_axis(figure: Figure) -> alt.Y:
    """Return the axis of names, in the order of the rows."""
    return alt.Y("name:N", sort=_names(figure), title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6))


def _axis_title(figure: Figure) -> str:
    return figure.sheet.columns[figure.axis].title


def _height(figure: Figure, step: int = _STEP) -> int:
    return step * len(figure.sheet.rows)


def _stacked(figure: Figure) -> Chart:
    parts = _titles(figure)
    rows = [
        {"name": name, "part": part, "number": number, "value": plain(row[column])}
        for name, row in zip(_names(figure), figure.sheet.rows, strict=True)
        for number, (part, column) in enumerate(zip(parts, figure.series, strict=True))
    ]
    colours = [COLOURS[number % len(COLOURS)] for number in range(len(parts))]
    bars: Chart = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=_axis_title(figure)),
            y=_rows_axis(figure),
            color=alt.Color("part:N", scale=alt.Scale(domain=parts, range=colours)),
            order=alt.Order("number:Q"),
        )
        .properties(width=_WIDTH, height=_height(figure))
    )
    return bars


def _intervals(figure: Figure) -> Chart:
    rank, low, high, *_ = figure.series
    rows = [
        {"name": name, "rank": plain(row[rank]), "low": plain(row[low]), "high": plain(row[high])}
        for name, row in zip(_names(figure), figure.sheet.rows, strict=True)
    ]
    base = alt.Chart(_data(rows)).encode(y=_rows_axis(figure))
    lines = base.mark_rule(color=_GREY, strokeWidth=2).encode(
        x=alt.X("low:Q", title=_axis_title(figure), scale=alt.Scale(zero=False)), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=50, color=COLOURS[0], opacity=1).encode(x="rank:Q")
    return alt.layer(lines, points).properties(width=_WIDTH, height=_height(figure))


def _change(figure: Figure) -> Chart:
    """Return a line a unit from the rank then, a ring, to the rank now, a dot; green for a climb, red for a fall."""
    then, now, climbed = figure.series
    titles = _titles(figure)[:2]
    rows = [
        {"name": name, "then": plain(row[then]), "now": plain(row[now]), "colour": DOWN if row[climbed] < 0 else UP}
        for name, row in zip(_names(figure), figure.sheet.rows, strict=True)
    ]
    base = alt.Chart(_data(rows)).encode(y=_rows_axis(figure), color=alt.Color("colour:N", scale=None))
    lines = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("then:Q", title=" ○ → ● ".join(titles), scale=alt.Scale(zero=False)), x2="now:Q"
    )
    rings = base.mark_point(filled=False, fill="white", size=40, opacity=1).encode(x="then:Q")
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(x="now:Q")
    return alt.layer(lines, rings, dots).properties(width=_WIDTH, height=_height(figure))


def _shares(figure: Figure) -> Chart:
    (column,) = figure.series
    rows = [
        {"name": name, "share": plain(row[column])} for name, row in zip(_names(figure), figure.sheet.rows, strict=True)
    ]
    base = alt.Chart(_data(rows)).encode(
        x=alt.X(
            "share:Q",
            title=_axis_title(figure),
            axis=alt.Axis(format="%", tickCount=_TICKS),
            scale=alt.Scale(domain=[0, 1]),
        ),
        y=_rows_axis(figure),
    )
    said = base.mark_text(align="left", dx=4, fontSize=_SMALL).encode(text=alt.Text("share:Q", format=".1%"))
    bars = base.mark_bar(color=COLOURS[0])
    return alt.layer(bars, said).properties(width=_WIDTH, height=_height(figure, _CELL))


def _heat(figure: Figure) -> Chart:
    titles = _titles(figure)
    scores = [[plain(row[column]) for column in figure.series] for row in figure.sheet.rows]
    known = [score for row in scores for score in row if score is not None]
    low, high = min(0, *known), max(_FULL_MARKS, *known)
    dark = low + _DARK_FROM * (high - low)
    rows = [
        {"name": name, "node": title, "score": score}
        | ({"text": NO_VALUE, "ink": _INK} if score is None else {"text": f"{score:.0f}", "ink": _ink(score, dark)})
        for name, row in zip(_names(figure), scores, strict=True)
        for title, score in zip(titles, row, strict=True)
    ]
    above = alt.Axis(orient="top", labelAngle=-55, labelLimit=200, ticks=False, domain=False, labelFontSize=_SMALL)
    base = alt.Chart(_data(rows)).encode(x=alt.X("node:N", sort=titles, title=None, axis=above), y=_rows_axis(figure))
    scale = alt.Scale(domain=[low, (low + high) / 2, high], range=["#ffffff", "#adcbe6", _DARK], interpolate="rgb")
    cells = base.mark_rect(stroke=_LINE).encode(color=alt.Color("score:Q", scale=scale, legend=None))
    blanks = base.mark_rect(stroke=_LINE, fill=_NOTHING).transform_filter("!isValid(datum.score)")
    said = base.mark_text(fontSize=_TINY).encode(text="text:N", color=alt.Color("ink:N", scale=None))
    layers: Chart = alt.layer(cells, blanks, said).resolve_scale(color="independent")
    return layers.properties(width=_CELL * len(titles), height=_height(figure))


def _ink(score: float, dark: float) -> str:
    return "white" if score > dark else _INK


def _profile(figure: Figure) -> Chart:
    """Return the unit's score as a dot, with a line from the median, a square; a diamond is the best of all."""
    own, median, best = figure.series
    titles = dict(zip(figure.series, _titles(figure), strict=True))
    rows = list(zip(_names(figure), figure.sheet.rows, strict=True))
    ends = [{"name": name, "from": plain(row[median]), "to": plain(row[own])} for name, row in rows]
    points = [
        {"name": name, "mark": titles[column], "score": plain(row[column])}
        for name, row in rows
        for column in (median, best, own)
    ]
    lines = (
        alt.Chart(_data(ends))
        .mark_rule(color=COLOURS[0], strokeWidth=2)
        .encode(x=alt.X("from:Q", scale=alt.Scale(domainMin=0)), x2="to:Q", y=_rows_axis(figure))
    )
    named = [titles[column] for column in (own, median, best)]
    marks = (
        alt.Chart(_data(points))
        .mark_point(filled=True, opacity=1, size=90)
        .encode(
            x=alt.X("score:Q", title=None),
            y=_rows_axis(figure),
            color=alt.Color("mark:N", scale=alt.Scale(domain=named, range=[COLOURS[0], _GREY, COLOURS[2]])),
            shape=alt.Shape("mark:N", scale=alt.Scale(domain=named, range=["circle", "square", "diamond"])),
        )
    )
    return alt.layer(lines, marks).properties(width=_WIDTH, height=_height(figure, _CELL))


_MAKERS: Mapping[FigureKind, Callable[[Figure], Chart]] = {
    "stacked": _stacked,
    "intervals": _intervals,
    "change": _change,
    "shares": _shares,
    "heat": _heat,
    "profile": _profile,
}
