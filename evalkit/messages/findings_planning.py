"""EK381-EK389, EK640-EK649: the days of fieldwork, dated plans and what comes back of them."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK381": Finding(
        "error", "“{value}” 不是日期", "“{value}” is no date",
        "请写成 '2025-03-03' 的样子,并加引号", "write it as '2025-03-03', in quotes",
    ),
    "EK382": Finding(
        "error", "{day} 不在实施期 {first} 至 {last} 之内", "{day} is outside the fieldwork from {first} to {last}",
        "请核对日期,或删去它", "check the date, or take it out",
    ),
    "EK383": Finding(
        "error", "{day} 不是调休上班的周末:它本来就是工作日,或同时列在 holidays", "{day} is no Saturday or Sunday that is worked: it is a workday anyway, or also one of the holidays",
        "workdays 只写调休上班的周六、周日", "workdays lists only Saturdays and Sundays that are worked",
    ),
    "EK384": Finding(
        "error", "实施期内没有一天可以安排时段 {slot}(days: {days})", "the fieldwork has no day on which slot {slot} takes place (days: {days})",
        "请延长实施期,或在方案里删去这个时段", "lengthen the fieldwork, or take the slot out of the protocol",
    ),
    "EK385": Finding(
        "error", "写了 fieldwork,但研究没有拨测方案", "there is fieldwork, but the study has no protocol",
        "请在 study.yaml 写 protocol:,或删去 fieldwork", "name a protocol: in study.yaml, or take fieldwork out",
    ),
    "EK640": Finding(
        "error", "实施期排不下:怎样调整都有 {missing} 次拨测找不到还有余量的拨测员,至少还缺 {days} 个人日(每人每日 {daily} 次)",
        "the fieldwork is too short: however they are given out, {missing} calls find no auditor with a free day; at least {days} auditor-days are missing (at {daily} calls a day)",
        "请延长实施期、增加拨测员、提高每日上限(daily、slot_daily),或减少每单位拨测数", "lengthen the fieldwork, add auditors, raise the daily limits (daily, slot_daily), or plan fewer calls a unit",
    ),
    "EK641": Finding(
        "error", "休息日 “{value}” 不是日期", "“{value}” among the days off is no date",
        "请写成 2025-03-05,多个日期用分号隔开", "write 2025-03-05, several separated by semicolons",
    ),
    "EK642": Finding(
        "warning", "有 {count} 次拨测与同一单位的另一次拨测排在同一天的同一时段", "calls in the same slot of the same day as another call to the same unit: {count}",
        "实施期太短或拨测员余量太小,热线容易察觉;请延长实施期或增加拨测员", "the hotline may notice: lengthen the fieldwork or add auditors",
    ),
    "EK643": Finding(
        "warning", "有 {count} 次拨测与同一天的另一次拨测用同一号码拨打同一单位", "calls to a unit by a number that calls it on the same day already: {count}",
        "热线容易识别重复来电;请增加主叫号码或延长实施期", "the hotline may recognise it: add numbers or lengthen the fieldwork",
    ),
    "EK644": Finding(
        "warning", "{count} 名拨测员没有主叫号码:{auditors}", "auditors without a number to call from: {count} ({auditors})",
        "请在 numbers 列填写,多个用分号隔开", "fill in the column numbers, several separated by semicolons",
    ),
    "EK645": Finding(
        "warning", "拨测员表的列 “{column}” 没有读取{suggestion_zh}", "the column “{column}” of the auditors' table is not read{suggestion_en}",
        "请核对列名;可用:{allowed}", "check its name; one of: {allowed}",
    ),
}  # fmt: skip
