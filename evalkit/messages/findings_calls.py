"""EK615-EK620, EK633-EK639, EK646, EK647: capacity for calls, their limits, numbers called from, and agents."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK615": Finding(
        "error", "怎样调整都有 {missing} 次拨测没有人可以承担:能拨打这些单位的拨测员余量不够,先看这个单位", "however they are given out, calls find no auditor who may make them and can take on more: {missing}; look at this unit first",
        "请增加不住在当地的拨测员,或提高他们的 most", "add auditors who do not live there, or raise their “most”",
    ),
    "EK616": Finding(
        "warning", "方案要求 {wanted} 次复评,只安排得下 {found} 次", "the protocol asks for {wanted} second scores, but only {found} could be planned",
        "请提高拨测员的 most 或增加拨测员;复评太少,一致性就看不准", "raise “most” or add auditors: agreement cannot be told from too few",
    ),
    "EK617": Finding(
        "error", "每个单位一天最多接 {limit} 次拨测:实施期内这些时段的日子不够,{units} 个单位共有 {missing} 次排不下", "at {limit} calls a day to a unit the fieldwork has too few days for these slots: {missing} calls to {units} units have no place",
        "请延长实施期,提高 fieldwork 的 unit_daily,或减少每单位拨测数", "lengthen the fieldwork, raise unit_daily: under fieldwork, or plan fewer calls a unit",
    ),
    "EK618": Finding(
        "error", "没有找到让每个单位一天最多接 {limit} 次拨测的排法,最好的一种还超出 {count} 次", "no days were found on which every unit receives {limit} calls at most; the best plan goes beyond it by {count}",
        "请延长实施期、增加拨测员、提高每日上限或 unit_daily,也可以换一个 --seed 再试", "lengthen the fieldwork, add auditors, raise the daily limits or unit_daily:, or try another --seed",
    ),
    "EK633": Finding(
        "warning", "拨测员 {auditor} 在 {date} 的时段 {slot} 打了 {count} 次拨测,最多应为 {limit} 次", "auditor {auditor} made {count} calls in slot {slot} on {date}, but {limit} at most were declared",
        "请核对日期和时段,抽听录音:赶着打的拨测容易走样", "check date and slot, and listen to recordings: calls made in haste are often not as they should be",
    ),
    "EK634": Finding(
        "warning", "单位 {unit} 在 {date} 接到 {count} 次拨测,最多应为 {limit} 次", "unit {unit} received {count} calls on {date}, but {limit} at most were declared",
        "请核对日期;同一天来电太多,热线容易察觉", "check the dates: so many calls on one day may be noticed",
    ),
    "EK635": Finding(
        "warning", "主叫号码一栏有 {count} 处填了电话号码,没有对应的代码;按未填处理,结果中不会出现", "telephone numbers without a code among the numbers called from: {count}; taken as not entered and shown nowhere",
        "请填代码,或在 study.yaml 写 data: number_key:(evalkit plan 写出的 private/numbers.csv)", "enter codes, or name a data: number_key: in study.yaml, the private/numbers.csv of evalkit plan",
    ),
    "EK636": Finding(
        "warning", "拨测 {call} 用号码 {number} 拨出,计划为 {planned}", "call {call} was made from number {number}, but planned from {planned}",
        "请核对主叫号码;同一号码反复拨打同一单位,热线容易识别", "check the number: a hotline may recognise one that calls again",
    ),
    "EK637": Finding(
        "error", "座席密钥文件太短或太长:应为 {shortest} 个字符以上的一段秘密文字", "the key of agents is too short or too long: it should be a secret text of {shortest} characters or more",
        "请写一段随机文字,妥善保管;各期使用同一个文件,代码才能前后一致", "write random text and keep it safe; the same file in all waves keeps the codes the same",
    ),
    "EK638": Finding(
        "warning", "这个单位有话务员记录的 {calls} 次接通拨测中,{count} 次都由同一座席 {agent} 接听", "agent {agent} answered {count} of the {calls} answered calls of this unit whose agent was entered",
        "单位可能事先知情,来电被转给专人:请抽听录音,查看主叫号码和拨打时间", "the unit may have known, and passed the calls to one person: listen to recordings, look at numbers called from and times",
    ),
    "EK639": Finding(
        "note", "座席代码只在本次运行中有效(没有 data: agent_key:)", "the codes of agents hold for this run only (there is no data: agent_key:)",
        "要在各期之间对照,请写 data: agent_key: 指向私密的密钥文件", "to compare waves, name a private key file under data: agent_key:",
    ),
    "EK646": Finding(
        "error", "同一个电话号码对应了代码 {first} 和 {second};采用前一个", "one telephone number stands for the codes {first} and {second}; the first was used",
        "请在对照表中只保留一行", "keep one of the lines of the key",
    ),
}  # fmt: skip
