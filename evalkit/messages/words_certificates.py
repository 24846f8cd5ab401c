"""Words about the certificates of awards and how they hold in replicates: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

CERTIFICATE_WORDS: Mapping[str, tuple[str, str]] = {
    "certificate": ("认定", "Certificate"),
    "certificate_certified": ("确认", "certified"),
    "certificate_indicative": ("倾向成立", "indicative"),
    "certificate_not distinguishable": ("无法区分", "not distinguishable"),
    "certificate_no sampling error": ("不涉及抽样误差", "no sampling error enters"),
    "certificate_method": ("认定方法", "Found by"),
    "certificate_by_threshold": ("与分数线检验", "tests against the cut"),
    "certificate_by_rank sets": ("名次置信集", "confidence sets of ranks"),
    "certificate_by_replicates": ("重抽样本 {draws} 次", "{draws} samples drawn again"),
    "certificate_by_none": ("无需检验", "nothing to test"),
    "note_certificates": (
        (
            "认定只计抽样误差(置信水平 {level}):确认 = 所有单位一并检验仍成立;倾向成立 = 只看该单位时成立;"
            "无法区分 = 数据不足以把它与未获奖者或分数线分开;获得该奖,或同一阶梯中更高的奖,均视为成立"
        ),
        (
            "certificates count sampling error only, at {level}: certified = holds when all units are tested together;"
            " indicative = holds for this unit looked at alone; not distinguishable = the data cannot tell it from those"
            " without the award, or from the cut; who holds a higher rung of the same ladder holds this one too"
        ),
    ),
    "note_certificates_replicates": (
        (
            "以重抽样本认定的奖项没有现成公式:在至少 {level} 的重抽样本中仍获奖,只记为倾向成立,"
            "因为围绕估计值的抽取不保证真实结果"
        ),
        (
            "where no formula exists, samples are drawn again: awarded in at least {level} of them is no more than"
            " indicative, since draws around the estimates are no guarantee of what is true"
        ),
    ),
    "note_certificates_none": (
        "不涉及抽样误差 = 决定该奖的分数、评审打分或评委会决定都没有抽样误差",
        "no sampling error enters = no score, mark or decision that the award rests on has a sampling error",
    ),
    "stability": ("(c) 重复中获奖", "(c) awarded in"),
    "method_stability": ("(b) 换方法仍获奖", "(b) awarded under other methods"),
    "note_stability": (
        "(c) 在 {count} 次重复(重抽样本并改变方法)中获此奖的比例;(b) 只改变方法时的比例",
        (
            "(c) share of {count} replicates, with other samples and other methods, in which the unit gets this award;"
            " (b) with other methods only"
        ),
    ),
    "note_judges": (
        "有评审打分的奖项:(c) 每次从该奖的 m 名评委中有放回地抽 m - 1 名,重新计分;只有一名评委的无法重抽",
        (
            "awards by a jury: (c) draws m - 1 of the m judges of the award with replacement and scores again; a single"
            " judge cannot be drawn again"
        ),
    ),
    "note_held": (
        "「{award}」在重复中保持不变的依据:{held}",
        "what replicates of “{award}” hold as it is: {held}",
    ),
    "held_submissions": ("申报材料", "what was submitted"),
    "held_jury": ("唯一评委的打分", "the marks of a single judge"),
    "held_decision": ("评委会决定", "the decisions of the committee"),
    "held_earlier_waves": ("往期得分", "the scores of earlier waves"),
    "held_sample": ("样本量", "the sizes of samples"),
}
