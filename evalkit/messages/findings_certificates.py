"""EK730 and EK731: the sampling errors of earlier waves, which awards compare with this one."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK730": Finding(
        "error", "往期得分的标准误不能为负:{value}", "a standard error of an earlier score cannot be negative: {value}",
        "请更正;在此之前按没有误差处理", "mend it; until then the score counts as without error",
    ),
    "EK731": Finding(
        "warning", "奖项 {award} 与 {waves} 比较,这些往期得分没有标准误,按没有误差处理,认定会偏于乐观",
        "award {award} compares with {waves}, whose scores have no standard errors: they are taken as exact, and the certificates promise too much",
        "请在往期的得分表里加上 standard_error 列;往期若是运行结果,请写上 uncertainty: 后重新运行",
        "add a column standard_error to its table of scores; where the wave is results of a run, run it again with uncertainty:",
    ),
}  # fmt: skip
