"""Titles and sentences about mystery calls in reports: key -> (Chinese, English)."""

from __future__ import annotations

CALL_REPORT_WORDS = {
    "sheet_connection": ("接通率", "Connection"),
    "sheet_waits": ("响应时间", "Response times"),
    "sheet_agreement": ("复评一致性", "Agreement of auditors"),
    "sheet_fair": ("公平得分", "Fair scores"),
    "sheet_auditors": ("拨测员宽严", "Severity of auditors"),
    "sheet_calls": ("拨测记录", "Calls"),
    "calls_base": ("拨测数(基数)", "Calls (base)"),
    "calls_reached": ("接通数", "Got through"),
    "calls_rate": ("接通率", "Connection rate"),
    "calls_low": ("95% 下限", "95 % low"),
    "calls_high": ("95% 上限", "95 % high"),
    "calls_band": ("档位", "Band"),
    "calls_bands_open": ("区间所及的档位", "Bands left open"),
    "band_hot": ("热线", "hot"),
    "band_warm": ("温线", "warm"),
    "band_cold": ("冷线", "cold"),
    "band_dead": ("死线", "dead"),
    "note_connection": (
        (
            "每次拨测只计一次(取方案规定的那一次);区间为 Wilson 95% 区间。档位:95% 及以上为热线,30% 及以上为温线,"
            "0 以上为冷线,0 为死线。区间跨越几档的,拨测次数不足以断定是哪一档"
        ),
        (
            "each call counts once, by the attempt that the protocol says; 95 % intervals by Wilson. Bands: hot from 95 %,"
            " warm from 30 %, cold above 0, dead at 0. Where the interval reaches over several, so few calls cannot tell"
        ),
    ),
    "waits_item": ("时间项目", "Time"),
    "waits_slot": ("时段", "Slot"),
    "waits_all_slots": ("全部时段", "all slots"),
    "waits_calls": ("拨测数(基数)", "Calls (base)"),
    "waits_median": ("中位数", "Median"),
    "waits_p90": ("90% 分位数", "90th percentile"),
    "waits_norm": ("规定时限", "Norm"),
    "waits_within": ("达标率", "Within the norm"),
    "note_waits": (
        "时间的单位见项目名称;基数是记录了时间的拨测,复评的拨测只计一次;达标率的区间为 Wilson 95% 区间,没有规定时限的项目没有达标率",
        (
            "times are in the unit that their name says; the base is the calls whose time was taken, a call scored twice counting once; intervals by Wilson; a time"
            " without a norm has no share within it"
        ),
    ),
    "agreement_item": ("评分项", "Item"),
    "agreement_text": ("评判内容", "What is judged"),
    "agreement_calls": ("复评数(基数)", "Calls (base)"),
    "agreement_percentage": ("一致百分比", "Equal scores"),
    "agreement_fleiss": ("Fleiss κ", "Fleiss κ"),
    "agreement_ac1": ("Gwet AC1", "Gwet AC1"),
    "agreement_alpha": ("Krippendorff α", "Krippendorff α"),
    "agreement_coefficient": ("判定所用系数", "Judged by"),
    "agreement_value": ("系数值", "Value"),
    "agreement_threshold": ("阈值", "Threshold"),
    "agreement_verdict": ("判定", "Verdict"),
    "coefficient_percentage": ("一致百分比", "equal scores"),
    "coefficient_fleiss": ("Fleiss κ", "Fleiss κ"),
    "coefficient_ac1": ("Gwet AC1", "Gwet AC1"),
    "coefficient_ac2_linear": ("Gwet AC2(线性权)", "Gwet AC2 (linear)"),
    "coefficient_ac2_quadratic": ("Gwet AC2(平方权)", "Gwet AC2 (quadratic)"),
    "coefficient_ac2_ordinal": ("Gwet AC2(序次权)", "Gwet AC2 (ordinal)"),
    "coefficient_alpha": ("Krippendorff α", "Krippendorff α"),
    "coefficient_icc": ("组内相关 ICC(1)", "intraclass ICC(1)"),
    "verdict_none": ("没有复评", "not scored twice"),
    "verdict_alike": ("评分全部相同,系数无从计算", "all ratings equal, so there is no coefficient"),
    "verdict_met": ("达标", "in order"),
    "verdict_flag": ("低于阈值,只作标注", "below; flagged only"),
    "verdict_drop": ("低于阈值,评分项已剔除", "below; item dropped"),
    "verdict_down_weight": ("低于阈值,权重乘 {factor}", "below; weight × {factor}"),
    "verdict_few": ("低于阈值,但复评太少,不作处理", "below, but scored twice too rarely for a consequence"),
    "note_agreement": (
        (
            "两名拨测员对同一次拨测分别评分;系数越接近 1 越一致。计数和秒数没有 κ 和 AC1,以 α 判定;"
            "区间由重抽拨测得到(95%)"
        ),
        (
            "two auditors score the same call apart; the nearer to 1, the better they agree. Counts and seconds have no"
            " κ and AC1 and are judged by α; 95 % intervals by resampling calls"
        ),
    ),
    "fair_indicator": ("指标", "Indicator"),
    "fair_calls": ("拨测数(基数)", "Calls (base)"),
    "fair_raw": ("原始得分", "Raw score"),
    "fair_raw_error": ("原始得分标准误", "Raw score, standard error"),
    "fair_score": ("公平得分", "Fair score"),
    "fair_error": ("公平得分标准误", "Fair score, standard error"),
    "fair_rank_raw": ("原始得分名次", "Rank by raw score"),
    "fair_rank_fair": ("公平得分名次", "Rank by fair score"),
    "fair_rank_change": ("名次升降", "Change of rank"),
    "note_fair": (
        (
            "公平得分是换成一般宽严的拨测员、场景和时段后的得分(单位 + 拨测员 + 场景 + 时段的最小二乘);"
            "升降为正表示按公平得分名次上升"
        ),
        (
            "the fair score is what the usual auditors, scenarios and slots would have given (least squares: unit +"
            " auditor + scenario + slot); a positive change is a better rank by fair score"
        ),
    ),
    "note_fair_errors": (
        "原始得分的标准误只看本单位自己的拨测,以场景为层;区间是公平得分的",
        "the standard error of the raw score rests on the unit's own calls, scenarios as strata; the interval is of the fair score",
    ),
    "note_fair_used_none": (
        "按方案(adjust: none),指标得分未作宽严调整,此表只供核对",
        "as the protocol says (adjust: none), scores are not adjusted; the table is for comparison only",
    ),
    "note_fair_used_fixed": (
        "按方案(adjust: fixed),指标得分已扣除拨测员宽严",
        "as the protocol says (adjust: fixed), scores are freed of the auditors' severity",
    ),
    "note_fair_used_random": (
        "按方案(adjust: random),指标得分已扣除拨测员宽严,拨测员作为随机样本",
        "as the protocol says (adjust: random), scores are freed of the auditors' severity, taken as a random sample",
    ),
    "note_fair_moved": (
        "指标 {node}:{moved} / {units} 个单位的名次因此变动,最多变动 {most} 位",
        "indicator {node}: the ranks of {moved} of {units} units differ, by {most} at most",
    ),
    "note_fair_none": (
        "指标 {node} 没有公平得分:{why}",
        "indicator {node} has no fair scores: {why}",
    ),
    "auditor": ("拨测员", "Auditor"),
    "auditor_ratings": ("评分数(基数)", "Ratings (base)"),
    "auditor_mean": ("平均给分", "Mean given"),
    "auditor_sd": ("标准差", "Standard deviation"),
    "auditor_effect": ("宽严(分)", "Severity (points)"),
    "auditor_verdict": ("判断", "Verdict"),
    "auditor_mild": ("偏宽", "milder"),
    "auditor_severe": ("偏严", "more severe"),
    "auditor_usual": ("与同事无明显差别", "not told from the others"),
    "note_auditors": (
        (
            "拨测员只以代码出现。宽严是同样的单位、场景和时段下比同事多给的分数:正为宽,负为严;"
            "95% 区间不含 0 的才算偏宽或偏严"
        ),
        (
            "auditors appear by code only. Severity is how many points more than the others an auditor gives for the same"
            " units, scenarios and slots; he is milder or more severe where the 95 % interval leaves out 0"
        ),
    ),
    "call": ("拨测编号", "Call"),
    "call_channel": ("渠道", "Channel"),
    "call_attempt": ("次数", "Attempt"),
    "call_outcome": ("拨测结果", "Outcome"),
    "note_calls": (
        "采用的评分一行一条:每次拨测、每名拨测员各取方案规定的那一次",
        "a row a rating that counts: of each call and auditor the attempt that the protocol says",
    ),
}
