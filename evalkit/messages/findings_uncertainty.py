"""EK39x and EK7xx: how sure ranks and awards are."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK390": Finding(
        "error", "replicates 为 {value},置信水平 {level} 至少需要 {needed} 次", "{value} replicates are too few for a level of {level}, which needs at least {needed}",
        "请增加 replicates,建议 10000;或降低 level", "raise replicates, 10000 is a good number, or lower the level",
    ),
    "EK391": Finding(
        "error", "runs 为 {value},不是 2 的幂", "runs is {value}, which is no power of two",
        "请改为 {below} 或 {above}", "use {below} or {above}",
    ),
    "EK392": Finding(
        "error", "{node} 没有下级,它之下没有权重可变", "{node} has no children, so there are no weights below it to vary",
        "请写有下级的节点", "name a node that has children",
    ),
    "EK393": Finding(
        "error", "{node} 之下没有一组权重能满足这些上下限", "no weights below {node} satisfy the bounds",
        "同级权重之和须为 1:下限之和不得超过 1,上限之和不得小于 1", "weights of siblings sum to one: the lower bounds may not exceed 1 in sum, nor the upper ones fall short of it",
    ),
    "EK394": Finding(
        "error", "这一顺序里的节点不是同级:{nodes}", "the nodes of this order are no siblings: {nodes}",
        "一个顺序只能排列同一节点的下级", "an order can only rank children of one node",
    ),
    "EK701": Finding(
        "note", "没有任何指标给出抽样误差,不计算抽样造成的名次区间和奖项认定",
        "no indicator carries a sampling error; there are no rank intervals and certificates of sampling",
    ),
    "EK702": Finding(
        "warning", "指标 {node} 标明由抽样估计,却没有标准误,它的误差未计入", "indicator {node} is marked as estimated from a sample, but has no standard errors; its error does not count",
        "请在 measure 写 se: 列名,并在数据表里给出标准误;工单或话务记录是抽样的,在其来源写 sample: true", "give measure a column of standard errors, se:, in the table of values; where records are a sample, write sample: true for their source",
    ),
    "EK703": Finding(
        "error", "标准误不能为负:{value}", "a standard error cannot be negative: {value}",
        "请更正;在此之前用该指标最大的标准误", "mend it; until then the largest one of the indicator is used",
    ),
    "EK704": Finding(
        "warning", "单位 {unit} 有指标 {node} 的值却没有标准误,暂用该指标最大的标准误 {value}",
        "unit {unit} has a value of indicator {node} without a standard error; the largest of the indicator, {value}, is used",
        "请补上标准误;确实没有误差的写 0", "give the standard error; write 0 where there is none",
    ),
    "EK705": Finding(
        "warning", "节点 {node}:单位 {unit} 在 {share} 的抽样中没有得分,其误差偏小", "node {node}: in {share} of the draws unit {unit} has no score, so its error is too small",
        "可改用 arithmetic,或用不出负分的标准化", "use arithmetic, or a normalisation without negative scores",
    ),
    "EK706": Finding(
        "warning", "{count} 个敏感度指数的区间宽于 ±{precision},{runs} 次不够,未给出:{factors}",
        "the runs ({runs}) are too few: sensitivity indices with intervals wider than ±{precision}, not given: {count} ({factors})",
        "请把 uncertainty.sensitivity.runs 改为 {next}", "set uncertainty.sensitivity.runs to {next}",
    ),
    "EK707": Finding(
        "error", "{node} 之下满足上下限和顺序的权重太少,无法抽取", "too few weights below {node} satisfy the bounds and orders to be drawn",
        "请放宽上下限或顺序", "loosen the bounds or the orders",
    ),
    "EK708": Finding(
        "note", "计入抽样误差的指标:{with_error};其余 {count} 个指标视为没有抽样误差",
        "indicators whose sampling error counts: {with_error}; the others, taken as without: {count}",
    ),
    "EK709": Finding(
        "error", "研究没有写 uncertainty:,不知道要考察什么", "the study has no uncertainty:, so there is nothing to look at",
        "在 study.yaml 写 uncertainty: 即可,如 uncertainty: {{seed: 1}}", "add it to study.yaml, such as uncertainty: {{seed: 1}}",
    ),
}  # fmt: skip
