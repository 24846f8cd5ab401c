"""Words on the page of one unit: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

PROFILE_WORDS: Mapping[str, tuple[str, str]] = {
    "profile_title": ("单位报告", "Report of a unit"),
    "profile_rank": ("第 {rank} 名,共 {count} 个单位", "rank {rank} of {count}"),
    "profile_rank_in": ("“{group}”内第 {rank} 名,共 {count} 个", "rank {rank} of {count} in “{group}”"),
    "profile_interval": ("名次区间 {low}–{high}", "rank interval {low}–{high}"),
    "profile_index": ("总分 {score}", "index {score}"),
    "profile_standing": ("各指标与同类单位比较", "Indicators beside the peers"),
    "profile_peers": ("同类单位:“{group}”,{count} 个有总分的单位", "peers: “{group}”, units with an index: {count}"),
    "profile_peers_field": (
        "与全部 {count} 个有总分的单位比较",
        "compared with the whole field, units with an index: {count}",
    ),
    "profile_legend": (
        "圆点为本单位,竖线为同类中位数,菱形为同类最高",
        "dot: this unit; bar: median of the peers; diamond: best of the peers",
    ),
    "profile_median": ("中位数", "Median"),
    "profile_best": ("最高", "Best"),
    "profile_opportunity": ("提升机会(O)", "Opportunities (O)"),
    "profile_opportunity_note": (
        "某一指标单独提高到同类最高水平时,总分的增加(其他单位的得分不变)",
        "what the index would gain if this indicator alone reached the best of the peers, the scores of others unchanged",
    ),
    "profile_gain": ("总分可增加", "Index gains"),
    "profile_holders": ("已达到的单位", "Reached by"),
    "profile_supply": ("现有供给(E)", "Existing supply (E)"),
    "profile_supply_note": (
        "高于同类中位数的指标及其依据,按 权重 × 领先分 排列",
        "indicators above the median of the peers, with the answers behind them, by weight × lead",
    ),
    "profile_evidence": ("答案与出处", "Answers and where they stand"),
    "profile_potential": ("潜在供给(P)", "Potential supply (P)"),
    "profile_potential_note": (
        "得分结构最相近而总分更高的单位,以及它们做法不同之处",
        "the units most alike in profile with a higher index, and what they do differently",
    ),
    "profile_model": (
        "{name}:总分 {index},平均差距 {distance} 分",
        "{name}: index {index}, points apart on average {distance}",
    ),
    "profile_lead": ("领先", "Leads by"),
    "profile_theirs": ("对方的答案", "Their answers"),
    "profile_own": ("本单位的答案", "Own answers"),
    "profile_answers": ("本单位提交的数据", "Data of this unit"),
    "profile_answer": ("填写内容", "As entered"),
    "profile_counted": ("计入的值", "Counted as"),
    "profile_status": ("状态", "Status"),
    "profile_correction": ("更正", "Correction"),
    "profile_none": ("无", "none"),
    "profile_more": ("等 {count} 个", "and more: {count}"),
    "profile_no_index": ("没有总分:{reason}", "no index: {reason}"),
}
