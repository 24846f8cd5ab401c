"""Words of charts and of Word documents: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

PICTURE_WORDS: Mapping[str, tuple[str, str]] = {
    "figure_ranking": ("排名图", "Ranking chart"),
    "figure_intervals": ("名次区间图", "Rank intervals"),
    "figure_change": ("名次变动图", "Rank changes"),
    "figure_shares": ("描述统计图", "Charts of shares"),
    "figure_profile": ("{unit}:各维度得分", "{unit}: dimensions"),
    "figure_low": ("区间下端", "Interval from"),
    "figure_high": ("区间上端", "Interval to"),
    "figure_below": ("名次-下端", "Rank less low end"),
    "figure_above": ("上端-名次", "High end less rank"),
    "figure_now": ("本次名次", "Rank now"),
    "figure_median": ("全部单位中位数", "Median of all"),
    "figure_best": ("全部单位最高", "Best of all"),
    "figure_first": (
        "图中为名次在前的 {shown} 个单位,参加排名的共 {ranked} 个",
        "the chart shows the first {shown} of {ranked} ranked units",
    ),
    "word_figure": ("图", "Figure"),
    "word_no_pictures": ("本文档未附图:{why}", "This document has no pictures: {why}"),
}
