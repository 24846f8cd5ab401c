"""Words on the interactive page: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

PAGE_WORDS: Mapping[str, tuple[str, str]] = {
    "page_contents": ("目录", "Contents"),
    "page_skip": ("跳到排名表", "Skip to the ranking"),
    "page_facts": (
        "{units} 个单位,{ranked} 个参加排名;{dimensions} 个维度,{indicators} 项指标",
        "units {units}, ranked {ranked}; dimensions {dimensions}, indicators {indicators}",
    ),
    "page_made_by": ("由 evalkit {version} 生成", "made by evalkit {version}"),
    "page_ranking": ("排名", "Ranking"),
    "page_heat": ("指标热力图", "Indicators"),
    "page_awards": ("奖项", "Awards"),
    "page_shares": ("描述统计", "Descriptive shares"),
    "page_quality": ("数据质量", "Data quality"),
    "page_method": ("指标体系与方法", "Indicators and method"),
    "page_about": ("说明", "About"),
    "page_search": ("查找单位", "Find a unit"),
    "page_all": ("全部", "all"),
    "page_no_award": ("未获奖", "no award"),
    "page_shown": ("显示 {shown} / {all} 个单位", "units shown: {shown} of {all}"),
    "page_move": ("变动", "Move"),
    "page_interval": ("名次区间", "Rank interval"),
    "page_bar_note": (
        "横条各段为各维度对总分的贡献(权重 × 得分)",
        "each part of a bar is what a dimension contributes to the index (weight × score)",
    ),
    "page_bar_note_scaled": (
        "总分不是算术平均:横条各段按 权重 × 得分 的比例画出,总长为总分",
        "the index is no arithmetic mean: the parts of a bar are in proportion to weight × score, its length is the index",
    ),
    "page_heat_note": (
        "颜色越深得分越高;斜线表示没有得分。单位按名次排列",
        "the darker the higher; hatched: no score. Units in the order of their ranks",
    ),
    "page_weights": ("权重试算(非正式)", "Try other weights (unofficial)"),
    "page_weights_note": (
        "拖动滑块,名次随即重算;正式结果不变。权重在同级之间按比例折算。",
        "Move a slider and the ranks follow; the official result stays. Siblings share the weight in proportion.",
    ),
    "page_deeper": ("各维度以下的权重", "Weights below the dimensions"),
    "page_official": ("恢复正式权重", "Official weights"),
    "page_equal": ("各级等权", "Equal weights"),
    "page_aggregate": ("合成方法", "Aggregation"),
    "page_aggregate_official": ("按正式方案", "as official"),
    "page_aggregate_arithmetic": ("算术平均", "arithmetic mean"),
    "page_aggregate_geometric": ("几何平均", "geometric mean"),
    "page_link": ("复制带权重的链接", "Copy a link with these weights"),
    "page_link_copied": ("链接已复制", "link copied"),
    "page_download": ("下载 CSV", "Download CSV"),
    "page_official_state": ("当前为正式权重", "These are the official weights"),
    "page_changes": (
        "名次有变动的单位 {moved} 个,最大变动 {most} 位,Kendall τ = {tau}",
        "units that move: {moved}; largest move: {most}; Kendall's tau {tau}",
    ),
    "page_over_cut": ("高出分数线", "Over the cut"),
    "page_short_of": ("距上一级", "Short of the next"),
    "page_nearest": ("最接近者", "Next in line"),
    "page_boards_note": (
        "高出分数线:比本级下限(或落选者中的最高分)高多少分;距上一级:比上一级下限(或末位入选者)低多少分。只列只差得分的单位,不满足参评条件的不列。",
        "Over the cut: points above the lower end, or above the best unit outside. Short of the next: points below the lower end of a higher award, or below its last winner; only where the score alone is lacking.",
    ),
    "page_award_changes": ("奖项有变化的单位 {changed} 个", "units whose awards change: {changed}"),
    "page_award_check_failed": (
        "自检未通过:按本页数据重新评定的奖项与正式结果不符,有的奖项不随权重试算。",
        "The self-check failed for awards: some of those given again from this page's data are not the official ones; they stay as they are.",
    ),
    "page_awards_kept": (
        "以下奖项取决于评委、评审决定、往期得分、答卷数量或自然断点,不随权重试算:{names}",
        "these go by a jury, a decision, earlier waves, counts of answers or natural breaks and stay as they are: {names}",
    ),
    "page_emphasis": ("一个维度占一半", "Half of the weight to"),
    "page_unofficial": ("非正式试算,权重已改动", "Unofficial: the weights were changed"),
    "page_self_check_failed": (
        "自检未通过:本页数据重新计算的名次与正式名次不符,权重试算已关闭。文件可能被改动过。",
        (
            "The self-check failed: the ranks computed again from this page's data are not the official ones, so no other"
            " weights can be tried. The file may have been tampered with."
        ),
    ),
    "page_no_weight": ("同级权重不能全为零", "the weights of siblings cannot all be zero"),
    "page_no_script": (
        "浏览器已关闭脚本:表格可以阅读和打印,排序、查找和权重试算不可用。",
        "Scripts are off: the tables can be read and printed, but not sorted or searched, and weights cannot be tried.",
    ),
    "page_why_awards": ("逐项理由", "The reason for each"),
    "page_holders": ("{count} 个单位", "units: {count}"),
    "page_nobody": ("无", "none"),
    "page_files_account": ("问卷与单元格核对", "Account of workbooks and cells"),
    "page_findings": ("数据问题清单", "List of findings"),
    "page_indicator": ("指标", "Indicator"),
    "page_rows": ("共 {count} 行", "rows: {count}"),
    "page_unranked": ("未排名", "not ranked"),
    "page_groups": ("分组比较", "Peer groups"),
    "sheet_groups": ("分组比较", "Peer groups"),
    "groups_column": ("分组依据", "Grouped by"),
    "groups_group": ("组", "Group"),
    "groups_mean": ("均值", "Mean"),
    "groups_median": ("中位数", "Median"),
    "groups_sd": ("标准差", "SD"),
    "groups_lowest": ("最低", "Lowest"),
    "groups_highest": ("最高", "Highest"),
    "groups_h": ("H 检验值", "H"),
    "groups_p": ("p 值", "p"),
    "groups_effect": ("效应量", "Effect size"),
    "groups_note": (
        "组间差异用 Kruskal-Wallis 检验(H、p、效应量);组内不足 5 个单位时 p 值仅供参考。参评单位若不是抽样得到,p 值只表示差异相对于组内离散的大小",
        "groups are compared by the test of Kruskal and Wallis (H, p, effect size); p is rough below five units a group. Where the units are no sample, p only sets the difference against the spread within groups",
    ),
    "groups_none": ("方案没有指定同类分组", "the recipe names no peer groups"),
    "word_table": ("表", "Table"),
    "word_more_rows": (
        "另有 {count} 行未列出,见 results.xlsx 和 tables/",
        "rows not shown here: {count}; they are in results.xlsx and tables/",
    ),
    "report_written": ("已写出 {path}", "{path} was written"),
}
