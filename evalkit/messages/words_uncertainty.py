"""Labels and sentences about how sure ranks and awards are: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

UNCERTAINTY_WORDS: Mapping[str, tuple[str, str]] = {
    "rank_interval": ("名次区间", "Rank interval"),
    "certificate": ("认定", "Certificate"),
    "certificate_certified": ("确认", "certified"),
    "certificate_indicative": ("倾向成立", "indicative"),
    "certificate_not distinguishable": ("无法区分", "not distinguishable"),
    "note_certificates": (
        (
            "认定只计抽样误差(置信水平 {level}):确认 = 所有单位一并检验仍成立;倾向成立 = 只看该单位时成立;"
            "无法区分 = 数据不足以把它与未获奖者或分数线分开"
        ),
        (
            "certificates count sampling error only, at {level}: certified = holds when all units are tested together;"
            " indicative = holds for this unit looked at alone; not distinguishable = the data cannot tell it from those"
            " without the award, or from the cut"
        ),
    ),
    "interval_simultaneous": (
        "名次区间只计抽样误差:以 {level} 的把握,所有单位的真实名次同时落在各自区间内",
        "rank intervals count sampling error only: with {level} confidence all true ranks lie within them at once",
    ),
    "interval_marginal": (
        "名次区间只计抽样误差:以 {level} 的把握,单看一个单位,其真实名次落在区间内",
        "rank intervals count sampling error only: with {level} confidence each unit's own true rank lies within its own",
    ),
    "no_interval": (
        "此排名没有名次区间:所含指标没有抽样误差,或研究没有写 uncertainty:",
        "there are no rank intervals here: no indicator of it carries sampling error, or the study has no uncertainty:",
    ),
}
