"""Words about the accurate solution of a unit, its calls and its corrections: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

SOLUTION_WORDS: Mapping[str, tuple[str, str]] = {
    "solution_title": ("精准方案(A)", "Accurate solution (A)"),
    "solution_found": (
        "目标:{aim}。改变下列 {count} 题的答案即可达到,总成本 {cost};在允许的改动中没有更省的方案。",
        (
            "Target: {aim}. It is reached by changing the answers below (questions: {count}) at a cost of {cost}; "
            "no admissible changes cost less."
        ),
    ),
    "solution_there": ("已达到目标,无需改动。", "The target is reached; nothing needs to change."),
    "solution_closed": (
        "目标:{aim}。该目标不由得分决定,或另有限制,提高得分不能达到。",
        "Target: {aim}. It is not won by scores, or other rules bar the unit: no higher score reaches it.",
    ),
    "solution_out_of_reach": (
        "目标:{aim}。允许的改动全部完成也达不到。",
        "Target: {aim}. No admissible set of changes reaches it.",
    ),
    "solution_too_many": (
        "目标:{aim}。可改答案的组合过多,没有计算。",
        "Target: {aim}. There are too many combinations of changes; none was computed.",
    ),
    "solution_aim_rank": ("提高名次", "a better rank"),
    "solution_aim_top": ("进入前 {number} 名", "a rank among the {number} best"),
    "solution_aim_score": ("总分达到 {number}", "an index of {number}"),
    "solution_lacking": ("距“{aim}”差 {gap} 分({node})", "lacks {gap} points for “{aim}” ({node})"),
    "solution_proof": (
        "已验证:按这些答案重新计算全部单位,总分 {before} → {after},名次 {rank_before} → {rank_after}",
        (
            "Verified: with these answers the whole field was scored again: index {before} → {after}, "
            "rank {rank_before} → {rank_after}"
        ),
    ),
    "solution_unproved": (
        (
            "未通过验证:按这些答案重新计算,总分 {before} → {after},名次 {rank_before} → {rank_after},"
            "其他单位的得分随之变化,未达到目标"
        ),
        (
            "Not verified: scored again with these answers, index {before} → {after}, rank {rank_before} → {rank_after}; "
            "the scores of others change too, and the target is missed"
        ),
    ),
    "solution_tiers": (",奖项 {before} → {after}", ", award {before} → {after}"),
    "solution_moved": (
        "有指标按相对方法计分:另有 {count} 个单位的总分因此变化。",
        "Some indicators are scored relative to the field: the index of other units changes by it (units: {count}).",
    ),
    "sheet_solutions": ("改进方案", "Advised changes"),
    "solution_aim": ("目标", "Target"),
    "solution_needed": ("所需得分", "Score needed"),
    "solution_result": ("结论", "Result"),
    "solution_result_found": ("可达到,已验证", "reached, verified"),
    "solution_result_missed": ("重算后未达到目标", "missed when scored again"),
    "solution_result_there": ("已达到,无需改动", "there already"),
    "solution_result_closed": ("得分不能决定", "not won by scores"),
    "solution_result_out_of_reach": ("允许的改动达不到", "out of reach"),
    "solution_result_too_many": ("组合过多,未计算", "too many, not computed"),
    "solution_change": ("改动", "Change"),
    "solution_after": ("改动的效果", "What it gives"),
    "solution_total_cost": ("总成本", "Total cost"),
    "solution_index_before": ("现在总分", "Index now"),
    "solution_index_after": ("改后总分", "Index after"),
    "solution_ranks": ("名次变化", "Rank"),
    "solution_none": (
        "没有计算改进方案,原因见检查结果(EK431、EK433)",
        "no changes were computed; the findings say why (EK431, EK433)",
    ),
    "solution_own_answers": (
        "改进方案只涉及本单位自己填报的答案和数据;拨测通话和受访者的回答不在可改之列,由其得出的得分保持原样。",
        (
            "Only what the unit itself reports may be advised to change: answers given in mystery calls or by respondents "
            "are left out, and the scores that rest on them stay."
        ),
    ),
    "solution_question": ("题目", "Question"),
    "solution_from": ("现在", "At present"),
    "solution_to": ("改为", "Change to"),
    "solution_cost": ("成本", "Cost"),
    "solution_not_ticked": ("未勾选", "not ticked"),
    "solution_no_tick": ("可不勾选", "no tick needed"),
    "solution_any_answer": ("需作答,填“{value}”即可", "to be answered; “{value}” will do"),
    "solution_lacks": ("差距", "Gap"),
    "solution_sentences": ("改进方案的说明(逐句)", "The advice in sentences"),
    "solution_notes": ("改进方案的假设(逐句)", "What the advice assumes, in sentences"),
    "solution_costs": (
        "成本假设:每一步计 1。一步指勾选一个选项、提高一个档次;数值题依次为达到全体中位数、全体最好值、满分值。",
        (
            "Assumed costs: 1 a step. A step is a tick or the next better option; for a number the next of: median of the "
            "field, best of the field, full score."
        ),
    ),
    "solution_own_costs": ("本研究另定:{costs}。", "Set by this study: {costs}."),
    "solution_stays": (
        "不改动:任何答案都不改差;空白、日期、文字题,以及受核对关系或比例约束的数量保持原样;跳转和核对规则在改动后仍须成立;其他单位的答案不变。",
        (
            "Kept: no answer is made worse; blanks, dates, texts and numbers bound by a check or a quotient stay; skip rules "
            "and checks hold after the changes; the answers of others stay."
        ),
    ),
    "solution_fixed": ("本研究规定不能改动:{fixed}。", "Fixed by this study: {fixed}."),
    "profile_upper": ("总分与维度", "Index and dimensions"),
    "profile_next": ("距上一名({name})差 {gap} 分", "{gap} points behind the next unit ({name})"),
    "profile_enough": ("仅“{node}”达到同类最高即可补足", "“{node}” alone, at the best of the peers, would make it up"),
    "profile_calls": ("拨测记录", "Mystery calls"),
    "profile_calls_note": (
        "计入的每次拨测:场景、结果和各指标得分;拨测员只列编号",
        "every call that counts: scenario, outcome, points by indicator; auditors by code only",
    ),
    "profile_call": ("拨测编号", "Call"),
    "profile_auditor": ("拨测员", "Auditor"),
    "profile_scenario": ("场景", "Scenario"),
    "profile_channel": ("渠道", "Channel"),
    "profile_slot": ("时段", "Slot"),
    "profile_outcome": ("结果", "Outcome"),
    "profile_corrections": ("已作的更正", "Corrections applied"),
}
