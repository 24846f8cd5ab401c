"""EK5xx: awards."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK501": Finding(
        "note", "奖项 {award} 只有 {found} 个单位符合条件,少于名额 {places}", "award {award} has {found} eligible units for {places} places",
    ),
    "EK502": Finding(
        "warning", "奖项 {award} 在第 {places} 名处并列:{units};按规则 {ties_zh}", "award {award}: tie at place {places} between {units}; by its rule {ties_en}",
        "并列规则见奖项的 ties:", "the rule for ties is the award's ties:",
    ),
    "EK503": Finding(
        "note", "没有单位达到奖项 {award}", "no unit reaches award {award}",
    ),
    "EK504": Finding(
        "warning", "单位 {unit} 的 {column} 是空的,不在任何组内,不参加奖项 {award}", "unit {unit} has no {column}, so it is in no group and does not compete for award {award}",
        "请在名册中补填 {column}", "fill in {column} in the register",
    ),
}  # fmt: skip
