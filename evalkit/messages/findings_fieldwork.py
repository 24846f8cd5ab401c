"""EK65x: what is asked about in the calls that came in, and against their plan."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK650": Finding(
        "note", "拨测 {call} 由 {auditor} 第 {attempt} 次拨打的记录又交了一份,内容与 {first} 相同,只计一次",
        "call {call}, attempt {attempt} by {auditor}, came in again and says the same as at {first}; it counts once",
    ),
    "EK651": Finding(
        "warning", "拨测 {call} 不在计划 {plan} 中", "call {call} is not in the plan {plan}",
        "请核对编号;计划外补打的,请用计划中的备用编号", "check its number; for a call in place of another use a reserve of the plan",
    ),
    "EK652": Finding(
        "warning", "拨测 {call} 与计划不符:{what_zh}", "call {call} is not as planned: {what_en}",
        "请核对;计划在 {planned_at}", "check it; it is planned at {planned_at}",
    ),
    "EK653": Finding(
        "warning", "拨测员 {auditor} 还有 {count} 次计划内的评分没有交回(其中逾期 {overdue} 次):{calls}", "ratings of the plan that auditor {auditor} has not returned: {count}, of which overdue: {overdue} ({calls})",
        "请催交,或用同一单位的备用拨测补上", "ask for them, or make a reserve call at the same unit",
    ),
    "EK654": Finding(
        "warning", "拨测 {call} 开始于 {start},不在时段 {slot}({hours})内", "call {call} began at {start}, outside slot {slot} ({hours})",
        "请核对日期、开始时间和时段;法定节假日和调休写在 study.yaml 的 fieldwork:", "check date, start and slot; public holidays and worked weekends are those of fieldwork: in study.yaml",
    ),
    "EK655": Finding(
        "warning", "拨测 {call} 的日期是 {date},计划为 {planned}", "call {call} is dated {date}, but planned for {planned}",
        "请核对日期", "check the date",
    ),
    "EK656": Finding(
        "warning", "拨测 {call} 时长 {seconds} 秒,{limit_zh}", "call {call} took {seconds} seconds, {limit_en}",
        "请核对时长(秒,或 分:秒)和拨测结果,抽听录音", "check the duration (seconds, or m:ss) and the outcome, and listen to the recording",
    ),
    "EK657": Finding(
        "warning", "“{column}” 读不懂:“{value}”;按未填处理", "“{column}” cannot be read: “{value}”; taken as not entered",
        "日期写作 2025-06-03,开始时间写作 09:05,时长写秒数或 3:25", "write dates as 2025-06-03, starts as 09:05, durations in seconds or as 3:25",
    ),
    "EK658": Finding(
        "warning", "拨测员 {auditor} 的拨测 {call} 开始于 {start},此时他的拨测 {other}({other_at})还没有结束",
        "auditor {auditor} began call {call} at {start}, before his call {other} ({other_at}) was over",
        "请核对开始时间和时长;一人不能同时打两个电话", "check starts and durations: nobody makes two calls at once",
    ),
    "EK659": Finding(
        "warning", "拨测 {call} 第 {attempt} 次与前一次只隔 {minutes} 分钟,方案要求至少 {apart} 分钟",
        "call {call}: attempt {attempt} was {minutes} minutes after the one before, but the protocol asks for {apart} at least",
        "请核对开始时间;未接通的重拨须按方案间隔", "check the starts; attempts keep the distance that the protocol declares",
    ),
    "EK660": Finding(
        "warning", "拨测员 {auditor} 在 {count} 次拨测、{units} 个单位的 {item} 中写了同样的话:“{text}”",
        "auditor {auditor} wrote the same in {item} of {count} calls to {units} units: “{text}”",
        "请抽听录音,核对备注是否复制粘贴;另一处在 {other}", "listen to some of the recordings: remarks may have been copied; another one is at {other}",
    ),
    "EK661": Finding(
        "note", "{calls} 次拨打中,{untimed} 次没有写日期和开始时间,{unmeasured} 次没有写时长;时段、同时拨打、重拨间隔和时长只核对了写明的",
        "of {calls} calls, {untimed} have no date and start and {unmeasured} no duration; slots, calls at once, attempts too near and durations were checked only where entered",
        "拨测表的列:date 日期、start 开始时间、duration 时长(秒)", "columns of a call sheet: date, start, duration (seconds)",
    ),
    "EK662": Finding(
        "error", "计划中拨测 {call} 由 {auditor} 评分写了两次,前一处在 {first};后一处未采用", "the plan has call {call} by {auditor} twice, first at {first}; the later line was left out",
        "一个编号只能是一次拨测;请重新编号或删去一行", "one number is one call: number it anew, or remove a line",
    ),
    "EK663": Finding(
        "error", "计划中的用途 “{value}” 不明;这一行未采用", "the plan has an unknown role “{value}”; the line was left out",
        "可用:first(正式)、second(复评)、reserve(备用)", "one of: first, second, reserve",
    ),
    "EK664": Finding(
        "error", "没有可用的拨测计划,看不出进度", "there is no plan of the calls to hold progress against",
        "请在 study.yaml 写 protocol: 和 data: plan:(evalkit plan 写出的 plan.csv)", "name a protocol: and data: plan: in study.yaml, the plan.csv of evalkit plan",
    ),
    "EK665": Finding(
        "note", "按拨测员宽严调整后,奖项或档次由 “{before_zh}” 变为 “{after_zh}”", "the adjustment for the severity of auditors changes awards and tiers from “{before_en}” to “{after_en}”",
    ),
    "EK666": Finding(
        "note", "按拨测员宽严调整改变了 {moved} 个单位的名次(共 {ranked} 个有名次),变动最大的是 {unit}({places} 位);奖项或档次因此变化的单位有 {changed} 个",
        "the adjustment for the severity of auditors changes the rank of {moved} units of {ranked}, most that of {unit} (by {places} places), and awards or tiers of {changed}",
        "逐单位对照见表 adjustment", "the table adjustment compares unit by unit",
    ),
    "EK667": Finding(
        "error", "同一个姓名对应了拨测员 {first} 和 {second};采用前一个", "one name stands for auditors {first} and {second}; the first was used",
        "请让不同的人有不同的写法,如加注部门", "tell the two persons apart, such as by their office",
    ),
    "EK668": Finding(
        "warning", "拨测员一栏像是姓名(共 {count} 人);结果中会原样出现", "the auditors look like names of persons ({count}); results would show them",
        "请填代码,或在 study.yaml 写 data: auditor_key:(私密的对照表,列 auditor、name),读入时换成代码", "enter codes, or name a data: auditor_key: in study.yaml, a private table with auditor and name, by which names become codes",
    ),
    "EK669": Finding(
        "note", "拨测员 {auditor} 在指标 {node} 上与同事共同评分的 {count} 次拨测中,平均与同事相差 {points} 分(正为偏宽,负为偏严),超出偶然",
        "auditor {auditor} differs from colleagues on indicator {node} by {points} points over {count} calls that they shared (plus: milder), beyond chance",
        "请与其一起复听这些录音、统一尺度;adjust: 可剔除宽严的影响", "listen to these calls together and agree on the scale; adjust: takes severity out of the scores",
    ),
}  # fmt: skip
