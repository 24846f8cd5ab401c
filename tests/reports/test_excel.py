"""``results.xlsx`` as openpyxl finds it: sheets, formats, bars, and texts that stay texts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.evaluate import Evaluation
from evalkit.messages import Language
from evalkit.reports.excel import write_results
from evalkit.reports.excel_styles import display_width, height
from tests.small_studies import REGISTER, VALUES, run, values_study, write_yaml

# openpyxl knows the bars, not the extension of Excel 2010 that makes them solid
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
ZH = [
    "排名",
    "排名图",
    "描述统计图",
    "维度得分",
    "指标得分",
    "奖项",
    "分组比较",
    "描述统计",
    "数据问题",
    "文件",
    "方法",
    "说明",
]
EN = [
    "Ranking", "Ranking chart", "Charts of shares", "Dimensions", "Indicators", "Awards", "Peer groups", "Shares",
    "Findings", "Files", "Recipe", "About",
]  # fmt: skip


def book(evaluation: Evaluation, folder: Path, language: Language = "en") -> openpyxl.Workbook:
    write_results(evaluation, folder / "results.xlsx", language)
    return openpyxl.load_workbook(folder / "results.xlsx")


def texts(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def head(sheet: Worksheet) -> int:
    """The row of the titles, from 1."""
    assert sheet.auto_filter.ref is not None
    return int("".join(filter(str.isdigit, sheet.auto_filter.ref.partition(":")[0])))


@pytest.mark.parametrize(
    ("language", "names"), [("zh", ZH), ("en", EN), ("both", [f"{zh} {en}" for zh, en in zip(ZH, EN, strict=True)])]
)
def test_sheets_stand_in_order_under_their_names(
    form_run: Evaluation, tmp_path: Path, language: Language, names: list[str]
) -> None:
    assert book(form_run, tmp_path, language).sheetnames == names


def test_corrections_have_a_sheet_of_their_own_where_there_are_any(corrected_run: Evaluation, tmp_path: Path) -> None:
    workbook = book(corrected_run, tmp_path)
    assert workbook.sheetnames == [*EN[:9], "Corrections", *EN[9:]]
    sheet = workbook["Corrections"]
    titles, first, *_ = texts(sheet)[head(sheet) - 1 :]
    row = dict(zip(titles, first, strict=True))
    assert (row["As read"], row["Corrected to"], row["Reason"]) == ("best", "worst", "电话核实, 非最好")


def test_titles_and_names_stay_in_view(form_run: Evaluation, tmp_path: Path) -> None:
    for sheet in book(form_run, tmp_path):
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith(str(head(sheet) + 1))


def test_notice_stands_on_every_sheet(form_run: Evaluation, tmp_path: Path) -> None:
    for sheet in book(form_run, tmp_path):
        assert sheet["A2"].value == "Synthetic data"
        assert sheet["A2"].font.color.rgb == "FFC00000"


def test_scores_have_two_decimals_a_bar_and_full_precision(form_run: Evaluation, tmp_path: Path) -> None:
    sheet = book(form_run, tmp_path)["Ranking"]
    row = head(sheet) + 1
    cell = next(each for each in sheet[row] if isinstance(each.value, float))
    assert cell.number_format == "0.00"
    assert cell.value == form_run.ranking()["score"].iloc[0]
    bars = [rule.type for rules in sheet.conditional_formatting for rule in rules.rules]
    assert bars == ["dataBar"] * 4


def test_no_number_ends_in_a_dot(form_run: Evaluation, tmp_path: Path) -> None:
    for sheet in book(form_run, tmp_path):
        for row in sheet.iter_rows():
            assert all("#.#" not in cell.number_format and not cell.number_format.endswith(".") for cell in row)


def test_printed_percentages_have_the_decimals_of_the_recipe(form_run: Evaluation, tmp_path: Path) -> None:
    sheet = book(form_run, tmp_path)["Shares"]
    titles = [cell.value for cell in sheet[head(sheet)]]
    printed = sheet.cell(head(sheet) + 1, titles.index("As printed %") + 1)
    assert (printed.value, printed.number_format) == (66.7, "0.0")


def test_units_without_a_rank_stand_below_with_the_reason(form_run: Evaluation, tmp_path: Path) -> None:
    sheet = book(form_run, tmp_path)["Ranking"]
    rows = texts(sheet)[head(sheet) :]
    assert [row[1] for row in rows] == ["U1", "U3", "U2", "U4"]
    assert rows[-1][0] is None
    assert rows[-1][-1] == "unit U4 (丁市) sent nothing"
    assert [row[-1] for row in rows[:-1]] == [None, None, None]


def test_average_rank_shows_its_half(tmp_path: Path) -> None:
    rows = [(unit, "1", "1", "1") for unit in ("U1", "U2")]
    sheet = book(run(values_study(tmp_path, [VALUES[0], *rows], recipe={"ties": "average"})), tmp_path)["Ranking"]
    cell = sheet.cell(head(sheet) + 1, 1)
    assert (cell.value, cell.number_format) == (1.5, "#,##0.0")


def test_findings_have_a_sheet_errors_first_and_marked(form_run: Evaluation, tmp_path: Path) -> None:
    sheet = book(form_run, tmp_path)["Findings"]
    rows = texts(sheet)[head(sheet) :]
    assert len(rows) == len(form_run.problems)
    assert rows[0][:2] == ["error", "EK203"]
    assert sheet.cell(head(sheet) + 1, 1).fill.fgColor.rgb == "FFF8CBAD"


def test_no_findings_are_said_to_be_none(values_run: Evaluation, tmp_path: Path) -> None:
    assert "nothing found" in [row[0] for row in texts(book(values_run, tmp_path)["Findings"])]


def test_groups_of_columns_share_a_merged_title(values_run: Evaluation, tmp_path: Path) -> None:
    sheet = book(values_run, tmp_path)["Indicators"]
    assert [str(each) for each in sheet.merged_cells.ranges] == ["C2:D2"]
    assert sheet["C2"].value == "A Dimension A"
    assert sheet["E2"].value == "B Dimension B"


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    long = "很长的名称" * 8_000
    register = [REGISTER[0], ("U1", "=1+1", "x", "@y", ""), ("U2", long, "+z", "http://a.b", "")]
    sheets = book(run(values_study(tmp_path, register=register)), tmp_path)
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    [cut] = {cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith("很长")}
    assert (len(cut), cut[-1], cut[:-1]) == (32_767, "…", long[:32_766])


def test_rung_of_a_ladder_is_coloured(tmp_path: Path) -> None:
    path = values_study(tmp_path, awards=["awards.yaml"])
    names = ("first", "second")
    awards = [{"id": name, "name": name, "rule": {"method": "top", "count": 1}} for name in names]
    content = {"id": "s", "version": "1", "name": "Prizes", "one_rung": True, "awards": awards}
    write_yaml(tmp_path / "awards.yaml", content)
    sheets = book(run(path), tmp_path)
    ranking = sheets["Ranking"]
    column = [cell.value for cell in ranking[head(ranking)]].index("Awards") + 1
    cells = [ranking.cell(head(ranking) + number, column) for number in (1, 2, 3)]
    assert [cell.value for cell in cells] == ["first", "second", None]
    assert [cell.fill.fgColor.rgb for cell in cells[:2]] == ["FFFFD966", "FFC6E0B4"]
    rows = texts(sheets["Awards"])[head(sheets["Awards"]) :]
    assert [row[:3] for row in rows] == [["Prizes", "first", "U3"], ["Prizes", "second", "U2"]]


def test_scores_beyond_hundred_set_the_scale(tmp_path: Path) -> None:
    rows = [("U1", "500", "500", "500"), ("U2", "-20", "-20", "-20")]
    sheet = book(run(values_study(tmp_path, [VALUES[0], *rows])), tmp_path)["Ranking"]
    bar = next(rule for rules in sheet.conditional_formatting for rule in rules.rules).dataBar
    assert [float(each.val) for each in bar.cfvo] == [-20, 500]


def test_chinese_takes_two_columns() -> None:
    assert display_width("甲A、（") == 7
    assert height("甲" * 20, 23) > height("甲" * 10, 23)
