"""EK71x: sampling errors that come from calls and respondents."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK710": Finding(
        "note", "指标 {node}:{count} 个单位只有一名受访者({units}),其误差按其他单位内部的方差计",
        "indicator {node}: units with one respondent: {count} ({units}); their error goes by the variance within the others",
    ),
    "EK711": Finding(
        "warning", "指标 {node} 的抽样误差无法计算:{why_zh};它的误差未计入", "the sampling error of indicator {node} cannot be computed: {why_en}; it does not count",
        "可在 values 表给出标准误列并在 measure 写 se:,或改用均值或中位数", "give a column of standard errors in the table of values and name it with se:, or use the mean or the median",
    ),
    "EK712": Finding(
        "warning", "{count} 个单位的奖项取决于某一位拨测员:去掉其评分并重新估计宽严后,奖项就会变({units};拨测员 {auditors})",
        "units whose awards hang on one auditor: {count}; without his ratings, severity estimated again, they are others ({units}; auditors {auditors})",
        "请看 leave_one_out 表;可请其他拨测员复拨这些单位", "see the table leave_one_out; other auditors may call these units again",
    ),
    "EK717": Finding(
        "note", "指标 {node}:答案只有少数几个取值,{count} 个单位的中位数在重抽受访者时成级跳动,其中 {still} 个从不变动(误差记为 0);名次区间按正态误差算,只是近似,(c) 直接重抽受访者",
        "indicator {node}: with few different answers medians move in steps when respondents are drawn again: units {count}, of which never: {still} (error 0); rank intervals take the errors as normal, which is rough, (c) draws the respondents again",
        "如需更细的区分,可对这些题改用 mean 或 share", "where finer differences matter, put these answers together by mean or share",
    ),
}  # fmt: skip
"""Findings by code."""
