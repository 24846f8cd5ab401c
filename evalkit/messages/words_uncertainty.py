"""Labels and sentences about how sure ranks and awards are: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

UNCERTAINTY_WORDS: Mapping[str, tuple[str, str]] = {
    "rank_interval": ("名次区间", "Rank interval"),
    "interval_simultaneous": (
        "名次区间只计抽样误差:以 {level} 的把握,所有单位的真实名次同时落在各自区间内",
        "rank intervals count sampling error only: with {level} confidence all true ranks lie within them at once",
    ),
    "interval_marginal": (
        "名次区间只计抽样误差:以 {level} 的把握,单看一个单位,其真实名次落在区间内",
        "rank intervals count sampling error only: with {level} confidence each unit's own true rank lies within its own",
    ),
    "sheet_robustness": ("名次可靠性", "Robustness"),
    "robustness_sampling": ("(a) 抽样误差", "(a) sampling"),
    "robustness_method": ("(b) 方法选择", "(b) method"),
    "robustness_both": ("(c) 抽样与方法", "(c) both"),
    "robustness_without": ("逐个去掉指标", "one indicator left out"),
    "note_sampling": (
        (
            "计入抽样误差的指标:{carrying};没有抽样误差的指标:{others}。误差取自给出的标准误,或由拨测、受访者在单位内部的差异"
            "算出:均值和占比按线性化方差,分位数和中位数靠重抽;一通拨测的方差各单位合并估计,视为相同,受访者的方差各单位自己估计;"
            "共用拨测员造成的单位间相关也计入;经标准化与合成后的误差由模拟得出"
        ),
        (
            "indicators with sampling error: {carrying}; without: {others}. Errors are the standard errors given, or"
            " come from the differences of calls or respondents within units: of means and shares by linearisation, of"
            " quantiles and medians by resampling. The variance of one call is taken as the same for all units, that of"
            " respondents is each unit's own; what units share by their auditors counts; simulation takes all of it"
            " through normalisation and means"
        ),
    ),
    "robustness_auditor": ("逐个去掉拨测员", "one auditor left out"),
    "auditor_moves": ("影响最大的拨测员", "Auditor that moves it most"),
    "note_auditor": (
        "逐个去掉拨测员并重新估计宽严:名次变动最大的是 {unit},去掉 {auditor} 后变动 {places} 位;奖项会变的单位有 {units} 个",
        (
            "one auditor left out, severity estimated again: the rank that moves most is that of {unit}, by {places}"
            " places without {auditor}; units whose awards change: {units}"
        ),
    ),
    "note_no_auditor": (
        "逐个去掉拨测员并重新估计宽严,名次都不变",
        "one auditor left out, severity estimated again: no rank moves",
    ),
    "rank_range": ("名次范围", "Range of ranks"),
    "first_share": ("居首比例", "First in"),
    "dropped_indicator": ("影响最大的指标", "Indicator that moves it most"),
    "note_robustness": (
        ("名次范围是 {count} 次重复中居中的名次,供探索之用,不是置信区间;(a)、(b)、(c) 三列含义不同,不可合并"),
        (
            "ranges hold the middle ranks of {count} replicates: they explore, and are no confidence sets;"
            " (a), (b) and (c) mean different things and are not to be merged"
        ),
    ),
    "note_resampled_calls": (
        (
            "(a) 与 (c) 的拨测误差算法不同:(a) 认为每通拨测的方差各单位相同(合并估计);(c) 重抽各单位自己的拨测,并重新估计宽严。"
            "拨测少的单位,其自身拨测恰好相近时 (c) 偏窄,恰好分散时偏宽,应以 (a) 为准"
        ),
        (
            "(a) and (c) find the errors of calls in other ways: (a) takes the variance of one call as the same for all"
            " units; (c) draws each unit's own calls again and estimates severity anew. Of a unit with few calls (c) is"
            " too narrow where these happen to be alike, and too wide where they are not: (a) is the better guide"
        ),
    ),
    "note_resampled_respondents": (
        (
            "有中位数时 (c) 重抽各单位自己的受访者,中位数只落在答案的取值上;(a) 按同样大小的正态误差算,"
            "答案只有少数几个取值时只是近似"
        ),
        (
            "with medians, (c) draws each unit's own respondents again, so that medians fall on values that answers have;"
            " (a) takes normal errors of the same size, which is rough where there are few such values"
        ),
    ),
    "note_sensitivity": (
        "各项选择对名次变动的总影响(Sobol 总指数):{indices}",
        "what moves the ranks most (total Sobol indices): {indices}",
    ),
    "choice_weights": ("权重", "weights"),
    "choice_normalise": ("标准化", "normalisation"),
    "choice_outliers": ("异常值处理", "outliers"),
    "choice_aggregate": ("合成方法", "aggregation"),
    "choice_missing": ("缺失处理", "missing data"),
    "choice_dropped": ("去掉一个指标", "one indicator left out"),
    "replicates_made": (
        "名次重复 {ranks} 次,奖项重复 {awards} 次",
        "replicates of the ranks: {ranks}, of the awards: {awards}",
    ),
    "draw_of": ("第 {number} 次抽取", "Draw {number}"),
    "official": ("正式", "Official"),
    "drawn": ("抽取", "Drawn"),
    "official_rank": ("正式名次", "Official rank"),
    "no_such_draw": (
        "没有第 {number} 次抽取:编号为 0 至 {last}",
        "there is no draw {number}: they are numbered 0 to {last}",
    ),
    "best_surely": ("肯定在前 {places} 名({count})", "surely among the best {places} ({count})"),
    "best_possibly": ("可能在前 {places} 名({count})", "possibly among the best {places} ({count})"),
    "no_error_few": ("没有任何单位有两通以上的拨测或两名以上的受访者", "no unit has two calls or two respondents"),
    "no_error_records": (
        "记录样本的中位数、90 分位数和条数没有此处能算的误差",
        "the median, the 90th percentile and the count of a sample of records have none that is computed here",
    ),
    "no_error_last": (
        "单位的值取最后一名受访者的答案,只有一份答卷,谈不上抽样的离散",
        "the value is that of the last respondent: one answer says nothing of how far others would differ",
    ),
    "no_interval": (
        "没有名次区间:所含指标没有抽样误差,例如由单位自行填报;名次随权重和方法的变动另见 evalkit robustness",
        (
            "no rank intervals: no indicator here carries sampling error, as where units report themselves; how ranks move"
            " with weights and methods is told by evalkit robustness"
        ),
    ),
    "certainty_not_asked": (
        "没有名次区间:本结果未计算抽样误差;相近的得分不宜解读为实际差异",
        "no rank intervals: no sampling error was computed; close scores should not be read as real differences",
    ),
}
