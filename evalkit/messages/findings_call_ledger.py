"""EK648, EK649: corrections of exports and call sheets."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK648": Finding(
        "error", "没有读到单位 {unit} 的答卷 {respondent},更正无处采用", "no respondent {respondent} of unit {unit} was read, so there is nothing to correct",
        "请核对单位和答卷编号;重复的编号都未计入;没有编号列的,编号是 # 加行号", "check unit and id; an id in several rows counts nowhere; without a column of ids, an id is # and the number of the row",
    ),
    "EK649": Finding(
        "error", "没有读到拨测记录 {rating},更正无处采用;这次拨测读到的记录:{known}", "no rating {rating} was read, so there is nothing to correct; ratings of this call: {known}",
        "请核对拨测编号、拨测员和次数:三者要与拨测表一致,次数不填为 1", "give call, auditor and attempt as the call sheet has them; an empty attempt is 1",
    ),
}  # fmt: skip
