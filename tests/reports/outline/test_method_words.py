"""Methods in words: Chinese for Chinese readers, those of the files for the others, what is not known as it stands."""

from __future__ import annotations

from typing import Any

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.method import recipe
from evalkit.reports.outline.method_words import attestation_text, measure_text, method_text, told

INDICATOR: dict[Any, Any] = {"measure": "column x", "direction": "higher"}
NODE: dict[Any, Any] = {"measure": "", "aggregate": "arithmetic", "missing": "rescale", "min_coverage": 0.5}


@pytest.mark.parametrize(
    ("normalise", "chinese"),
    [
        ("none", "直接取原值"),
        ("minmax(range=[0, 100])", "极差标准化(得分范围=[0, 100])"),
        (
            "goalposts(range=[0, 100], low=0, high=9, clip=true)",
            "按上下限折算(得分范围=[0, 100], 下限=0, 上限=9, 超出截断=是)",
        ),
        ("unknown(steps=3)", "unknown(steps=3)"),
    ],
)
def test_an_indicator_is_told_in_chinese(normalise: str, chinese: str) -> None:
    row = INDICATOR | {"normalise": normalise}
    assert method_text(row, "zh") == chinese
    assert method_text(row, "en") == normalise


def test_a_node_tells_mean_missing_and_what_adjusts_it() -> None:
    row = NODE | {"weighting": "entropy", "adjust": "deduct=[X]"}
    assert method_text(row, "zh") == "算术平均,缺失时按其余权重折算,覆盖率不低于 0.5,权重由 entropy 法算出; deduct=[X]"
    assert method_text(row, "en") == "arithmetic, missing=rescale, min_coverage=0.5, weighting=entropy; deduct=[X]"
    assert method_text(NODE | {"weighting": "", "adjust": ""}, "en") == "arithmetic, missing=rescale, min_coverage=0.5"


@pytest.mark.parametrize(
    ("measure", "chinese"),
    [
        ("column share", "数据列 share"),
        ("formula Q1.share / Q2", "公式 Q1.share / Q2"),
        ("Q07 points x1 + Q10 scale x0.5", "Q07 按选项计分 ×1 + Q10 按等级计分 ×0.5"),
        ("call_rate connected", "拨测比率 connected"),
        ("Q1 own_rule x1", "Q1 own_rule ×1"),
        ("", ""),
    ],
)
def test_a_measure_is_told_without_touching_names(measure: str, chinese: str) -> None:
    assert measure_text(measure, "zh").strip() == chinese
    assert measure_text(measure, "en") == measure


def test_what_a_definition_rests_on_is_told() -> None:
    assert attestation_text("reconstructed", "zh") == "重建,非原文"
    assert attestation_text("split:数据管理", "zh") == "拆分自“数据管理”"
    assert attestation_text("heading; weight inferred", "zh") == "原文标题; weight inferred"
    assert attestation_text("placeholder, not published", "zh") == "占位值, not published"
    assert attestation_text("text", "en") == "text"
    assert attestation_text("", "both") == ""


def test_a_name_without_a_word_stays() -> None:
    assert told("ties", "dense", "zh") == "名次连续,不留空位"
    assert told("ties", "mine", "zh") == "mine"


def test_the_sheet_of_methods_is_chinese_for_chinese_readers(values_run: Evaluation) -> None:
    sheet = recipe(values_run, "zh")
    assert sheet.rows[2][5:7] == ["直接取原值", "数据列 a1"]
    assert sheet.rows[1][5].startswith("算术平均,缺失时按其余权重折算")
    assert any("并列时取靠前的名次" in note for note in sheet.notes)
