"""Words about respondents: exports of survey platforms, weights, and several answers a unit."""

from __future__ import annotations

from collections.abc import Mapping

PLATFORM_WORDS: Mapping[str, tuple[str, str]] = {
    "builtin_platform": ("导入配置", "Import profiles"),
    "share_weighted_n": ("加权数", "Weighted n"),
    "share_weighted_base": ("加权分母", "Weighted base"),
    "share_n_eff": ("有效样本量", "Effective n"),
    "note_respondent_shares": (
        "本表按答卷统计:分母为有效作答的答卷数;有权重时,比例、均值和中位数按权重计算,有效样本量 = (权重之和)的平方 ÷ 权重平方之和",
        "this table counts respondents: the base is those with a valid answer; with weights, shares, means and medians are weighted, and the effective n is the squared sum of the weights ÷ the sum of their squares",
    ),
    "note_respondent_rules": (
        "一个单位有多份答卷时,先逐份计分,再汇总:{rules}",
        "where a unit has several respondents, each is scored and then they are put together: {rules}",
    ),
    "respondents_behind": (
        "{rule}:计入 {n} 份答卷,共 {base} 份,有效样本量 {n_eff}",
        "{rule}: respondents counted {n} of {base}, effective n {n_eff}",
    ),
    "cells_more": (
        "…… 共 {count} 格:{statuses}(全部见 observations 表第 {ids} 行)",
        "... {count} cells: {statuses} (all in the table observations, rows {ids})",
    ),
    "about_respondents": ("答卷(计入 / 收到)", "Respondents (counted / found)"),
}
