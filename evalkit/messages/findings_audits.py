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
        "error", "拨测 {call} 由 {auditor} 第 {attempt} 次拨打的记录有两份且内容不同,先到的在 {first};后到的这一份未采用",
        "call {call}, attempt {attempt} by {auditor}, is entered twice and differently, first at {first}; what came later was left out",
        "后到的数据不会覆盖先到的:请核实哪一份正确,只保留那一份;不同次数请填 attempt", "what comes later never replaces what was there: find out which is right and keep that one; number attempts in the column attempt",
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
    "EK614": Finding(
        "note", "还有 {count} 行没有拨测结果,视为尚未拨打", "rows without an outcome, taken as calls still to be made: {count}",
    ),
    "EK621": Finding(
        "error", "可以拨打单位的拨测员只有 {count} 人,至少要 {fewest} 人", "{count} auditors may call the unit; at least {fewest} are needed",
        "请增加不住在当地的拨测员:每个单位至少 4 人,才能把拨测员的宽严与单位的好坏分开", "add auditors who do not live there: with fewer than four, severity cannot be told from quality",
    ),
    "EK622": Finding(
        "error", "拨测员总共只能承担 {capacity} 次评分,计划需要 {needed} 次", "the auditors can take on {capacity} ratings, but the plan needs {needed}",
        "请增加拨测员、提高 most,或减少每单位拨测数", "add auditors, raise “most”, or plan fewer calls a unit",
    ),
    "EK623": Finding(
        "error", "没有可以在这个单位进行的场景", "no scenario can be played at the unit",
        "请核对名册中各渠道列的 “否”", "check the columns named after channels in the register",
    ),
    "EK624": Finding(
        "error", "这个计划无法把拨测员与单位、场景或时段分开(单位—拨测员图分成 {parts} 块)", "this plan cannot tell auditors from units, scenarios or slots (parts of the graph of units and auditors: {parts})",
        "请增加每单位拨测数或拨测员,让各单位共用拨测员", "plan more calls a unit or more auditors, so that units share them",
    ),
    "EK625": Finding(
        "error", "每单位 {calls} 次拨测,不够 {fewest} 名拨测员分担", "{calls} calls a unit are too few for {fewest} auditors",
        "请至少安排 4 次拨测", "plan at least four calls a unit",
    ),
    "EK626": Finding(
        "error", "住地 “{name}” 既不是名册里的单位,也不是其中的地区{suggestion_zh}", "“{name}” is neither a unit nor a region of the register{suggestion_en}",
        "请填单位编号、名称,或 region 列中的地区;不需回避的留空", "give a unit, or a region of the column “region”; leave it empty where nothing need be avoided",
    ),
    "EK627": Finding(
        "error", "“{column}” 应为整数,读到 “{value}”", "“{column}” should be a whole number, read “{value}”",
        "请填最多能承担的次数,或留空", "give the number that the auditor can take on, or leave it empty",
    ),
    "EK630": Finding(
        "warning", "指标 {node} 的得分没有按拨测员宽严调整:{why_zh}", "indicator {node} was not adjusted for the severity of auditors: {why_en}",
        "请补填拨测员,或让拨测员交叉拨打多个单位", "name the auditors, and let them call at more units across each other",
    ),
    "EK631": Finding(
        "warning", "评分项 {item} 的一致性不足:{calls} 次复评的 {coefficient} = {value},低于 {threshold}",
        "auditors do not agree on item {item}: {coefficient} = {value} over {calls} calls scored twice, below {threshold}",
        "按方案 double_scoring.below 处理;请核对评分说明并培训拨测员", "it is treated as double_scoring: below: says; look at how the item is explained and train the auditors",
    ),
    "EK632": Finding(
        "warning", "拨测员 {auditor} 在指标 {node} 上的 {count} 次评分全是 {score}", "all {count} ratings of auditor {auditor} on indicator {node} are {score}",
        "请抽听录音,核对是否认真评分", "listen to some of the recordings",
    ),
}  # fmt: skip
