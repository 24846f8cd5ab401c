"""Pictures: the same bytes each time, every name in them as text, and letters that are really drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import vl_convert

from evalkit.evaluate import Evaluation
from evalkit.reports.figures import figures
from evalkit.reports.figures.figure import Figure
from evalkit.reports.figures.ranking import ranking
from evalkit.reports.plots.drawing import draw
from evalkit.reports.plots.fonts import font_file
from tests.small_studies import REGISTER, TREE, run, values_study


def texts(svg: bytes) -> str:
    return unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())))


def drawn_all(evaluation: Evaluation, font: str) -> dict[str, bytes]:
    parts = [part for figure in figures(evaluation, "zh") for part in figure.split()]
    return {part.name: draw(part, font).svg for part in parts}


def test_every_name_and_note_stands_in_the_picture(two_waves: Evaluation, chinese_font: Path) -> None:
    with font_file(chinese_font) as font:
        for figure in figures(two_waves, "zh"):
            shown = texts(draw(figure, font).svg)
            for row in figure.sheet.rows:
                assert row[figure.label] in shown
            for text in (figure.sheet.title, *figure.sheet.notes):
                assert text in shown


def test_equal_figures_give_equal_bytes(two_waves: Evaluation, form_run: Evaluation, chinese_font: Path) -> None:
    with font_file(chinese_font) as font:
        assert drawn_all(two_waves, font) == drawn_all(two_waves, font)
        assert {name.partition(" ")[0] for name in drawn_all(form_run, font)} == {"ranking", "heat", "shares"}
        figure = next(figures(two_waves, "zh"))
        assert draw(figure, font).as_image("png") == draw(figure, font).as_image("png")


def renamed(figure: Figure, name: str) -> Figure:
    """The figure with one unit, of this name."""
    row = [*figure.sheet.rows[0]]
    row[figure.label] = name
    return replace(figure, sheet=replace(figure.sheet, rows=[row]))


def test_chinese_letters_are_drawn_and_are_no_boxes(values_run: Evaluation, chinese_font: Path) -> None:
    figure = ranking(values_run, "zh")
    assert figure is not None
    with font_file(chinese_font) as font:
        one, other = (draw(renamed(figure, name), font).svg.decode() for name in ("北京市", "南宁市"))
    box = one.replace("北京市", "\U0010ffff" * 3)
    assert one.replace("北京市", "南宁市") == other  # letters of one width: the pictures differ by the name alone
    assert len({vl_convert.svg_to_png(svg) for svg in (one, other, box)}) == 3


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "]]>&amp;", "datum['x']", "a.b[0]", "=1+1", "'\"`"])
def test_hostile_names_stay_text(tmp_path: Path, chinese_font: Path, hostile: str) -> None:
    register = [REGISTER[0], ("U1", hostile, "x", "y", ""), *REGISTER[2:]]
    tree = TREE | {"name": hostile, "children": [TREE["children"][0] | {"name": hostile}, TREE["children"][1]]}
    evaluation = run(values_study(tmp_path, register=register, tree=tree))
    with font_file(chinese_font) as font:
        for svg in drawn_all(evaluation, font).values():
            assert b"<script" not in svg
            assert hostile in texts(svg)


def test_options_of_one_label_are_not_added_up(form_run: Evaluation, chinese_font: Path) -> None:
    (figure, *_) = next(each for each in figures(form_run, "en", {"shares"})).split()
    rows = [[*row[: figure.label], "same", *row[figure.label + 1 :]] for row in figure.sheet.rows]
    with font_file(chinese_font) as font:
        shown = texts(draw(replace(figure, sheet=replace(figure.sheet, rows=rows)), font).svg)
    assert len(rows) >= 2
    assert "same (2)" in shown
