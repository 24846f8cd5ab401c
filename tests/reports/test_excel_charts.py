"""Native charts of ``results.xlsx``: every number drawn stands in a cell beside the chart, and no text is a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.evaluate import Evaluation
from evalkit.reports.excel import write_results
from evalkit.reports.excel_charts import DRAWN
from evalkit.reports.excel_styles import FONT
from evalkit.reports.figures import figures
from evalkit.reports.figures.figure import COLOURS
from tests.small_studies import REGISTER, TREE, run, values_study

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def charts(path: Path) -> list[ET.Element]:
    """The charts of a workbook as XML, in their order."""
    with zipfile.ZipFile(path) as file:
        names = sorted(
            (name for name in file.namelist() if name.startswith("xl/charts/chart")),
            key=lambda name: int("".join(filter(str.isdigit, name))),
        )
        return [ET.fromstring(file.read(name)) for name in names]  # noqa: S314 - our own file


def references(chart: ET.Element) -> Iterator[tuple[str, list[str]]]:
    """Each reference of a chart to cells, with the values that the chart keeps of them."""
    for kind in ("numRef", "strRef"):
        for reference in chart.iter(f"{_C}{kind}"):
            yield reference.findtext(f"{_C}f") or "", [each.text or "" for each in reference.iter(f"{_C}v")]


def cells(book: openpyxl.Workbook, reference: str) -> tuple[Worksheet, list[object]]:
    page, _, area = reference.rpartition("!")
    sheet = book[page.strip("'")]
    found = sheet[area]
    rows = found if isinstance(found, tuple) else ((found,),)
    return sheet, [cell.value for row in rows for cell in row]


@pytest.mark.parametrize("study", ["two_waves", "form_run"])
def test_whatever_a_chart_draws_stands_in_visible_cells_of_its_sheet(
    study: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    evaluation: Evaluation = request.getfixturevalue(study)
    write_results(evaluation, tmp_path / "results.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    titles = {figure.sheet.title for figure in figures(evaluation, "zh", DRAWN)}
    drawn = charts(tmp_path / "results.xlsx")
    assert len(drawn) == sum(len(list(figure.panels())) for figure in figures(evaluation, "zh", DRAWN))
    for chart in drawn:
        found = dict(references(chart))
        assert found
        for reference, kept in found.items():
            sheet, values = cells(book, reference)
            assert sheet.title in titles
            assert sheet.sheet_state == "visible"
            assert len(kept) == len(values)
            for shown, value in zip(kept, values, strict=True):
                if isinstance(value, int | float):
                    assert float(shown) == pytest.approx(value, rel=1e-14)
                else:
                    assert shown == value
        assert not [*chart.iter(f"{_C}numLit"), *chart.iter(f"{_C}strLit")]


def test_the_series_are_those_of_the_figure(two_waves: Evaluation, tmp_path: Path) -> None:
    write_results(two_waves, tmp_path / "results.xlsx", "en")
    stacked, intervals, change = charts(tmp_path / "results.xlsx")
    assert [each.findtext(f".//{_C}tx//{_C}v") for each in stacked.iter(f"{_C}ser")] == ["Dimension A", "Dimension B"]
    (error_bars,) = intervals.iter(f"{_C}errBars")
    ends = {end: [v.text for v in error_bars.iterfind(f"{_C}{end}//{_C}v")] for end in ("minus", "plus")}
    ranks = two_waves.ranking()
    assert [float(text or "") for text in ends["plus"]] == (ranks["rank_high"] - ranks["rank"]).tolist()
    assert [float(text or "") for text in ends["minus"]] == (ranks["rank"] - ranks["rank_low"]).tolist()
    assert change.findtext(f".//{_C}title//{_C}v") == "Rank changes"
    colours = [point.find(f".//{_A}srgbClr") for point in change.iter(f"{_C}dPt")]
    assert [colour.get("val") for colour in colours if colour is not None] == ["1A7F37", "B42318", "B42318"]


def test_every_text_of_a_chart_has_a_face_for_chinese(two_waves: Evaluation, tmp_path: Path) -> None:
    write_results(two_waves, tmp_path / "results.xlsx", "zh")
    for chart in charts(tmp_path / "results.xlsx"):
        runs = [*chart.iter(f"{_A}defRPr"), *chart.iter(f"{_A}rPr")]
        assert runs
        for face in ("latin", "ea"):
            named = [each.find(f"{_A}{face}") for each in runs]
            assert {None if each is None else each.get("typeface") for each in named} == {FONT}


def test_hostile_names_become_no_formula(tmp_path: Path) -> None:
    register = [REGISTER[0], ("U1", "=1+1", "x", "y", ""), ("U2", "'a'!B2", "x", "y", ""), *REGISTER[3:]]
    tree = TREE | {"name": "=cmd|' /C calc'!A0"}
    write_results(run(values_study(tmp_path, register=register, tree=tree)), tmp_path / "results.xlsx", "en")
    for chart in charts(tmp_path / "results.xlsx"):
        for element in chart.iter(f"{_C}f"):
            assert re.fullmatch(r"'Ranking chart'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", element.text or "")
    sheet = openpyxl.load_workbook(tmp_path / "results.xlsx")["Ranking chart"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_where_tiers_only_are_published_there_is_no_chart(tmp_path: Path) -> None:
    write_results(run(values_study(tmp_path, publish="tiers")), tmp_path / "results.xlsx", "zh")
    assert charts(tmp_path / "results.xlsx") == []


def test_colours_of_dimensions_are_those_of_the_page() -> None:
    style = (Path(__file__).parents[2] / "evalkit/reports/page/files/page.css").read_text(encoding="utf-8")
    assert tuple(re.findall(r"\.d\d \{ fill: (#\w{6}); \}", style)) == COLOURS


def test_two_workbooks_of_a_run_are_the_same_bytes(two_waves: Evaluation, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_results(two_waves, tmp_path / name, "both")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_office_shows_the_charts(two_waves: Evaluation, tmp_path: Path, office_pdf: Callable[[Path], str]) -> None:
    write_results(two_waves, tmp_path / "results.xlsx", "zh")
    text = office_pdf(tmp_path / "results.xlsx")
    for figure in figures(two_waves, "zh", DRAWN):
        assert text.count(figure.sheet.title) >= 2  # title of the sheet and of the chart
    assert text.count("甲维度") >= 3  # head of the column and legend of the chart, besides the other sheets
