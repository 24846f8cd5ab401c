"""EK6xx: what was entered about mystery calls."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK601": Finding(
        "error", "这一行没有填 “{column}”,未采用", "the row has no “{column}”, so it was left out",
        "请补填", "fill it in",
    ),
    "EK602": Finding(
        "error", "没有{what_zh} “{name}”{suggestion_zh};这一行未采用", "there is no {what_en} “{name}”{suggestion_en}; the row was left out",
        "可用:{allowed}", "one of: {allowed}",
    ),
    "EK603": Finding(
        "error", "拨测 {call} 由 {auditor} 第 {attempt} 次拨打的记录重复,前一处在 {first};后一处未采用",
        "call {call}, attempt {attempt} by {auditor}, is entered twice, first at {first}; the later row was left out",
        "请删去一处;不同次数请填 attempt", "remove one of the two; number the attempts in the column attempt",
    ),
    "EK604": Finding(
        "error", "拨测 {call} 在 {first} 处属于 {known},这里却是 {found};这一行未采用", "call {call} belongs to {known} at {first}, but to {found} here; the row was left out",
        "同一编号只能是同一单位、同一场景、同一渠道的拨测", "one number is one call: one unit, one scenario, one channel",
    ),
    "EK605": Finding(
        "error", "场景 {scenario} 不在渠道 {channel} 上进行;这一行未采用", "scenario {scenario} is not played on channel {channel}; the row was left out",
        "可用的渠道:{allowed}", "its channels: {allowed}",
    ),
    "EK606": Finding(
        "warning", "拨测 {call} 的结果是 {outcome},以下评分项不应作答,已忽略:{items}", "call {call} ended as {outcome}; these items are not judged then and were ignored: {items}",
        "请核对拨测结果、场景和渠道,或删去这些答案", "check outcome, scenario and channel, or remove the answers",
    ),
    "EK607": Finding(
        "warning", "拨测 {call} 有评分项未作答:{items}", "call {call} has items without an answer: {items}",
        "请补填;确实不适用的填 “不适用”(评分项允许时)", "fill them in; write “n/a” where an item allows it and does not apply",
    ),
    "EK608": Finding(
        "error", "评分项 {item} 不允许填 “不适用”", "item {item} may not be answered by “does not apply”",
        "请给出答案,或在方案里写 not_applicable: true", "give an answer, or say not_applicable: true in the protocol",
    ),
    "EK609": Finding(
        "error", "“attempt” 应为从 1 起的整数,读到 “{value}”;这一行未采用", "“attempt” should be a whole number from 1, read “{value}”; the row was left out",
        "第一次拨打填 1,或留空", "enter 1 for the first attempt, or leave it empty",
    ),
    "EK610": Finding(
        "warning", "拨测 {call} 拨了 {attempt} 次,方案最多允许 {most} 次;多出的未采用", "call {call} was tried {attempt} times, but the protocol allows {most}; the attempts beyond were left out",
        "请按方案拨打", "keep to the protocol",
    ),
    "EK611": Finding(
        "error", "研究没有拨测方案", "the study has no protocol",
        "请在 study.yaml 写 protocol:", "name a protocol: in study.yaml",
    ),
    "EK612": Finding(
        "warning", "拨测表里的列 “{column}” 没有用处{suggestion_zh}", "the column “{column}” means nothing in a call sheet{suggestion_en}",
        "请核对列名;评分项的列名是它的代码或题目", "check its name; the column of an item is called by its code or its text",
    ),
    "EK613": Finding(
        "error", "拨测 {call} 的评分项 {item} 填了两次;后一处未采用", "item {item} of call {call} is answered twice; the later answer was left out",
        "请删去一处", "remove one of the two",
    ),
}  # fmt: skip
