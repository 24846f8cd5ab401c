"""Labels and sentences about dated plans of mystery calls: key -> (Chinese, English)."""

from __future__ import annotations

PLANNING_WORDS = {
    "plan_dates": (
        "日期:{first} 至 {last},共 {days} 天有拨测;每名拨测员一天最多 {auditor} 次,每个单位一天最多 {unit} 次",
        "dates: {first} to {last}, calls on {days} days; at most {auditor} calls a day by an auditor, {unit} to a unit",
    ),
    "call_form_call": ("拨测", "Call"),
    "call_form_outcome": ("拨测结果", "Outcome"),
    "call_form_attempt": ("第几次拨打(最多 {most} 次)", "Attempt (at most {most})"),
    "call_form_date": ("拨测日期", "Date of the call"),
    "call_form_start": ("开始时间", "When the call began"),
    "call_form_duration": ("通话时长(秒)", "How many seconds it took"),
    "call_form_called_from": ("实际主叫号码(代码)", "Number called from (its code)"),
    "call_form_agent": ("话务员工号(听不清可不填)", "Number of the agent (leave empty if not understood)"),
    "call_form_number": ("主叫 {number}", "from {number}"),
}
