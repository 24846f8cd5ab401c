"""Labels and sentences about mystery calls: key -> (Chinese, English)."""

from __future__ import annotations

AUDIT_WORDS = {
    "needs_call_scores": ("至少要有一个 role: scored 的评分项", "at least one item must have role: scored"),
    "needs_call_rate": (
        "只写一个评分项,类型为 yesno、scale 或 outcome,role: scored",
        "name one item, of type yesno, scale or outcome and role: scored",
    ),
    "needs_call_quantile": ("只写一个评分项,类型为 count 或 seconds", "name one item of type count or seconds"),
    "calls_sheet": ("拨测", "Calls"),
    "scenarios_sheet": ("场景", "Scenarios"),
    "items_sheet": ("评分项", "Items"),
    "call_role": ("用途", "Purpose"),
    "call_first": ("正式", "call"),
    "call_second": ("复评", "second score"),
    "call_reserve": ("备用", "reserve"),
    "call_scenario": ("场景", "Scenario"),
    "call_name": ("名称", "Name"),
    "call_script": ("开场白", "What to say"),
    "call_facts": ("可以告知的情况", "What may be told"),
    "call_expected": ("标准答案", "Expected answer"),
    "call_not_applicable_when": ("不适用的情形", "Does not apply"),
    "call_item": ("评分项", "Item"),
    "call_text": ("评判内容", "What to judge"),
    "call_answers": ("可填答案", "Answers"),
    "call_help": ("说明", "How to judge"),
    "call_enter_count": ("整数", "a whole number"),
    "call_enter_seconds": ("秒数", "seconds"),
    "call_enter_text": ("文字", "text"),
    "plan_counts": (
        "计划:正式拨测 {first} 次,复评 {second} 次,备用 {reserve} 次",
        "plan: {first} calls, {second} second scores, {reserve} reserves",
    ),
    "plan_design": (
        "设计:每单位至少 {auditors} 名拨测员;单位—拨测员图 {parts} 块,代数连通度 {connectivity},效率 {efficiency}",
        (
            "design: at least {auditors} auditors a unit; graph of units and auditors in {parts} part(s), algebraic"
            " connectivity {connectivity}, efficiency {efficiency}"
        ),
    ),
    "plan_forecast": (
        (
            "预估(每单位 {calls} 次):接通率误差 ±{rate} 个百分点,得分误差 ±{score} 分(95%),信度 {reliability};"
            "按得分分成三等份时,约 {wrong}% 的单位会分错档"
        ),
        (
            "forecast at {calls} calls a unit: connection rate ±{rate} points, score ±{score} points (95 %), reliability"
            " {reliability}; of three equal tiers by score, about {wrong}% of the units would be in the wrong one"
        ),
    ),
    "plan_needed": (
        "若要得分误差不超过 ±{margin} 分,每单位需要 {needed} 次",
        "for a margin of ±{margin} points, {needed} calls a unit are needed",
    ),
    "plan_written": (
        "计划已写入 {path}:plan.csv 和 {count} 份拨测表",
        "plan written to {path}: plan.csv and {count} call sheets",
    ),
}
