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
}  # fmt: skip
