"""Labels and sentences about fieldwork: key -> (Chinese, English)."""

from __future__ import annotations

FIELDWORK_WORDS = {
    "option_needs": ("{option} 须与 {needed} 一起使用", "{option} goes with {needed}"),
    "progress_title": ("拨测进度", "Progress of the calls"),
    "progress_planned": ("计划评分", "Planned"),
    "progress_done": ("已交回", "Returned"),
    "progress_missing": ("未交回", "Missing"),
    "progress_overdue": ("逾期", "Overdue"),
    "progress_calls": ("拨测", "Calls"),
    "progress_reached": ("接通率", "Reached"),
    "progress_bar": ("进度", "Progress"),
    "progress_outcomes": ("拨测结果", "Outcomes"),
    "progress_outcome": ("结果", "Outcome"),
    "progress_auditor": ("拨测员", "Auditor"),
    "progress_by_auditor": ("按拨测员", "By auditor"),
    "progress_by_unit": ("按单位", "By unit"),
    "progress_order": (
        "逾期、未交回多的排在前面;备用拨测可顶替同一单位未完成的拨测",
        "most overdue, then most missing first; a reserve call stands in for a missing one of its unit",
    ),
    "progress_as_of": (
        "逾期:计划日期早于 {day} 而未交回的评分",
        "overdue: planned for a day before {day} and not returned",
    ),
    "progress_undated": (
        "计划没有写日期,因此看不出逾期",
        "the plan names no days, so that nothing can be told to be overdue",
    ),
    "progress_double": (
        "两人评分的拨测占 {double}(计划 {planned},方案 {declared})",
        "calls scored by two auditors: {double} (plan {planned}, protocol {declared})",
    ),
    "progress_written": ("拨测进度已写入 {path}", "progress of the calls written to {path}"),
    "no_award": ("无", "none"),
    "sheet_adjustment": ("宽严调整", "Severity adjustment"),
    "adjustment_score_raw": ("调整前得分", "Score before"),
    "adjustment_score": ("调整后得分", "Score after"),
    "adjustment_rank_raw": ("调整前名次", "Rank before"),
    "adjustment_rank": ("调整后名次", "Rank after"),
    "adjustment_rank_change": ("名次变动", "Places gained"),
    "adjustment_awards_raw": ("调整前奖项", "Awards before"),
    "adjustment_awards": ("调整后奖项", "Awards after"),
    "adjustment_note": (
        "得分按方案剔除了拨测员宽严的影响;变动大的单位排在前面。奖项变化的单元格着色。",
        "scores are freed of the severity of auditors; the largest changes come first, changed awards are coloured",
    ),
    "fieldwork_longest": ("超过方案的上限 {limit} 秒", "more than the {limit} that the protocol allows"),
    "fieldwork_shortest": ("短于方案的下限 {limit} 秒", "less than the {limit} that the protocol expects"),
    "fieldwork_nothing": ("但拨测结果是已接通", "but the line was reached"),
}
