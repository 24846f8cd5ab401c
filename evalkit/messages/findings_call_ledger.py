"""EK649: corrections of call sheets."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK649": Finding(
        "error", "没有读到拨测记录 {rating},更正无处采用;这次拨测读到的记录:{known}", "no rating {rating} was read, so there is nothing to correct; ratings of this call: {known}",
        "请核对拨测编号、拨测员和次数:三者要与拨测表一致,次数不填为 1", "give call, auditor and attempt as the call sheet has them; an empty attempt is 1",
    ),
}  # fmt: skip
