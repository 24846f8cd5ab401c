"""EK4xx: measures, normalisation, aggregation and ranks."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK401": Finding(
        "warning", "指标 {node} 在所有单位都是 {value},不能区分单位;都记 {score}",
        "indicator {node} is {value} for every unit and tells none apart; all get {score}",
        "可改用 goalposts 标准化,或去掉此指标", "use goalposts to normalise it, or take it out",
    ),
    "EK402": Finding(
        "error", "指标 {node} 的值是无穷大,未采用", "the value of indicator {node} is infinite and was not used",
        "请检查数据", "check the data",
    ),
    "EK403": Finding(
        "warning", "只有 {count} 个单位有指标 {node} 的值,相对标准化没有意义;记 {score}",
        "only {count} unit has a value of indicator {node}; relative normalisation means nothing, {score} is given",
        "请用 goalposts 标准化", "use goalposts to normalise it",
    ),
    "EK404": Finding(
        "error", "节点 {node} 用{method}平均,但有下级得分为负", "node {node} takes the {method} mean, but a child has a negative score",
        "请给下级换一种标准化,或改用 arithmetic", "normalise the children to positive scores, or use arithmetic",
    ),
    "EK405": Finding(
        "warning", "单位 {unit} 未参加排名:{node} 的数据覆盖率 {coverage} 低于 {minimum}",
        "unit {unit} is not ranked: coverage of {node} is {coverage}, below {minimum}",
        "请补齐数据;coverage 见 scores 表", "complete the data; see coverage in the table scores",
    ),
    "EK406": Finding(
        "warning", "指标 {node} 有分母为 0,这一项无法计算", "a denominator of indicator {node} is zero; that quotient has no value",
        "请核对 {formula}", "check {formula}",
    ),
    "EK407": Finding(
        "error", "有 {count} 条错误,按 --strict 不排名", "{count} errors stand; with --strict there is no ranking",
        "请先改正错误,或去掉 --strict", "mend them first, or leave out --strict",
    ),
    "EK408": Finding(
        "warning", "没有单位可以排名", "there is no unit to rank",
        "请检查数据和 min_coverage", "check the data and min_coverage",
    ),
    "EK409": Finding(
        "warning", "指标 {node} 没有任何单位有值", "no unit has a value of indicator {node}",
        "请检查数据来源", "check where its data come from",
    ),
    "EK411": Finding(
        "warning", "单位 {unit} 未参加排名:交回的数据中没有一个指标有值", "unit {unit} is not ranked: its data give no indicator a value",
        "请检查它的答案", "check its answers",
    ),
}  # fmt: skip
