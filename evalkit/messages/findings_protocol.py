"""EK370-EK389: protocols of mystery calls, and what the other definitions say of them."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK370": Finding(
        "error", "{where} 引用了不存在的{what_zh} “{name}”{suggestion_zh}", "{where} names the {what_en} “{name}”, which does not exist{suggestion_en}",
        "可用:{allowed}", "one of: {allowed}",
    ),
    "EK371": Finding(
        "error", "评分项 {item} 在任何场景、任何渠道下都不会被评分", "item {item} is judged in no scenario on any channel",
        "请核对它的 channels 和 scenarios", "check its channels and scenarios",
    ),
    "EK372": Finding(
        "error", "没有任何拨测结果计入基数 “{base}”", "no outcome is in the base “{base}”",
        "请在 outcomes 的 bases 里写上它,或删去它", "list it under bases: of an outcome, or take it out",
    ),
    "EK373": Finding(
        "warning", "没有场景使用渠道 “{channel}”", "no scenario uses the channel “{channel}”",
        "请给它配上场景,或删去它", "give it a scenario, or take it out",
    ),
    "EK374": Finding(
        "error", "评分项 {item} 的类型是 {type},不能作 {role}", "item {item} is of type {type} and cannot be {role}",
        "适用的类型:{allowed}", "fitting types: {allowed}",
    ),
    "EK375": Finding(
        "error", "规则 “{method}” 不能用于 {key}", "the rule “{method}” does not go with {key}",
        "可用的规则:{allowed}", "rules that do: {allowed}",
    ),
    "EK376": Finding(
        "error", "研究没有拨测方案,但指标 {node} 要用评分项", "the study has no protocol, but indicator {node} is measured by items",
        "请在 study.yaml 写 protocol:", "name a protocol: in study.yaml",
    ),
    "EK377": Finding(
        "error", "规则 “{method}” 不能用于评分项 {item}(类型 {type},作用 {role})", "the rule “{method}” does not fit item {item} of type {type} and role {role}",
        "{needed_zh}", "{needed_en}",
    ),
    "EK378": Finding(
        "warning", "评分项 {item} 没有被任何指标使用", "item {item} is used by no indicator",
        "若只作描述统计,可写 role: descriptive", "if it is for description only, say role: descriptive",
    ),
    "EK379": Finding(
        "warning", "拨测方案为轮次 “{declared}” 制定,研究的轮次却是 “{wave}”", "the protocol is declared for wave “{declared}”, but the study's wave is “{wave}”",
        "请核对是否用错了方案;方案应在拨测之前定稿", "is it the right protocol? It is declared before the calls are made",
    ),
    "EK380": Finding(
        "error", "“{value}” 不是时刻", "“{value}” is no time of day",
        "请写成 '09:00' 的样子,从 00:00 到 23:59,并加引号", "write it as '09:00', from 00:00 to 23:59, in quotes",
    ),
}  # fmt: skip
